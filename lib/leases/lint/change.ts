import { ceilMinute, floorMinute, utcWords } from '../calendar/moments';
import { type Extension, extensionLimit } from '../rules/extension';
import type { Lease, LeaseChange, LeaseProblem, LeaseSite, Moment, Span } from '../types';
import { lengthWords, lintLength, lintName } from './basics';
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
    const busy = problem(first ?? 'name', `${site.name} is starting, changing or ending this lease just now.`, {
      code: 'conflict',
      remedy: 'Try again in ten seconds.',
    });
    return first !== undefined || change.name !== undefined ? [...name, busy] : name;
  }
  if (first === undefined) return name;
  if (lease.status === 'TERMINATED' || (lease.end <= about.now && lease.status !== 'PENDING')) {
    return [
      ...name,
      ...more.map((field) =>
        problem(field, 'The lease is over. It can only be renamed.', { code: 'conflict', remedy: 'Make a new lease.' }),
      ),
    ];
  }
  if (lease.status === 'ERROR') {
    return [
      ...name,
      ...more.map((field) =>
        problem(field, 'The lease is not in order. It can only be renamed, repaired or deleted.', {
          code: 'conflict',
          remedy: 'Have it repaired first.',
        }),
      ),
    ];
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
  if (unreadable.length > 0)
    return unreadable.map((field) => problem(field, 'This is no time that a site can take.', { remedy: 'Choose a date and a time.' }));
  const { start, end } = spanAfter(lease, change, now);
  if (start !== lease.start && lease.status !== 'PENDING')
    return [problem('start', 'The lease runs already, so its start stays.', { code: 'conflict', remedy: 'Change its end only.' })];
  if (start !== lease.start && start < floorMinute(now))
    return [
      problem('start', `The start, ${utcWords(start)}, is in the past.`, {
        cause: `It is ${utcWords(now)} now.`,
        remedy: 'Start now, or choose a later time.',
      }),
    ];
  if (change.end === 'now' && lease.status === 'PENDING')
    return [problem('end', 'The lease has not begun, so it can’t end now.', { code: 'conflict', remedy: 'Delete it.' })];
  if (change.end !== undefined && change.end !== 'now' && end <= now)
    return [
      problem('end', `The end, ${utcWords(end)}, is in the past.`, {
        cause: `It is ${utcWords(now)} now.`,
        remedy: 'End it now, or choose a later end.',
      }),
    ];
  if (end <= start && change.end !== 'now')
    return [
      problem(change.end === undefined ? 'start' : 'end', `The end, ${utcWords(end)}, does not come after the start, ${utcWords(start)}.`, {
        remedy: 'Choose an end after the start.',
      }),
    ];
  return [];
}

function lintKinds(lease: Lease, more: readonly string[], { rules, name }: LeaseSite): LeaseProblem[] {
  if (rules.changeableFlavors || !lease.reservations.some(({ kind }) => kind === 'flavor:instance')) return [];
  return more.map((field) =>
    problem(field, `${name} does not change leases of flavors; they can only be renamed or deleted.`, {
      code: 'upstream-refused',
      remedy: 'Make another lease beside it.',
    }),
  );
}

/** What stands against a new end of a running lease, and until when it would be possible. */
export function lintExtension({ now: limit, later, opensAt }: Extension, lease: Span, end: Moment, { name }: LeaseSite): LeaseProblem[] {
  if (!limit || end <= limit.at) return [];
  const until =
    later && later.at > lease.end
      ? `It can be extended until ${utcWords(later.at)}${opensAt === null ? '' : `, from ${utcWords(opensAt)} on`}.`
      : undefined;
  const refuse = (detail: string, remedy?: string) => [
    problem('end', detail, {
      code: limit.rule === 'next-reservation' ? 'no-host-available' : 'upstream-refused',
      ...((until ?? remedy) && { remedy: until ?? remedy }),
    }),
  ];
  switch (limit.rule) {
    case 'next-reservation': {
      const from = limit.taken ? ` from ${utcWords(limit.taken.start)}` : '';
      return refuse(
        `The host ${limit.host ?? ''} is reserved by others${from}, and a running lease keeps its very hosts.`,
        'Make a new lease with other hosts for the time after its end.',
      );
    }
    case 'extension-window':
      return refuse(
        `${name} extends a lease only in its last ${lengthWords(lease.end - (opensAt ?? lease.end))}: from ${utcWords(opensAt ?? lease.end)} on.`,
        'Have it extended by itself then.',
      );
    case 'max-length':
      return refuse(`${name} does not let this lease last beyond ${utcWords(limit.at)}.`, 'Make a new lease.');
    case 'project-end':
      return refuse(`The project’s allocation at ${name} ends at ${utcWords(limit.at)}.`, 'Have the allocation extended.');
    case 'balance':
      return refuse(`What the project has left at ${name} lasts until ${utcWords(limit.at)}.`, 'Ask the site for more.');
    case 'kind':
      return refuse(`${name} does not extend leases of flavors.`, 'Make another lease.');
    default:
      return refuse('The lease can’t be extended in the state that it is in.', 'Make a new lease.');
  }
}

function flavorsOf({ reservations }: Lease, { flavors }: LeaseSite): string[] {
  return reservations.flatMap(({ flavor }) => flavors.find(({ id }) => id === flavor)?.name ?? []);
}
