import { ceilMinute, floorMinute } from '../calendar/moments';
import { type Extension, extensionLimit } from '../rules/extension';
import type { Lease, LeaseChange, LeaseProblem, LeaseSite, Moment, Span } from '../types';
import { type Said, say } from '../words/say';
import { lintLength, lintName } from './basics';
import { lintCounts, lintMore, lintPending } from './change-counts';
import { problem } from './problem';

interface About {
  now: Moment;
  /** what the lease costs an hour; left out: not known */
  perHour?: number;
}

const transitional = new Set(['CREATING', 'STARTING', 'UPDATING', 'TERMINATING', 'DELETING']);

/**
 * What Blazar would refuse of a change, or break the lease by, as far as one can know before. Names can always be changed; a running lease keeps its
 * start and its very hosts; what is over stays over.
 */
export function lintChange(lease: Lease, change: LeaseChange, site: LeaseSite, about: About): LeaseProblem[] {
  const others = site.leases.filter(({ id }) => id !== lease.id);
  const name = change.name === undefined || change.name === lease.name ? [] : lintName(change.name, others);
  const more = (['start', 'end', 'counts'] as const).filter((field) => change[field] !== undefined);
  const [first] = more;
  if (transitional.has(lease.status)) {
    const busy = problem(first ?? 'name', say('busyNow', { site: site.name }), { code: 'conflict', remedy: say('inTenSeconds') });
    return first !== undefined || change.name !== undefined ? [...name, busy] : name;
  }
  if (first === undefined) return name;
  if (lease.status === 'TERMINATED' || lease.end <= about.now) {
    return [...name, ...more.map((field) => problem(field, say('isOver'), { code: 'conflict', remedy: say('makeNew') }))];
  }
  if (lease.status === 'ERROR') {
    return [...name, ...more.map((field) => problem(field, say('notInOrder'), { code: 'conflict', remedy: say('repairFirst') }))];
  }
  const wrong = [...name, ...lintKinds(lease, more, site), ...lintSpan(lease, change, about), ...lintCounts(lease, change, site)];
  if (wrong.length > 0) return wrong;
  const after = spanAfter(lease, change, about.now);
  const grown = after.end > lease.end || after.start < lease.start;
  const longer = grown && lease.status === 'PENDING' ? lintLength(after, site, flavorsOf(lease, site)) : [];
  const running = lease.status === 'ACTIVE';
  return [
    ...longer,
    ...(running && after.end > lease.end ? lintExtension(extensionLimit(lease, site, about), lease, after.end, site) : []),
    ...(running
      ? lintMore(lease, change, { start: floorMinute(about.now), end: after.end }, site)
      : lintPending(lease, change, after, site)),
  ];
}

/** The time of a lease after a change, in whole minutes. */
export function spanAfter(lease: Span, { start, end }: LeaseChange, now: Moment): Span {
  const at = (given: 'now' | Moment | undefined, round: (moment: Moment) => Moment, before: Moment) =>
    given === undefined ? before : given === 'now' ? floorMinute(now) : round(given);
  return { start: at(start, ceilMinute, lease.start), end: at(end, floorMinute, lease.end) };
}

function lintSpan(lease: Lease, change: LeaseChange, { now }: About): LeaseProblem[] {
  const unreadable = (['start', 'end'] as const).filter((field) => typeof change[field] === 'number' && !Number.isFinite(change[field]));
  if (unreadable.length > 0) return unreadable.map((field) => problem(field, say('noTime'), { remedy: say('chooseTime') }));
  const { start, end } = spanAfter(lease, change, now);
  // Blazar goes by its clock: where it has not come to start a lease yet, its start is over all the same
  if (start !== lease.start && (lease.status !== 'PENDING' || lease.start < floorMinute(now)))
    return [problem('start', say('startStays'), { code: 'conflict', remedy: say('onlyEnd') })];
  if (start !== lease.start && start < floorMinute(now))
    return [
      problem('start', say('startPast', { start: { at: start } }), { cause: say('nowIs', { now: { at: now } }), remedy: say('startNow') }),
    ];
  if (change.end === 'now' && lease.status === 'PENDING')
    return [problem('end', say('notBegun'), { code: 'conflict', remedy: say('deleteIt') })];
  if (change.end !== undefined && change.end !== 'now' && end <= now)
    return [problem('end', say('endPast', { end: { at: end } }), { cause: say('nowIs', { now: { at: now } }), remedy: say('endNow') })];
  if (end <= start && change.end !== 'now')
    return [
      problem(change.end === undefined ? 'start' : 'end', say('endFirst', { end: { at: end }, start: { at: start } }), {
        remedy: say('endAfter'),
      }),
    ];
  return [];
}

function lintKinds(lease: Lease, more: readonly string[], { rules, name }: LeaseSite): LeaseProblem[] {
  if (rules.changeableFlavors || !lease.reservations.some(({ kind }) => kind === 'flavor:instance')) return [];
  return more.map((field) =>
    problem(field, say('flavorsFixed', { site: name }), { code: 'upstream-refused', remedy: say('anotherBeside') }),
  );
}

/** What stands against a new end of a running lease, and until when it would be possible. */
export function lintExtension({ now: limit, later, opensAt }: Extension, lease: Span, end: Moment, { name }: LeaseSite): LeaseProblem[] {
  if (!limit || end <= limit.at) return [];
  const last = later && later.at > lease.end ? { at: later.at } : undefined;
  const until = last && (opensAt === null ? say('until', { until: last }) : say('untilFrom', { until: last, opens: { at: opensAt } }));
  const refuse = (detail: Said, remedy?: Said) => [
    problem('end', detail, {
      code: limit.rule === 'next-reservation' ? 'no-host-available' : 'upstream-refused',
      ...((until ?? remedy) && { remedy: until ?? remedy }),
    }),
  ];
  switch (limit.rule) {
    case 'next-reservation': {
      if (limit.vlan !== undefined)
        return refuse(say('othersHaveVlan', { vlan: limit.vlan, start: { at: limit.taken?.start ?? limit.at } }), say('newWithoutNetwork'));
      const host = limit.host ?? '';
      const taken = limit.taken ? say('othersHaveHostFrom', { host, start: { at: limit.taken.start } }) : say('othersHaveHost', { host });
      return refuse(taken, say('newWithOthers'));
    }
    case 'extension-window':
      return refuse(
        say('lastHoursOnly', { site: name, window: { ms: lease.end - (opensAt ?? lease.end) }, opens: { at: opensAt ?? lease.end } }),
        say('byItself'),
      );
    case 'max-length':
      return refuse(say('notBeyond', { site: name, end: { at: limit.at } }), say('makeNew'));
    case 'project-end':
      return refuse(say('allocationEnds', { site: name, end: { at: limit.at } }), say('extendAllocation'));
    case 'balance':
      return refuse(say('spent', { site: name, end: { at: limit.at } }), say('askSite'));
    case 'kind':
      return refuse(say('flavorsNotExtended', { site: name }), say('another'));
    default:
      return refuse(say('notInThisState'), say('makeNew'));
  }
}

function flavorsOf({ reservations }: Lease, { flavors }: LeaseSite): string[] {
  return reservations.flatMap(({ flavor }) => flavors.find(({ id }) => id === flavor)?.name ?? []);
}
