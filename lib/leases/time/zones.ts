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

// There are some 600 names; what is none is not kept.
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The format of an IANA time zone, in any case.
 * @returns undefined for what is no zone; bare offsets (`+01:00`) are none: they do not know of summer
 */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const key = zone.toLowerCase();
  const known = formats.get(key);
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
    formats.set(key, format);
    return format;
  } catch {
    return undefined;
  }
}

/** Whether a text names a time zone. */
export const isZone = (zone: string): boolean => formatOf(zone) !== undefined;

/** What clocks of a zone show at a moment; undefined for what is no zone. */
export function wallTime(moment: Moment, zone: string): WallTime | undefined {
  const format = formatOf(zone);
  return format && read(moment, format);
}

/** How far a zone is ahead of UTC at a moment, in milliseconds; undefined for what is no zone. */
export function offsetAt(moment: Moment, zone: string): number | undefined {
  const format = formatOf(zone);
  return format && offsetOf(moment, format);
}

function read(moment: Moment, format: Intl.DateTimeFormat): WallTime {
  const offset = offsetOf(moment, format);
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

function offsetOf(moment: Moment, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(moment / 1000) * 1000;
}
