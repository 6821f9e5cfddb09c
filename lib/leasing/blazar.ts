import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Entry, Visitor } from '@/lib/desk/types';
import { leaseSiteOf, type Told } from '@/lib/leases/blazar/translate';
import type { LeaseSite, ReservationKind } from '@/lib/leases/types';
import type { Allocation, Cloud, CloudAuth, CloudLease, Listed, Reservation } from '@/lib/openstack/types';
import { withDeadline } from '@/lib/sites';
import { readFlavors } from '@/lib/sites/flavors';
import type { Flavor, SiteNetwork } from '@/lib/sites/types';
import type { LeasingPorts } from './ports';

/** A project's Blazar, entered. */
export interface Entered {
  entry: Entry;
  cloud: Cloud;
  reservation: Reservation;
}

/** What is known of the leases of a site, by one who has entered it. */
export interface Known extends Entered {
  site: LeaseSite;
  /** as Blazar told them */
  leases: Listed<CloudLease>;
  /** null: it tells only its operators */
  allocations: readonly Allocation[] | null;
}

/** What is to be read beside hosts, when they are taken, and leases. */
export interface Needs {
  flavors?: boolean;
  networks?: boolean;
  addresses?: boolean;
  segments?: boolean;
}

/** For what is looked at only, so old will do: hosts are many, and change seldom. */
export const BROWSE_MS = 30_000;
const MOST_KEPT = 500;
const ENTER_MS = 10_000;
const READ_MS = 20_000;

/**
 * Enters a project's Blazar.
 * @throws AppError as the desk does; `upstream-refused` where the site has none
 */
export async function enterBlazar({ desk }: LeasingPorts, person: Visitor, entry: Entry, deadlineMs = ENTER_MS): Promise<Entered> {
  const cloud = await desk.enter(person, entry, deadlineMs);
  if (cloud.reservation) return { entry, cloud, reservation: cloud.reservation };
  const { name } = entry.site;
  throw new AppError({
    code: 'upstream-refused',
    title: `${name} has no leases`,
    detail: `The catalogue of ${name} names no reservation service.`,
    remedy: 'Choose a site that leases hosts or machines.',
    fields: [{ path: 'site', message: `${name} has no leases.` }],
  });
}

type Read = Pick<Known, 'site' | 'leases' | 'allocations'> & { at: number };
/** What was read a moment ago, by clock, so that tests with clocks of their own do not meet. */
const kept = new WeakMap<Clock, Cache<Promise<Read>>>();

function keptBy(clock: Clock): Cache<Promise<Read>> {
  const known = kept.get(clock) ?? cacheOf<Promise<Read>>(MOST_KEPT, { clock, lastsMs: BROWSE_MS });
  kept.set(clock, known);
  return known;
}

/**
 * Reads what a site leases, when it is taken, and the project's leases.
 * @param maxAgeMs so old will do; 0: it is asked now
 * @throws AppError what the site said, or that it did not answer in time
 */
export async function readLeases(services: LeasingPorts, person: Visitor, door: Entered, needs: Needs = {}, maxAgeMs = 0): Promise<Known> {
  const { clock } = services;
  const cache = keptBy(clock);
  const key = keyOf(person, door.entry, needs);
  const before = maxAgeMs > 0 ? await cache.get(key)?.catch(() => undefined) : undefined;
  if (before && clock.now().getTime() - before.at <= maxAgeMs) return { ...door, ...before };
  const reading = readNow(services, door, needs);
  cache.set(key, reading);
  reading.catch(() => {
    if (cache.peek(key) === reading) cache.delete(key);
  });
  return { ...door, ...(await reading) };
}

/** What was read of a project's leases is old: something was changed. */
export function forgetLeases({ clock }: LeasingPorts, person: Visitor, entry: Entry): void {
  const cache = keptBy(clock);
  const prefix = keyOf(person, entry);
  for (const key of Array.from(cache.keys())) if (key.startsWith(prefix)) cache.delete(key);
}

/** What must be read to judge these reservations. */
export function needsOf(reservations: readonly { kind: string }[]): Needs {
  const has = (...kinds: ReservationKind[]) => reservations.some(({ kind }) => kinds.some((one) => one === kind));
  return {
    ...(has('flavor:instance', 'virtual:instance') && { flavors: true }),
    ...(has('virtual:floatingip') && { networks: true, addresses: true }),
    ...(has('network') && { segments: true }),
  };
}

/** How a credential proves who somebody is. */
export async function signInOf({ credentials }: LeasingPorts, person: Visitor, { credential }: Entry): Promise<CloudAuth['kind']> {
  if (credential.startsWith('oidc:') || credential.startsWith('device:')) return 'oidc';
  const record = await credentials.records.find(person.id, credential);
  return record?.kind === 'applicationCredential' ? 'applicationCredential' : 'password';
}

async function readNow({ clock }: LeasingPorts, { entry, cloud, reservation }: Entered, needs: Needs): Promise<Read> {
  const { site, project } = entry;
  const flavorsToo = needs.flavors || site.rules.flavorLeases;
  const late = `${site.name} did not tell its leases within ${READ_MS / 1000} s`;
  return await withDeadline(
    async (options) => {
      const [hosts, allocations, leases, floatingIps, segments, segmentAllocations, flavors, networks] = await Promise.all([
        reservation.hosts(options).catch(closed),
        reservation.allocations(options),
        reservation.leases(options),
        needs.addresses ? reservation.floatingIps(options) : null,
        needs.segments ? reservation.segments(options) : null,
        needs.segments ? reservation.allocations({ ...options, of: 'networks' }) : null,
        flavorsToo ? cloud.compute.flavors(options).then((all): Flavor[] => readFlavors(all, site.rules)) : [],
        needs.networks ? externalNetworks(cloud, options) : [],
      ]);
      const told: Told = {
        hosts: hosts?.items ?? null,
        allocations: allocations?.items ?? null,
        leases: leases.items,
        floatingIps,
        segments,
        segmentAllocations: segmentAllocations?.items ?? null,
      };
      const read = leaseSiteOf(site, { id: project.id }, told, { flavors, networks });
      return { site: read, leases, allocations: told.allocations, at: clock.now().getTime() };
    },
    READ_MS,
    late,
  );
}

// Some sites let only their operators list the hosts.
function closed(error: unknown): null {
  if (error instanceof AppError && [403, 404].includes(error.upstream?.status ?? 0)) return null;
  throw error;
}

async function externalNetworks({ network }: Cloud, options: { signal: AbortSignal }): Promise<SiteNetwork[]> {
  const all = await network.networks({}, options);
  return all.map(({ id, name, external, shared }) => ({ id, name, external, shared, subnets: [] }));
}

function keyOf(person: Visitor, { site, project }: Entry, needs?: Needs): string {
  return `${person.id} ${site.id} ${project.id} ${needs ? Object.keys(needs).sort().join() : ''}`;
}
