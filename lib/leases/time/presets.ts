import { DAY, soonestStart } from '../calendar/moments';
import type { Moment, Span } from '../types';
import { nearestMoment } from './wall';
import { wallTime } from './zones';

/** When somebody wants a lease to begin, in one press. */
export type Preset = 'now' | 'tonight' | 'tomorrow' | 'next-slot';

const TONIGHT = 20;
const MORNING = 9;
/** Further ahead nobody reserves. */
const HORIZON_MS = 90 * DAY;

/**
 * Where a finder looks for a preset. For `now`, `tonight` (20:00 where the person is; after that, now) and `tomorrow` (09:00) the lease begins just
 * then or not at all; `next-slot` is the next time that is free.
 * @param duration in milliseconds
 * @param zone IANA name
 * @returns undefined for what is no zone
 */
export function presetSearch(preset: Preset, duration: number, now: Moment, zone: string): { from: Moment; to: Moment } | undefined {
  const start = presetStart(preset, now, zone);
  if (start === undefined) return undefined;
  return { from: start, to: preset === 'next-slot' ? start + Math.max(HORIZON_MS, duration) : start + duration };
}

/** Whether a preset still means what it says: at 20:00 tonight begins, and after it is nothing else than now. */
export function isAhead(preset: Preset, now: Moment, zone: string): boolean {
  const start = presetStart(preset, now, zone);
  return preset === 'now' || preset === 'next-slot' || (start !== undefined && start > soonestStart(now));
}

function presetStart(preset: Preset, now: Moment, zone: string): Moment | undefined {
  const soonest = soonestStart(now);
  const today = wallTime(now, zone);
  if (!today) return undefined;
  const at = (days: number, hour: number) => nearestMoment(Date.UTC(today.year, today.month - 1, today.day + days, hour), zone);
  if (preset === 'tonight') return Math.max(soonest, at(0, TONIGHT));
  return preset === 'tomorrow' ? Math.max(soonest, at(1, MORNING)) : soonest;
}

/** A span whose days are those of a person's calendar: from midnight to midnight where they are; a day of a change has 23 or 25 hours. */
export function dayOf(moment: Moment, zone: string): Span | undefined {
  const wall = wallTime(moment, zone);
  if (!wall) return undefined;
  const midnight = (days: number) => nearestMoment(Date.UTC(wall.year, wall.month - 1, wall.day + days), zone);
  return { start: midnight(0), end: midnight(1) };
}
