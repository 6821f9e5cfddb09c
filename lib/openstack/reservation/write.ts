import { writeConditions } from './conditions';
import { toBlazar } from './dates';
import type { LeaseChange, NewLease, NewReservation } from './types';

/** The body of `POST /leases`. */
export function newLeaseBody({ name, start, end, reservations, beforeEnd }: NewLease): unknown {
  return {
    name,
    start_date: start === 'now' ? 'now' : toBlazar(start, 'up'),
    end_date: toBlazar(end, 'down'),
    before_end_date: beforeEnd && toBlazar(beforeEnd, 'down'),
    reservations: reservations.map(reservationBody),
    events: [],
  };
}

/** The body of `PUT /leases/<id>`: what is left out stays as it is. */
export function changeBody({ name, start, end, beforeEnd, reservations }: LeaseChange): unknown {
  return {
    name,
    start_date: start && toBlazar(start, 'up'),
    end_date: end && (end === 'now' ? 'now' : toBlazar(end, 'down')),
    before_end_date: beforeEnd && toBlazar(beforeEnd, 'down'),
    reservations: reservations?.map(({ where, ...rest }) => ({ ...rest, resource_properties: where && writeConditions(where) })),
  };
}

// What Blazar needs it needs in full: texts that may be empty, and an affinity that may be null, must be there.
function reservationBody(wanted: NewReservation): unknown {
  const base = { resource_type: wanted.kind };
  switch (wanted.kind) {
    case 'physical:host':
      return { ...base, min: wanted.min, max: wanted.max, hypervisor_properties: '', resource_properties: writeConditions(wanted.where) };
    case 'flavor:instance':
      return { ...base, flavor_id: wanted.flavorId, amount: wanted.amount, affinity: null };
    case 'virtual:instance':
      return {
        ...base,
        amount: wanted.amount,
        vcpus: wanted.vcpus,
        memory_mb: wanted.ramMiB,
        disk_gb: wanted.diskGiB,
        affinity: wanted.affinity ?? null,
        resource_properties: writeConditions(wanted.where),
      };
    case 'virtual:floatingip':
      return { ...base, network_id: wanted.networkId, amount: wanted.amount, required_floatingips: wanted.addresses };
    case 'network':
      return {
        ...base,
        network_name: wanted.name,
        network_description: wanted.description,
        network_properties: '',
        resource_properties: writeConditions(wanted.where),
      };
  }
}
