import { DAY, MINUTE, utcWords } from '../calendar/moments';
import { problem } from '../lint/problem';
import type { LeaseProblem, Moment } from '../types';
import { isZone, offsetAt, wallTime } from './zones';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::00(?:\.0+)?)?$/;
const WITH_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** Fields of what somebody sent, by which a problem names them. */
export interface TimeFields {
  time: string;
  zone: string;
}

/**
 * Reads a time that somebody gave: `2026-11-22T14:00`, as clocks where they are show it, or with an offset (`…Z`, `…+01:00`), which holds in every
 * zone. On the night of a change the time of day may not exist, or exist twice: then the offset must say which is meant, and nothing is guessed.
 * @param zone IANA name
 * @returns the moment, or the problem, which names the field
 */
export function readTime(text: string, zone: string, fields: TimeFields = { time: 'start', zone: 'zone' }): Moment | LeaseProblem {
  if (!isZone(zone))
    return problem(fields.zone, `There is no time zone “${zone.slice(0, 64)}”.`, { remedy: 'Give a name such as Europe/Madrid.' });
  const unreadable = problem(fields.time, `“${text.slice(0, 64)}” is no date and time.`, { remedy: 'Give one such as 2026-11-22T14:00.' });
  if (WITH_OFFSET.test(text)) return readWithOffset(text) ?? unreadable;
  const wall = readWall(text);
  if (wall === undefined) return unreadable;
  const [first, second] = momentsOf(wall, zone);
  if (first === undefined) return missing(wall, zone, fields.time);
  return second === undefined ? first : twice(first, second, wall, zone, fields.time);
}

/**
 * A time of day as clocks of a zone show it.
 * @param wall as if it were UTC
 * @returns no moment where clocks are put forward over it; two where they are put back over it, the earlier first
 */
function momentsOf(wall: number, zone: string): Moment[] {
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
function changeAround(wall: number, zone: string): Moment {
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

function missing(wall: number, zone: string, field: string): LeaseProblem {
  const after = changeAround(wall, zone);
  const [from, to] = [wallTime(after - MINUTE, zone)?.text.slice(11), wallTime(after, zone)?.text.slice(11)];
  return problem(field, `${words(wall)} does not exist in ${zone}: after ${from}, clocks show ${to} that night.`, {
    remedy: `Choose ${to} or later, or a time before.`,
  });
}

function twice(first: Moment, second: Moment, wall: number, zone: string, field: string): LeaseProblem {
  const texts = [first, second].map(
    (moment) => `${words(wall).replace(' ', 'T')}${offsetText((wall - moment) / MINUTE)} (${utcWords(moment)})`,
  );
  return problem(field, `${words(wall)} exists twice in ${zone}: clocks are put back that night.`, {
    remedy: `Say which is meant: ${texts.join(' or ')}.`,
  });
}

/** `+01:00`, for minutes ahead of UTC. */
export function offsetText(minutes: number): string {
  const all = Math.abs(minutes);
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(all / 60)}:${two(all % 60)}`;
}

const words = (wall: number): string => new Date(wall).toISOString().slice(0, 16).replace('T', ' ');

function readWall(text: string): number | undefined {
  const match = LOCAL.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  // the 30th of February would be the 2nd of March
  return year >= 1000 && words(wall) === `${match.slice(1, 4).join('-')} ${match.slice(4).join(':')}` ? wall : undefined;
}

function readWithOffset(text: string): Moment | undefined {
  const [, sign = '', hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  const wall = readWall(text.replace(WITH_OFFSET, ''));
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
  return wall === undefined ? undefined : wall - offset;
}
