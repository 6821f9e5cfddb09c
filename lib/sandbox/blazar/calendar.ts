import type { HostDefinition } from '../cloud/definition';
import type { LeaseRecord } from '../state/records';

const live = new Set<LeaseRecord['status']>(['PENDING', 'STARTING', 'ACTIVE', 'UPDATING', 'TERMINATING']);

/** Whether a host is free over a span, not counting one lease. */
export function isFree(leases: LeaseRecord[], hostId: string, start: number, end: number, except?: string): boolean {
  return !leases.some(
    (lease) =>
      lease.id !== except &&
      live.has(lease.status) &&
      lease.start < end &&
      start < lease.end &&
      lease.reservations.some((reservation) => reservation.hosts.includes(hostId)),
  );
}

/**
 * Which hosts a reservation gets: hosts that were never leased first, else in the order of the list (as Blazar picks, whatever
 * comes after the lease).
 * @returns up to `max` ids; null where there are fewer than `min`
 */
export function pickHosts(
  hosts: HostDefinition[],
  leases: LeaseRecord[],
  wanted: { start: number; end: number; min: number; max: number; taken: string[]; except?: string },
): string[] | null {
  const free = hosts.filter((host) => !wanted.taken.includes(host.id) && isFree(leases, host.id, wanted.start, wanted.end, wanted.except));
  const used = new Set(leases.flatMap((lease) => lease.reservations.flatMap((reservation) => reservation.hosts)));
  const ordered = [...free.filter((host) => !used.has(host.id)), ...free.filter((host) => used.has(host.id))];
  return ordered.length < wanted.min ? null : ordered.slice(0, wanted.max).map((host) => host.id);
}
