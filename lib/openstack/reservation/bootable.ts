import type { LeaseReservation } from './types';

/** What servers can boot on: whole hosts, machines of a flavor, machines of a size of one's own. */
const bootable = new Set(['physical:host', 'flavor:instance', 'virtual:instance']);

/**
 * The reservations of a lease on which servers boot: all of one kind, and of machines that are alike, so that it is the same for each server
 * which it gets. Those of a size of one's own have no flavor before they run: they are alike by their size.
 * @returns none where the lease holds nothing to boot on
 */
export function bootableOf(reservations: readonly LeaseReservation[]): LeaseReservation[] {
  const first = reservations.find(({ kind }) => bootable.has(kind));
  return reservations.filter((one) => first !== undefined && one.kind === first.kind && machineOf(one) === machineOf(first));
}

function machineOf({ kind, flavor }: LeaseReservation): string | undefined {
  if (kind !== 'virtual:instance') return flavor?.id;
  return flavor && `${flavor.vcpus} ${flavor.ramMiB} ${flavor.diskGiB}`;
}
