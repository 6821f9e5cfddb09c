'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Formats, formatsOf } from './formats';
import { translator } from './translate';
import type { Catalogue, Locale, Translate } from './types';

interface Language {
  locale: Locale;
  t: Translate;
  format: Formats;
}

const LanguageContext = createContext<Language | null>(null);

/** Gives everything below it the sentences of one language. */
export function MessagesProvider({ locale, catalogue, children }: { locale: Locale; catalogue: Catalogue; children: ReactNode }) {
  const language = useMemo(() => ({ locale, t: translator(locale, catalogue), format: formatsOf(locale) }), [locale, catalogue]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The language of the person: its sentences, numbers, sizes and times. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useLanguage needs a MessagesProvider above it');
  return language;
}

/** Only the sentences of {@link useLanguage}. */
export function useT(): Translate {
  return useLanguage().t;
}
