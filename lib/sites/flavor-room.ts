import type { LeaseHost } from '@/lib/openstack/types';
import type { Flavor } from './types';

type Allocations = readonly { hostId: string; taken: { start: string; end: string }[] }[];

/**
 * How many machines of each flavor the hosts for leases hold: in all, and on the hosts that nobody reserved at a moment. Blazar tells when a host
 * is taken, not how much of it, so a host that is taken at all counts as full: what is said to be free surely is. Pure.
 * @param hosts with their `vcpus`, `memory_mb` and `local_gb`, as Blazar lists them; those without are left out
 * @returns by flavor id
 */
export function flavorRoom(
  flavors: readonly Flavor[],
  hosts: readonly LeaseHost[],
  allocations: Allocations,
  now: Date,
): Record<string, { total: number; free: number }> {
  const at = now.toISOString();
  const taken = new Set(
    allocations.filter(({ taken: spans }) => spans.some(({ start, end }) => start <= at && at < end)).map(({ hostId }) => hostId),
  );
  const rooms = flavors
    .filter(({ bareMetal, leased }) => !bareMetal && !leased)
    .map((flavor) => {
      const fitting = hosts.map((host) => ({ fits: fitOn(host, flavor), isTaken: taken.has(host.id) }));
      const sum = (some: typeof fitting) => some.reduce((total, { fits }) => total + fits, 0);
      return [flavor.id, { total: sum(fitting), free: sum(fitting.filter(({ isTaken }) => !isTaken)) }] as const;
    });
  return Object.fromEntries(rooms);
}

/** How many machines of a size one host holds, by its scarcest part; none where it is out of service or says nothing of itself. */
export function fitOn(
  { properties }: { properties: Readonly<Record<string, string>> },
  { vcpus, ramMiB, diskGiB, gpus = 0 }: Pick<Flavor, 'vcpus' | 'ramMiB' | 'diskGiB' | 'gpus'>,
): number {
  const has = (name: string) => {
    const amount = Number(properties[name]);
    return Number.isFinite(amount) && amount > 0 ? amount : 0;
  };
  if (properties.reservable === 'false') return 0;
  const parts = [
    [has('vcpus'), vcpus],
    [has('memory_mb'), ramMiB],
    [has('local_gb'), diskGiB],
    [has('gpu.gpu_count'), gpus],
  ] as const;
  const counts = parts.filter(([, need]) => need > 0).map(([amount, need]) => Math.floor(amount / need));
  return counts.length === 0 ? 0 : Math.min(...counts);
}
