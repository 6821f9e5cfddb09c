import { DAY } from '@/lib/leases/calendar/moments';
import { healthOf } from '@/lib/leases/life/health';
import { idleOf } from '@/lib/leases/life/idle';
import { type ReminderName, reminderKey, remindersOf } from '@/lib/leases/life/reminders';
import { fullestShare } from '@/lib/leases/lint/stacking';
import type { Moment } from '@/lib/leases/types';
import type { About, KeptLease, Tell } from './types';

/** What is to be told of a lease now, and the keys to note so that it is told never again. */
export interface Due {
  tell: Tell[];
  /** of what is not told any more, since it was missed */
  settled: string[];
}

/**
 * What is to be told of a lease at a moment. Pure: the same lease, time and told keys give the same.
 * @param told keys that were noted
 */
export function dueOf(kept: KeptLease, told: ReadonlySet<string>, now: Moment): Due {
  const reminders = remindersOf(kept.lease, { since: kept.since, told: keysWithin(kept, told), now });
  const ends = reminders.tell === null ? [] : [endsSoon(kept, reminders.tell)];
  const all = [...ends, ...shortened(kept), ...idle(kept, now), ...stacking(kept, now), ...health(kept, now)];
  const tell = all.filter(({ key }) => !told.has(key));
  const keys = new Set(tell.map(({ key }) => key));
  return { tell, settled: reminders.keys.map((key) => keyOf(kept, key)).filter((key) => !keys.has(key)) };
}

// The lease's own id may be that of another site's, too.
const keyOf = ({ site }: KeptLease, rest: string): string => `${site.id}/${rest}`;

function keysWithin(kept: KeptLease, told: ReadonlySet<string>): Set<string> {
  const prefix = keyOf(kept, '');
  return new Set([...told].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
}

function about({ lease, site, path, deployments }: KeptLease): About {
  const names = deployments.length > 0 ? { names: deployments } : {};
  return { name: lease.name, site: site.name, path, end: new Date(lease.end).toISOString(), ...names };
}

function endsSoon(kept: KeptLease, name: ReminderName): Tell {
  return { what: `ends-${name}`, key: keyOf(kept, reminderKey(kept.lease, name)), about: about(kept) };
}

function shortened(kept: KeptLease): Tell[] {
  const { lease } = kept;
  return kept.shortened ? [{ what: 'shortened', key: keyOf(kept, `${lease.id}/${lease.end}/shortened`), about: about(kept) }] : [];
}

function idle(kept: KeptLease, now: Moment): Tell[] {
  const { state, endsAt } = idleOf(kept.lease, kept.used ? kept.lease.start : null, kept.rules, now);
  if (state !== 'warned' && state !== 'doomed') return [];
  const ends = endsAt === null ? {} : { idleEndsAt: new Date(endsAt).toISOString() };
  return [{ what: 'idle', key: keyOf(kept, `${kept.lease.id}/idle`), about: { ...about(kept), ...ends } }];
}

function stacking(kept: KeptLease, now: Moment): Tell[] {
  const { lease, rules, others, nodeType } = kept;
  if (!rules.stacking || nodeType === undefined || lease.end <= now) return [];
  const percent = fullestShare([lease, ...others], rules.stacking.days, lease);
  if (percent < rules.stacking.percent || (lease.end - lease.start) / DAY > rules.stacking.days) return [];
  const stack = { percent: Math.floor(percent), days: rules.stacking.days, nodeType };
  return [{ what: 'stacking', key: keyOf(kept, `${lease.id}/stacking`), about: { ...about(kept), ...stack } }];
}

function health(kept: KeptLease, now: Moment): Tell[] {
  const found = healthOf(kept.lease, { hosts: null, name: kept.site.name }, now).filter(({ severity }) => severity !== 'note');
  return found.map(({ what, reservation = '', host = '', detail, remedy }) => ({
    what: 'health',
    key: keyOf(kept, `${kept.lease.id}/${what}/${reservation}${host}`),
    about: { ...about(kept), detail, remedy },
  }));
}
