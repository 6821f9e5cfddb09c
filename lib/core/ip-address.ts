import { isIP } from 'node:net';

/**
 * The family of an IP address in its plain form; null for everything else: a host name, an address with a zone, a port, a prefix or brackets, or
 * one that programs read differently (`010.0.0.1`, `127.1`). What a cloud or a node names as an address goes by here before it is used as one. Pure.
 */
export function familyOf(text: string): 4 | 6 | null {
  if (text.includes('%')) return null;
  const family = isIP(text);
  return family === 4 || family === 6 ? family : null;
}

/** The text where it is an IP address, else null. Pure. */
export function ipAddress(text: string | null | undefined): string | null {
  return text && familyOf(text) !== null ? text : null;
}
