import { untilAborted } from '@/lib/web/abort';
import { blockStorageClient } from './block-storage';
import { computeClient } from './compute/client';
import { imageClient } from './image';
import { findUrl, regionOf, servicesIn } from './keystone/catalog';
import { CloudSession } from './keystone/session';
import { mayTrust } from './keystone/trusts';
import { loadBalancingClient } from './load-balancing';
import { networkClient } from './network/client';
import { pkgcloudCompute } from './pkgcloud/compute';
import { reservationClient } from './reservation/client';
import { Service } from './service';
import { siteName } from './site-name';
import type { ConnectCloud, ListProjects } from './types';

/** {@link ConnectCloud} */
export const connectCloud: ConnectCloud = async (endpoint, auth, projectId, { signal } = {}) => {
  const session = new CloudSession(endpoint, auth, projectId);
  const token = await untilAborted(session.token(), signal, siteName(endpoint), 'identity');
  const region = regionOf(token.catalog, endpoint.region, siteName(endpoint));
  const project = token.project ?? { id: '', name: '' };
  const service = (type: string) => new Service(session, type);
  const has = (type: string) => findUrl(token.catalog, type, region) !== undefined;
  const compute = service('compute');
  return {
    site: siteName(endpoint),
    identity: {
      user: { id: token.user.id, name: token.user.name },
      project,
      roles: token.roles,
      expiresAt: token.expiresAt.toISOString(),
      services: servicesIn(token.catalog, region),
    },
    compute: computeClient(compute, pkgcloudCompute(compute)),
    network: networkClient(service('network'), project.id),
    image: imageClient(service('image')),
    blockStorage: has('block-storage') ? blockStorageClient(service('block-storage')) : null,
    loadBalancing: has('load-balancer') ? loadBalancingClient(service('load-balancer')) : null,
    reservation: has('reservation') ? reservationClient(service('reservation'), project.id, () => mayTrust(session)) : null,
    signOut: () => session.end(),
  };
};

/** {@link ListProjects} */
export const listProjects: ListProjects = (endpoint, auth, { signal } = {}) =>
  untilAborted(new CloudSession(endpoint, auth).projects(), signal, siteName(endpoint), 'identity');
