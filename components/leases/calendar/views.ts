import { nearestMoment } from '@/lib/leases/time/wall';
import { wallTime } from '@/lib/leases/time/zones';
import type { Moment, Span } from '@/lib/leases/types';
import { readMoment } from '../link-time';

/** How many days a calendar can show. */
export const viewLengths = [1, 7, 14, 30, 90] as const;

/**
 * The days that a calendar shows: from midnight to midnight where the person is.
 * @param from ISO 8601; what is no time counts as today
 */
export function viewFrom(from: string, days: number, now: Moment, zone: string): Span {
  const start = midnight(readMoment(from) ?? now, 0, zone);
  return { start, end: midnight(start, days, zone) };
}

/** The beginning of the same number of days, on or back. */
export const movedView = ({ start }: Span, direction: 1 | -1, days: number, zone: string): Moment =>
  midnight(start, direction * days, zone);

function midnight(moment: Moment, days: number, zone: string): Moment {
  const wall = wallTime(moment, zone);
  return wall ? nearestMoment(Date.UTC(wall.year, wall.month - 1, wall.day + days), zone) : moment;
}
