'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Reads and writes the page's query, so that filters, tabs and steps survive a reload and can be sent to others. */
export function useUrlState() {
  const search = useSearchParams();
  const path = usePathname();
  const set = useCallback(
    (changes: Record<string, string | null>, { push = false } = {}) => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      const address = next.size > 0 ? `${path}?${next}` : path;
      // the history API, not the router: nothing has to be asked of the server
      if (push) window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [path],
  );
  return { get: (name: string) => search.get(name) ?? '', set };
}
