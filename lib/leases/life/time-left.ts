import { MINUTE } from '../calendar/moments';
import type { Lease, Moment, Span } from '../types';

/** What estimates are wrong by: a fifth, and five minutes. */
const MARGIN = { share: 0.2, ms: 5 * MINUTE };
/** Before the site itself deletes what is there. */
const BEFORE_END_MS = 2 * MINUTE;

export interface TimeLeft {
  enough: boolean;
  /** from now, or from the start, to the end */
  leftMs: number;
  /** what it takes, with a margin */
  needMs: number;
}

/**
 * Whether what is left of a lease suffices for something that takes a time until it is ready.
 * @param estimateMs without a margin
 */
export function timeLeft({ start, end }: Span, estimateMs: number, now: Moment): TimeLeft {
  const leftMs = Math.max(0, end - Math.max(start, now));
  const needMs = estimateMs + Math.max(estimateMs * MARGIN.share, MARGIN.ms);
  return { enough: leftMs >= needMs, leftMs, needMs };
}

/** When what stands on a lease is to be wound down, so that the site finds nothing to delete. */
export interface WindDown {
  at: Moment;
  due: boolean;
  /** it takes longer than is left: what is not saved first is lost */
  late: boolean;
}

/** @param estimateMs how long it takes to wind down in order */
export function windDown(lease: Pick<Lease, 'start' | 'end'>, estimateMs: number, now: Moment): WindDown {
  const last = lease.end - BEFORE_END_MS;
  const at = Math.max(lease.start, last - estimateMs);
  return { at, due: now >= at, late: Math.max(now, lease.start) + estimateMs > last };
}
