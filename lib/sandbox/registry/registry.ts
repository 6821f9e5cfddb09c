import { Calendar, type Taken } from '../blazar/calendar';
import { placesFor } from '../blazar/plugins/capacity';
import type { FlavorDefinition, HostDefinition } from '../cloud/definition';
import type { World } from '../cloud/world';
import type { Answer } from '../http/call';
import { nodeOf } from './node';

const CLUSTER = 'chameleon';
const MOST_ITEMS = 500;
const HOUR_MS = 3_600_000;

/** A cloud that is like one of Chameleon's sites, by the registry's name for it. */
export interface RegisteredSite {
  uid: string;
  world: World;
}

const ok = (body: unknown): Answer => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
const notFound = (what: string): Answer => ({ status: 404, body: { detail: `${what} not found` } });
const invalid = (name: string, message: string): Answer => ({
  status: 422,
  body: { detail: [{ type: 'value_error', loc: ['query', name], msg: message, input: null }] },
});

/**
 * Chameleon's public registry of hardware and availability (`https://api.chameleoncloud.org`), for the sandbox's clouds: open to everybody,
 * and without the names of those who have leases.
 * @param path below the registry's address, with a leading slash
 */
export function registryAnswer(path: string, query: URLSearchParams, sites: readonly RegisteredSite[]): Answer {
  const [, root, uid, what, ...rest] = path
    .replace(/\.json$/, '')
    .replace(/\/+$/, '')
    .split('/');
  if (root === 'nodes' && uid === 'search') return search(query, sites);
  if (root !== 'sites') return notFound('Path');
  if (uid === undefined) return page(sites.map(showSite), query);
  const site = sites.find((one) => one.uid === uid);
  if (!site) return notFound('Site');
  const { world } = site;
  switch (what) {
    case undefined:
      return ok(showSite(site));
    case 'clusters':
      return clusters(site, rest, query);
    case 'availability':
      return ok({ site_id: uid, last_updated: lastUpdated(world), node_count: hostsOf(world).length });
    case 'versions':
      return page([{ uid: '5da0590', date: '2026-06-26T15:00:00Z', author: 'Sandbox' }], query);
    case 'flavors':
      return flavors(site, rest, query);
    default:
      return notFound('Path');
  }
}

function clusters(site: RegisteredSite, [cluster, nodes, uid, availability]: string[], query: URLSearchParams): Answer {
  const { world } = site;
  const shown = { type: 'cluster', uid: CLUSTER, links: [] };
  if (cluster === undefined) return page(hostsOf(world).length > 0 ? [shown] : [], query);
  if (cluster !== CLUSTER || hostsOf(world).length === 0) return notFound('Cluster');
  if (nodes === undefined) return ok(shown);
  if (uid === undefined)
    return page(
      hostsOf(world).map((host) => nodeOf(host)),
      query,
    );
  const host = hostsOf(world).find(({ properties }) => properties.uid === uid);
  if (!host) return notFound('Node');
  if (availability === undefined) return ok(nodeOf(host));
  return ok({
    node_id: uid,
    cluster_id: CLUSTER,
    site_id: site.uid,
    last_updated: lastUpdated(world),
    maintenance: world.state.downHosts.includes(host.id),
    reservations: spansOf(world, host),
  });
}

function search(query: URLSearchParams, sites: readonly RegisteredSite[]): Answer {
  const [start, end] = [query.get('start'), query.get('end')].map((text) => (text === null ? null : Date.parse(text)));
  for (const [name, moment] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (moment !== null && Number.isNaN(moment ?? 0)) return invalid(name, 'Input should be a valid datetime');
  }
  const wanted = (name: string, value: string) => query.get(name) === null || query.get(name) === value;
  const found = sites
    .filter(({ uid }) => wanted('site_id', uid))
    .flatMap(({ uid, world }) => {
      const calendar = new Calendar(world);
      return hostsOf(world).flatMap((host) => {
        const { hardware, properties } = host;
        const fits =
          wanted('node_type', properties.node_type ?? '') &&
          wanted('arch', hardware?.platform ?? '') &&
          wanted('gpu', String(hardware?.gpu !== null)) &&
          wanted('infiniband', String(hardware?.infiniband)) &&
          (hardware?.ramGiB ?? 0) * 1024 ** 3 >= Number(query.get('min_ram') ?? 0);
        if (!fits) return [];
        const now = world.now();
        const taken = calendar.of(host.id);
        if (start && end && taken.some((one) => one.start < end && start < one.end)) return [];
        return [{ ...nodeOf(host), site_id: uid, cluster_id: CLUSTER, ...standing(taken, now, world.state.downHosts.includes(host.id)) }];
      });
    });
  return page(found, query);
}

/** Whether a node can be had now, and until when that holds. */
function standing(taken: readonly Taken[], now: number, down: boolean): { availability: string; availability_until: string | null } {
  if (down) return { availability: 'maintenance', availability_until: null };
  const current = taken.find(({ start, end }) => start <= now && now < end);
  const next = taken.map(({ start }) => start).filter((start) => start > now);
  const until = current ? current.end : next.length > 0 ? Math.min(...next) : null;
  return { availability: current ? 'reserved' : 'available', availability_until: until === null ? null : new Date(until).toISOString() };
}

function spansOf(world: World, host: HostDefinition): { start: string; end: string }[] {
  return new Calendar(world)
    .of(host.id)
    .filter(({ end }) => end > world.now())
    .sort((one, other) => one.start - other.start)
    .map(({ start, end }) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() }));
}

function flavors({ world }: RegisteredSite, [name, availability]: string[], query: URLSearchParams): Answer {
  const leased = world.definition.blazar?.kinds.includes('flavor:instance') ? world.definition.flavors : [];
  if (name === undefined) return page(leased.map(showFlavor), query);
  const flavor = leased.find((one) => one.name === name);
  if (!flavor) return notFound('Flavor');
  if (availability === undefined) return ok(showFlavor(flavor));
  const [from, to] = [query.get('start_date'), query.get('end_date')].map((text) => Date.parse(`${text?.replace(' ', 'T')}Z`));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || from >= to) {
    return invalid('start_date', 'Input should be a valid date range');
  }
  return ok({ availability: freeMachines(world, flavor, from, Math.min(to, from + 60 * 24 * HOUR_MS)) });
}

/** How many machines of a flavor can be had, span by span: it changes where a lease begins or ends. */
function freeMachines(world: World, flavor: FlavorDefinition, from: number, to: number) {
  const hosts = world.definition.blazar?.hosts ?? [];
  const calendar = new Calendar(world);
  const edges = hosts.flatMap(({ id }) => calendar.of(id).flatMap(({ start, end }) => [start, end]));
  const moments = [...new Set([from, ...edges.filter((moment) => from < moment && moment < to), to])].sort((a, b) => a - b);
  const size = { vcpus: flavor.vcpus, memoryMiB: flavor.ramMiB, diskGiB: flavor.diskGiB, extraSpecs: flavor.extraSpecs };
  const total = hosts.reduce((sum, host) => sum + Math.floor(Math.min(host.vcpus / flavor.vcpus, host.memoryMiB / flavor.ramMiB)), 0);
  const plain = (moment: number) => new Date(moment).toISOString().slice(0, 16).replace('T', ' ');
  return moments.slice(0, -1).map((start, index) => {
    const end = moments[index + 1] ?? to;
    return { start: plain(start), end: plain(end), available: placesFor(world, hosts, size, { start, end }).length, total };
  });
}

function showFlavor({ name, vcpus, ramMiB, diskGiB, extraSpecs }: FlavorDefinition): Record<string, unknown> {
  return {
    type: 'vm_flavor',
    uid: name,
    name,
    vcpus,
    ram_size: ramMiB * 1024 ** 2,
    humanized_ram_size: `${ramMiB / 1024} GiB`,
    disk_size: diskGiB * 1024 ** 3,
    humanized_disk_size: `${diskGiB} GiB`,
    gpu: { gpu: extraSpecs['trait:CUSTOM_GPU'] === 'required' },
    openstack_properties: extraSpecs,
    su_cost_per_hour: vcpus / 100,
  };
}

function showSite({ uid, world }: RegisteredSite): Record<string, unknown> {
  const { definition } = world;
  return {
    type: 'site',
    uid,
    name: definition.name,
    web: world.url,
    site_class: hostsOf(world).length > 0 ? 'baremetal' : 'vm',
    location: 'Chicago, Illinois, USA',
    user_support_contact: 'help@sandbox.invalid',
    links: [],
  };
}

/** The hosts that people see as such: those under virtual machines are nobody's. */
const hostsOf = (world: World): HostDefinition[] => (world.definition.blazar?.hosts ?? []).filter(({ hardware }) => hardware !== undefined);

/** It looks at the sites once a minute. */
const lastUpdated = (world: World) => new Date(Math.floor(world.now() / 60_000) * 60_000).toISOString();

function page(all: readonly unknown[], query: URLSearchParams): Answer {
  const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? MOST_ITEMS)];
  if (!Number.isInteger(offset) || offset < 0) return invalid('offset', 'Input should be greater than or equal to 0');
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS) return invalid('limit', 'Input should be less than or equal to 500');
  return ok({ total: all.length, offset, items: all.slice(offset, offset + limit) });
}
