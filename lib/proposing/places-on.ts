import type { CloudLease, LeaseReservation, Reservation } from '@/lib/openstack/types';

/**
 * How many hosts a reservation has. From `min` to `max` were asked for, and as many given as were free: where the site tells which, they are counted.
 * @returns undefined where that is not known
 */
export async function placesOn(
  service: Reservation | null | undefined,
  lease: CloudLease,
  { id, min, max }: LeaseReservation,
): Promise<number | undefined> {
  if (min === max) return max;
  const told = await service?.allocations({ leaseId: lease.id, reservationId: id }).catch(() => null);
  const held = told?.items.filter(({ taken }) => taken.some(({ reservationId }) => reservationId === id)).length;
  return held !== undefined && held > 0 ? held : max;
}
