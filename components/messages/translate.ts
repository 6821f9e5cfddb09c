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
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

/** `say` with its language fixed. */
export function translator(locale: Locale, catalogue: Catalogue): Translate {
  return (key, ...values) => say(locale, catalogue, key, values[0]);
}

function pluralForm(locale: Locale, count: string | number | undefined): 'one' | 'other' {
  return new Intl.PluralRules(locale).select(Number(count ?? 0)) === 'one' ? 'one' : 'other';
}
