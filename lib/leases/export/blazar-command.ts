import type { BlazarRequest, BlazarReservation } from '../blazar/requests';
import type { Condition, Moment } from '../types';

/** A text as one word of a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+:./][\w@%+:./-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command line that makes a lease (`openstack` with python-blazarclient 3.5 to 4.6, or Chameleon's). A network, and a flavor in old clients, needs Chameleon's.
 */
export function createCommand({ name, start, end, reservations }: BlazarRequest): string {
  const parts = [
    'openstack reservation lease create',
    `--start-date ${start === 'now' ? 'now' : shellWord(date(start))}`,
    `--end-date ${shellWord(date(end))}`,
    ...reservations.map((reservation) => `--reservation ${shellWord(argument(reservation))}`),
    // a name may begin with a hyphen
    `-- ${shellWord(name)}`,
  ];
  return parts.join(' \\\n  ');
}

/** The command lines that move the end of a lease, and that delete it. */
export const endCommand = (id: string, end: Moment): string =>
  `openstack reservation lease update --end-date ${shellWord(date(end))} -- ${shellWord(id)}`;
export const deleteCommand = (id: string): string => `openstack reservation lease delete -- ${shellWord(id)}`;

/** As Blazar takes it: in UTC, without saying so. */
const date = (moment: Moment): string => new Date(moment).toISOString().slice(0, 16).replace('T', ' ');

// The client cuts this up at each `,key=`, from its end; so what people named must not have one.
function argument(reservation: BlazarReservation): string {
  const of = (values: Record<string, string | number>) =>
    Object.entries({ resource_type: reservation.kind, ...values })
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
  switch (reservation.kind) {
    case 'physical:host':
      return of({ min: reservation.min, max: reservation.max, resource_properties: expression(reservation.where) });
    case 'flavor:instance':
      return of({ flavor_id: plain(reservation.flavorId), amount: reservation.amount });
    case 'virtual:instance':
      return of({ amount: reservation.amount, vcpus: reservation.vcpus, memory_mb: reservation.ramMiB, disk_gb: reservation.diskGiB });
    case 'virtual:floatingip': {
      const { networkId, amount, addresses = [] } = reservation;
      return of({
        network_id: plain(networkId),
        amount,
        ...(addresses.length > 0 && { required_floatingips: JSON.stringify(addresses.map(plain)) }),
      });
    }
    default:
      return of({ network_name: plain(reservation.name), resource_properties: expression(reservation.where) });
  }
}

/** Conditions as JSON in which no text has a `=` of its own: JSON can write it otherwise. */
function expression(conditions: readonly Condition[]): string {
  const text = (value: string) => JSON.stringify(value).replaceAll('=', '\\u003d');
  const parts = conditions.map(({ name, op, value }) => `["${op}",${text(`$${name}`)},${text(value)}]`);
  return parts.length > 1 ? `["and",${parts.join(',')}]` : (parts[0] ?? '');
}

/** A name for which the client knows no escape: without the signs at which it would cut. */
const plain = (text: string): string => text.replaceAll(/[=\r\n]/g, '_');
