import { after } from './scan';

export type Names = Record<string, string>;

/** Stands where only a real shell could know the text: a character for private use, since a script's own text may hold any other. */
export const UNKNOWN = '\uE000';

/**
 * A word of shell as bash would expand it, as far as variables go: `"$A/${B:-c}"`. Quotes are taken off; what a command would
 * have to tell (`$(…)`), and variables nobody set, become {@link UNKNOWN}. `names` may hold arrays too, as `name[@]` and
 * `#name[@]`, and commands whose answer is known, as `$(nproc)`.
 */
export function expand(word: string, names: Names): string {
  let result = '';
  let quote: '"' | "'" | null = null;
  for (let index = 0; index < word.length; index++) {
    const char = word[index] ?? '';
    if (quote === "'") {
      if (char === "'") quote = null;
      else result += char;
    } else if (char === '\\') {
      index++;
      result += word[index] ?? '';
    } else if (char === '"') quote = quote ? null : '"';
    else if (char === "'" && !quote) quote = "'";
    else if (char === '$') {
      const [text, length] = dollar(word.slice(index), names);
      result += text;
      index += length - 1;
    } else if (char === '`') {
      const end = word.indexOf('`', index + 1);
      result += UNKNOWN;
      index = end < 0 ? word.length : end;
    } else result += char;
  }
  return result;
}

function dollar(text: string, names: Names): [string, number] {
  if (text.startsWith('$(')) {
    const length = after(text, 0);
    return [names[text.slice(0, length)] ?? UNKNOWN, length];
  }
  if (text.startsWith('${')) {
    const length = after(text, 0);
    return [braced(text.slice(2, length - 1), names), length];
  }
  const match = /^\$(\w+)/.exec(text);
  if (match) return [names[match[1] ?? ''] ?? UNKNOWN, match[0].length];
  return /^\$[@*#?!$-]/.test(text) ? [UNKNOWN, 2] : ['$', 1];
}

/** What stands in `${…}`: a variable, with a default, or without what a pattern at its beginning or end matches. */
function braced(inner: string, names: Names): string {
  const array = /^(#?)(\w+)\[[@*]\]$/.exec(inner);
  if (array) return names[`${array[1]}${array[2]}[@]`] ?? UNKNOWN;
  const match = /^(\w+)(?:(:?[-=+])([\s\S]*)|(%%?|##?)([\s\S]*))?$/.exec(inner);
  if (!match) return UNKNOWN;
  const value = names[match[1] ?? ''];
  if (match[2]) {
    if (match[2].includes('+')) return value ? expand(match[3] ?? '', names) : '';
    return value || expand(match[3] ?? '', names);
  }
  if (value === undefined || value.includes(UNKNOWN)) return UNKNOWN;
  return match[4] ? trimmed(value, match[4], expand(match[5] ?? '', names)) : value;
}

function trimmed(value: string, operator: string, pattern: string): string {
  const greedy = operator.length === 2;
  const body = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/\?/g, '.')
    .replace(/\*/g, '.*');
  const cut = operator.startsWith('#')
    ? (piece: string) => value.slice(piece.length)
    : (piece: string) => value.slice(0, value.length - piece.length);
  const pieces = Array.from({ length: value.length + 1 }, (_, size) =>
    operator.startsWith('#') ? value.slice(0, size) : value.slice(value.length - size),
  );
  const fitting = pieces.filter((piece) => new RegExp(`^${body}$`, 's').test(piece));
  const piece = greedy ? fitting.at(-1) : fitting[0];
  return piece === undefined ? value : cut(piece);
}
