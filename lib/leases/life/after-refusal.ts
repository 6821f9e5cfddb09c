import type { ErrorCode } from '@/lib/core/errors';
import { HOUR, MINUTE } from '../calendar/moments';
import type { Moment } from '../types';

/** What becomes of an extension that was refused, or could not be asked for. */
export type AfterRefusal = { do: 'again'; at: Moment } | { do: 'stop' };

/** The site's rules, and what the project has: they seldom change while one waits. */
const lasting = new Set<ErrorCode>([
  'upstream-refused',
  'invalid-input',
  'quota-exceeded',
  'forbidden',
  'project-not-yours',
  'flavor-not-found',
]);
const TRIES = 4;
/** A last try before the lease ends. */
const LAST_MS = 10 * MINUTE;

/**
 * Whether and when a lease is asked to last longer again. Each time one waits twice as long, an hour at most, and less shortly before its end.
 * @param tries how often it did not go, this time counted
 * @param end of the lease, as it is known
 */
export function afterRefusal(code: ErrorCode, tries: number, end: Moment, now: Moment): AfterRefusal {
  if (now >= end || (lasting.has(code) && tries >= TRIES)) return { do: 'stop' };
  const usual = now + Math.min(2 ** (tries - 1) * MINUTE, HOUR);
  return { do: 'again', at: Math.min(usual, Math.max(now + MINUTE, end - LAST_MS)) };
}
