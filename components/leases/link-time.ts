import type { Moment } from '@/lib/leases/types';

/** Later no site can say; far from it no calendar breaks. */
const LAST = Date.UTC(9999, 0);

/** Reads a time that stands in an address, or was kept. @returns undefined for what is none, or none that a lease could have */
export function readMoment(text: string): Moment | undefined {
  const at = Date.parse(text);
  return at >= 0 && at < LAST ? at : undefined;
}

/** The same as ISO 8601; '' for none. */
export function readIso(text: string): string {
  const at = readMoment(text);
  return at === undefined ? '' : new Date(at).toISOString();
}
