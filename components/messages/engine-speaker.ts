import type { EngineTexts, SayEngine } from './engine';
import { type Locale, locales } from './types';

/** Makes a translator of what the engine says. @param recipes what recipes say in the language, which comes with the page */
export type EngineSpeaker = (recipes: EngineTexts['recipes']) => SayEngine;

/** The engine speaks English by itself. A language, and how it is spoken, is a chunk of its own, which browsers fetch once and keep. */
const chunks: Partial<Record<Locale, () => Promise<EngineTexts>>> = {
  es: () => import('./es/engine').then(({ engine }) => engine),
};
const asked = new Map<Locale, Promise<EngineSpeaker | null>>();

async function speakerOf(texts: Promise<EngineTexts>): Promise<EngineSpeaker> {
  const [{ engineOf }, all] = await Promise.all([import('./engine'), texts]);
  return (recipes) => engineOf({ ...all, recipes });
}

/**
 * Who says in a language what the engine says; undefined where it speaks it by itself.
 * @returns always the same promise, so that React can wait for it; null: it could not be fetched, so that what the engine says is in English until the page is loaded again
 */
export function engineSpeaker(locale: Locale): Promise<EngineSpeaker | null> | undefined {
  const chunk = chunks[locale];
  if (!chunk) return undefined;
  const before = asked.get(locale);
  if (before) return before;
  const speaker = speakerOf(chunk()).catch(() => null);
  asked.set(locale, speaker);
  return speaker;
}

// on its way before React asks: nothing of a page can be used until it is there
if (typeof document !== 'undefined') {
  const here = locales.find((locale) => locale === document.documentElement.lang);
  if (here) void engineSpeaker(here);
}
