'use client';

import { useEffect } from 'react';

/** Names what the page is about in its title, once that is known: of several tabs each says its own. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name) document.title = `${name} · Transat`;
  }, [name]);
}
