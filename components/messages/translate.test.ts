import { describe, expect, it } from 'vitest';
import { en } from './en';
import { es } from './es';
import { chooseLocale, chooseTheme } from './preferences';
import { say } from './translate';
import type { Catalogue, Message } from './types';

const english: Catalogue = en;
const texts = (message: Message) => (typeof message === 'string' ? [message] : [message.one, message.other]);
const names = (message: Message) => [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

describe('a sentence', () => {
  it('is filled with its values, numbers as the language writes them', () => {
    expect(say('en', en, 'placement.distance', { km: 12345 })).toBe('12,345 km away');
    expect(say('es', es, 'placement.distance', { km: 12345 })).toBe('a 12.345 km');
  });
  it('takes the plural form of its count', () => {
    expect(say('en', en, 'catalogue.count', { count: 1 })).toBe('1 recipe');
    expect(say('es', es, 'catalogue.count', { count: 0 })).toBe('0 recetas');
  });
});

describe('the languages', () => {
  it('fill in the same values for every sentence', () => {
    const different = Object.entries(english).filter(
      ([key, message]) => String(names(message)) !== String(names(es[key as keyof Catalogue])),
    );
    expect(different).toEqual([]);
  });
  it('leave no sentence empty', () =>
    expect([...Object.values(english), ...Object.values(es)].flatMap(texts).filter((text) => text.trim() === '')).toEqual([]));
});

describe('the choice of a language', () => {
  it('is the one chosen before, then that of the browser, then English', () => {
    expect(chooseLocale('es', 'en-GB,en')).toBe('es');
    expect(chooseLocale(undefined, 'fr-FR,es-ES;q=0.8,en;q=0.5')).toBe('es');
    expect(chooseLocale('xx', 'fr')).toBe('en');
    expect(chooseLocale(undefined, null)).toBe('en');
  });
  it('follows the system in its theme unless told otherwise', () => {
    expect(chooseTheme('dark')).toBe('dark');
    expect(chooseTheme('"><script>')).toBe('system');
  });
});
