import { MINUTE } from '@/lib/leases/time/units';
import { changeAround, momentsOf, offsetText, readWall, wallWords } from '@/lib/leases/time/wall';
import { wallTime } from '@/lib/leases/time/zones';
import type { Moment } from '@/lib/leases/types';
import { readMoment } from './link-time';

/** What a field for a date and a time stands for, by the clocks of a zone. */
export type WallValue =
  | { is: 'moment'; at: Moment }
  /** nothing that is a date and a time */
  | { is: 'unreadable' }
  /** clocks are put forward over it that night; the first moment after it */
  | { is: 'missing'; next: Moment; told: string }
  /** clocks are put back over it: one of two is meant */
  | { is: 'twice'; choices: { at: Moment; offset: string }[]; told: string };

/**
 * Reads what a field for a date and a time holds (`2026-11-28T09:00`).
 * @param chosen of two moments of a night of which a clock shows the same, the one that the person means
 */
export function readField(text: string, zone: string, chosen?: Moment): WallValue {
  const wall = readWall(text);
  if (wall === undefined) return { is: 'unreadable' };
  const [first, second] = momentsOf(wall, zone);
  if (first === undefined) return { is: 'missing', next: changeAround(wall, zone), told: wallWords(wall) };
  if (second === undefined) return { is: 'moment', at: first };
  if (chosen === first || chosen === second) return { is: 'moment', at: chosen };
  const choices = [first, second].map((at) => ({ at, offset: offsetText((wall - at) / MINUTE) }));
  return { is: 'twice', choices, told: wallWords(wall) };
}

/** What such a field shows for a moment. */
export const fieldText = (at: Moment, zone: string): string => (wallTime(at, zone)?.text ?? '').replace(' ', 'T');

/**
 * What such a field shows once its value has come from elsewhere.
 * @param typed what stands there; it stays where it means the value, and where the value is still being typed
 * @param value ISO 8601; '' while what is typed is no time; null where none is meant
 */
export function textFor(typed: string, value: string | null, zone: string): string {
  if (value === null) return '';
  const moment = readMoment(value);
  if (moment === undefined) return typed;
  const read = readField(typed, zone, moment);
  return read.is === 'moment' && read.at === moment ? typed : fieldText(moment, zone);
}
