import { AppError } from '@/lib/core/errors';
import type { Cloud, CloudLease, Reservation } from '@/lib/openstack/types';
import type { Found, Kind } from './types';

/** Seconds that a site may take to make a lease, and, when its time has come, to start it. */
const startSeconds = 600;
/** Seconds between two looks at a lease whose time has not come: it may be moved or ended outside of Transat. */
const longestWaitSeconds = 300;
const momentsBefore = 2;

// https://docs.openstack.org/blazar/latest/reference/api/index.html: the states of a lease
const states = new Map<string, Found['state']>([
  ['ACTIVE', 'ready'],
  ['UPDATING', 'ready'],
  ['ERROR', 'error'],
  ['TERMINATED', 'error'],
  ['TERMINATING', 'leaving'],
  ['DELETING', 'leaving'],
]);

/** A lease of whole hosts, made on the way: it is ready when it is active, and servers boot on its reservation. */
export const lease: Kind<'lease'> = {
  label: 'lease',
  service: 'reservation',
  deadlineSeconds: ({ start }, { now }) => startSeconds + (start === 'now' ? 0 : Math.max(0, (Date.parse(start) - now.getTime()) / 1000)),
  tries: () => 1,
  becomes: true,
  leavesSlowly: true,
  bides: ({ status }) => status === 'PENDING',
  nextLook({ status, start }, now) {
    if (status !== 'PENDING' || typeof start !== 'string') return undefined;
    const left = (Date.parse(start) - now.getTime()) / 1000;
    return left > momentsBefore ? Math.min(left, longestWaitSeconds) : undefined;
  },
  async list(cloud, prefix) {
    if (!cloud.reservation) return [];
    const { items } = await cloud.reservation.leases();
    return items.filter(({ name }) => name.startsWith(prefix)).map(leaseOf);
  },
  async create(cloud, { start, end, hosts, nodeType }, build) {
    const where = nodeType === undefined ? [] : [{ property: 'node_type', op: '=' as const, value: nodeType }];
    const made = await serviceOf(cloud).createLease({
      name: build.name,
      start,
      end,
      reservations: [{ kind: 'physical:host', min: hosts, max: hosts, where }],
    });
    return leaseOf(made);
  },
  async remove(cloud, found) {
    await serviceOf(cloud).deleteLease(found.id);
  },
};

/** The reservation on which servers boot, in what is kept of a lease. */
export function reservationIn({ reservation }: Record<string, unknown>): string | undefined {
  return typeof reservation === 'string' ? reservation : undefined;
}

function leaseOf(it: CloudLease): Found {
  const held = it.reservations.find(({ kind }) => kind === 'physical:host');
  const observed = { status: it.status, start: it.start, end: it.end, reservation: held?.id, degraded: it.degraded };
  const fault =
    it.status === 'TERMINATED' ? `The lease ended at ${it.end}.` : it.status === 'ERROR' ? 'The lease is in an error.' : undefined;
  return { id: it.id, name: it.name, state: states.get(it.status) ?? 'building', observed, parts: [], fault };
}

function serviceOf(cloud: Cloud): Reservation {
  if (cloud.reservation) return cloud.reservation;
  throw new AppError({
    code: 'upstream-refused',
    title: 'This site has no leases',
    detail: `The catalogue of ${cloud.site} names no reservation service.`,
    remedy: 'Choose a flavor that needs no lease, or another site.',
  });
}
