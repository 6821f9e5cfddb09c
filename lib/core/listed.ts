const mostShown = 6;

/**
 * Names in a sentence: `a, b and c`; of very many the first, and how many more. Pure.
 * @param more of so many that are left out, in words
 */
export function listed(names: readonly string[], and: string, more: (count: number) => string): string {
  const shown = names.length > mostShown ? [...names.slice(0, mostShown - 1), more(names.length - mostShown + 1)] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${and} ${shown.at(-1)}`;
}
