import { RE2JS } from 're2js';
import type { Matches } from './types';

/** Characters of a pattern, and steps of the program it becomes: what they hold people can still read. */
const longest = 1000;
const largest = 2000;
const kept = new Map<string, RE2JS>();
const mostKept = 500;

/**
 * Whether all of a text matches a pattern. RE2 goes through the text once, whatever the pattern: those of recipes meet what
 * strangers type, and `(a+)+` takes JavaScript's own engine for ever.
 */
export const matches: Matches = (pattern, text) => {
  try {
    return compiled(pattern).testExact(text);
  } catch {
    return false; // a pattern that can't be read was refused with its recipe; nothing matches it
  }
};

/** Why a pattern can't be used, as part of a sentence; null where it can. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > longest) return `it is longer than ${longest} characters`;
  try {
    return compiled(pattern).programSize() > largest ? 'it repeats too much' : null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}

function compiled(pattern: string): RE2JS {
  const found = kept.get(pattern);
  if (found) return found;
  const made = RE2JS.compile(pattern);
  if (kept.size >= mostKept) kept.clear();
  kept.set(pattern, made);
  return made;
}
