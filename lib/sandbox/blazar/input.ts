import { blazarError, internal } from './errors';

const MINUTE = 60_000;

export interface WantedReservation {
  min: number;
  max: number;
  hypervisorProperties: string;
  resourceProperties: string;
  beforeEnd: string;
}
export interface WantedLease {
  name: string;
  start: number;
  end: number;
  beforeEnd: number | null;
  reservations: WantedReservation[];
}

/** A date of a request, `YYYY-MM-DD HH:MM` in UTC or `now` (cut to the minute). @throws Refusal 400 */
export function parseDate(text: unknown, now: number): number {
  if (text === 'now') return Math.floor(now / MINUTE) * MINUTE;
  const match = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2}):(\d{2})$/.exec(String(text));
  const [, year, month, day, hour, minute] = (match ?? []).map(Number);
  const moment = match ? Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute) : Number.NaN;
  const real =
    match &&
    new Date(moment).getUTCMonth() + 1 === month &&
    new Date(moment).getUTCDate() === day &&
    (hour ?? 99) < 24 &&
    (minute ?? 99) < 60;
  if (!real) throw blazarError(400, `${String(text)} is an invalid date. Required format: %Y-%m-%d %H:%M`);
  return moment;
}

/** The body of POST /leases. @throws Refusal in Blazar's words and with its codes */
export function parseLease(body: unknown, now: number): WantedLease {
  const given = asObject(body);
  const missing = ['end_date', 'name', 'start_date'].filter((key) => given[key] === undefined);
  if (missing.length > 0) throw blazarError(400, `Missing parameter ${missing.join(', ')}`);
  if (typeof given.name !== 'string' || given.name.length > 80) throw internal();
  const start = parseDate(given.start_date, now);
  const end = parseDate(given.end_date, now);
  if (given.start_date !== 'now' && start < now) throw blazarError(400, 'Start date must be later than current date');
  if (end <= start) throw blazarError(400, 'End date must be later than start date.');
  const beforeEnd = given.before_end_date === undefined || given.before_end_date === null ? null : parseDate(given.before_end_date, now);
  if (beforeEnd !== null && (beforeEnd < start || beforeEnd > end)) throw blazarError(403, 'Datetime is out of lease limits');
  const reservations: unknown[] = Array.isArray(given.reservations) ? given.reservations : [];
  return { name: given.name, start, end, beforeEnd, reservations: reservations.map(parseReservation) };
}

function parseReservation(value: unknown): WantedReservation {
  const given = asObject(value);
  if (given.resource_type === undefined) throw blazarError(400, 'Missing parameter resource_type');
  if (given.resource_type !== 'physical:host') throw blazarError(500, `The ${String(given.resource_type)} resource type is not supported`);
  for (const key of ['min', 'max', 'hypervisor_properties', 'resource_properties']) {
    if (given[key] === undefined) throw blazarError(400, `Missing parameter ${key}`);
  }
  const { min, max } = counts(given.min, given.max);
  if (typeof given.hypervisor_properties !== 'string' || typeof given.resource_properties !== 'string') throw internal();
  return {
    min,
    max,
    hypervisorProperties: given.hypervisor_properties,
    resourceProperties: given.resource_properties,
    beforeEnd: typeof given.before_end === 'string' && given.before_end !== '' ? given.before_end : 'default',
  };
}

/** @throws Refusal: numbers as text are a 500, as upstream's */
export function counts(min: unknown, max: unknown): { min: number; max: number } {
  if (!Number.isInteger(min) || !Number.isInteger(max)) throw internal();
  if (Number(min) < 1 || Number(max) < 1) throw blazarError(400, 'Malformed parameter min and max (must be greater than or equal to 1)');
  if (Number(max) < Number(min)) throw blazarError(400, 'Invalid values for min/max of hosts. Max must be equal to or larger than min.');
  return { min: Number(min), max: Number(max) };
}

export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
