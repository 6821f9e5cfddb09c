import { plannedOf } from '@/lib/leases/lint/change-counts';
import { flavorOf } from '@/lib/leases/resources/demands';
import { type Cost, costOf, hostPrice, reservationPrice } from '@/lib/leases/rules/cost';
import type { Lease, LeaseSite } from '@/lib/leases/types';

/** What a lease that is there costs as a whole, by the hosts that it holds; null where something in it has no price that is known. */
export function leaseCost(lease: Lease, site: LeaseSite): Cost | null {
  const { prices } = site.rules;
  if (!prices) return null;
  const held = (site.hosts ?? []).filter(({ id }) => lease.hosts?.includes(id)).map((host) => hostPrice(host, prices));
  let left = held;
  const each = lease.reservations.map((reservation) => {
    const planned = plannedOf(reservation);
    if (!planned) return null;
    if (planned.kind !== 'physical:host') {
      const flavor = planned.kind === 'flavor:instance' ? flavorOf(site, planned)?.name : undefined;
      return reservationPrice(planned, { flavor }, prices);
    }
    // which host is of which reservation makes no difference to the sum
    const hosts = left.slice(0, planned.max);
    left = left.slice(planned.max);
    return reservationPrice(planned, { hosts }, prices);
  });
  return costOf(each, lease, prices);
}
