import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { isUnclear } from '@/lib/web/unclear';
import type { Service, ServiceRequest } from '../service';
import type { CallOptions, Reservation } from '../types';
import { allocation, floatingIp, host, hostProperty, lease, listOf, segment } from './read';
import type { Allocation, CloudLease, Listed, NewLease } from './types';
import { changeBody, newLeaseBody } from './write';

/** Blazar makes a trust and moves hosts before it answers (5 to 15 s seen), and gives itself 60 s; then its own answer is better than none. */
const CHANGE_MS = 75_000;
/** The dates of a lease that is looked for are as Blazar rounds them. */
const MINUTE_MS = 60_000;

const oneLease = z.object({ lease });
const leaseList = listOf('leases', lease);
const hostList = listOf('hosts', host);

/**
 * Blazar of one site, upstream's and Chameleon's.
 * @param projectId the person's project: Blazar before 16.0 gives away other projects' leases to who knows their ids
 *   (LP#2120655), and all leases to administrators
 * @param mayLease {@link Reservation.mayLease}
 */
export function reservationClient(service: Service, projectId: string, mayLease: Reservation['mayLease']): Reservation {
  const get = <T extends z.ZodType>(schema: T, path: string, options: Partial<ServiceRequest> = {}) =>
    service.ask(schema, { method: 'GET', path, ...options });
  const pathOf = (id: string) => `/leases/${encodeURIComponent(id)}`;

  async function leases(options?: CallOptions): Promise<Listed<CloudLease>> {
    const { items, gaps } = await get(leaseList, '/leases', options);
    return { items: items.filter((one) => one.projectId === projectId).map((one) => one.lease), gaps };
  }
  async function find(id: string, options?: CallOptions): Promise<CloudLease | null> {
    const found = await service.find(oneLease, pathOf(id), options).catch((error: unknown) => {
      // of another project's lease Blazar since 16.0 says that the policy does not allow it; so it would to who may read none at all
      if (isStatus(error, 403)) return leases(options).then(() => null);
      throw error;
    });
    return found?.lease.projectId === projectId ? found.lease.lease : null;
  }
  async function allocations({ of = 'hosts', leaseId, reservationId, ...options }: Parameters<Reservation['allocations']>[0] = {}) {
    const path = of === 'hosts' ? '/os-hosts/allocations' : '/networks/allocations';
    const query = { lease_id: leaseId, reservation_id: reservationId };
    return orClosed(get(listOf('allocations', allocation), path, { query, ...options }));
  }

  return {
    hosts: (options) => get(hostList, '/os-hosts', options),
    hostProperties: (options) =>
      orClosed(get(listOf('resource_properties', hostProperty), '/os-hosts/properties', { query: { detail: 'True' }, ...options })),
    allocations,
    floatingIps: (options) => orClosed(get(listOf('floatingips', floatingIp), '/floatingips', options)),
    segments: (options) => orClosed(get(listOf('networks', segment), '/networks', options)),
    leases,
    lease: find,
    async hostsOf(leaseId, options) {
      const told = await allocations({ leaseId, ...options });
      if (told) return held(told);
      const hosts = await orClosed(get(hostList, `${pathOf(leaseId)}/hosts`, options));
      return hosts?.items.map(({ id }) => id) ?? null;
    },
    async createLease(wanted, options) {
      const request = { method: 'POST', path: '/leases', body: newLeaseBody(wanted), timeoutMs: CHANGE_MS, ...options };
      try {
        return (await service.ask(oneLease, request)).lease.lease;
      } catch (error) {
        if (!isUnclear(error) && !isBareFault(error)) throw error;
        const made = await leases().then(
          ({ items }) => items.find((one) => isWanted(one, wanted)),
          () => undefined, // what went wrong first is told
        );
        if (made) return made;
        throw error;
      }
    },
    async changeLease(id, change, options) {
      if (!(await find(id, options))) throw notThere(service.site);
      const request = { method: 'PUT', path: pathOf(id), body: changeBody(change), timeoutMs: CHANGE_MS, ...options };
      const { lease: changed } = await service.ask(oneLease, request);
      // the answer is of the middle of the change
      return (await find(id, options)) ?? changed.lease;
    },
    async deleteLease(id, options) {
      const there = await find(id, options);
      if (!there) return 'gone';
      // Blazar refuses to begin with it twice
      if (there.status === 'DELETING') return 'going-on';
      try {
        await service.remove(pathOf(id), CHANGE_MS);
        return 'gone';
      } catch (error) {
        if (!isUnclear(error)) throw error;
        const left = await find(id);
        if (!left) return 'gone';
        if (left.status === 'DELETING') return 'going-on';
        throw error;
      }
    },
    mayLease,
  };
}

/** What only operators may see at some sites, and some Blazars do not have: null. */
function orClosed<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (isStatus(error, 403) || isStatus(error, 404)) return null;
    throw error;
  });
}

/** The hosts of allocations that were asked for by lease: Blazar lists the others too, empty. */
function held({ items }: Listed<Allocation>): string[] {
  return items.filter(({ taken }) => taken.length > 0).map(({ hostId }) => hostId);
}

function isWanted(found: CloudLease, wanted: NewLease): boolean {
  return found.name === wanted.name && Math.abs(Date.parse(found.end) - Date.parse(wanted.end)) < MINUTE_MS;
}

/** Blazar's own time-out is told in the words of any fault, so a refusal in these words may be none. */
function isBareFault(error: unknown): boolean {
  return isStatus(error, 500) && error.upstream?.message === 'Internal Server Error';
}

function isStatus(error: unknown, status: number): error is AppError {
  return error instanceof AppError && error.upstream?.status === status;
}

function notThere(site: string): AppError {
  return new AppError({
    code: 'not-found',
    title: 'This lease is not at the site',
    detail: `${site} has no such lease, or it is another project’s.`,
  });
}
