import { expressionOf } from '../blazar/expression';
import type { HostRequest } from '../blazar/host-requests';
import type { BlazarRequest, BlazarReservation } from '../blazar/requests';
import type { Moment } from '../types';

/** A JSON text is a text of Python, too, with the same escapes. */
const text = (value: string): string => JSON.stringify(value);

/**
 * The same lease in Python, with Chameleon's python-chi (1.2): for a notebook.
 * @param site as Chameleon calls it: `CHI@UC`
 * @param project its name; left out: the one that is chosen already
 */
export function pythonSnippet(
  { name, start, end, reservations }: BlazarRequest,
  { site, project }: { site: string; project?: string },
): string {
  const lines = [
    'from datetime import datetime',
    'from chi import context, lease',
    '',
    `context.use_site(${text(site)})`,
    ...(project === undefined ? [] : [`context.use_project(${text(project)})`]),
    '',
    '# times are UTC',
    'my_lease = lease.Lease(',
    `    ${text(name)},`,
    ...(start === 'now' ? [] : [`    start_date=${dateTime(start)},`]),
    `    end_date=${dateTime(end)},`,
    ')',
    ...reservations.map(added),
    // a lease of this name that is there already is taken
    // … and one that begins later is not waited for: after five minutes that would be an error
    `my_lease.submit(idempotent=True${start === 'now' ? '' : ', wait_for_active=False'})`,
  ];
  return `${lines.join('\n')}\n`;
}

function added(reservation: BlazarReservation): string {
  switch (reservation.kind) {
    case 'physical:host':
      return hosts(reservation);
    case 'flavor:instance':
      return `my_lease.add_flavor_reservation(id=${text(reservation.flavorId)}, amount=${reservation.amount})`;
    case 'virtual:floatingip':
      return (reservation.addresses ?? []).length > 0
        ? appended('fip_reservations', {
            resource_type: reservation.kind,
            network_id: reservation.networkId,
            amount: reservation.amount,
            required_floatingips: reservation.addresses,
          })
        : `my_lease.add_fip_reservation(amount=${reservation.amount})`;
    case 'network':
      return appended('network_reservations', {
        resource_type: reservation.kind,
        network_name: reservation.name,
        network_description: '',
        network_properties: '',
        resource_properties: expressionOf(reservation.where),
      });
    default:
      return appended('flavor_reservations', {
        resource_type: reservation.kind,
        amount: reservation.amount,
        vcpus: reservation.vcpus,
        memory_mb: reservation.ramMiB,
        disk_gb: reservation.diskGiB,
        affinity: 'None',
        resource_properties: '',
      });
  }
}

/** In the words of python-chi where it has them. */
function hosts({ kind, min, max, where }: HostRequest): string {
  const [only, ...more] = where;
  const simple = only && more.length === 0 && only.op === '=' ? only : undefined;
  if (simple?.name === 'node_type' && min === max) return `my_lease.add_node_reservation(amount=${max}, node_type=${text(simple.value)})`;
  if (simple?.name === 'node_name' && max === 1) return `my_lease.add_node_reservation(amount=1, node_name=${text(simple.value)})`;
  return appended('node_reservations', {
    resource_type: kind,
    min,
    max,
    hypervisor_properties: '',
    resource_properties: expressionOf(where),
  });
}

const appended = (list: string, value: object): string => `my_lease.${list}.append(${JSON.stringify(value)})`;

function dateTime(moment: Moment): string {
  const at = new Date(moment);
  return `datetime(${[at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()].join(', ')})`;
}
