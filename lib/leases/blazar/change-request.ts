import { soonestStart } from '../calendar/moments';
import { pick } from '../calendar/windows';
import { spanAfter } from '../lint/change';
import { numberOf, plannedOf } from '../lint/change-counts';
import { demandOf } from '../resources/demands';
import type { Condition, Host, HostReservation, Lease, LeaseChange, LeaseSite, Moment, Reservation, Span } from '../types';
import { hostRequests } from './host-requests';
import { freeHosts } from './requests';

/** A change of a lease as Blazar is asked for it: what stays as it is is left out. */
export interface BlazarChange {
  name?: string;
  start?: 'now' | Moment;
  end?: 'now' | Moment;
  reservations?: { id: string; min?: number; max?: number; amount?: number; where?: Condition[] }[];
}

/**
 * A change that has been linted, as Blazar is asked for it. A lease that has not begun is given hosts anew for its new time; a running one keeps its
 * own, and gets more for the rest of its time.
 */
export function changeRequest(lease: Lease, change: LeaseChange, site: LeaseSite, now: Moment): BlazarChange {
  const span = spanAfter(lease, change, now);
  const moved = lease.status === 'PENDING' && (span.start !== lease.start || span.end !== lease.end);
  const reservations = lease.reservations.flatMap((reservation) => {
    const count = change.counts?.[reservation.id];
    if (count === undefined && !moved) return [];
    if (reservation.kind !== 'physical:host') return count === undefined ? [] : [{ id: reservation.id, amount: count }];
    return hostChange(reservation, count, lease, span, site, now);
  });
  return {
    ...(change.name !== undefined && change.name !== lease.name && { name: change.name }),
    ...(change.start !== undefined && { start: startOf(lease, span, now) }),
    ...(change.end !== undefined && { end: change.end === 'now' ? ('now' as const) : span.end }),
    ...(reservations.length > 0 && { reservations }),
  };
}

/** While the request is on its way, the minute may pass: what is to begin so soon begins now. */
function startOf(before: Span, { start }: Span, now: Moment): 'now' | Moment {
  return start === before.start || start >= soonestStart(now) ? start : 'now';
}

function hostChange(
  reservation: Reservation,
  count: number | undefined,
  lease: Lease,
  span: Span,
  site: LeaseSite,
  now: Moment,
): NonNullable<BlazarChange['reservations']> {
  const numbers = count === undefined ? {} : { min: count, max: count };
  const planned = plannedOf(reservation, count);
  const running = lease.status === 'ACTIVE';
  const chosen =
    planned?.kind === 'physical:host'
      ? running
        ? grown(planned, lease, span, site, now, numberOf(reservation, lease))
        : chosenAnew(planned, lease, span, site)
      : null;
  if (planned?.kind !== 'physical:host' || !chosen) return count === undefined ? [] : [{ id: reservation.id, ...numbers }];
  const free = freeHosts(site, running ? { start: now, end: span.end } : span);
  const [request, ...more] = hostRequests(planned, site, chosen, free);
  if (!request || more.length > 0) return count === undefined ? [] : [{ id: reservation.id, ...numbers }];
  return [{ id: reservation.id, ...numbers, where: request.where }];
}

/** Hosts for a lease that has not begun; its own are taken again where they stay free as long. */
function chosenAnew(planned: HostReservation, lease: Lease, span: Span, site: LeaseSite): Host[] | null {
  const demand = demandOf(site, planned, { from: span.start, except: lease });
  const own = new Set(lease.hosts);
  const from = demand?.from.toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)));
  const [ids] = (demand && from && pick([{ ...demand, from }], span)) ?? [];
  return ids ? hostsOf(ids, site) : null;
}

/** The hosts that a running lease has, and as many more as it is to have. */
function grown(
  planned: HostReservation,
  lease: Lease,
  span: Span,
  site: LeaseSite,
  now: Moment,
  before: number | undefined,
): Host[] | null {
  const own = lease.hosts ?? [];
  const demand = demandOf(site, planned, { from: now });
  if (!demand || before === undefined) return null;
  const others = demand.from.filter(({ id }) => !own.includes(id));
  const more = planned.max - before;
  const [ids] = pick([{ min: more, max: more, from: others, pick: true }], { start: now, end: span.end }) ?? [];
  return ids ? hostsOf([...own, ...ids], site) : null;
}

function hostsOf(ids: readonly string[], { hosts }: LeaseSite): Host[] {
  return (hosts ?? []).filter(({ id }) => ids.includes(id));
}
