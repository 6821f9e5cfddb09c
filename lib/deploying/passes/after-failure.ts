import type { Problem } from '@/lib/core/errors';
import type { Resource } from '../ledger/ledger';
import { isLasting } from './problems';

const firstSeconds = 1;
const longestSeconds = 30;
/** A conflict or something missing at a cloud may pass in a moment, but not after so many tries. */
const refusalsTaken = 6;

export type Aftermath = Pick<Resource, 'phase' | 'unclear' | 'next_try_at'>;

/** What follows a create that failed. Pure. @param unclear it may have been carried out all the same */
export function afterFailure(attempts: number, problem: Problem, unclear: boolean, now: Date): Aftermath {
  const refused = problem.code === 'upstream-refused' && attempts >= refusalsTaken;
  if (isLasting(problem) || refused) return { phase: 'failed', unclear, next_try_at: null };
  const wait = pause(attempts);
  // what was cut off may still be under way; looking at once would not see it
  return { phase: 'planned', unclear, next_try_at: new Date(now.getTime() + 1000 * (unclear ? Math.max(2, wait) : wait)) };
}

/** Seconds before the next try: 1, 2, 4 … 30. */
export function pause(attempts: number): number {
  return Math.min(longestSeconds, firstSeconds * 2 ** Math.max(0, attempts - 1));
}
