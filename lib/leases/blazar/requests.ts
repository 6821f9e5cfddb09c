import { soonestStart } from '../calendar/moments';
import { unitsIn } from '../calendar/windows';
import { spanOf } from '../lint/basics';
import { demandsOf, pickHosts } from '../lint/shortage';
import { flavorOf, hostDemand } from '../resources/demands';
import type { Condition, Host, LeaseSite, Moment, NetworkReservation, PlannedLease, PlannedReservation, Span } from '../types';
import { type HostRequest, hostRequests } from './host-requests';

/** A reservation as Blazar is asked for it. */
export type BlazarReservation =
  | HostRequest
  | { kind: 'flavor:instance'; flavorId: string; amount: number }
  | { kind: 'virtual:instance'; amount: number; vcpus: number; ramMiB: number; diskGiB: number }
  | { kind: 'virtual:floatingip'; networkId: string; amount: number; addresses?: readonly string[] }
  | { kind: 'network'; name: string; where: Condition[] };

/** A lease as Blazar is asked for it. */
export interface BlazarRequest {
  name: string;
  start: 'now' | Moment;
  end: Moment;
  reservations: BlazarReservation[];
}

/**
 * A planned lease that has been linted, as Blazar is asked for it. Of hosts that would do, those that stay free longest are chosen here: Blazar itself
 * takes those that were never leased, else the first of its list, and such a lease may not be extended.
 */
export function requestOf(
  plan: PlannedLease,
  site: LeaseSite,
  about: { now: Moment; failures?: ReadonlyMap<string, number> },
): BlazarRequest {
  const span = spanOf(plan, about.now);
  const view = { from: span.start, failures: about.failures };
  const chosen = pickHosts(demandsOf(plan.reservations, site, view), span, site);
  const free = freeHosts(site, span);
  return {
    name: plan.name,
    // while the request is on its way, the minute may pass
    start: plan.start === 'now' || span.start < soonestStart(about.now) ? 'now' : span.start,
    end: span.end,
    reservations: plan.reservations.flatMap((reservation, index): BlazarReservation[] =>
      reservation.kind === 'physical:host'
        ? hostRequests(reservation, site, chosen?.get(`reservations.${index}`) ?? null, free)
        : [otherRequest(reservation, site)],
    ),
  };
}

/** Ids of the hosts that are free for a span, as far as the site shows them. */
export function freeHosts(site: LeaseSite, span: Span): Set<string> {
  const all: readonly Host[] = site.hosts ?? [];
  const { from } = hostDemand(site, all, { min: 1, max: 1 }, { from: span.start });
  return new Set(from.filter((supply) => unitsIn({ from: [supply] }, span) > 0).map(({ id }) => id));
}

function otherRequest(reservation: Exclude<PlannedReservation, { kind: 'physical:host' }>, site: LeaseSite): BlazarReservation {
  switch (reservation.kind) {
    case 'flavor:instance':
      return { kind: reservation.kind, flavorId: flavorOf(site, reservation)?.id ?? reservation.flavor, amount: reservation.count };
    case 'virtual:instance': {
      const { kind, count, vcpus, ramMiB, diskGiB } = reservation;
      return { kind, amount: count, vcpus, ramMiB, diskGiB };
    }
    case 'virtual:floatingip': {
      const { kind, network, count, addresses } = reservation;
      const named = site.networks.filter(({ id, name, external }) => external && (id === network || name === network));
      return {
        kind,
        networkId: named.length === 1 ? (named[0]?.id ?? network) : network,
        amount: count,
        ...(addresses && addresses.length > 0 && { addresses }),
      };
    }
    default:
      return { kind: reservation.kind, name: reservation.name, where: networkConditions(reservation) };
  }
}

function networkConditions({ physicalNetwork, properties = [] }: NetworkReservation): Condition[] {
  return [
    ...(physicalNetwork === undefined ? [] : [{ name: 'physical_network', op: '=' as const, value: physicalNetwork }]),
    ...properties,
  ];
}
