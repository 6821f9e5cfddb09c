import { mayHold } from '../calendar/demand';
import { unitsIn } from '../calendar/windows';
import { demandOf } from '../resources/demands';
import type { Lease, LeaseChange, LeaseProblem, LeaseSite, PlannedReservation, Reservation, Span } from '../types';
import { say } from '../words/say';
import { lintCount } from './hosts';
import { problem } from './problem';
import { demandsOf, lintShortage } from './shortage';

/** Numbers that Blazar refuses, or breaks the lease by, whatever is free. */
export function lintCounts(lease: Lease, { counts = {} }: LeaseChange, site: LeaseSite): LeaseProblem[] {
  return Object.entries(counts).flatMap(([id, count]) => {
    const field = `counts.${id}`;
    const reservation = lease.reservations.find((one) => one.id === id);
    if (!reservation) return [problem(field, say('noReservation', { id }), { remedy: say('nameReservation') })];
    if (reservation.kind === 'network') return [problem(field, say('oneNetwork'), { remedy: say('secondNetwork') })];
    const zero = count === 0 && reservation.kind === 'virtual:floatingip' && site.rules.fewerFloatingIps;
    const wrong = zero ? [] : lintCount(count, field, nouns[reservation.kind] ?? 'resources');
    return wrong.length > 0 ? wrong : lintFewer(reservation, count, lease, field, site);
  });
}

function lintFewer(reservation: Reservation, count: number, lease: Lease, field: string, { name, rules }: LeaseSite): LeaseProblem[] {
  const before = numberOf(reservation, lease);
  const fewer = before !== undefined && count < before;
  if (reservation.kind === 'physical:host' && fewer && lease.status === 'ACTIVE')
    return [problem(field, say('hostsKept', { count: before }), { code: 'upstream-refused', remedy: say('endAndSmaller') })];
  if (reservation.kind === 'virtual:floatingip' && fewer && !rules.fewerFloatingIps)
    return [problem(field, say('breaksByAddresses', { site: name }), { code: 'upstream-refused', remedy: say('keepThem') })];
  if (reservation.kind === 'flavor:instance' && count !== before && rules.changeableFlavors)
    return [problem(field, say('machinesFixed', { site: name }), { code: 'upstream-refused', remedy: say('anotherBeside') })];
  if (reservation.kind === 'virtual:instance' && count !== before && lease.status === 'ACTIVE' && !rules.changeableInstances)
    return [
      problem(field, say('breaksByMachines', { site: name }), {
        code: 'upstream-refused',
        cause: say('beforeSeventeen'),
        remedy: say('anotherBeside'),
      }),
    ];
  return [];
}

/** How many a reservation holds; undefined where that is not known. Hosts that were given count, not the most that was asked for. */
export function numberOf({ kind, max, count }: Reservation, { hosts, reservations }: Lease): number | undefined {
  if (kind !== 'physical:host') return count;
  const alone = reservations.filter((one) => one.kind === 'physical:host').length === 1;
  return alone && hosts && hosts.length > 0 ? hosts.length : max;
}

/** More for a running lease: as many as are added, beside its own, from now until its end. */
export function lintMore(lease: Lease, { counts = {} }: LeaseChange, span: Span, site: LeaseSite): LeaseProblem[] {
  return lease.reservations.flatMap((reservation) => {
    const count = counts[reservation.id];
    const before = numberOf(reservation, lease);
    if (count === undefined || before === undefined || count <= before) return [];
    const wanted = plannedOf(reservation, count - before);
    const demand = wanted && demandOf(site, wanted, { from: span.start });
    if (!demand) return [];
    const others = { ...demand, from: demand.from.filter(({ id }) => !lease.hosts?.includes(id)) };
    const free = unitsIn(others, span);
    if (free >= count - before || mayHold(demand, count)) return [];
    return [
      problem(`counts.${reservation.id}`, say('moreShort', { site: site.name, free, asked: count - before }), {
        code: 'no-host-available',
        remedy: free > 0 ? say('inAll', { most: before + free }) : say('laterLease'),
      }),
    ];
  });
}

/** A lease that has not begun may get other hosts: enough of its kind must be free, its own among them. */
export function lintPending(lease: Lease, { counts = {}, end }: LeaseChange, span: Span, site: LeaseSite): LeaseProblem[] {
  const wanted = lease.reservations.flatMap((reservation) => {
    const planned = plannedOf(reservation, counts[reservation.id]);
    return planned ? [{ id: reservation.id, planned }] : [];
  });
  const demands = demandsOf(
    wanted.map(({ planned }) => planned),
    site,
    { from: span.start, except: lease },
  );
  const moved = end === undefined ? 'start' : 'end';
  return lintShortage(demands, span, site).map((found) => {
    const id = wanted[Number(found.field.split('.')[1])]?.id;
    return {
      ...found,
      field:
        id !== undefined && counts[id] !== undefined
          ? `counts.${id}`
          : Object.keys(counts)[0] === undefined
            ? moved
            : `counts.${Object.keys(counts)[0]}`,
    };
  });
}

/**
 * A reservation that is there as one that is asked for anew. Conditions that only exclude single hosts were made by Transat to choose among them, and are
 * left out.
 * @returns undefined where it is of a kind that is not known
 */
export function plannedOf({ kind, where = [], ...has }: Reservation, count?: number): PlannedReservation | undefined {
  const many = count ?? has.count ?? 1;
  switch (kind) {
    case 'physical:host': {
      const type = where.find(({ name, op }) => name === 'node_type' && op === '=');
      const properties = where.filter(
        (one) => one !== type && !(one.op === '!=' && ['uid', 'node_name', 'hypervisor_hostname'].includes(one.name)),
      );
      return { kind, min: count ?? has.min ?? 1, max: count ?? has.max ?? 1, ...(type && { nodeType: type.value }), properties };
    }
    case 'flavor:instance':
      return has.flavor === undefined ? undefined : { kind, flavor: has.flavor, count: many };
    case 'virtual:instance':
      return has.size && { kind, count: many, ...has.size };
    case 'virtual:floatingip':
      return has.network === undefined ? undefined : { kind, network: has.network, count: many };
    case 'network':
      return { kind, name: has.name ?? '', properties: where };
    default:
      return undefined;
  }
}

const nouns: Record<string, string> = {
  'physical:host': 'hosts',
  'flavor:instance': 'machines',
  'virtual:instance': 'machines',
  'virtual:floatingip': 'floating IPs',
};
