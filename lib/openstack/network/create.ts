import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import type { Service } from '../service';
import type { Limit, Network, Tags } from '../types';
import { withNumbers } from './quotas';
import { floatingIp, network, port, router, securityGroup, subnet } from './read';

type Creating = Pick<
  Network,
  | 'createNetwork'
  | 'createSubnet'
  | 'createRouter'
  | 'addRouterInterface'
  | 'createPort'
  | 'createSecurityGroup'
  | 'createSecurityGroupRule'
  | 'createFloatingIp'
>;
type Quotas = Awaited<ReturnType<Network['quotas']>>;

/** How a kind of resource is called: in the body, in the path, and among the quotas where it has one. */
interface Kind {
  name: string;
  path: string;
  quota?: keyof Quotas;
}

/** The verbs of Neutron that make something. @param quotas asked for its numbers when a quota is met */
export function createClient(service: Service, quotas: Network['quotas']): Creating {
  const limitOf = (quota: keyof Quotas) => async (): Promise<Limit> => (await quotas())[quota];

  async function create<T extends z.ZodType>(kind: Kind, schema: T, body: unknown): Promise<z.output<T>> {
    const answer = await service.send({ method: 'POST', path: kind.path, body: { [kind.name]: body } }).catch(async (error: unknown) => {
      throw kind.quota ? await withNumbers(error, service.site, kind.name, limitOf(kind.quota)) : error;
    });
    return service.read(z.object({ [kind.name]: schema }), answer)[kind.name] as z.output<T>; // TypeScript forgets which key it is
  }

  /** Tags help people and clean-up; what has been made is known by its name. So a site without tags, or a failure here, harms nothing. */
  async function tag(path: string, id: string, tags: Tags): Promise<void> {
    const body = { tags: [`transat:deployment=${tags.deployment}`, `transat:key=${tags.key}`] };
    await service.send({ method: 'PUT', path: `${path}/${encodeURIComponent(id)}/tags`, body }).catch(() => undefined);
  }

  async function createTagged<T extends z.ZodType<{ id: string }>>(kind: Kind, schema: T, body: unknown, tags: Tags): Promise<z.output<T>> {
    const made = await create(kind, schema, body);
    await tag(kind.path, made.id, tags);
    return made;
  }

  return {
    createNetwork: ({ name }, tags) => createTagged({ name: 'network', path: '/networks', quota: 'networks' }, network, { name }, tags),
    createSubnet: ({ name, networkId, cidr, dnsServers }, tags) => {
      const body = { name, network_id: networkId, cidr, ip_version: cidr.includes(':') ? 6 : 4, dns_nameservers: dnsServers };
      return createTagged({ name: 'subnet', path: '/subnets' }, subnet, body, tags);
    },
    createRouter: ({ name, externalNetworkId }, tags) => {
      const body = { name, external_gateway_info: { network_id: externalNetworkId } };
      return createTagged({ name: 'router', path: '/routers', quota: 'routers' }, router, body, tags);
    },
    async addRouterInterface(routerId, subnetId) {
      const path = `/routers/${encodeURIComponent(routerId)}/add_router_interface`;
      await service.send({ method: 'PUT', path, body: { subnet_id: subnetId } }).catch(unless(/already has a port on subnet/i));
    },
    createPort: ({ name, networkId, subnetId, fixedIp, securityGroupIds }, tags) => {
      const fixed = subnetId === undefined && fixedIp === undefined ? undefined : [{ subnet_id: subnetId, ip_address: fixedIp }];
      const body = { name, network_id: networkId, fixed_ips: fixed, security_groups: securityGroupIds };
      return createTagged({ name: 'port', path: '/ports', quota: 'ports' }, port, body, tags);
    },
    createSecurityGroup: ({ name }, tags) =>
      createTagged({ name: 'security_group', path: '/security-groups', quota: 'securityGroups' }, securityGroup, { name }, tags),
    async createSecurityGroupRule(rule) {
      const body = {
        security_group_id: rule.securityGroupId,
        direction: rule.direction,
        ethertype: rule.cidr?.includes(':') ? 'IPv6' : 'IPv4',
        protocol: rule.protocol,
        port_range_min: rule.fromPort,
        port_range_max: rule.toPort,
        remote_ip_prefix: rule.cidr,
        remote_group_id: rule.remoteGroupId,
        description: rule.description,
      };
      // a rule has no name by which it could be found again: that it is there already is what was wanted
      await service
        .send({ method: 'POST', path: '/security-group-rules', body: { security_group_rule: body } })
        .catch(unless(/security group rule already exists/i));
    },
    createFloatingIp: ({ description, externalNetworkId, portId }, tags) => {
      const body = { description, floating_network_id: externalNetworkId, port_id: portId };
      return createTagged({ name: 'floatingip', path: '/floatingips', quota: 'floatingIps' }, floatingIp, body, tags);
    },
  };
}

/** For `catch`: a refusal in these words is as good as a success. */
function unless(words: RegExp): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof AppError) || !words.test(error.upstream?.message ?? '')) throw error;
  };
}
