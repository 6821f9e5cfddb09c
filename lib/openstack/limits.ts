import type { Limit } from './types';

/** A limit as OpenStack counts: -1 is none. */
export function limitOf(limit: number, used: number): Limit {
  return { limit: limit < 0 ? null : limit, used };
}
