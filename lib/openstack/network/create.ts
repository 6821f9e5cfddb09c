import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { withNumbers } from '../errors/numbers';
import type { Service, ServiceRequest } from '../service';
import type { Addition, CloudPort, Network, Tags } from '../types';
import { inBulk } from './in-bulk';
import { byNeutronsNames } from './quotas';
import { addedRule, floatingIp, network, ours, port, router, routerInterface, securityGroup, subnet } from './read';

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

/** How a kind of resource is called: in the body and in the path. */
interface Kind {
  name: string;
  path: string;
}

interface Named {
  name: string;
}
const namesOf = (all: readonly Named[]) => all.map(({ name }) => name);

const marks = ({ deployment, key }: Tags) => [`${ours}${deployment}`, `transat:key=${key}`];

/** How long a request for so many things may take, in milliseconds. */
const bulkMs = (count: number) => 30_000 + 2000 * count;

/** The verbs of Neutron that make something. @param quotas asked for its numbers when a quota is met */
export function createClient(service: Service, quotas: Network['quotas']): Creating {
  const counted = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      throw await withNumbers(error, service.site, async () => byNeutronsNames(await quotas()));
    }
  };

  async function create<T extends z.ZodType>(kind: Kind, schema: T, body: unknown): Promise<z.output<T>> {
    const answer = await counted(service.send({ method: 'POST', path: kind.path, body: { [kind.name]: body } }));
    return service.read(z.object({ [kind.name]: schema }), answer)[kind.name] as z.output<T>; // TypeScript forgets which key it is
  }

  /** Tags help people and clean-up; what has been made is known by its name. So a site without tags, or a failure here, harms nothing. */
  async function tag(path: string, id: string, tags: Tags): Promise<void> {
    const body = { tags: marks(tags) };
    await service.send({ method: 'PUT', path: `${path}/${encodeURIComponent(id)}/tags`, body }).catch(() => undefined);
  }

  async function createTagged<T extends z.ZodType<{ id: string }>>(kind: Kind, schema: T, body: unknown, tags: Tags): Promise<z.output<T>> {
    const made = await create(kind, schema, body);
    // whatever waits for it need not wait for this
    void tag(kind.path, made.id, tags);
    return made;
  }

  const createPort = inBulk<Named, CloudPort>(
    async (bodies) => {
      // a port in another's place would put a machine where another belongs
      const ports = z.array(port).refine((made) => isDeepStrictEqual(namesOf(made), namesOf(bodies)));
      const request = { method: 'POST', path: '/ports', body: { ports: bodies }, timeoutMs: bulkMs(bodies.length) };
      return (await counted(service.ask(z.object({ ports }), request))).ports;
    },
    (body) => create({ name: 'port', path: '/ports' }, port, body),
  );

  // it has no name by which it could be found again: that it is there already is what was wanted
  async function add(schema: z.ZodType, request: ServiceRequest, already: RegExp): Promise<Addition> {
    try {
      await counted(service.ask(schema, request));
      return 'made';
    } catch (error) {
      if (error instanceof AppError && error.code !== 'quota-exceeded' && already.test(error.upstream?.message ?? '')) return 'there';
      throw error;
    }
  }

  return {
    createNetwork: ({ name }, tags) => createTagged({ name: 'network', path: '/networks' }, network, { name }, tags),
    createSubnet: ({ name, networkId, cidr, dnsServers }, tags) => {
      const body = { name, network_id: networkId, cidr, ip_version: cidr.includes(':') ? 6 : 4, dns_nameservers: dnsServers };
      return createTagged({ name: 'subnet', path: '/subnets' }, subnet, body, tags);
    },
    createRouter: ({ name, externalNetworkId }, tags) => {
      const body = { name, external_gateway_info: { network_id: externalNetworkId } };
      return createTagged({ name: 'router', path: '/routers' }, router, body, tags);
    },
    addRouterInterface(routerId, subnetId) {
      const path = `/routers/${encodeURIComponent(routerId)}/add_router_interface`;
      return add(routerInterface, { method: 'PUT', path, body: { subnet_id: subnetId } }, /already has a port on subnet/i);
    },
    createPort: ({ name, networkId, subnetId, fixedIp, securityGroupIds }, tags) => {
      const fixed = subnetId === undefined && fixedIp === undefined ? undefined : [{ subnet_id: subnetId, ip_address: fixedIp }];
      // a tag would be a request for each of many, so that its owner stands in the description
      const body = { name, description: marks(tags).join(' '), network_id: networkId, fixed_ips: fixed, security_groups: securityGroupIds };
      return createPort(body);
    },
    createSecurityGroup: ({ name }, tags) =>
      createTagged({ name: 'security_group', path: '/security-groups' }, securityGroup, { name }, tags),
    createSecurityGroupRule(rule) {
      const isIpv6 = rule.cidr?.includes(':') === true;
      const body = {
        security_group_id: rule.securityGroupId,
        direction: rule.direction,
        ethertype: isIpv6 ? 'IPv6' : 'IPv4',
        protocol: isIpv6 && rule.protocol === 'icmp' ? 'ipv6-icmp' : rule.protocol,
        port_range_min: rule.fromPort,
        port_range_max: rule.toPort,
        remote_ip_prefix: rule.cidr,
        remote_group_id: rule.remoteGroupId,
        description: rule.description,
      };
      const request = { method: 'POST', path: '/security-group-rules', body: { security_group_rule: body } };
      return add(addedRule, request, /security group rule (?:already )?exists/i);
    },
    createFloatingIp: ({ description, externalNetworkId, portId }, tags) => {
      const body = { description, floating_network_id: externalNetworkId, port_id: portId };
      return createTagged({ name: 'floatingip', path: '/floatingips' }, floatingIp, body, tags);
    },
  };
}
