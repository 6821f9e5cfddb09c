import { HOUR, MINUTE } from '@/lib/leases/time/units';
import type { Moment } from '@/lib/leases/types';

/** When a lease that is asked for begins and ends: ISO 8601, '' while that is not said. */
interface LeaseTime {
  start: 'now' | string;
  end: string;
}

/** To the minute, as sites take times. */
export const wholeMinute = (moment: Moment): string => new Date(Math.floor(moment / MINUTE) * MINUTE).toISOString();

/** How long it lasts, in milliseconds; null while its beginning or its end is not known. */
export function lengthOf({ start, end }: LeaseTime, now: Moment): number | null {
  const length = Date.parse(end) - (start === 'now' ? now : Date.parse(start));
  return Number.isNaN(length) ? null : length;
}

/** The same, so many hours long. */
export function lasting<T extends LeaseTime>(lease: T, hours: number, now: Moment): T {
  const begins = lease.start === 'now' ? now : Date.parse(lease.start);
  return { ...lease, end: wholeMinute((Number.isNaN(begins) ? now : begins) + hours * HOUR) };
}

/** The same from another start on, as long as before. */
export function startingAt<T extends LeaseTime>(lease: T, start: string, now: Moment): T {
  const length = lengthOf(lease, now);
  const begins = start === 'now' ? now : Date.parse(start);
  if (start === '' || length === null || Number.isNaN(begins)) return { ...lease, start };
  return { ...lease, start, end: wholeMinute(begins + Math.max(MINUTE, length)) };
}
