import { MINUTE } from '../calendar/moments';
import type { Moment } from '../types';

/** What a clock on the wall shows. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 1 is Monday, 7 is Sunday */
  weekday: number;
  /** minutes ahead of UTC; not always whole hours */
  offset: number;
  /** `2026-11-22 14:00` */
  text: string;
}

/** The clocks of a zone, with how far ahead of UTC they were seen to be, by the minute. */
interface Clocks {
  format: Intl.DateTimeFormat;
  offsets: Map<number, number>;
}

// There are some 600 names; what is none is not kept.
const zones = new Map<string, Clocks>();
/** Minutes that are kept of a zone: a calendar reads the same some hundred again and again, and a clock is slow to read. */
const MOST_MINUTES = 1000;

/**
 * The clocks of an IANA time zone, in any case.
 * @returns undefined for what is no zone; bare offsets (`+01:00`) are none: they do not know of summer
 */
function clocksOf(zone: string): Clocks | undefined {
  const key = zone.toLowerCase();
  const known = zones.get(key);
  if (known) return known;
  if (!/^[a-z][a-z0-9_+/-]{0,63}$/.test(key)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const clocks = { format, offsets: new Map<number, number>() };
    zones.set(key, clocks);
    return clocks;
  } catch {
    return undefined;
  }
}

/** Whether a text names a time zone. */
export const isZone = (zone: string): boolean => clocksOf(zone) !== undefined;

/** What clocks of a zone show at a moment; undefined for what is no zone. */
export function wallTime(moment: Moment, zone: string): WallTime | undefined {
  const clocks = clocksOf(zone);
  return clocks && read(moment, clocks);
}

/** How far a zone is ahead of UTC at a moment, in milliseconds; undefined for what is no zone. */
export function offsetAt(moment: Moment, zone: string): number | undefined {
  const clocks = clocksOf(zone);
  return clocks && offsetOf(moment, clocks);
}

function read(moment: Moment, clocks: Clocks): WallTime {
  const offset = offsetOf(moment, clocks);
  const wall = new Date(moment + offset);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    weekday: wall.getUTCDay() === 0 ? 7 : wall.getUTCDay(),
    offset: offset / MINUTE,
    text: wall.toISOString().slice(0, 16).replace('T', ' '),
  };
}

// Clocks are changed at whole minutes.
function offsetOf(moment: Moment, { format, offsets }: Clocks): number {
  const minute = Math.floor(moment / MINUTE);
  const known = offsets.get(minute);
  if (known !== undefined) return known;
  const offset = readOffset(minute * MINUTE, format);
  if (offsets.size >= MOST_MINUTES) offsets.clear();
  offsets.set(minute, offset);
  return offset;
}

function readOffset(moment: Moment, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - moment;
}
