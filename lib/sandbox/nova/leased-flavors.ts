import type { FlavorDefinition } from '../cloud/definition';
import type { World } from '../cloud/world';

/** A flavor that a reservation gives to its project while it is active. Its id is the reservation's. */
export interface LeasedFlavor {
  flavor: FlavorDefinition;
  projectId: string;
  /** how many servers may have it at once */
  amount: number;
  /** ids of the hosts that are kept for them, one for each */
  holds: string[];
}

/** The flavors that reservations of instances give now. */
export function leasedFlavors({ state }: Pick<World, 'state'>): LeasedFlavor[] {
  return state.leases.flatMap((lease) =>
    lease.reservations.flatMap(({ id, status, asked, holds }): LeasedFlavor[] => {
      if (status !== 'active' || (asked.kind !== 'flavor:instance' && asked.kind !== 'virtual:instance')) return [];
      const flavor: FlavorDefinition = {
        id,
        name: `reservation:${id}`,
        vcpus: asked.vcpus,
        ramMiB: asked.memoryMiB,
        diskGiB: asked.diskGiB,
        extraSpecs: {
          ...asked.extraSpecs,
          'aggregate_instance_extra_specs:reservation': id,
          [`resources:CUSTOM_RESERVATION_${id.toUpperCase().replaceAll('-', '_')}`]: '1',
        },
      };
      return [{ flavor, projectId: lease.projectId, amount: asked.amount, holds }];
    }),
  );
}
