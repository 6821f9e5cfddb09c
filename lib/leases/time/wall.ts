import { DAY, MINUTE } from '../calendar/moments';
import type { Moment } from '../types';
import { offsetAt } from './zones';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::00(?:\.0+)?)?$/;

/**
 * A time of day as clocks of a zone show it.
 * @param wall as if it were UTC
 * @returns no moment where clocks are put forward over it; two where they are put back over it, the earlier first
 */
export function momentsOf(wall: number, zone: string): Moment[] {
  // offsets change by a day at most (Samoa left out a whole one), so one of these holds
  const offsets = new Set([offsetAt(wall - DAY, zone) ?? 0, offsetAt(wall + DAY, zone) ?? 0]);
  const moments = [...offsets].map((offset) => wall - offset).filter((moment) => moment + (offsetAt(moment, zone) ?? 0) === wall);
  return moments.sort((a, b) => a - b);
}

/**
 * The moment at which clocks of a zone show a time, for what Transat proposes itself: where it does not exist, that to which they were put
 * forward; where it exists twice, the first.
 * @param wall as if it were UTC
 */
export function nearestMoment(wall: number, zone: string): Moment {
  return momentsOf(wall, zone)[0] ?? changeAround(wall, zone);
}

/** The moment of the change within which a time is left out. */
export function changeAround(wall: number, zone: string): Moment {
  const [before, after] = [offsetAt(wall - DAY, zone) ?? 0, offsetAt(wall + DAY, zone) ?? 0];
  let [low, high] = [wall - DAY - before, wall + DAY - after];
  // the first minute with the later offset
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** `+01:00`, for minutes ahead of UTC. */
export function offsetText(minutes: number): string {
  const all = Math.abs(minutes);
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(all / 60)}:${two(all % 60)}`;
}

/** `2026-11-22 14:00`. */
export const wallWords = (wall: number): string => new Date(wall).toISOString().slice(0, 16).replace('T', ' ');

/** Reads `2026-11-22T14:00`; a day that no calendar has is none. @returns as if it were UTC */
export function readWall(text: string): number | undefined {
  const match = LOCAL.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  // the 30th of February would be the 2nd of March
  return year >= 1000 && wallWords(wall) === `${match.slice(1, 4).join('-')} ${match.slice(4).join(':')}` ? wall : undefined;
}
