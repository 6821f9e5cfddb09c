import type { Catalogue, Locale, Message, MessageKey, Translate } from './types';

/**
 * Fills the sentence of `key`: `{name}` stands for a value, `count` chooses the plural form.
 * Numbers are written as the language writes them.
 */
export function say(locale: Locale, catalogue: Catalogue, key: MessageKey, values: Record<string, string | number> = {}): string {
  // what the server names by a key may be newer than what this page knows
  const message: Message | undefined = catalogue[key];
  if (message === undefined) return key;
  const text = typeof message === 'string' ? message : message[pluralForm(locale, values.count)];
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) return placeholder;
    return typeof value === 'number' ? formsOf(locale).numbers.format(value) : value;
  });
}

/** `say` with its language fixed. */
export function translator(locale: Locale, catalogue: Catalogue): Translate {
  return (key, ...values) => say(locale, catalogue, key, values[0]);
}

function pluralForm(locale: Locale, count: string | number | undefined): 'one' | 'other' {
  return formsOf(locale).plurals.select(Number(count ?? 0)) === 'one' ? 'one' : 'other';
}

interface Forms {
  numbers: Intl.NumberFormat;
  plurals: Intl.PluralRules;
}
// made once a language: a sentence is filled in a thousand times faster than one of these is made
const made = new Map<Locale, Forms>();

function formsOf(locale: Locale): Forms {
  const known = made.get(locale) ?? { numbers: new Intl.NumberFormat(locale), plurals: new Intl.PluralRules(locale) };
  made.set(locale, known);
  return known;
}
