/**
 * Where the piece of shell that begins at `index` ends: a quoted text, a `$(…)` or `${…}` with all that is in it, a group in
 * brackets or braces, an escaped character, or just one character.
 */
export function after(text: string, index: number): number {
  const char = text[index];
  if (char === '\\') return index + 2;
  if (char === "'") return end(text.indexOf("'", index + 1), text);
  if (char === '`') return end(text.indexOf('`', index + 1), text);
  if (char === '"') return inside(text, index + 1, '"', null);
  if (char === '$' && text[index + 1] === '(') return inside(text, index + 2, ')', '(');
  if (char === '$' && text[index + 1] === '{') return inside(text, index + 2, '}', null);
  if (char === '$' && text[index + 1] === "'") return inside(text, index + 2, "'", null);
  if (char === '(') return inside(text, index + 1, ')', '(');
  if (char === '{' && /\s/.test(text[index + 1] ?? '')) return inside(text, index + 1, '}', '{');
  return index + 1;
}

const end = (at: number, text: string) => (at < 0 ? text.length : at + 1);

/** The index after the closing mark; `opening` nests. */
function inside(text: string, start: number, closing: string, opening: string | null): number {
  let depth = 1;
  let index = start;
  while (index < text.length) {
    const char = text[index] ?? '';
    if (char === closing) depth -= 1;
    else if (char === opening) depth += 1;
    if (depth === 0) return index + 1;
    // in a text, only these still mean something; in a group, everything but its own brackets
    const special = opening === null ? '\\$`' : '\\$`"\'';
    index = special.includes(char) ? after(text, index) : index + 1;
  }
  return text.length;
}

/** Splits text at what `at` finds (a string or single characters), outside quotes and brackets. */
export function split(text: string, at: RegExp | string): string[] {
  const found: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; ) {
    const length = typeof at === 'string' ? (text.startsWith(at, index) ? at.length : 0) : at.test(text[index] ?? '') ? 1 : 0;
    if (length > 0) {
      found.push(text.slice(start, index));
      start = index + length;
      index = start;
    } else index = after(text, index);
  }
  return [...found, text.slice(start)];
}

/** The words of a command, quotes left on. */
export function words(text: string): string[] {
  return split(text, /\s/).filter((word) => word !== '');
}
