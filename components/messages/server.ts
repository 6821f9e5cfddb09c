import { cookies, headers } from 'next/headers';
import { en } from './en';
import type { EngineTexts } from './engine';
import { es } from './es';
import { engine as spanish } from './es/engine';
import { chooseLocale, chooseTheme, localeCookie, type Theme, themeCookie } from './preferences';
import { translator } from './translate';
import type { Catalogue, Locale, Translate } from './types';

const catalogues: Record<Locale, Catalogue> = { en, es };
/** The engine speaks English by itself. */
const engines: Partial<Record<Locale, EngineTexts>> = { es: spanish };

/** Language, its sentences and the theme of the person who asks. */
export async function readPreferences(): Promise<{
  locale: Locale;
  catalogue: Catalogue;
  engine: EngineTexts | undefined;
  theme: Theme;
  t: Translate;
}> {
  const jar = await cookies();
  const locale = chooseLocale(jar.get(localeCookie)?.value, (await headers()).get('accept-language'));
  const catalogue = catalogues[locale];
  return { locale, catalogue, engine: engines[locale], theme: chooseTheme(jar.get(themeCookie)?.value), t: translator(locale, catalogue) };
}
