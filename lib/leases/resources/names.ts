/**
 * Whether a name fits a pattern in which `*` stands for any signs; case does not matter. Takes its time in the lengths' product at most, whatever the
 * pattern: it is no regular expression.
 */
export function fitsPattern(pattern: string, name: string): boolean {
  const [p, n] = [pattern.toLowerCase(), name.toLowerCase()];
  let [at, from, star, tried] = [0, 0, -1, 0];
  while (from < n.length) {
    if (p[at] === '*') {
      star = at;
      tried = from;
      at += 1;
    } else if (p[at] === n[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      // the last star takes one sign more
      tried += 1;
      at = star + 1;
      from = tried;
    } else return false;
  }
  return /^\**$/.test(p.slice(at));
}

const collator = new Intl.Collator('en', { numeric: true });

/** The order of names in which people look for them: `c01-9` before `c01-10`. */
export const inNameOrder = (a: string, b: string): number => collator.compare(a, b);
