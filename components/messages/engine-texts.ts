import type { EngineTexts } from './engine';
import { type Locale, locales } from './types';

/** The engine speaks English by itself. A language is a chunk of its own, which browsers fetch once and keep. */
const chunks: Partial<Record<Locale, () => Promise<EngineTexts>>> = {
  es: () => import('./es/engine').then(({ engine }) => engine),
};
const asked = new Map<Locale, Promise<EngineTexts | null>>();

/**
 * What the engine says in a language; undefined where it speaks it by itself.
 * @returns always the same promise, so that React can wait for it; null: it could not be fetched, so that what the engine says is in English until the page is loaded again
 */
export function engineTexts(locale: Locale): Promise<EngineTexts | null> | undefined {
  const chunk = chunks[locale];
  if (!chunk) return undefined;
  const before = asked.get(locale);
  if (before) return before;
  const texts = chunk().catch(() => null);
  asked.set(locale, texts);
  return texts;
}

// on its way before React asks: nothing of a page can be used until it is there
if (typeof document !== 'undefined') {
  const here = locales.find((locale) => locale === document.documentElement.lang);
  if (here) engineTexts(here);
}
