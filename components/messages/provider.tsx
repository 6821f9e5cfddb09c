'use client';

import { createContext, type ReactNode, use, useContext, useMemo } from 'react';
import { asItIs } from './as-it-is';
import type { SayEngine } from './engine';
import { engineSpeaker } from './engine-speaker';
import { type Formats, formatsOf } from './formats';
import { translator } from './translate';
import type { Catalogue, Locale, Translate } from './types';
import { useZone } from './zone';

interface Language {
  locale: Locale;
  t: Translate;
  /** says a sentence that the API says in English */
  said: SayEngine;
  format: Formats;
  /** by whose clocks times are shown */
  zone: string;
  /** when the server drew the page, in milliseconds */
  drawnAt: number;
}

const LanguageContext = createContext<Language | null>(null);

interface MessagesProviderProps {
  locale: Locale;
  catalogue: Catalogue;
  /** what recipes say in another language than English */
  recipes?: Readonly<Record<string, string>>;
  drawnAt: number;
  children: ReactNode;
}

/** Gives everything below it the sentences of one language, and the clocks of one zone; waits for what the engine says in it. */
export function MessagesProvider({ locale, catalogue, recipes, drawnAt, children }: MessagesProviderProps) {
  const zone = useZone();
  const fetched = engineSpeaker(locale);
  const speaker = fetched && use(fetched);
  const said = useMemo(() => speaker?.(recipes) ?? asItIs, [speaker, recipes]);
  const language = useMemo(
    () => ({ locale, t: translator(locale, catalogue), said, format: formatsOf(locale, zone), zone, drawnAt }),
    [locale, catalogue, said, zone, drawnAt],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The language of the person: its sentences, numbers, sizes and times. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useLanguage needs a MessagesProvider above it');
  return language;
}

/** What the API says in English, in the language of the person: sentences of problems, plans, reasons and histories. */
export function useSaid(): SayEngine {
  return useLanguage().said;
}

/** Only the sentences of {@link useLanguage}. */
export function useT(): Translate {
  return useLanguage().t;
}
