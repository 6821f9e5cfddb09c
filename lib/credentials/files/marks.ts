import { refuse } from './remarks';

const curly: Record<string, string> = { '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‘': "'", '’': "'" };
const spaces = /[\u00a0\u200b\u202f\u3000\ufeff]/;

/**
 * Refuses what word processors and web pages put in place of quotes and blanks, where a value begins or ends with it. Within a value it may be meant.
 * @param text a value without quotes
 * @param place of its first character; columns count from 1
 */
export function refuseStrange(text: string, place: { line: number; column: number }): void {
  const last = text.length - 1;
  for (const at of last > 0 ? [0, last] : [0]) {
    const mark = text[at] ?? '';
    const where = { line: place.line, column: place.column + at };
    if (mark in curly) refuse('strangeMark', { ...where, mark, plain: curly[mark] ?? '' });
    if (spaces.test(mark)) refuse('strangeSpace', { ...where, mark: codeOf(mark) });
  }
}

/** The first curly quote or strange blank of a text, refused. */
export function refuseFirstStrange(text: string, place: { line: number; column: number }): void {
  const at = text.search(/[“”„«»‘’\u00a0\u200b\u202f\u3000\ufeff]/);
  if (at >= 0) refuseStrange(text[at] ?? '', { line: place.line, column: place.column + at });
}

const codeOf = (mark: string): string => `U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
