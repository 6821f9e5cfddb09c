import { type Clock, systemClock } from '@/lib/core/clock';
import { blockStorageClient } from './block-storage';
import { computeClient } from './compute/client';
import { untilAborted } from './http/abort';
import { imageClient } from './image';
import { findUrl, regionOf, servicesIn } from './keystone/catalog';
import { Session } from './keystone/session';
import { networkClient } from './network/client';
import { pkgcloudCompute } from './pkgcloud/compute';
import { reservationClient } from './reservation/client';
import { Service } from './service';
import type { Cloud, ConnectCloud, ListProjects } from './types';

/** The two doors of this room, with a clock of one's own; the usual ones are {@link connectCloud} and {@link listProjects}. */
export function openStackWith(clock: Clock): { connectCloud: ConnectCloud; listProjects: ListProjects } {
  return {
    async connectCloud(endpoint, auth, projectId, { signal } = {}) {
      const session = new Session(endpoint, auth, projectId, clock);
      const token = await untilAborted(session.token(), signal, endpoint.site, 'identity');
      const region = regionOf(token.catalog, endpoint.region, endpoint.site);
      const project = token.project ?? { id: '', name: '' };
      const own = async () => project.id;
      const service = (type: string) => new Service(session, type);
      const has = (type: string) => findUrl(token.catalog, type, region) !== undefined;
      const compute = service('compute');
      const cloud: Cloud = {
        site: endpoint.site,
        identity: {
          user: { id: token.user.id, name: token.user.name },
          project,
          roles: token.roles,
          expiresAt: token.expiresAt.toISOString(),
          services: servicesIn(token.catalog, region),
        },
        compute: computeClient(compute, pkgcloudCompute(compute)),
        network: networkClient(service('network'), own),
        image: imageClient(service('image')),
        blockStorage: has('block-storage') ? blockStorageClient(service('block-storage')) : null,
        reservation: has('reservation') ? reservationClient(service('reservation'), own) : null,
        signOut: () => session.end(),
      };
      return cloud;
    },
    listProjects: (endpoint, auth, { signal } = {}) =>
      untilAborted(new Session(endpoint, auth, undefined, clock).projects(), signal, endpoint.site, 'identity'),
  };
}

/** {@link ConnectCloud} by the machine's clock. */
export const { connectCloud, listProjects } = openStackWith(systemClock);
