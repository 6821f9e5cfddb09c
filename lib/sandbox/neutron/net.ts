import { randomBytes, randomUUID } from 'node:crypto';
import { stableHex, type World } from '../cloud/world';
import type { FloatingIpRecord, NetworkRecord, PortRecord, RouterRecord, SubnetRecord } from '../state/records';
import { contains, parseCidr, type Range, toNumber, toText } from './addresses';
import { neutronError, notFound } from './errors';

/** The project that owns what came with the cloud. */
export const providerProject = (world: World) => stableHex(`${world.definition.id}/project/admin`);

const began = Date.UTC(2026, 0, 12, 9, 30);

export interface Common {
  id: string;
  name: string;
  description: string;
  projectId: string;
  tags: string[];
  createdAt: number;
  updatedAt: number;
  revision: number;
}

/** What every new thing of Neutron has. */
export function common(world: World, projectId: string, name: string, description: string): Common {
  const now = world.now();
  return { id: randomUUID(), name, description, projectId, tags: [], createdAt: now, updatedAt: now, revision: 1 };
}

const builtIn = (world: World, id: string, name: string): Common => ({
  ...common(world, providerProject(world), name, ''),
  id,
  createdAt: began,
  updatedAt: began,
});

/** All networks, those that came with the cloud first. */
export function allNetworks(world: World): NetworkRecord[] {
  const provided = world.definition.networks.map(
    (network): NetworkRecord => ({
      ...builtIn(world, network.id, network.name),
      adminStateUp: true,
      shared: network.shared,
      external: network.external,
      portSecurity: network.portSecurity,
      mtu: 1500,
    }),
  );
  return [...provided, ...world.state.networks];
}

export function allSubnets(world: World): SubnetRecord[] {
  const provided = world.definition.networks.map(
    (network): SubnetRecord => ({
      ...builtIn(world, network.subnet.id, `${network.name}-subnet`),
      networkId: network.id,
      cidr: network.subnet.cidr,
      gateway: network.subnet.gateway,
      dhcp: !network.external,
      dns: ['8.8.8.8'],
      pools: [{ start: network.subnet.pool[0], end: network.subnet.pool[1] }],
    }),
  );
  return [...provided, ...world.state.subnets];
}

export const seesNetwork = (projectId: string) => (network: NetworkRecord) =>
  network.projectId === projectId || network.shared || network.external;

/** @throws Refusal 404 */
export function networkOf(world: World, projectId: string, id: string): NetworkRecord {
  const network = allNetworks(world).find((candidate) => candidate.id === id && seesNetwork(projectId)(candidate));
  if (!network) throw notFound('NetworkNotFound', `Network ${id} could not be found.`);
  return network;
}

/** @throws Refusal 404 */
export function subnetOf(world: World, projectId: string, id: string): SubnetRecord {
  const subnet = allSubnets(world).find((candidate) => candidate.id === id);
  const network = subnet && allNetworks(world).find((candidate) => candidate.id === subnet.networkId);
  if (!subnet || !network || !(subnet.projectId === projectId || network.shared)) {
    throw notFound('SubnetNotFound', `Subnet ${id} could not be found.`);
  }
  return subnet;
}

function inUse(world: World, subnetId: string): Set<string> {
  const { ports, routers, floatingIps } = world.state;
  const subnet = allSubnets(world).find((candidate) => candidate.id === subnetId);
  return new Set([
    ...ports
      .flatMap((port) => port.fixedIps)
      .filter((ip) => ip.subnetId === subnetId)
      .map((ip) => ip.address),
    ...routers
      .flatMap((router) => router.externalIps)
      .filter((ip) => ip.subnetId === subnetId)
      .map((ip) => ip.address),
    ...floatingIps.filter((ip) => ip.networkId === subnet?.networkId).map((ip) => ip.address),
    ...(subnet?.gateway ? [subnet.gateway] : []),
  ]);
}

/** @throws Refusal 409 where the subnet has none left */
export function freeAddress(world: World, subnet: SubnetRecord): string {
  const address = firstFree(world, subnet);
  if (address === null)
    throw neutronError(409, 'IpAddressGenerationFailure', `No more IP addresses available on network ${subnet.networkId}.`);
  return address;
}

/** The first address of a subnet that nobody has, or null. */
export function firstFree(world: World, subnet: SubnetRecord): string | null {
  const used = inUse(world, subnet.id);
  for (const pool of subnet.pools) {
    const last = toNumber(pool.end) ?? 0;
    for (let address = toNumber(pool.start) ?? 1; address <= last; address++) {
      if (!used.has(toText(address))) return toText(address);
    }
  }
  return null;
}

/** @throws Refusal 400 outside the subnet, 409 where somebody has it */
export function claimAddress(world: World, subnet: SubnetRecord, address: string): string {
  const range = parseCidr(subnet.cidr);
  const number = toNumber(address);
  if (number === null)
    throw neutronError(400, 'HTTPBadRequest', `Invalid input for fixed_ips. Reason: '${address}' is not a valid IP address.`);
  if (!range || !isHost(range, number))
    throw neutronError(400, 'InvalidIpForSubnet', `IP address ${address} is not a valid IP for the specified subnet.`);
  if (inUse(world, subnet.id).has(address)) {
    // the gateway's address is free to Neutron until a router takes it
    const held = [...world.state.ports].some((port) => port.fixedIps.some((ip) => ip.subnetId === subnet.id && ip.address === address));
    if (held || address !== subnet.gateway) {
      throw neutronError(409, 'IpAddressAlreadyAllocated', `IP address ${address} already allocated in subnet ${subnet.id}`);
    }
  }
  return address;
}

const isHost = (range: Range, address: number) =>
  contains(range, address) && (range.prefix > 30 || (address !== range.first && address !== range.last));

export type NewPort = Partial<
  Pick<PortRecord, 'name' | 'description' | 'deviceId' | 'deviceOwner' | 'securityGroups' | 'status' | 'fixedIps'>
>;

/** A port without any check of quota or rights, as other services make them too. */
export function addPort(world: World, projectId: string, network: NetworkRecord, wanted: NewPort): PortRecord {
  const mac = ['fa', '16', '3e', ...(randomBytes(3).toString('hex').match(/../g) ?? [])].join(':');
  const port: PortRecord = {
    ...common(world, projectId, wanted.name ?? '', wanted.description ?? ''),
    networkId: network.id,
    mac,
    adminStateUp: true,
    status: wanted.status ?? 'DOWN',
    deviceId: wanted.deviceId ?? '',
    deviceOwner: wanted.deviceOwner ?? '',
    fixedIps: wanted.fixedIps ?? [],
    securityGroups: wanted.securityGroups ?? [],
    portSecurity: network.portSecurity,
  };
  world.state.ports.push(port);
  world.changed();
  return port;
}

/** Forgets a port; a floating IP that pointed at it points nowhere then. */
export function dropPort(world: World, id: string): void {
  world.state.ports = world.state.ports.filter((port) => port.id !== id);
  for (const ip of world.state.floatingIps) if (ip.portId === id) detachFloatingIp(world, ip);
  world.changed();
}

export function detachFloatingIp(world: World, ip: FloatingIpRecord): void {
  Object.assign(ip, { portId: null, fixedAddress: null, routerId: null, status: 'DOWN', updatedAt: world.now() });
  ip.revision += 1;
}

/** The router through which a subnet reaches an external network. */
export function routerBetween(world: World, subnetId: string, externalNetworkId: string): RouterRecord | undefined {
  const interfaces = world.state.ports.filter(
    (port) => port.deviceOwner === 'network:router_interface' && port.fixedIps.some((ip) => ip.subnetId === subnetId),
  );
  return world.state.routers.find(
    (router) => router.externalNetworkId === externalNetworkId && interfaces.some((port) => port.deviceId === router.id),
  );
}

/** @throws Refusal 409 where the project has as many as it may */
export function checkQuota(
  world: World,
  projectId: string,
  name: 'network' | 'subnet' | 'router' | 'port' | 'floatingip' | 'security_group' | 'security_group_rule',
  more = 1,
): void {
  const limit = world.quota(projectId, name);
  if (limit >= 0 && networkUse(world, projectId)[name] + more > limit) {
    throw neutronError(409, 'OverQuota', `Quota exceeded for resources: ['${name}'].`);
  }
}

/** What a project has of each thing that Neutron counts. */
export function networkUse(world: World, projectId: string) {
  const { networks, subnets, routers, ports, floatingIps, securityGroups } = world.state;
  const own = (list: { projectId: string }[]) => list.filter((one) => one.projectId === projectId).length;
  return {
    network: own(networks),
    subnet: own(subnets),
    router: own(routers),
    port: own(ports),
    floatingip: own(floatingIps),
    security_group: own(securityGroups),
    security_group_rule: securityGroups
      .filter((group) => group.projectId === projectId)
      .reduce((sum, group) => sum + group.rules.length, 0),
  };
}
