import type { World } from '../cloud/world';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { flavorRoutes } from './flavors';
import { keyPairRoutes } from './key-pairs';
import type { ServerLife } from './life';
import { limitRoutes } from './limits';
import type { RemoteConsoles } from './remote-consoles';
import { serverOf, serverRoutes } from './servers';
import { newestMicroversion } from './version';
import { volumeAttachmentRoutes } from './volume-attachments';

const versionOf = (world: World) => ({
  id: 'v2.1',
  status: 'CURRENT',
  version: newestMicroversion,
  min_version: '2.1',
  updated: '2013-07-23T11:33:21Z',
  links: [{ rel: 'self', href: `${world.url}/compute/v2.1/` }],
});

/** Nova's versions, at its root. */
export const novaVersions = (world: World): Route => route('GET', '/', () => ({ status: 200, body: { versions: [versionOf(world)] } }));

/** What there is to know of 2.1, at the root of that. */
export function novaVersion(world: World): Route {
  const media = [{ base: 'application/json', type: 'application/vnd.openstack.compute+json;version=2.1' }];
  return route('GET', '/', () => ({ status: 200, body: { version: { ...versionOf(world), 'media-types': media } } }));
}

/** Nova 2.1. Paths are those below `/compute/v2.1`. */
export function novaRoutes(world: World, session: (call: Call) => ProjectSession, life: ServerLife, consoles: RemoteConsoles): Route[] {
  return [
    ...serverRoutes(world, session, life),
    route('POST', '/servers/:id/remote-consoles', (call) => consoles.create(serverOf(world, session(call), call.params.id), call)),
    ...volumeAttachmentRoutes(world, session),
    ...flavorRoutes(world, session),
    ...keyPairRoutes(world, session),
    ...limitRoutes(world, session),
    route('GET', '/os-availability-zone', (call) => {
      const { projectId } = session(call);
      const leased = world.state.leases
        .filter((lease) => lease.projectId === projectId && lease.status === 'ACTIVE')
        .flatMap((lease) => lease.reservations.filter(({ asked }) => asked.kind === 'physical:host').map(({ id }) => `blazar_${id}`));
      const zones = [...leased, ...world.definition.zones];
      return {
        status: 200,
        body: { availabilityZoneInfo: zones.map((zoneName) => ({ zoneName, zoneState: { available: true }, hosts: null })) },
      };
    }),
    route('GET', '/extensions', () => ({ status: 200, body: { extensions: [] } })),
  ];
}
