'use client';

import { setNonce } from 'get-nonce';

// Before the first dialog or menu: they keep what is behind them from scrolling by a style that they add to the page.
if (typeof document !== 'undefined') {
  const { nonce } = document.querySelector<HTMLScriptElement>('script[nonce]') ?? {};
  if (nonce) setNonce(nonce);
}

/** Lets styles that are added later carry the page's nonce, without which its policy refuses them. */
export function StyleNonce() {
  return null;
}
