import type { Clock } from '@/lib/core/clock';
import { AppError, type Problem } from '@/lib/core/errors';
import type { Cloud, LeaseHost, Limit, Listed, Reservation } from '@/lib/openstack/types';
import { flavorRoom } from './flavor-room';
import { readFlavors } from './flavors';
import { readImages } from './images';
import { readNetworks } from './networks';
import type { Flavor, Image, Offer, Quota, Quotas, Site, SiteFacts } from './types';

/** What a site did not tell is not known, and no quota without a limit. */
const notTold: Quotas = {};
const none: Limit = { limit: 0, used: 0 };

/** What of it is there stands where compute tells at all. */
type ComputeQuotas = Record<'cores' | 'ramMiB' | 'instances', Quota> & Pick<Quotas, 'keyPairs'>;

/** What a person looks for first: told as soon as it is known. */
export interface FirstFacts {
  computeQuotas: ComputeQuotas;
  flavors: Flavor[];
  images: Image[];
}

interface Reading {
  /** for each part */
  deadlineMs?: number;
  /** what it offers, where that is known: it is not asked for */
  offer?: Offer;
  /** called with each of the first facts when the site tells it */
  onFirst?(told: Partial<FirstFacts>): void;
}

/**
 * What is at a site now for the project that `cloud` is signed in to. All parts are asked at once; one that fails or is
 * late becomes a gap, and the rest is good.
 */
export async function readSiteFacts(
  cloud: Cloud,
  site: Site,
  clock: Clock,
  { deadlineMs = 5000, offer, onFirst = () => {} }: Reading = {},
): Promise<SiteFacts> {
  const gaps: SiteFacts['gaps'] = [];
  let quickest = Number.POSITIVE_INFINITY;
  const part = async <T>(name: string, read: (options: { signal: AbortSignal }) => Promise<T>, otherwise: T): Promise<T> => {
    const began = performance.now();
    try {
      const answer = await withDeadline(read, deadlineMs, `${site.name} did not tell its ${name} within ${deadlineMs / 1000} s`);
      quickest = Math.min(quickest, performance.now() - began);
      return answer;
    } catch (error) {
      gaps.push({ part: name, problem: AppError.from(error).toProblem() });
      return otherwise;
    }
  };
  const first = <Name extends keyof FirstFacts, Told extends FirstFacts[Name]>(name: Name, told: Told): Told => {
    onFirst({ [name]: told });
    return told;
  };
  // a row that can't be read is said, and the others are good
  const rows = <T>(name: string, listed: Listed<T> | null): T[] | null => {
    for (const { id, problem } of listed?.gaps ?? []) gaps.push({ part: name, problem: unreadableRow(site.name, name, id, problem) });
    return listed?.items ?? null;
  };
  const { compute, network, image, blockStorage, reservation } = cloud;
  const [flavors, images, networks, computeLimits, networkQuotas, volumeLimits, availabilityZones, volumeTypes, allocations, hosts] =
    await Promise.all([
      offer?.flavors ?? part('flavors', async (options) => first('flavors', readFlavors(await compute.flavors(options), site.rules)), []),
      offer?.images ??
        part(
          'images',
          async (options) =>
            first('images', readImages(await image.images(options), { provider: site.provider, project: cloud.identity.project.id })),
          [],
        ),
      part('networks', (options) => readNetworks(cloud, options), { networks: [] }),
      part('compute quota', async (options): Promise<Quotas> => first('computeQuotas', await compute.limits(options)), notTold),
      part('network quota', (options): Promise<Quotas> => network.quotas(options), notTold),
      // what a site does not have is not asked for, and says nothing about how quick it answers
      blockStorage
        ? part('volume quota', (options): Promise<Quotas> => blockStorage.limits(options), notTold)
        : { volumes: none, volumeGiB: none },
      offer?.availabilityZones ?? part('availability zones', (options) => compute.availabilityZones(options), []),
      offer?.volumeTypes ?? (blockStorage ? part('volume types', (options) => blockStorage.volumeTypes(options), []) : []),
      reservation
        ? part('reservable hosts', async (options) => rows('reservable hosts', await reservation.allocations(options)), null)
        : null,
      reservation && site.rules.flavorLeases
        ? part('hosts for leases', async (options) => rows('hosts for leases', await hostsToSee(reservation, options)), null)
        : null,
    ]);
  const quotas: Quotas = { ...computeLimits, ...networkQuotas, ...volumeLimits };
  const leaseHosts = allocations ? freeHosts(allocations, clock.now()) : undefined;
  const room = hosts && allocations ? flavorRoom(flavors, hosts, allocations, clock.now()) : undefined;
  const asOf = clock.now().toISOString();
  const latencyMs = Number.isFinite(quickest) ? Math.round(quickest) : undefined;
  return { flavors, images, ...networks, quotas, availabilityZones, volumeTypes, leaseHosts, flavorRoom: room, latencyMs, asOf, gaps };
}

// Some sites let only their operators list the hosts: then nothing is known of the room.
async function hostsToSee(reservation: Reservation, options: { signal: AbortSignal }): Promise<Listed<LeaseHost> | null> {
  try {
    return await reservation.hosts(options);
  } catch (error) {
    if (error instanceof AppError && [403, 404].includes(error.upstream?.status ?? 0)) return null;
    throw error;
  }
}

function unreadableRow(site: string, part: string, id: string | undefined, problem: string): Problem {
  return {
    code: 'upstream-failed',
    title: 'One of the site’s rows can’t be read',
    detail: `Of its ${part} ${site} told one${id === undefined ? '' : ` (${id})`} in another form: ${problem}`,
    remedy: 'The others are good. Tell the site’s operators.',
  };
}

function freeHosts(allocations: readonly { taken: { start: string; end: string }[] }[], now: Date): { total: number; free: number } {
  const at = now.toISOString();
  const free = allocations.filter(({ taken }) => !taken.some(({ start, end }) => start <= at && at < end));
  return { total: allocations.length, free: free.length };
}

/**
 * Waits for work at most so long. The work is told by the signal; if it does not listen, it is left behind.
 * @throws AppError `deadline-passed`
 */
export async function withDeadline<T>(work: (options: { signal: AbortSignal }) => Promise<T>, ms: number, title: string): Promise<T> {
  const signal = AbortSignal.timeout(ms);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new AppError(tooLate(title))), { once: true });
  });
  return await Promise.race([work({ signal }), late]);
}

function tooLate(title: string): Omit<Problem, 'detail'> {
  return {
    code: 'deadline-passed',
    title,
    cause: 'The site is slow or hangs.',
    remedy: 'Try again in a minute. Other sites are not held up by it.',
  };
}
