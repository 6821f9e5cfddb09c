import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import { leaseSiteOf } from '@/lib/leases/blazar/translate';
import { DAY, HOUR, toIso } from '@/lib/leases/calendar/moments';
import type { Availability, LeaseSite, Span, TakenSpan } from '@/lib/leases/types';
import type { LeaseHost } from '@/lib/openstack/types';
import { readFlavorTimes, readLeasableFlavors, readNodes, readNodeTimes, registryOf } from '@/lib/sites/hardware/registry';
import type { HardwareNode, Registry } from '@/lib/sites/hardware/types';
import type { Flavor, Site } from '@/lib/sites/types';
import type { LeasingPorts } from '../ports';

/** What a public registry tells of a site that leases. It may be minutes old. */
export interface PublicSite {
  site: LeaseSite;
  /** ids of hosts of which it does not know whether they are free */
  unknown: ReadonlySet<string>;
}

/** What was read is good for so long: a site is hundreds of questions to a registry that everybody uses. */
const GOOD_MS = 180_000;
const MOST_KEPT = 50;
/** So many days are read from now on: few choices, so that what is kept serves whoever asks next, whatever the hours. */
const FARTHEST_DAYS = 367;
const ahead = [7, 31, 100, FARTHEST_DAYS];
/** So many nodes are asked for at once. */
const AT_ONCE = 8;
const MIB = 1024 ** 2;

const kept = new WeakMap<Clock, Cache<Promise<PublicSite>>>();

/**
 * A site as its public registry tells of it, without signing in.
 * @param span in which it is of interest when its flavors are free; what is told begins now, and goes on at least to its end, if that is within a year
 * @returns null where no registry tells of it, or the operator wants none asked
 * @throws AppError as every reading of a document
 */
export async function publicSite({ clock, config }: LeasingPorts, site: Site, span: Span): Promise<PublicSite | null> {
  const registry = registryOf(config, site);
  const { registered } = site;
  if (!registry || registered === undefined) return null;
  const cache = kept.get(clock) ?? cacheOf<Promise<PublicSite>>(MOST_KEPT, { clock, lastsMs: GOOD_MS });
  kept.set(clock, cache);
  const machines = site.rules.flavorLeases === true;
  const begin = Math.floor(clock.now().getTime() / HOUR) * HOUR;
  const days = ahead.find((each) => begin + each * DAY >= span.end) ?? FARTHEST_DAYS;
  const key = machines ? `${site.id} ${days}` : site.id;
  const known = cache.get(key);
  if (known) return await known;
  const reading = machines
    ? readMachines(registry, site, registered, { start: begin, end: begin + days * DAY })
    : readHosts(registry, site, registered, clock);
  cache.set(key, reading);
  reading.catch(() => {
    if (cache.peek(key) === reading) cache.delete(key);
  });
  return await reading;
}

async function readHosts(registry: Registry, site: Site, registered: string, clock: Clock): Promise<PublicSite> {
  const { items } = await readNodes(registry, registered);
  const times = await inTurns(items, (node) => takenOf(registry, registered, node, clock.now().getTime()));
  const nothing = { allocations: null, leases: [] };
  const told = leaseSiteOf(site, { id: '' }, { hosts: items.map(hostOf), ...nothing }, { flavors: [], networks: [] });
  const known = items.flatMap(({ uid }, index) => (times[index] ? [[uid, times[index]] as const] : []));
  const { project: _none, ...rest } = told;
  return {
    site: { ...rest, taken: known.length > 0 || items.length === 0 ? new Map(known) : null },
    unknown: new Set(items.filter((_node, index) => !times[index]).map(({ uid }) => uid)),
  };
}

/** When a node is taken; null: that is not known. Not every site is looked at by the registry as closely. */
async function takenOf(registry: Registry, registered: string, node: HardwareNode, now: number): Promise<TakenSpan[] | null> {
  try {
    const { taken } = await readNodeTimes(registry, registered, node.uid);
    return taken.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }));
  } catch {
    if (node.availability === 'reserved' && node.until !== undefined) return [{ start: now, end: Date.parse(node.until) }];
    return node.availability === 'available' && node.until !== undefined
      ? [{ start: Date.parse(node.until), end: Number.POSITIVE_INFINITY }]
      : null;
  }
}

async function readMachines(registry: Registry, site: Site, registered: string, span: Span): Promise<PublicSite> {
  const { items } = await readLeasableFlavors(registry, registered);
  const flavors = items.map(
    ({ name, vcpus, ramMiB, diskGiB, gpu }): Flavor => ({
      id: name,
      name,
      vcpus,
      ramMiB,
      diskGiB,
      bareMetal: false,
      ...(gpu && { gpus: 1 }),
    }),
  );
  const asked = { start: toIso(span.start), end: toIso(span.end) };
  const rooms = await inTurns(items, async ({ name }) => {
    const told = await readFlavorTimes(registry, registered, name, asked).catch(() => null);
    return told?.map(({ start, end, available }): Availability => ({ start: Date.parse(start), end: Date.parse(end), available })) ?? null;
  });
  const availability = new Map(items.flatMap(({ name }, index) => (rooms[index] ? [[name, rooms[index]] as const] : [])));
  const { project: _none, ...told } = leaseSiteOf(
    site,
    { id: '' },
    { hosts: null, allocations: null, leases: [] },
    { flavors, networks: [] },
  );
  return { site: { ...told, availability }, unknown: new Set() };
}

/** A node in the names that Blazar's properties have. */
function hostOf(node: HardwareNode): LeaseHost {
  const { gpu, disks } = node;
  const properties: Record<string, string | undefined> = {
    uid: node.uid,
    node_name: node.name,
    node_type: node.type,
    reservable: node.availability === 'maintenance' ? 'false' : 'true',
    'architecture.platform_type': node.architecture,
    'architecture.smt_size': node.threads?.toString(),
    'main_memory.ram_size': node.ramMiB === undefined ? undefined : String(node.ramMiB * MIB),
    'processor.model': node.cpu,
    'gpu.gpu': gpu ? 'True' : 'False',
    'gpu.gpu_model': gpu?.model,
    'gpu.gpu_count': gpu?.count.toString(),
    infiniband: node.infiniband ? 'True' : 'False',
    'placement.rack': node.rack,
    ...Object.fromEntries(
      disks.flatMap(({ media, sizeGB }, index) => [
        [`storage_devices.${index}.size`, String(sizeGB * 10 ** 9)],
        ...(media === undefined ? [] : [[`storage_devices.${index}.media_type`, media]]),
      ]),
    ),
  };
  const said = Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { id: node.uid, name: node.name, nodeType: node.type, properties: Object.fromEntries(said) };
}

async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  const entries = all.entries();
  const worker = async () => {
    for (const [index, one] of entries) found[index] = await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}
