/** What is routed on the internet: 0/8 and what is above 223 are not. */
const [FIRST, LAST] = [2 ** 24, 224 * 2 ** 24 - 1];

/** Whether ranges of IPv4 addresses, as they are typed with commas between them, let everybody in: one of them, or all of them together. Pure. */
export function letsEverybodyIn(text: string): boolean {
  const ranges = text.split(',').flatMap((each) => rangeOf(each.trim()) ?? []);
  let reached = FIRST;
  for (const { first, last } of ranges.sort((a, b) => a.first - b.first)) if (first <= reached) reached = Math.max(reached, last + 1);
  return reached > LAST;
}

function rangeOf(text: string): { first: number; last: number } | undefined {
  const [, address = '', bits = '32'] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const octets = address.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet <= 255)) || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  const number = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}
