import { parseDate } from './dates';
import { blazarError, internal, missing } from './errors';

export interface WantedLease {
  /** Blazar looks at it last */
  name: unknown;
  start: number;
  end: number;
  beforeEnd: unknown;
  reservations: Record<string, unknown>[];
}

/** The body of POST /leases, as far as Blazar reads it before it looks for what is free. @throws Refusal in Blazar's words and with its codes */
export function parseLease(body: unknown, now: number): WantedLease {
  const given = asObject(body);
  const lacking = ['start_date', 'name', 'end_date'].filter((key) => !(key in given));
  if (lacking.length > 0) throw missing(...lacking);
  const reservations: unknown[] = Array.isArray(given.reservations) ? given.reservations : [];
  const wanted = reservations.map(asObject);
  if (wanted.some((one) => !('resource_type' in one))) throw missing('resource_type');
  const start = parseDate(given.start_date, now);
  const end = parseDate(given.end_date, now);
  if (start < parseDate('now', now)) throw blazarError(400, 'Start date must be later than current date');
  if (end <= start) throw blazarError(400, 'End date must be later than start date.');
  return { name: given.name, start, end, beforeEnd: given.before_end_date, reservations: wanted };
}

/** A name as the database takes it: 80 characters, and not nothing. @throws Refusal 500 */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'object') throw internal();
  const name = String(value);
  if (name.length > 80) throw internal();
  return name;
}

/** @throws Refusal 500: Blazar's own code stumbles over anything else */
export function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw internal();
  return { ...value };
}
