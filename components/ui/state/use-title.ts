'use client';

import { useLayoutEffect } from 'react';

/** Names what the page is about in its title, once that is known: of several tabs each says its own. */
export function useTitle(name: string | undefined): void {
  useLayoutEffect(() => {
    if (!name) return;
    const { pathname } = window.location;
    const wanted = `${name} · Transat`;
    const say = () => {
      if (document.title !== wanted && window.location.pathname === pathname) document.title = wanted;
    };
    say();
    // the page's own title, which names nothing, may come after this and would take its place
    const watch = new MutationObserver(say);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [name]);
}
