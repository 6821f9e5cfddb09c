import { cookies, headers } from 'next/headers';
import { en } from './en';
import { es } from './es';
import { chooseLocale, chooseTheme, localeCookie, type Theme, themeCookie } from './preferences';
import { translator } from './translate';
import type { Catalogue, Locale, Translate } from './types';

const catalogues: Record<Locale, Catalogue> = { en, es };

/** Language, its sentences and the theme of the person who asks. */
export async function readPreferences(): Promise<{
  locale: Locale;
  catalogue: Catalogue;
  theme: Theme;
  t: Translate;
}> {
  const jar = await cookies();
  const locale = chooseLocale(jar.get(localeCookie)?.value, (await headers()).get('accept-language'));
  const catalogue = catalogues[locale];
  return { locale, catalogue, theme: chooseTheme(jar.get(themeCookie)?.value), t: translator(locale, catalogue) };
}
