import { HOUR, MINUTE } from '../calendar/moments';
import type { Lease, Moment } from '../types';
import { reminderTimes } from './reminders';

const SOONEST_MS = 20_000;
/** The site's own beat, and clocks that differ. */
const AFTER_MS = MINUTE;
const LONGEST_MS = HOUR;
/** Of one whose time is over, though its site has not said so. */
const OVERDUE_MS = 6 * HOUR;
const over = new Set(['TERMINATED', 'GONE']);
const resting = new Set(['PENDING', 'ACTIVE', 'ERROR']);

/**
 * When to ask a site again how a lease stands: the rarer, the further away its start and its end are. Just before people would be told of its end it is asked
 * in any case, since others may have extended or ended the lease; and just after its start and end.
 * @returns null: nothing more becomes of it
 */
export function lookAgainAt({ status, start, end }: Pick<Lease, 'status' | 'start' | 'end'>, now: Moment): Moment | null {
  if (over.has(status)) return null;
  if (!resting.has(status)) return now + MINUTE;
  if (end + AFTER_MS <= now) return now + between(MINUTE, (now - end) / 4, OVERDUE_MS);
  const moments = [start + AFTER_MS, end + AFTER_MS, ...Object.values(reminderTimes).map((before) => end - before - AFTER_MS)];
  const away = Math.min(...[start, end].map((moment) => Math.abs(moment - now)));
  const usual = now + between(MINUTE, away / 10, LONGEST_MS);
  return Math.max(now + SOONEST_MS, Math.min(usual, ...moments.filter((moment) => moment > now)));
}

const FOLLOW_MS = 5000;
const FOLLOW_RARELY_MS = 5 * MINUTE;

/**
 * When to ask a site again for somebody who watches a lease: every few seconds while something is done with it and around its start and end, and the rarer,
 * the further away these are.
 * @param busy something is done with it here
 */
export function followAgainAt({ status, start, end }: Pick<Lease, 'status' | 'start' | 'end'>, busy: boolean, now: Moment): Moment {
  if (busy || !resting.has(status)) return now + FOLLOW_MS;
  const away = Math.min(...[start, end].map((moment) => Math.abs(moment - now)));
  return now + between(FOLLOW_MS, away / 20, FOLLOW_RARELY_MS);
}

/** When to ask a site again that did not answer: the rarer, the longer it has not. */
export function tryAgainAt(lastSeen: Moment, now: Moment): Moment {
  return now + between(MINUTE, (now - lastSeen) / 2, HOUR);
}

const between = (least: number, wanted: number, most: number): number => Math.max(least, Math.min(wanted, most));
