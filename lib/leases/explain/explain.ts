import type { ErrorCode, Problem } from '@/lib/core/errors';
import { spanOf } from '../lint/basics';
import { lintExtension } from '../lint/change';
import { plannedOf } from '../lint/change-counts';
import { extensionLimit } from '../rules/extension';
import type { HostReservation, Lease, LeaseSite, Moment, PlannedLease } from '../types';
import { counted, lengthWords } from '../words/english';
import { type Alternative, alternativesTo } from './alternatives';
import { type InTheWay, inTheWay } from './in-the-way';
import { type Reason, type Refusal, reasonOf } from './reasons';

/** A refusal of Blazar's as people need it. */
export interface Explanation {
  reason: Reason;
  /** what happened, why, and what to do now, with the site's own words kept; names the field where one is to blame */
  problem: Problem;
  /** for each reservation of hosts that could not be had: what stands in the way */
  inTheWay: InTheWay[];
  /** what could be had instead, looked at anew: three at most */
  alternatives: Alternative[];
}

interface World {
  site: LeaseSite;
  now: Moment;
  /** further sites where the person may lease */
  others?: readonly LeaseSite[];
  /** how the person came to the site */
  signedInBy?: string;
}

const shortages = new Set<Reason>(['no-host-free', 'no-address-free', 'no-network-free']);

/** Why a lease could not be made. */
export function explainRefusal(refused: Problem, plan: PlannedLease, world: World): Explanation {
  const { site, now } = world;
  const refusal = reasonOf(refused, world.signedInBy);
  const span = spanOf(plan, now);
  const hosts = plan.reservations.filter((one): one is HostReservation => one.kind === 'physical:host');
  const ways =
    refusal.reason === 'no-host-free'
      ? hosts.flatMap((one) => inTheWay(one, span, site) ?? []).filter(({ asked, free }) => free < asked)
      : [];
  const shorter = shortened(plan, refusal, world);
  const alternatives = shortages.has(refusal.reason) ? alternativesTo(plan, site, world) : [];
  if (shorter) alternatives.push(...alternativesTo(shorter, site, { ...world, itself: 'shorter' }));
  const words = wordsOf(refusal, site);
  const cause = ways.length > 0 ? ways.map((way) => wayWords(way, site.name)).join(' ') : (words.cause ?? refused.cause);
  return { reason: refusal.reason, problem: withWords(refused, refusal, { ...words, cause }), inTheWay: ways, alternatives };
}

/** Why a lease could not be extended. */
export function explainExtension(refused: Problem, lease: Lease, end: Moment, world: World & { perHour?: number }): Explanation {
  const { site, now, perHour } = world;
  const refusal = reasonOf(refused, world.signedInBy);
  const limit = extensionLimit(lease, site, { now, perHour });
  const [stands] = lintExtension(limit, lease, end, site);
  const words = wordsOf(refusal, site);
  const known = stands && (refusal.reason === 'no-host-free' || refusal.reason === 'too-early' || refusal.reason === 'too-long');
  const problem = withWords(
    refused,
    { ...refusal, field: 'end' },
    known ? { ...words, cause: stands.detail, remedy: stands.remedy } : words,
  );
  return { reason: refusal.reason, problem, inTheWay: [], alternatives: afterwards(lease, end, world) };
}

/** Another lease of the same kind for the time after one that can't be extended, with hosts of its own; or what comes near to it. */
function afterwards(lease: Lease, end: Moment, { site, now, others }: World): Alternative[] {
  const reservations = lease.reservations.flatMap((one) => plannedOf(one) ?? []);
  if (reservations.length < lease.reservations.length || end <= lease.end || lease.end <= now) return [];
  const taken = new Set(site.leases.map(({ name }) => name));
  const names = Array.from({ length: taken.size + 1 }, (_, index) => `${[...lease.name].slice(0, 76).join('')}-${index + 2}`);
  const plan = { name: names.find((name) => !taken.has(name)) ?? lease.name, start: lease.end, end, reservations };
  return alternativesTo(plan, site, { now, others, itself: 'new-lease' });
}

/** A lease that was too long for the site, the project or its budget, as long as it may be; undefined where nothing tells how long that is. */
function shortened(plan: PlannedLease, { reason, seconds = [], affordable }: Refusal, { site, now }: World): PlannedLease | undefined {
  const { start, end } = spanOf(plan, now);
  const most = reason === 'too-long' ? (seconds[1] ?? 0) * 1000 : affordable === undefined ? undefined : (end - start) * affordable;
  const until = reason === 'project-over' ? site.project?.end : most === undefined ? undefined : start + most;
  return until === undefined || until <= start || until >= end ? undefined : { ...plan, end: until };
}

function wayWords({ fitting, shut, taken, asked }: InTheWay, site: string): string {
  if (fitting === 0) return `No host at ${site} has what is asked for.`;
  const hosts = counted(fitting, 'host');
  if (taken === 0 && shut === 0) return `${site} has ${hosts} that will do, and ${asked} are asked for.`;
  const others =
    taken === 1
      ? '1 is reserved by others for a part of this time at least'
      : `${taken} are reserved by others for a part of this time at least`;
  const none = shut === 1 ? '1 is out of service or kept for other projects' : `${shut} are out of service or kept for other projects`;
  const wanted = asked === 1 ? '1 is asked for' : `${asked} are asked for`;
  if (taken > 0 && shut > 0) return `Of ${hosts} at ${site} that will do, ${others}, and ${none}; ${wanted}.`;
  return `Of ${hosts} at ${site} that will do, ${taken > 0 ? others : none}; ${wanted}.`;
}

interface Words {
  code?: ErrorCode;
  title?: string;
  cause?: string;
  remedy?: string;
}

function withWords(refused: Problem, { field }: Refusal, { code, title, cause, remedy }: Words): Problem {
  const told = { ...refused, ...(code && { code }), ...(title && { title }), ...(cause && { cause }), ...(remedy && { remedy }) };
  return field === undefined ? told : { ...told, fields: [{ path: field, message: told.detail }] };
}

function wordsOf({ reason, seconds = [] }: Refusal, { name }: LeaseSite): Words {
  const [asked = 0, most = 0] = seconds.map((each) => each * 1000);
  switch (reason) {
    case 'no-host-free':
      return {
        code: 'no-host-available',
        title: 'Not enough hosts are free in this time',
        remedy: 'Take one of the alternatives, or ask for another time, fewer hosts or another kind.',
      };
    case 'no-address-free':
      return {
        code: 'no-host-available',
        title: 'Not enough floating IPs are free',
        cause: `The pool of floating IPs that ${name} leases is empty for this time.`,
        remedy: 'Leave them out of the lease, and allocate a floating IP without one.',
      };
    case 'no-network-free':
      return {
        code: 'no-host-available',
        title: 'No network is free in this time',
        cause: 'All VLANs of this kind are reserved.',
        remedy: 'Use the site’s shared network, or choose another time.',
      };
    case 'too-long':
      return {
        cause: `A lease at ${name} may last ${lengthWords(most)}, and this one would last ${lengthWords(asked)}.`,
        remedy: 'Ask for a shorter one. It may be extended later.',
      };
    case 'too-early':
      return {
        cause: `${name} extends a lease in its last ${lengthWords(asked)} only.`,
        remedy: 'Have it extended by itself when that time comes.',
      };
    case 'balance':
      return {
        cause: 'The lease would cost more than the project has left.',
        remedy: 'Ask for a shorter lease or fewer hosts, or ask the site for more.',
      };
    case 'user-budget':
      return {
        cause: 'The lease would cost more than you may spend in this project.',
        remedy: 'Ask for less, or ask the project’s leader to raise your budget.',
      };
    case 'project-over':
      return {
        cause: 'The lease would last longer than the project’s allocation.',
        remedy: 'End it before, or have the project’s leader renew the allocation.',
      };
    case 'charges':
      return {
        cause: `${name} has lost count of what this lease is charged for: that is a fault of the site.`,
        remedy: 'Ask the site’s help desk, with the request id.',
      };
    case 'site-rule':
      return {
        cause: `A rule of ${name} that it does not tell stands against it.`,
        remedy: 'Ask the site’s help desk, with the request id.',
      };
    case 'no-trust':
      return {
        cause: 'Blazar acts for you by a trust, and an application credential can’t give one since Keystone’s security fixes of 2026.',
        remedy: 'Sign in with OpenID Connect or a password for this site.',
      };
    case 'busy':
      return { code: 'conflict', cause: 'Blazar is starting, changing or ending the lease just now.', remedy: 'Try again in ten seconds.' };
    case 'servers-there':
      return { code: 'conflict', cause: 'Servers still run on the host.', remedy: 'Delete them first.' };
    case 'not-changeable':
      return { code: 'conflict', cause: 'Blazar does not change this of a lease in its state.', remedy: 'Make another lease.' };
    default:
      return rest[reason] ?? {};
  }
}

// What Transat should have known before: it is looked at by the lint, and tells of what changed since or is not shown.
const rest: Partial<Record<Reason, Words>> = {
  'unknown-property': { cause: 'No host has a property that is asked for.', remedy: 'Choose hosts by another property.' },
  'bad-conditions': { cause: 'Blazar can’t read the conditions.', remedy: 'Compare by = and != only, or name the hosts.' },
  'bad-count': {
    cause: 'The numbers are none that Blazar takes.',
    remedy: 'Ask for 1 or more, and for at most as many as at least, or more.',
  },
  'bad-date': {
    cause: 'The times are none that Blazar takes, perhaps because the start has passed meanwhile.',
    remedy: 'Choose a start that is a few minutes ahead, or now, and an end after it.',
  },
  'bad-name': { cause: 'The name is none that Blazar takes.', remedy: 'Give it another name, of 80 signs at most.' },
  'bad-reservation': {
    cause: 'Something that this reservation needs is missing or of another form.',
    remedy: 'Look at the reservation again, with the site’s words.',
  },
  'not-leased': { cause: 'The site does not lease this.', remedy: 'Reserve something else, or go to another site.' },
  'not-allowed': { cause: 'The roles in this project do not allow it.', remedy: 'Ask for the role member in the project.' },
  'not-found': { cause: 'It is not there any more, or not the project’s.', remedy: 'Look at the list of leases anew.' },
};
