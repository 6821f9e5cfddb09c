import { limitOf } from '../limits';
import type { Service } from '../service';
import type { CallOptions, Limit, Network, NetworkQuotas } from '../types';
import { plainQuotas, quotaDetails } from './read';

type Lists = Pick<Network, 'networks' | 'subnets' | 'routers' | 'ports' | 'floatingIps' | 'securityGroups'>;

/** The same by the names that Neutron has for what it counts. */
export function byNeutronsNames(quotas: NetworkQuotas): Record<string, Limit | undefined> {
  return {
    network: quotas.networks,
    subnet: quotas.subnets,
    router: quotas.routers,
    port: quotas.ports,
    floatingip: quotas.floatingIps,
    security_group: quotas.securityGroups,
    security_group_rule: quotas.securityGroupRules,
  };
}

/**
 * Neutron's quotas with what is used. Sites whose quota driver tells no use (`quota_details` is not there) have it counted.
 * @param projectId whose quotas; a counted list has other projects' shared things too, which is as near as one can come there
 */
export async function networkQuotas(service: Service, projectId: string, lists: Lists, options?: CallOptions): Promise<NetworkQuotas> {
  const path = `/quotas/${encodeURIComponent(projectId)}`;
  const details = await service.find(quotaDetails, `${path}/details.json`, options);
  if (details) {
    const of = ({ limit, used, reserved }: { limit: number; used: number; reserved: number }) => limitOf(limit, used + reserved);
    const { network, subnet, router, port, floatingip, security_group, security_group_rule: rule } = details.quota;
    return {
      networks: of(network),
      ...(subnet && { subnets: of(subnet) }),
      routers: of(router),
      ports: of(port),
      floatingIps: of(floatingip),
      securityGroups: of(security_group),
      ...(rule && { securityGroupRules: of(rule) }),
    };
  }
  const [{ quota: plain }, networks, subnets, routers, ports, floatingIps, groups] = await Promise.all([
    service.ask(plainQuotas, { method: 'GET', path: `${path}.json`, ...options }),
    lists.networks({}, options),
    lists.subnets(options),
    lists.routers(options),
    lists.ports({}, options),
    lists.floatingIps(options),
    lists.securityGroups(options),
  ]);
  const own = networks.filter(({ external, shared }) => !external && !shared);
  const ofOwn = subnets.filter(({ networkId }) => own.some(({ id }) => id === networkId));
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  return {
    networks: limitOf(plain.network, own.length),
    ...(plain.subnet !== undefined && { subnets: limitOf(plain.subnet, ofOwn.length) }),
    routers: limitOf(plain.router, routers.length),
    ports: limitOf(plain.port, ports.length),
    floatingIps: limitOf(plain.floatingip, floatingIps.length),
    securityGroups: limitOf(plain.security_group, groups.length),
    ...(plain.security_group_rule !== undefined && { securityGroupRules: limitOf(plain.security_group_rule, rules) }),
  };
}
