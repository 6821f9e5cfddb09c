import { utcWords } from '../calendar/moments';
import type { Moment } from '../types';
import { lengthWords, listWords } from './english';
import { leaseTexts } from './texts';

export type LeaseTextKey = keyof typeof leaseTexts;

/** What stands in a sentence: as it is, a moment, a length in milliseconds, words that each language has its own of, or a list of names. */
export type Value = string | number | { at: Moment } | { ms: number } | { words: readonly string[] } | { names: Iterable<string> };

/** Something that is said, in English and for those who say it in another language. */
export interface Said {
  text: string;
  remark: { key: string; params: Record<string, string> };
}

/**
 * Says something of a lease. Its parameters tell what they are, so that a screen can draw them for a person: a moment is ISO 8601, a length an ISO 8601
 * duration, words of a language begin with `~`.
 */
export function say(key: LeaseTextKey, values: Record<string, Value> = {}): Said {
  const text: string | { one: string; other: string } = leaseTexts[key];
  const form = typeof text === 'string' ? text : values.count === 1 ? text.one : text.other;
  return {
    text: form.replace(/\{(\w+)\}/g, (_all, name: string) => englishOf(values[name] ?? '')),
    remark: { key: `leaseSaid.${key}`, params: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wireOf(value)])) },
  };
}

function englishOf(value: Value): string {
  if (typeof value !== 'object') return String(value);
  if ('at' in value) return utcWords(value.at);
  if ('ms' in value) return lengthWords(value.ms);
  return 'words' in value ? value.words.join(', ') : listWords(value.names);
}

function wireOf(value: Value): string {
  if (typeof value !== 'object') return String(value).slice(0, MOST_SIGNS);
  if ('at' in value) return new Date(value.at).toISOString();
  if ('ms' in value) return `PT${Math.round(value.ms / 1000)}S`;
  return 'words' in value ? value.words.map((word) => `~${word}`).join(', ') : [...new Set(value.names)].join(', ').slice(0, MOST_SIGNS);
}

const MOST_SIGNS = 300;
