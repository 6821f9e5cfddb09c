/** IPv4 arithmetic. Addresses are unsigned 32-bit numbers. */

export function toNumber(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

export interface Range {
  first: number;
  last: number;
  prefix: number;
}

/** A CIDR as the range of its addresses; null where it is none. */
export function parseCidr(text: string): Range | null {
  const [address, length] = text.split('/');
  const base = toNumber(address ?? '');
  if (base === null || !/^\d{1,2}$/.test(length ?? '') || Number(length) > 32) return null;
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(base / size) * size;
  return { first, last: first + size - 1, prefix };
}

export const contains = (range: Range, address: number) => address >= range.first && address <= range.last;
export const overlap = (one: Range, other: Range) => one.first <= other.last && other.first <= one.last;
