import type { Fault } from './types';

/** Characters in a line of text, and in a text of several lines. */
const lineLimit = 4096;
const textLimit = 65_536;
const elementLimit = 1000;
const controls = /[\p{Cc}\u2028\u2029]/u;
// the same but for tabs and line ends
const controlsInText = /[^\P{Cc}\t\n\r]/u;

/** What must not come into scripts' environments, logs and pages: too much, control characters, halves of characters. */
export function hostileText(value: unknown, multiline: boolean): Fault | null {
  if (typeof value === 'string') {
    const limit = multiline ? textLimit : lineLimit;
    if (value.length > limit) return { key: 'tooLong', limit };
    if (!value.isWellFormed()) return { key: 'noText' };
    return (multiline ? controlsInText : controls).test(value) ? { key: 'controls' } : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  if (entries.length > elementLimit) return { key: 'tooMany', limit: elementLimit };
  for (const [key, entry] of entries) {
    const fault = hostileText(key, false) ?? (typeof entry === 'object' ? { key: 'nested' as const } : hostileText(entry, multiline));
    if (fault) return fault;
  }
  return null;
}
