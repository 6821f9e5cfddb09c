import type { ErrorCode, Problem } from '@/lib/core/errors';
import type { Resource } from '../ledger/ledger';
import { isLasting } from './problems';

const firstSeconds = 1;
const longestSeconds = 30;
/** What a cloud refuses may pass in a moment, but not after so many tries. */
const refusalsTaken: Partial<Record<ErrorCode, number>> = {
  'upstream-refused': 6,
  conflict: 6,
  'port-in-use': 6,
  // a router's way is there a moment after its interface is
  'network-unreachable': 4,
  'addresses-exhausted': 3,
  // a fault of Transat's own is the same the next time
  internal: 3,
};

export type Aftermath = Pick<Resource, 'phase' | 'unclear' | 'next_try_at'>;

/** What follows a create that failed. Pure. @param unclear it may have been carried out all the same */
export function afterFailure(attempts: number, problem: Problem, unclear: boolean, now: Date): Aftermath {
  const refused = attempts >= (refusalsTaken[problem.code] ?? Number.POSITIVE_INFINITY);
  if (isLasting(problem) || refused) return { phase: 'failed', unclear, next_try_at: null };
  const wait = pause(attempts);
  // what was cut off may still be under way; looking at once would not see it
  return { phase: 'planned', unclear, next_try_at: new Date(now.getTime() + 1000 * (unclear ? Math.max(2, wait) : wait)) };
}

/** Seconds before the next try: 1, 2, 4 … 30. */
export function pause(attempts: number): number {
  return Math.min(longestSeconds, firstSeconds * 2 ** Math.max(0, attempts - 1));
}
