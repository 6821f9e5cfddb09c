import type * as cloud from '@/lib/openstack/types';
import type { Site, SiteFacts } from '@/lib/sites/types';
import { soonestStart, toIso } from '../calendar/moments';
import type { Condition, Host, Lease, LeaseSite, Moment, Reservation, ReservationKind, Taken } from '../types';
import type { BlazarChange } from './change-request';
import type { BlazarRequest, BlazarReservation } from './requests';

/** What Blazar told a project; null is what it keeps for its operators, or does not have. */
export interface Told {
  hosts: readonly cloud.LeaseHost[] | null;
  allocations: readonly cloud.Allocation[] | null;
  leases: readonly cloud.CloudLease[];
  floatingIps?: Awaited<ReturnType<cloud.Reservation['floatingIps']>>;
  segments?: Awaited<ReturnType<cloud.Reservation['segments']>>;
  segmentAllocations?: readonly cloud.Allocation[] | null;
}

/**
 * What is known of a site's leases, of what its services told.
 * @param project of whom it is told, with what is known of its allocation
 */
export function leaseSiteOf(
  site: Site,
  project: NonNullable<LeaseSite['project']>,
  told: Told,
  facts: Pick<SiteFacts, 'flavors' | 'networks'>,
): LeaseSite {
  const taken = told.allocations && takenOf(told.allocations);
  return {
    id: site.id,
    name: site.name,
    rules: site.rules.leases ?? {},
    kinds: kindsOf(site, told),
    hosts: told.hosts?.map(hostOf) ?? null,
    taken,
    flavors: facts.flavors,
    networks: facts.networks,
    addresses:
      told.floatingIps?.items
        .filter(({ reservable }) => reservable)
        .map(({ id, address, networkId }) => ({ id, address, network: networkId })) ?? null,
    segments:
      told.segments?.items.map(({ id, properties }) => ({
        id,
        uid: id,
        name: properties.segment_id ?? id,
        nodeType: '',
        reservable: properties.reservable !== 'false',
        properties,
      })) ?? null,
    takenSegments: told.segmentAllocations ? takenOf(told.segmentAllocations) : null,
    leases: told.leases.map((lease) => leaseOf(lease, taken)),
    project,
    downtimes:
      site.downtimes?.map(({ start, end, description }) => ({ start: Date.parse(start), end: Date.parse(end), title: description })) ?? [],
  };
}

// Of floating IPs and networks it tells a list where it leases them. Hosts of bare metal are leased whole.
function kindsOf({ features, rules }: Site, told: Told): ReservationKind[] {
  const machines = rules.flavorLeases === true;
  return [
    ...(features.bareMetal || !machines ? (['physical:host'] as const) : []),
    ...(machines ? (['flavor:instance'] as const) : []),
    ...(features.bareMetal && !machines ? [] : (['virtual:instance'] as const)),
    ...(told.floatingIps ? (['virtual:floatingip'] as const) : []),
    ...(told.segments ? (['network'] as const) : []),
  ];
}

/** A host as Blazar tells of it; where it tells no `uid`, a name that is asked for in its place. */
export function hostOf({ id, name, nodeType, properties }: cloud.LeaseHost): Host {
  const uid = properties.uid ?? properties.node_name ?? properties.hypervisor_hostname ?? name;
  return { id, uid, name, nodeType, reservable: properties.reservable !== 'false', properties };
}

/** When each host is taken, by the id that Blazar gives it. */
export function takenOf(allocations: readonly cloud.Allocation[]): Taken {
  return new Map(
    allocations.map(({ hostId, taken }) => [
      hostId,
      taken.map(({ start, end, leaseId }) => ({ start: Date.parse(start), end: Date.parse(end), lease: leaseId })),
    ]),
  );
}

/**
 * A lease as Blazar's client reads it.
 * @param taken by which its hosts are known; null: they are not
 */
export function leaseOf(lease: cloud.CloudLease, taken: Taken | null): Lease {
  const { id, name, status, degraded, createdAt } = lease;
  const hosts = taken && [...taken].filter(([, spans]) => spans.some((span) => span.lease === id)).map(([host]) => host);
  return {
    id,
    name,
    status,
    start: Date.parse(lease.start),
    end: Date.parse(lease.end),
    degraded,
    reservations: lease.reservations.map(reservationOf),
    ...(createdAt !== undefined && { createdAt: Date.parse(createdAt) }),
    ...(hosts && { hosts }),
  };
}

function reservationOf({
  id,
  kind,
  status,
  min,
  max,
  amount,
  flavor,
  networkId,
  networkName,
  where,
  missingResources,
  resourcesChanged,
}: cloud.LeaseReservation): Reservation {
  const known: Omit<Reservation, 'id' | 'kind' | 'status' | 'missing' | 'changed'> = {
    min,
    max,
    count: amount,
    where: where?.map(({ property, op, value }): Condition => ({ name: property, op, value })),
    flavor: kind === 'flavor:instance' ? flavor?.id : undefined,
    size: kind === 'virtual:instance' && flavor ? { vcpus: flavor.vcpus, ramMiB: flavor.ramMiB, diskGiB: flavor.diskGiB } : undefined,
    network: networkId,
    name: networkName,
  };
  const said = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { id, kind, status, ...said, missing: missingResources, changed: resourcesChanged };
}

/** A request as Blazar's client takes it. */
export function newLeaseOf({ name, start, end, reservations }: BlazarRequest): cloud.NewLease {
  return { name, start: start === 'now' ? 'now' : toIso(start), end: toIso(end), reservations: reservations.map(newReservationOf) };
}

function newReservationOf(reservation: BlazarReservation): cloud.NewReservation {
  switch (reservation.kind) {
    case 'physical:host':
    case 'network':
      return { ...reservation, where: reservation.where.map(asked) };
    case 'virtual:floatingip':
      return { ...reservation, addresses: reservation.addresses && [...reservation.addresses] };
    default:
      return reservation;
  }
}

/** A change as Blazar's client takes it. */
export function cloudChangeOf({ name, start, end, reservations }: BlazarChange, now: Moment): cloud.LeaseChange {
  return {
    ...(name !== undefined && { name }),
    ...(start !== undefined && { start: toIso(start === 'now' ? soonestStart(now) : start) }),
    ...(end !== undefined && { end: end === 'now' ? 'now' : toIso(end) }),
    ...(reservations && {
      reservations: reservations.map(({ where, ...rest }) => ({ ...rest, ...(where && { where: where.map(asked) }) })),
    }),
  };
}

const asked = ({ name, op, value }: Condition): cloud.PropertyCondition => ({ property: name, op, value });
