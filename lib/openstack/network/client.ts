import { pkgcloudNetwork } from '../pkgcloud/network';
import { orGone, type Service } from '../service';
import type { Network } from '../types';
import { createClient } from './create';
import { networkQuotas } from './quotas';
import { extensions, floatingIp, network, port, router, securityGroup, subnet } from './read';

type Reading = Pick<Network, 'networks' | 'subnets' | 'routers' | 'ports' | 'securityGroups' | 'floatingIps'>;

/** Neutron of one site. @param projectId the project that the person is in, for its quotas */
export function networkClient(service: Service, projectId: string): Network {
  const reading = readClient(service);
  const quotas: Network['quotas'] = (options) => networkQuotas(service, projectId, reading, options);
  return {
    ...reading,
    ...createClient(service, quotas),
    ...pkgcloudNetwork(service),
    async removeRouterInterface(routerId, subnetId) {
      const path = `/routers/${encodeURIComponent(routerId)}/remove_router_interface`;
      await service.send({ method: 'PUT', path, body: { subnet_id: subnetId } }).catch(orGone);
    },
    deleteRouter: (id) => service.remove(`/routers/${encodeURIComponent(id)}`),
    deleteSecurityGroupRule: (id) => service.remove(`/security-group-rules/${encodeURIComponent(id)}`),
    deleteFloatingIp: (id) => service.remove(`/floatingips/${encodeURIComponent(id)}`),
    quotas,
    async extensions(options) {
      const all = await service.ask(extensions, { method: 'GET', path: '/extensions', ...options });
      return all.extensions.map(({ alias }) => alias);
    },
  };
}

function readClient(service: Service): Reading {
  return {
    networks: (filter = {}, options) => service.list(network, '/networks', 'networks', { name: filter.name }, options),
    subnets: (options) => service.list(subnet, '/subnets', 'subnets', {}, options),
    routers: (options) => service.list(router, '/routers', 'routers', {}, options),
    ports: (filter = {}, options) =>
      service.list(port, '/ports', 'ports', { device_id: filter.deviceId, network_id: filter.networkId }, options),
    securityGroups: (options) => service.list(securityGroup, '/security-groups', 'security_groups', {}, options),
    floatingIps: (options) => service.list(floatingIp, '/floatingips', 'floatingips', {}, options),
  };
}
