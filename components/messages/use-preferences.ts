'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { localeCookie, type Theme, themeCookie, themes } from './preferences';
import { setPreference } from './set-preference';

/** The theme now, and ways to change theme and language; both hold from this moment on. */
export function usePreferences() {
  const router = useRouter();
  const [theme, showTheme] = useState<Theme>(currentTheme);
  return {
    theme,
    setTheme: (next: Theme) => {
      setPreference(themeCookie, next);
      document.documentElement.dataset.theme = next;
      showTheme(next);
    },
    setLocale: (next: string) => {
      setPreference(localeCookie, next);
      router.refresh();
    },
  };
}

function currentTheme(): Theme {
  const shown = typeof document === 'undefined' ? undefined : document.documentElement.dataset.theme;
  return themes.find((theme) => theme === shown) ?? 'system';
}
