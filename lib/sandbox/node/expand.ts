type Names = Record<string, string>;

/** Stands where only a real shell could know the text. */
export const UNKNOWN = '…';

/**
 * A word of shell as bash would expand it, as far as variables go: `"$A/${B:-c}"`. Quotes are taken off; what a command would
 * have to tell (`$(…)`), and variables nobody set, become {@link UNKNOWN}.
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
  if (text.startsWith('$(')) return [UNKNOWN, closing(text, '(', ')')];
  if (text.startsWith('${')) {
    const length = closing(text, '{', '}');
    const match = /^(#?)(\w+)(?::?([-+=])([\s\S]*)|(%%?|##?|\/\/?|,,?|\^\^?|\[)[\s\S]*)?$/.exec(text.slice(2, length - 1));
    if (!match || match[1] || match[5]) return [UNKNOWN, length];
    const value = names[match[2] ?? ''] || (match[3] === '-' || match[3] === '=' ? expand(match[4] ?? '', names) : undefined);
    return [value ?? UNKNOWN, length];
  }
  const match = /^\$(\w+)/.exec(text);
  if (match) return [names[match[1] ?? ''] ?? UNKNOWN, match[0].length];
  return /^\$[@*#?!$-]/.test(text) ? [UNKNOWN, 2] : ['$', 1];
}

/** Length of a bracketed piece that begins at 1, its `$` and both brackets included. */
function closing(text: string, open: string, close: string): number {
  let depth = 0;
  for (let index = 1; index < text.length; index++) {
    if (text[index] === open) depth++;
    if (text[index] === close) depth--;
    if (depth === 0) return index + 1;
  }
  return text.length;
}
