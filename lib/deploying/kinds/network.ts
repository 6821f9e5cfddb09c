import { AppError, type Problem } from '@/lib/core/errors';
import { familyOf } from '@/lib/core/ip-address';
import type { Cloud, CloudFloatingIp, CloudPort, CloudSecurityGroup } from '@/lib/openstack/types';
import type { SecurityRule } from '@/lib/planning/types';
import type { Found, Kind } from './types';

const ready = (id: string, name: string, observed: Record<string, unknown> = {}, parts: string[] = []): Found => ({
  id,
  name,
  state: 'ready',
  observed,
  parts,
});
const ours =
  (prefix: string) =>
  ({ name }: { name: string }) =>
    name.startsWith(prefix);

export const network: Kind<'network'> = {
  label: 'network',
  service: 'network',
  deadlineSeconds: () => 120,
  tries: () => 2,
  leaveSeconds: () => 5,
  async list(cloud, prefix) {
    const networks = await cloud.network.networks();
    return networks.filter(ours(prefix)).map(({ id, name, status }) => ready(id, name, { status }));
  },
  async create(cloud, _spec, build) {
    const { id, name, status } = await cloud.network.createNetwork({ name: build.name }, build.tags);
    return ready(id, name, { status });
  },
  remove: (cloud, found) => cloud.network.deleteNetwork(found.id),
};

export const subnet: Kind<'subnet'> = {
  label: 'subnet',
  service: 'network',
  deadlineSeconds: () => 120,
  tries: () => 2,
  leaveSeconds: () => 5,
  async list(cloud, prefix) {
    const subnets = await cloud.network.subnets();
    return subnets.filter(ours(prefix)).map(({ id, name, cidr }) => ready(id, name, { cidr }));
  },
  async create(cloud, spec, build) {
    const wanted = { name: build.name, networkId: build.idOf(spec.network), cidr: spec.cidr, dnsServers: spec.dnsServers };
    const { id, name, cidr } = await cloud.network.createSubnet(wanted, build.tags);
    return ready(id, name, { cidr });
  },
  async remove(cloud, found) {
    // a router that is not ours stays, and must let go of it
    const legs = (await cloud.network.ports()).filter(({ fixedIps }) => fixedIps.some(({ subnetId }) => subnetId === found.id));
    const routers = legs.flatMap(({ deviceId, deviceOwner }) => (deviceOwner.startsWith('network:router_interface') ? [deviceId] : []));
    for (const routerId of new Set(routers)) await cloud.network.removeRouterInterface(routerId, found.id);
    await cloud.network.deleteSubnet(found.id);
  },
};

/** Where public addresses come from: the pool of the plan, then its others in turn. */
interface Pools {
  externalNetworkId: string;
  otherPools?: string[];
}

function poolOf({ externalNetworkId, otherPools = [] }: Pools, attempt: number): string {
  return [externalNetworkId, ...otherPools][(attempt - 1) % (1 + otherPools.length)] ?? externalNetworkId;
}

function otherPools({ otherPools: others = [] }: Pools, { code }: Problem): number {
  return code === 'addresses-exhausted' || code === 'network-unreachable' || code === 'network-not-found' ? others.length : 0;
}

/** A router's parts are the ids of the subnets that it serves. */
export const router: Kind<'router'> = {
  label: 'router',
  service: 'network',
  deadlineSeconds: () => 180,
  tries: () => 2,
  leaveSeconds: () => 10,
  borrowed: ({ held }) => held,
  said: ({ held }) => (held === undefined ? 'is made' : 'is there'),
  async list(cloud, prefix, known = new Map()) {
    const routers = (await cloud.network.routers()).flatMap((it) => {
      const name = known.get(it.id) ?? (it.name.startsWith(prefix) ? it.name : undefined);
      return name === undefined ? [] : [{ ...it, name }];
    });
    if (routers.length === 0) return [];
    const [only] = routers;
    const ports = await cloud.network.ports(routers.length === 1 ? { deviceId: only?.id } : undefined);
    const inside = Map.groupBy(
      ports.filter(({ deviceOwner }) => deviceOwner !== 'network:router_gateway'),
      ({ deviceId }) => deviceId,
    );
    return routers.map(({ id, name, status, externalNetworkId, gateway }) => {
      const subnets = (inside.get(id) ?? []).flatMap(({ fixedIps }) => fixedIps.map(({ subnetId }) => subnetId));
      return ready(id, name, { status, pool: externalNetworkId, gateway }, [...new Set(subnets)]);
    });
  },
  async create(cloud, spec, build) {
    if (spec.held !== undefined) {
      const there = (await cloud.network.routers()).find(({ id }) => id === spec.held);
      if (!there) throw noRouter(cloud, spec.held);
      return ready(there.id, build.name, { status: there.status, pool: there.externalNetworkId, gateway: there.gateway });
    }
    const { id, name, status, externalNetworkId, gateway } = await cloud.network.createRouter(
      { name: build.name, externalNetworkId: poolOf(spec, build.attempt) },
      build.tags,
    );
    return ready(id, name, { status, pool: externalNetworkId, gateway });
  },
  otherWays: otherPools,
  parts: (spec, idOf) => [idOf(spec.subnet)],
  addPart: (cloud, id, part) => cloud.network.addRouterInterface(id, part),
  async remove(cloud, found) {
    for (const subnetId of found.parts) await cloud.network.removeRouterInterface(found.id, subnetId);
    await cloud.network.deleteRouter(found.id);
  },
};

function noRouter({ site }: Cloud, id: string): AppError {
  return new AppError({
    code: 'network-not-found',
    title: 'The router is not there any more',
    detail: `${site} has no router ${id} in this project.`,
    cause: 'It was deleted after it was chosen.',
    remedy: 'Deploy again with another router, or have one made.',
  });
}

/** A security group's parts are its rules, each as one line of text. */
export const securityGroup: Kind<'securityGroup'> = {
  label: 'security group',
  service: 'network',
  // what is guarded by it keeps a site from deleting it; its rules can be mended where it is
  stays: true,
  deadlineSeconds: () => 120,
  tries: () => 2,
  leaveSeconds: () => 5,
  async list(cloud, prefix) {
    return (await cloud.network.securityGroups()).filter(ours(prefix)).map(groupOf);
  },
  async create(cloud, _spec, build) {
    return groupOf(await cloud.network.createSecurityGroup({ name: build.name }, build.tags));
  },
  parts: (spec) => [...new Set(spec.rules.map(ruleText))],
  async addPart(cloud, id, part, spec) {
    const rule = spec.rules.find((candidate) => ruleText(candidate) === part);
    if (!rule) throw new Error(`The security group has no rule ${part}`);
    return await cloud.network.createSecurityGroupRule({
      securityGroupId: id,
      direction: rule.direction,
      protocol: rule.protocol,
      fromPort: rule.fromPort,
      toPort: rule.toPort,
      cidr: rule.self ? undefined : rule.cidr,
      remoteGroupId: rule.self ? id : undefined,
      description: rule.why,
    });
  },
  inPlaceOf(was, is) {
    const stays = new Set(is.rules.map(ruleWords));
    // one that stays and is described otherwise now was made with the words of before, and is known by these when it goes
    const shut = [...was.rules, ...(was.shut ?? [])].filter((rule) => !stays.has(ruleWords(rule)));
    return shut.length > 0 ? { ...is, shut } : is;
  },
  surplus({ rules, shut = [] }, { partsBy = [] }) {
    const [stays, went] = [new Set(rules.map(ruleText)), new Set(shut.map(ruleWords))];
    return partsBy.filter(({ part, description }) => !stays.has(part) && went.has(`${part} ${description}`)).map(({ id }) => id);
  },
  dropPart: (cloud, partId) => cloud.network.deleteSecurityGroupRule(partId),
  remove: (cloud, found) => cloud.network.deleteSecurityGroup(found.id),
};

function ruleText(rule: SecurityRule): string {
  const peer = rule.self ? 'self' : anywhere(rule.cidr);
  return [rule.direction, rule.protocol, rule.fromPort ?? '', rule.toPort ?? rule.fromPort ?? '', peer].join(' ');
}

const ruleWords = (rule: SecurityRule): string => `${ruleText(rule)} ${rule.why}`;

function groupOf(it: CloudSecurityGroup): Found {
  const partsBy = it.rules.map((rule) => {
    const peer = rule.remoteGroupId ? (rule.remoteGroupId === it.id ? 'self' : rule.remoteGroupId) : anywhere(rule.cidr);
    const part = [rule.direction, rule.protocol ?? '', rule.fromPort ?? '', rule.toPort ?? rule.fromPort ?? '', peer].join(' ');
    return { id: rule.id, part, description: rule.description };
  });
  const parts = partsBy.map(({ part }) => part);
  return { ...ready(it.id, it.name, { rules: parts.length }, parts), partsBy };
}

// Neutron leaves the range out of a rule for everywhere
function anywhere(cidr: string | null | undefined): string {
  return cidr ?? '0.0.0.0/0';
}

export const port: Kind<'port'> = {
  label: 'port',
  // a router takes several requests, each of which would wait behind those for many ports; machines need both
  letsFirst: 'router',
  gives: 'private address',
  foreseen: ({ fixedIp }) => fixedIp,
  service: 'network',
  deadlineSeconds: () => 120,
  tries: () => 2,
  leaveSeconds: () => 5,
  async list(cloud, prefix) {
    return (await cloud.network.ports()).filter(ours(prefix)).map(portOf);
  },
  async create(cloud, spec, build) {
    const created = await cloud.network.createPort(
      {
        name: build.name,
        networkId: 'id' in spec.network ? spec.network.id : build.idOf(spec.network.key),
        subnetId: spec.subnet && build.idOf(spec.subnet),
        fixedIp: spec.fixedIp,
        securityGroupIds: spec.securityGroups.map(build.idOf),
      },
      build.tags,
    );
    return portOf(created);
  },
  remove: (cloud, found) => cloud.network.deletePort(found.id),
};

function portOf(it: CloudPort): Found {
  // on a network of two stacks a port has an address of each, in any order: rules and recipes are of IPv4
  const { address } = it.fixedIps.find((ip) => familyOf(ip.address ?? '') === 4) ?? it.fixedIps[0] ?? {};
  return ready(it.id, it.name, { status: it.status, address, device: it.deviceId });
}

export const floatingIp: Kind<'floatingIp'> = {
  label: 'floating IP',
  gives: 'public address',
  service: 'network',
  deadlineSeconds: () => 180,
  tries: () => 2,
  leaveSeconds: () => 5,
  async list(cloud, prefix, known = new Map()) {
    // one that a cluster has made for a load balancer is described in its own words
    return (await cloud.network.floatingIps()).flatMap((it) => {
      const description = it.description.startsWith(prefix) ? it.description : known.get(it.id);
      return description === undefined ? [] : [floatingIpOf({ ...it, description })];
    });
  },
  async create(cloud, spec, build) {
    // a router that the deployment has made leads to one pool only
    const led = spec.router === undefined ? undefined : build.observedOf(spec.router).pool;
    const externalNetworkId = typeof led === 'string' ? led : poolOf(spec, build.attempt);
    const wanted = { description: build.name, externalNetworkId, portId: build.idOf(spec.port) };
    return floatingIpOf(await cloud.network.createFloatingIp(wanted, build.tags));
  },
  otherWays: otherPools,
  remove: (cloud: Cloud, found) => cloud.network.deleteFloatingIp(found.id),
};

// it is DOWN until its server runs, so the status says nothing about readiness
function floatingIpOf(it: CloudFloatingIp): Found {
  return ready(it.id, it.description, { status: it.status, address: it.address, port: it.portId });
}
