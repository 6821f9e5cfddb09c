import { HOUR, MINUTE } from '../calendar/moments';
import type { Lease, Moment } from '../types';

/** When before its end somebody is told of it. */
export const reminderTimes = { '48h': 48 * HOUR, '24h': 24 * HOUR, '2h': 2 * HOUR, '30min': 30 * MINUTE } as const;
export type ReminderName = keyof typeof reminderTimes;
const all = Object.entries(reminderTimes).map(([name, before]) => ({ name: name as ReminderName, before })); // keys of a constant

export interface Reminders {
  /** what is to be told now, at most one: who was away does not get three at once */
  tell: ReminderName | null;
  /** keys to note before it is told: with one of these noted, it is told never again */
  keys: string[];
  /** when to look again; null: there is nothing more to tell */
  nextAt: Moment | null;
}

const quiet = new Set(['TERMINATED', 'TERMINATING', 'DELETING', 'ERROR']);

/**
 * What to tell of the end of a lease. Each is told once, for each end: one that is extended is told of anew. What would have been told before the lease
 * began, or before it was known to end then, is not made up for.
 * @param since when its present end was set: when it was made, or extended
 * @param told keys that were noted
 */
export function remindersOf(lease: Lease, { since, told, now }: { since: Moment; told: ReadonlySet<string>; now: Moment }): Reminders {
  const nothing: Reminders = { tell: null, keys: [], nextAt: null };
  if (quiet.has(lease.status) || lease.end <= now) return nothing;
  const meant = all.map((one) => ({ ...one, at: lease.end - one.before })).filter(({ at }) => at > Math.max(since, lease.start));
  const due = meant.filter(({ name, at }) => at <= now && !told.has(reminderKey(lease, name)));
  const next = meant.find(({ at }) => at > now);
  const latest = meant.findLast(({ at }) => at <= now);
  // an older one that was missed is settled by the latest, told or not
  const tell = latest && due.includes(latest) ? latest.name : null;
  return { tell, keys: due.map(({ name }) => reminderKey(lease, name)), nextAt: next?.at ?? null };
}

export const reminderKey = ({ id, end }: Pick<Lease, 'id' | 'end'>, name: ReminderName): string => `${id}/${end}/${name}`;
