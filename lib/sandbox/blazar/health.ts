import type { World } from '../cloud/world';
import type { HostsAsked, ReservationRecord } from '../state/leases';
import type { Plugins } from './plugins';

/**
 * A host of Blazar's fails: reservations of whole hosts get another in its place where one is free, and are told of it; the others lack one.
 * The lease is `degraded` from then on, also when the host is back.
 */
export function failHost(world: World, plugins: Plugins, hostId: string): void {
  if (!world.state.downHosts.includes(hostId)) world.state.downHosts.push(hostId);
  for (const lease of world.state.leases) {
    for (const reservation of lease.reservations) {
      if (reservation.status === 'deleted' || !reservation.holds.includes(hostId)) continue;
      const other = isOfHosts(reservation) ? replacement(world, plugins, reservation, lease) : undefined;
      reservation.holds = reservation.holds.filter((id) => id !== hostId);
      if (other) reservation.holds.push(other);
      if (!other) reservation.missingResources = true;
      else if (reservation.status === 'active') reservation.resourcesChanged = true;
      if (reservation.missingResources || reservation.resourcesChanged) lease.degraded = true;
    }
  }
  world.changed();
}

/** The host is back. What was written down of its failure stays. */
export function mendHost(world: World, hostId: string): void {
  world.state.downHosts = world.state.downHosts.filter((id) => id !== hostId);
  world.changed();
}

/** Another host like those that a reservation asked for; undefined where none is free. */
export function replacement(
  world: World,
  plugins: Plugins,
  { asked }: ReservationRecord<HostsAsked>,
  { start, end }: { start: number; end: number },
): string | undefined {
  const span = { start: Math.max(start, world.now()), end };
  try {
    return plugins('physical:host').allocate({ ...asked, min: 1, max: 1 }, span)[0];
  } catch {
    return undefined;
  }
}

export function isOfHosts(reservation: ReservationRecord): reservation is ReservationRecord<HostsAsked> {
  return reservation.asked.kind === 'physical:host';
}
