import { blazarError, internal } from './errors';

const MINUTE_MS = 60_000;

/** The minute that a moment is in: Blazar knows no smaller ones. */
export const minuteOf = (moment: number) => Math.floor(moment / MINUTE_MS) * MINUTE_MS;

/**
 * A date of a request, `YYYY-MM-DD HH:MM` in UTC or `now` (cut to the minute).
 * @throws Refusal 400; 500 for what is no text
 */
export function parseDate(text: unknown, now: number): number {
  if (typeof text !== 'string') throw internal();
  if (text === 'now') return minuteOf(now);
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2})$/.exec(text);
  const [, year = 0, month = 0, day = 0, hour = 99, minute = 99] = (match ?? []).map(Number);
  const moment = match ? Date.UTC(year, month - 1, day, hour, minute) : Number.NaN;
  const parsed = new Date(moment);
  const isReal = match && parsed.getUTCMonth() + 1 === month && parsed.getUTCDate() === day && hour < 24 && minute < 60;
  if (!isReal) throw blazarError(400, `${text} is an invalid date. Required format: %Y-%m-%d %H:%M`);
  return moment;
}

/** @throws Refusal 403 outside of the lease */
export function within(moment: number, { start, end }: { start: number; end: number }): number {
  if (moment < start || moment > end) throw blazarError(403, 'Datetime is out of lease limits');
  return moment;
}
