import { MINUTE } from '../time/units';
import type { Moment } from '../types';

export { DAY, HOUR, MINUTE } from '../time/units';

/** Blazar knows whole minutes only: a start is rounded up, so that it never lies in the past … */
export const ceilMinute = (moment: Moment): Moment => Math.ceil(moment / MINUTE) * MINUTE;
/** … and an end down, so that a lease is never longer than asked. */
export const floorMinute = (moment: Moment): Moment => Math.floor(moment / MINUTE) * MINUTE;

/** The soonest start to offer: the request takes its time, and Blazar refuses what has become the past. */
export const soonestStart = (now: Moment): Moment => ceilMinute(now) + MINUTE;

export const toIso = (moment: Moment): string => new Date(moment).toISOString();

/** `2026-11-22 14:00 UTC`, for sentences. */
export const utcWords = (moment: Moment): string => `${toIso(moment).slice(0, 16).replace('T', ' ')} UTC`;
