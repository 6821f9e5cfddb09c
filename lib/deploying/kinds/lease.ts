import { AppError } from '@/lib/core/errors';
import { lastingHosts } from '@/lib/leases/blazar/lasting-hosts';
import { leaseOf as read } from '@/lib/leases/blazar/translate';
import { healthOf } from '@/lib/leases/life/health';
import { repairOf } from '@/lib/leases/life/repair';
import { bootableOf } from '@/lib/openstack/reservation/bootable';
import type { Cloud, CloudLease, LeaseReservation, NewReservation, Reservation } from '@/lib/openstack/types';
import { lookAgainAfter } from './pace';
import type { Found, Kind, SpecOf } from './types';

/** Seconds that a site may take to make a lease, and, when its time has come, to start it. */
const startSeconds = 600;
/** Seconds between two looks at a lease whose time has not come: it may be moved or ended outside of Transat. */
const longestWaitSeconds = 300;
const momentsBefore = 2;
const coming = new Set(['CREATING', 'PENDING', 'STARTING']);
/** The site has ended it, or is about to: what stands on it goes, or has gone. */
const over = new Set(['TERMINATED', 'TERMINATING', 'DELETING']);

/**
 * A lease of hosts or of machines: it is ready when it is active, and servers boot on its reservation. It is made on the way, or `held`: there
 * already, so that it is only waited for.
 */
export const lease: Kind<'lease'> = {
  label: 'lease',
  service: 'reservation',
  deadlineSeconds: ({ start }, { now }) => startSeconds + (start === 'now' ? 0 : Math.max(0, (Date.parse(start) - now.getTime()) / 1000)),
  deadlineOf({ start }) {
    return typeof start === 'string' ? new Date(Date.parse(start) + startSeconds * 1000) : undefined;
  },
  tries: () => 1,
  becomes: true,
  leavesSlowly: true,
  leaveSeconds: () => 30,
  borrowed: ({ held }) => held?.id,
  // others may stand on it, and its hosts may be had by nobody else so soon
  stays: true,
  givesHosts: ({ flavorId }) => flavorId === undefined,
  endOf: ({ end }) => (typeof end === 'string' ? end : undefined),
  isOver: (observed) => observed === undefined || (typeof observed.status === 'string' && over.has(observed.status)),
  said: ({ held }) => (held ? 'is there' : 'is made'),
  bides: ({ status }) => typeof status === 'string' && coming.has(status),
  nextLook({ status, start }, now) {
    if (typeof status !== 'string' || !coming.has(status) || typeof start !== 'string') return undefined;
    const left = (Date.parse(start) - now.getTime()) / 1000;
    // it was waited for long, and now it begins in a moment
    return left > momentsBefore ? Math.min(left, longestWaitSeconds) : lookAgainAfter(Math.max(0, -left));
  },
  doubted: true,
  async list(cloud, prefix, known = new Map()) {
    const { reservation } = cloud;
    if (!reservation) return [];
    const { items } = await reservation.leases();
    // a list may lag, and has gaps where an entry could not be read
    const missing = [...known.keys()].filter((id) => items.every((it) => it.id !== id));
    const single = await Promise.all(missing.map((id) => reservation.lease(id)));
    return [...items, ...single.filter((it) => it !== null)].flatMap((it) => {
      const name = known.get(it.id) ?? (it.name.startsWith(prefix) ? it.name : undefined);
      return name === undefined ? [] : [foundOf(it, name)];
    });
  },
  async create(cloud, spec, build) {
    const service = serviceOf(cloud);
    if (!spec.held) {
      const { start, end } = spec;
      const ask = (reservations: NewReservation[]) => service.createLease({ name: build.name, start, end, reservations });
      const lasting = await hostsThatLast(cloud, service, spec, build.now);
      const made = lasting
        ? await ask(lasting).catch((error: unknown) => otherwise(error, () => ask([wanted(spec)])))
        : ask([wanted(spec)]);
      return foundOf(await made, build.name);
    }
    const there = await service.lease(spec.held.id);
    if (there) return foundOf(there, build.name);
    throw new AppError({
      code: 'not-found',
      title: 'The lease is not there any more',
      detail: `${cloud.site} has no lease ${spec.held.id} in this project.`,
      cause: 'It was deleted, or it ended and was forgotten.',
      remedy: 'Deploy again on another lease, or have one made.',
    });
  },
  async remove(cloud, found) {
    await serviceOf(cloud).deleteLease(found.id);
  },
};

/**
 * The reservations on which servers boot, in what is kept of a lease: of named hosts each has one. Machines of a flavor boot with the flavor that has its id.
 * Without `places` it is not known how many a reservation has.
 */
export function reservationsIn({ reservation, machines, places, reservations }: Record<string, unknown>): {
  asFlavor: boolean;
  all: { id: string; places?: number }[];
} {
  const first = typeof reservation === 'string' ? [{ id: reservation, ...(typeof places === 'number' && { places }) }] : [];
  // written by this room alone; what was kept before has the first only
  const all = Array.isArray(reservations) ? (reservations as { id: string; places?: number }[]) : first;
  return { asFlavor: machines === true, all };
}

function wanted({ hosts, nodeType, flavorId }: SpecOf<'lease'>): NewReservation {
  if (flavorId !== undefined) return { kind: 'flavor:instance', flavorId, amount: hosts };
  const where = nodeType === undefined ? [] : [{ property: 'node_type', op: '=' as const, value: nodeType }];
  return { kind: 'physical:host', min: hosts, max: hosts, where };
}

/** Hosts of the type that is asked for which stay free longest, so that the lease can be extended; null where its site does not tell, or shows too few. */
async function hostsThatLast(
  { identity }: Cloud,
  service: Reservation,
  { hosts: count, nodeType, flavorId, start, end }: SpecOf<'lease'>,
  now: Date,
): Promise<NewReservation[] | null> {
  if (nodeType === undefined || flavorId !== undefined) return null;
  const told = await Promise.all([service.hosts(), service.allocations()]).catch(() => null);
  const [hosts, allocations] = told ?? [];
  if (!hosts || !allocations) return null;
  const times = { start: start === 'now' ? ('now' as const) : Date.parse(start), end: Date.parse(end) };
  const about = { now: now.getTime(), projectId: identity.project.id };
  return lastingHosts({ nodeType, count, ...times }, { hosts: hosts.items, allocations: allocations.items }, about);
}

/** Somebody was quicker with the hosts that were chosen: then any of their type will do. */
function otherwise<T>(error: unknown, work: () => Promise<T>): Promise<T> {
  if (error instanceof AppError && error.code === 'no-host-available') return work();
  throw error;
}

const placesOf = ({ amount, max }: LeaseReservation) => amount ?? max;

function foundOf(it: CloudLease, name: string): Found {
  const all = bootableOf(it.reservations);
  const [held] = all;
  const observed = {
    status: it.status,
    start: it.start,
    end: it.end,
    reservation: held?.id,
    reservations: all.map((one) => ({ id: one.id, places: placesOf(one) })),
    machines: held !== undefined && held.kind !== 'physical:host',
    degraded: it.degraded,
  };
  return { id: it.id, name, state: stateOf(it, held), observed, parts: [], ...troubleOf(it) };
}

// While it is changed, its reservations tell whether it runs: servers that boot before it does find no host.
function stateOf({ status }: CloudLease, held: LeaseReservation | undefined): Found['state'] {
  if (status === 'ERROR' || status === 'TERMINATED') return 'error';
  if (over.has(status)) return 'leaving';
  return status === 'ACTIVE' || (status === 'UPDATING' && held?.status === 'active') ? 'ready' : 'building';
}

function troubleOf(it: CloudLease): Pick<Found, 'fault' | 'remedy' | 'trouble'> {
  if (it.status === 'TERMINATED')
    return { fault: `The lease ended at ${it.end}.`, remedy: 'Deploy again on another lease, or have one made.' };
  const lease = read(it, null);
  const moment = Date.parse(it.start);
  if (it.status === 'ERROR')
    return { fault: `The lease is in an error. ${repairOf(lease, 0, moment).why}`, remedy: repairs[repairOf(lease, 0, moment).do] };
  // that a host was exchanged is never taken back; whether a server was lost by it shows by the server
  const first = healthOf(lease, { hosts: null, name: 'the site' }, moment).find(({ severity }) => severity === 'error');
  return first ? { trouble: { detail: first.detail, remedy: first.remedy } } : {};
}

const repairs: Record<ReturnType<typeof repairOf>['do'], string> = {
  nothing: 'Look again in a minute.',
  touch: 'Have the lease repaired, then retry: an empty change makes the site look at it anew.',
  recreate: 'Delete the deployment, and deploy again with a lease on other hosts.',
  delete: 'Delete the deployment, and deploy again with a new lease.',
  ask: 'Ask the site’s help desk to bring the lease in order, then retry.',
};

function serviceOf(cloud: Cloud): Reservation {
  if (cloud.reservation) return cloud.reservation;
  throw new AppError({
    code: 'upstream-refused',
    title: 'This site has no leases',
    detail: `The catalogue of ${cloud.site} names no reservation service.`,
    remedy: 'Choose a flavor that needs no lease, or another site.',
  });
}
