import type { FlavorDefinition } from '../cloud/definition';
import type { World } from '../cloud/world';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { novaFault } from './errors';
import { leasedFlavors } from './leased-flavors';
import { page } from './paging';
import { microversion } from './version';

/** Nova's flavors: what the cloud is made with, and what leases give to their projects while they run. */
export function flavorRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  const links = (id: string) => [
    { rel: 'self', href: `${world.url}/compute/v2.1/flavors/${id}` },
    { rel: 'bookmark', href: `${world.url}/compute/flavors/${id}` },
  ];
  const detail = (flavor: FlavorDefinition, minor: number) => ({
    id: flavor.id,
    name: flavor.name,
    ram: flavor.ramMiB,
    disk: flavor.diskGiB,
    swap: minor >= 75 ? 0 : '',
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'OS-FLV-DISABLED:disabled': false,
    vcpus: flavor.vcpus,
    'os-flavor-access:is_public': !flavor.name.startsWith('reservation:'),
    rxtx_factor: 1.0,
    links: links(flavor.id),
    ...(minor >= 55 ? { description: null } : {}),
    ...(minor >= 61 ? { extra_specs: flavor.extraSpecs } : {}),
  });
  const visible = (call: Call): FlavorDefinition[] => {
    const { projectId } = session(call);
    const leased = leasedFlavors(world).filter((one) => one.projectId === projectId);
    return [...world.definition.flavors, ...leased.map(({ flavor }) => flavor)];
  };
  const find = (call: Call): FlavorDefinition => {
    const flavor = visible(call).find(({ id }) => id === call.params.id);
    if (!flavor) throw novaFault(404, `Flavor ${call.params.id} could not be found.`);
    return flavor;
  };
  const listed = (call: Call) => {
    const minRam = Number(call.query.get('minRam') ?? 0);
    const minDisk = Number(call.query.get('minDisk') ?? 0);
    const all = visible(call).filter((flavor) => flavor.ramMiB >= minRam && flavor.diskGiB >= minDisk);
    return page(call, all, `${world.url}/compute/v2.1${call.path}`);
  };
  return [
    route('GET', '/flavors', (call) => {
      const { items, next } = listed(call);
      return {
        status: 200,
        body: { flavors: items.map(({ id, name }) => ({ id, name, links: links(id) })), ...(next ? { flavors_links: next } : {}) },
      };
    }),
    route('GET', '/flavors/detail', (call) => {
      const { items, next } = listed(call);
      const minor = microversion(call);
      return { status: 200, body: { flavors: items.map((flavor) => detail(flavor, minor)), ...(next ? { flavors_links: next } : {}) } };
    }),
    route('GET', '/flavors/:id', (call) => ({ status: 200, body: { flavor: detail(find(call), microversion(call)) } })),
    route('GET', '/flavors/:id/os-extra_specs', (call) => ({ status: 200, body: { extra_specs: find(call).extraSpecs } })),
  ];
}
