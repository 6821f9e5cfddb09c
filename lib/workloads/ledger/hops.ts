import type { LedgerJob } from './types';

/** A part of a job's way: it waited where it came, crossed, waited for a machine, and ran. */
interface JobHop {
  hop: 'waited' | 'crossed' | 'began' | 'ran';
  milliseconds: number;
}

/**
 * How long each part of a job's way took; only those that it has been through. A cluster tells whole seconds, so that none is shorter than nothing. Of one
 * that left at once nobody can tell its waiting from its crossing: that is its crossing. Pure.
 */
export function hopsOf({ crossed, submittedAt, leftAt, cameAt, startedAt, finishedAt, why }: LedgerJob): JobHop[] {
  const way: [JobHop['hop'], number | null, number | null][] = [];
  const there = crossed ? cameAt : submittedAt;
  // it is seen to have left only a while after it came
  const left = leftAt !== null && cameAt !== null ? Math.min(leftAt, cameAt) : leftAt;
  if (crossed) way.push(why === 'wait' ? ['waited', submittedAt, left ?? cameAt] : ['crossed', submittedAt, cameAt]);
  way.push(['began', there, startedAt], ['ran', startedAt, finishedAt]);
  return way.flatMap(([hop, from, to]) => (from === null || to === null ? [] : [{ hop, milliseconds: Math.max(0, to - from) }]));
}
