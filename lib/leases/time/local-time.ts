import { MINUTE, utcWords } from '../calendar/moments';
import { problem } from '../lint/problem';
import type { LeaseProblem, Moment } from '../types';
import { say } from '../words/say';
import { changeAround, momentsOf, offsetText, readWall, wallWords } from './wall';
import { isZone, wallTime } from './zones';

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
  if (!isZone(zone)) return problem(fields.zone, say('noZone', { zone: zone.slice(0, 64) }), { remedy: say('giveZone') });
  const unreadable = problem(fields.time, say('notATime', { text: text.slice(0, 64) }), { remedy: say('giveTime') });
  if (WITH_OFFSET.test(text)) return readWithOffset(text) ?? unreadable;
  const wall = readWall(text);
  if (wall === undefined) return unreadable;
  const [first, second] = momentsOf(wall, zone);
  if (first === undefined) return missing(wall, zone, fields.time);
  return second === undefined ? first : twice(first, second, wall, zone, fields.time);
}

function missing(wall: number, zone: string, field: string): LeaseProblem {
  const after = changeAround(wall, zone);
  const [from, to] = [wallTime(after - MINUTE, zone)?.text.slice(11), wallTime(after, zone)?.text.slice(11)];
  return problem(field, say('clockMissing', { time: wallWords(wall), zone, from: from ?? '', to: to ?? '' }), {
    remedy: say('chooseAfter', { to: to ?? '' }),
  });
}

function twice(first: Moment, second: Moment, wall: number, zone: string, field: string): LeaseProblem {
  const texts = [first, second].map(
    (moment) => `${wallWords(wall).replace(' ', 'T')}${offsetText((wall - moment) / MINUTE)} (${utcWords(moment)})`,
  );
  return problem(field, say('clockTwice', { time: wallWords(wall), zone }), {
    remedy: say('sayWhich', { first: texts[0] ?? '', second: texts[1] ?? '' }),
  });
}

function readWithOffset(text: string): Moment | undefined {
  const [, sign = '', hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  const wall = readWall(text.replace(WITH_OFFSET, ''));
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
  return wall === undefined ? undefined : wall - offset;
}
