import { type Locale, locales } from './types';

export const localeCookie = 'transat-language';
export const themeCookie = 'transat-theme';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The language of a cookie, else the first of `Accept-Language` that there is, else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const wanted = [cookie ?? '', ...(acceptLanguage ?? '').split(',')].map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((language) => locales.filter((locale) => locale === language))[0] ?? 'en';
}

/** The theme of a cookie; anything else follows the system. */
export function chooseTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system';
}
