import type { CloudAuth } from '@/lib/openstack/types';
import { floorMinute, HOUR } from '../calendar/moments';
import { flavorOf, hostsFor } from '../resources/demands';
import { type Cost, costOf, hostPrice, reservationPrice } from '../rules/cost';
import type { Host, LeaseProblem, LeaseSite, Moment, PlannedLease, PlannedReservation, Span } from '../types';
import { say } from '../words/say';
import { lintLength, lintName, lintTimes, spanOf } from './basics';
import { lintHosts } from './hosts';
import { lintAddresses, lintFlavor, lintInstance, lintNetwork } from './others';
import { type Intent, lintPolicy } from './policy';
import { problem } from './problem';
import { demandsOf, lintShortage, pickHosts } from './shortage';

export interface About extends Intent {
  now: Moment;
  /** with what the lease is to be made, and whether that can make one, as far as its check told */
  credential?: { kind: CloudAuth['kind']; mayLease: 'yes' | 'no' | 'unknown' };
}

/**
 * All that is wrong with a lease, as far as one can know before it is asked for. What Blazar would refuse is an error; what is only unwise, a
 * warning. Whether all is free is looked at last, when nothing else is wrong.
 */
export function lintLease(plan: PlannedLease, site: LeaseSite, about: About): LeaseProblem[] {
  const times = lintTimes(plan, about.now);
  const span = spanOf(plan, about.now);
  const wrong = [
    ...lintCredential(site, about),
    ...lintName(plan.name, site.leases),
    ...times,
    ...(times.length > 0 ? [] : lintLength(span, site, flavorsOf(plan.reservations, site))),
    ...lintReservations(plan.reservations, site),
  ];
  if (wrong.length > 0) return wrong;
  const demands = demandsOf(plan.reservations, site, { from: span.start });
  const hosts = pickHosts(demands, span, site) ?? undefined;
  return [...lintShortage(demands, span, site), ...lintBalance(plan, span, site, hosts), ...lintPolicy(plan, span, site, about)];
}

/** All that is wrong with what a lease reserves, whatever the time. */
export function lintReservations(reservations: readonly PlannedReservation[], site: LeaseSite): LeaseProblem[] {
  if (reservations.length === 0) return [problem('reservations', say('nothing'), { remedy: say('sayWhat') })];
  const at = reservations.map((reservation, index) => ({ reservation, path: `reservations.${index}` }));
  const foreign = at.filter(({ reservation }) => !site.kinds.includes(reservation.kind));
  const known = at.filter((one) => !foreign.includes(one));
  const ofHosts = known.flatMap(({ reservation, path }) => (reservation.kind === 'physical:host' ? [{ reservation, path }] : []));
  return [
    ...foreign.map(({ reservation, path }) =>
      problem(`${path}.kind`, say('notLeased', { site: site.name, kind: { words: [kindWords[reservation.kind]] } }), {
        ...(reservation.kind === 'virtual:instance' && { cause: say('wholeHosts') }),
        remedy:
          site.kinds.length > 0 ? say('leases', { kinds: { words: site.kinds.map((kind) => kindWords[kind]) } }) : say('leasesNothing'),
      }),
    ),
    ...lintHosts(ofHosts, site),
    ...known.flatMap(({ reservation, path }) => lintOther(reservation, path, site)),
    ...lintNetworkNames(known),
  ];
}

function lintOther(reservation: PlannedReservation, path: string, site: LeaseSite): LeaseProblem[] {
  switch (reservation.kind) {
    case 'flavor:instance':
      return lintFlavor(reservation, path, site);
    case 'virtual:instance':
      return lintInstance(reservation, path, site);
    case 'virtual:floatingip':
      return lintAddresses(reservation, path, site);
    case 'network':
      return lintNetwork(reservation, path, site);
    default:
      return [];
  }
}

function lintNetworkNames(all: readonly { reservation: PlannedReservation; path: string }[]): LeaseProblem[] {
  const names = new Set<string>();
  return all.flatMap(({ reservation, path }) => {
    if (reservation.kind !== 'network') return [];
    const twice = names.has(reservation.name);
    names.add(reservation.name);
    return twice ? [problem(`${path}.name`, say('networkTwice', { name: reservation.name }), { remedy: say('ownNames') })] : [];
  });
}

function lintCredential({ name }: LeaseSite, { credential }: About): LeaseProblem[] {
  if (credential?.mayLease !== 'no') return [];
  const delegated = credential.kind === 'applicationCredential';
  return [
    problem('credential', say('cantByCredential', { site: name }), {
      code: 'upstream-refused',
      cause: say(delegated ? 'noTrust' : 'roles'),
      remedy: say(delegated ? 'signInOtherwise' : 'askForRole'),
    }),
  ];
}

/**
 * What a planned lease costs.
 * @param hosts those that are to be leased, by the reservation's path; left out: the dearest that it may get are reckoned with
 * @returns null where a price is not known
 */
export function planCost(
  reservations: readonly PlannedReservation[],
  span: Span,
  site: LeaseSite,
  hosts?: ReadonlyMap<string, Host[]>,
): Cost | null {
  const { prices } = site.rules;
  if (!prices) return null;
  const each = reservations.map((reservation, index) => {
    const chosen = reservation.kind === 'physical:host' ? (hosts?.get(`reservations.${index}`) ?? hostsFor(site, reservation)) : undefined;
    const flavor = reservation.kind === 'flavor:instance' ? flavorOf(site, reservation)?.name : undefined;
    return reservationPrice(reservation, { hosts: chosen?.map((host) => hostPrice(host, prices)), flavor }, prices);
  });
  return costOf(each, span, prices);
}

function lintBalance({ reservations }: PlannedLease, span: Span, site: LeaseSite, hosts?: ReadonlyMap<string, Host[]>): LeaseProblem[] {
  const balance = site.project?.balance;
  const cost = balance === undefined ? null : planCost(reservations, span, site, hosts);
  if (balance === undefined || cost === null || cost.total <= balance) return [];
  const hours = Math.max(0, balance) / cost.perHour;
  return [
    problem('end', say('tooDear', { cost: cost.total, unit: cost.unit, left: balance }), {
      code: 'quota-exceeded',
      remedy: hours >= 1 ? say('cheaperUntil', { end: { at: floorMinute(span.start + hours * HOUR) } }) : say('cheaper'),
    }),
  ];
}

function flavorsOf(reservations: readonly PlannedReservation[], site: LeaseSite): string[] {
  return reservations.flatMap((one) => (one.kind === 'flavor:instance' ? (flavorOf(site, one)?.name ?? []) : []));
}

const kindWords: Record<PlannedReservation['kind'], string> = {
  'physical:host': 'hosts',
  'flavor:instance': 'machines of a flavor',
  'virtual:instance': 'machines of a size of one’s own',
  'virtual:floatingip': 'floating IPs',
  network: 'networks',
};
