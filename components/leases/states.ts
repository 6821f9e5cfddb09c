import type { Translate } from '@/components/messages/types';
import type { Tone } from '@/components/ui/tone';
import type { LeaseSummary } from '@/lib/api/contract/leases';
import { HOUR, MINUTE } from '@/lib/leases/time/units';

import { lengthText } from './times';

type Status = LeaseSummary['status'];

const tones: Record<Status, Tone> = {
  MAKING: 'busy',
  CREATING: 'busy',
  PENDING: 'waiting',
  STARTING: 'busy',
  ACTIVE: 'ok',
  UPDATING: 'busy',
  TERMINATING: 'busy',
  TERMINATED: 'idle',
  DELETING: 'busy',
  ERROR: 'bad',
  GONE: 'idle',
};

export const toneOfLease = (status: Status): Tone => tones[status];

/** It is on its way to another state by itself, within seconds or minutes. */
export const isMoving = ({ status, work }: Pick<LeaseSummary, 'status' | 'work'>): boolean => work !== null || tones[status] === 'busy';

/** Nothing can be had on it any more. */
export const isOver = ({ status }: Pick<LeaseSummary, 'status'>): boolean => status === 'TERMINATED' || status === 'GONE';

/** It has begun, whatever clocks say: a site's own clock decides. */
export const hasBegun = ({ status }: Pick<LeaseSummary, 'status'>): boolean =>
  status === 'ACTIVE' || status === 'TERMINATING' || status === 'UPDATING' || isOver({ status });

/**
 * What became of its hosts. That Blazar calls a lease degraded is not asked: it never takes that back, also when the lease has again what it needs.
 */
export function hostsOf({ reservations }: Pick<LeaseSummary, 'reservations'>): 'missing' | 'exchanged' | null {
  if (reservations.some(({ missing }) => missing)) return 'missing';
  return reservations.some(({ changed }) => changed) ? 'exchanged' : null;
}

/** People are warned when so much is left. */
export const warnings = [48 * HOUR, 24 * HOUR, 2 * HOUR, 30 * MINUTE];

/**
 * How near the end of a lease is.
 * @returns null while it is far, or it is over
 */
export function nearness(
  { status, end }: Pick<LeaseSummary, 'status' | 'end'>,
  now: number,
): 'two-days' | 'day' | 'hours' | 'minutes' | null {
  const left = Date.parse(end) - now;
  if (status !== 'ACTIVE' || left <= 0 || left > 48 * HOUR) return null;
  if (left <= 30 * MINUTE) return 'minutes';
  if (left <= 2 * HOUR) return 'hours';
  return left <= 24 * HOUR ? 'day' : 'two-days';
}

/** Where a lease stands in its time, and how long that goes on, in milliseconds. */
interface Standing {
  /** `starting` and `ending`: its time has come, and its site has not done it yet */
  is: 'begins' | 'starting' | 'left' | 'ending' | 'over' | 'broken';
  ms: number;
}

/** How much is left of a lease, or until it begins: the one answer of all screens. */
export function standingOf(lease: Pick<LeaseSummary, 'status' | 'start' | 'end'>, now: number): Standing {
  if (isOver(lease)) return { is: 'over', ms: 0 };
  if (lease.status === 'ERROR') return { is: 'broken', ms: 0 };
  const ms = Math.max(0, Date.parse(hasBegun(lease) ? lease.end : lease.start) - now);
  if (hasBegun(lease)) return ms > 0 ? { is: 'left', ms } : { is: 'ending', ms };
  return ms > 0 ? { is: 'begins', ms } : { is: 'starting', ms };
}

/** The same in words. */
export const standingWords = (t: Translate, { is, ms }: Standing): string => t(`lease.${is}`, { time: lengthText(ms) });
