import type { ErrorCode } from '@/lib/core/errors';
import { inNameOrder } from '../resources/names';
import type { LeaseProblem } from '../types';

const titles: Partial<Record<ErrorCode, string>> = {
  'invalid-input': 'This can’t be leased as it was asked for',
  'no-host-available': 'Not enough is free in this time',
  'quota-exceeded': 'The project’s allocation does not suffice',
  'flavor-not-found': 'There is no such flavor',
  'network-not-found': 'There is no such network',
  conflict: 'This can’t be done with the lease now',
  'upstream-refused': 'The site’s rules for leases do not allow this',
};

interface About {
  code?: ErrorCode;
  cause?: string;
  remedy?: string;
}

/** A problem of a lease that is planned or to be changed, as all that people read: what, why, and what to do now. */
export function problem(field: string, detail: string, { code = 'invalid-input', cause, remedy }: About = {}): LeaseProblem {
  return { severity: 'error', code, title: titles[code] ?? detail, detail, ...(cause && { cause }), ...(remedy && { remedy }), field };
}

/** The same for what the site takes, but somebody would not want, had they known. */
export function warning(field: string, detail: string, remedy?: string): LeaseProblem {
  return { severity: 'warning', code: 'invalid-input', title: 'Something to think of', detail, ...(remedy && { remedy }), field };
}

/** `1 host`, `2 hosts`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The first few of many names, in words. */
export function someOf(names: Iterable<string>): string {
  const all = [...new Set(names)].sort(inNameOrder);
  const rest = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
  return `${all.slice(0, MOST_NAMED).join(', ')}${rest}`;
}

const MOST_NAMED = 12;
