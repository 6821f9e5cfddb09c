import { familyOf } from '@/lib/core/ip-address';

/** A range of IPv4 addresses: its first address and its size, as numbers. */
export interface Range {
  first: number;
  size: number;
}

const pattern = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/;

/**
 * Reads `192.0.2.0/24`; an address alone is a range of one.
 * @returns undefined where it is none
 */
export function parseCidr(text: string): Range | undefined {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const bits = Number(match[5] ?? 32);
  if (bits > 32 || octets.some((octet) => octet > 255)) return undefined;
  const size = 2 ** (32 - bits);
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first: address - (address % size), size };
}

/** Whether a text is a range of IPv6 addresses, such as `2001:db8::/64`. */
export function isIpv6Range(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  return rest.length === 0 && familyOf(address) === 6 && /^\d{1,3}$/.test(bits ?? '') && Number(bits) <= 128;
}

/** A range in its usual writing. */
export function formatCidr({ first, size }: Range): string {
  return `${formatAddress(first)}/${32 - Math.log2(size)}`;
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function overlaps(a: Range, b: Range): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** Whether the first range holds all of the second. */
export function holdsRange(wide: Range, range: Range): boolean {
  return range.first >= wide.first && range.first + range.size <= wide.first + wide.size;
}

/** Addresses of one site's network: 4094 nodes. */
const networkSize = 2 ** 12;
const ten = 10 * 2 ** 24;
const block = 2 ** 16;
// 10.n.0.0/16 that others like to use: home and lab networks (0, 1), pods and services of Kubernetes (42, 43, 96-111, 244)
const avoided = new Set([0, 1, 42, 43, 244, ...Array.from({ length: 16 }, (_, index) => 96 + index)]);

/**
 * The range of a deployment's own network at one site: within 10.0.0.0/8, by the deployment's short id, so that it stays
 * the same and two deployments rarely meet.
 * @param seed the deployment's short id
 * @param siteIndex from 0; sites of one deployment get neighbouring ranges
 * @param taken ranges that are in use where it goes
 */
export function chooseCidr(seed: string, siteIndex: number, taken: readonly Range[]): Range {
  const start = hash(seed);
  const candidates = Array.from({ length: 256 }, (_, step) => (start + step) % 256)
    .filter((octet) => !avoided.has(octet))
    .map((octet) => ({ first: ten + octet * block + (siteIndex % 16) * networkSize, size: networkSize }));
  const free = candidates.find((candidate) => !taken.some((range) => overlaps(candidate, range)));
  // where all of 10.0.0.0/8 is taken, the first will do: the deployment's router keeps its network apart
  return free ?? candidates[0] ?? { first: ten, size: networkSize };
}

// FNV-1a: spreads short texts evenly.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
