import { z } from 'zod';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { SubnetRecord } from '../state/records';
import { overlap, parseCidr, toNumber, toText } from './addresses';
import { bodyOf, changed, type Neutron, trailer } from './context';
import { invalidInput, neutronError } from './errors';
import { listing } from './listing';
import { addPort, allNetworks, allSubnets, checkQuota, common, dropPort, firstFree, networkOf, seesNetwork, subnetOf } from './net';

const pool = z.object({ start: z.string(), end: z.string() });
const settable = {
  name: z.string().max(255).optional(),
  description: z.string().max(255).optional(),
  gateway_ip: z.string().nullish(),
  enable_dhcp: z.boolean().optional(),
  dns_nameservers: z.array(z.string()).optional(),
  allocation_pools: z.array(pool).optional(),
  host_routes: z.array(z.object({ destination: z.string(), nexthop: z.string() })).optional(),
};
const newSubnet = z.object({
  subnet: z.strictObject({
    ...settable,
    network_id: z.string(),
    ip_version: z.union([z.literal(4), z.literal(6), z.literal('4').transform(() => 4 as const)]),
    cidr: z.string(),
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
const changedSubnet = z.object({ subnet: z.strictObject(settable) });

const DHCP_AFTER_MS = 900;

export function subnetRoutes({ world, session, url }: Neutron): Route[] {
  const show = (subnet: SubnetRecord): Record<string, unknown> & { id: string } => ({
    id: subnet.id,
    name: subnet.name,
    tenant_id: subnet.projectId,
    network_id: subnet.networkId,
    ip_version: 4,
    subnetpool_id: null,
    enable_dhcp: subnet.dhcp,
    ipv6_ra_mode: null,
    ipv6_address_mode: null,
    gateway_ip: subnet.gateway,
    cidr: subnet.cidr,
    allocation_pools: subnet.pools,
    host_routes: [],
    dns_nameservers: subnet.dns,
    service_types: [],
    ...trailer(subnet),
  });
  const own = (call: Call): SubnetRecord => {
    const subnet = subnetOf(world, session(call).projectId, call.params.id ?? '');
    if (subnet.projectId !== session(call).projectId)
      throw neutronError(403, 'PolicyNotAuthorized', '(rule:update_subnet) is disallowed by policy');
    return subnet;
  };

  // the network's DHCP server takes an address of its own, a moment later: the first that is free then; of a full network it gets none, and nobody is told
  world.schedule.on('dhcp', (id) => {
    const subnet = world.state.subnets.find((one) => one.id === id);
    const network = world.state.networks.find((one) => one.id === subnet?.networkId);
    const address = subnet && firstFree(world, subnet);
    if (!address || !network) return;
    const fixedIps = [{ subnetId: subnet.id, address }];
    addPort(world, subnet.projectId, network, { deviceId: `dhcp-${network.id}`, deviceOwner: 'network:dhcp', status: 'ACTIVE', fixedIps });
  });

  return [
    route('GET', '/v2.0/subnets', (call) => {
      const { projectId } = session(call);
      const networks = new Set(
        allNetworks(world)
          .filter((network) => seesNetwork(projectId)(network) && (network.projectId === projectId || network.shared))
          .map((network) => network.id),
      );
      const visible = allSubnets(world).filter((subnet) => networks.has(subnet.networkId));
      return { status: 200, body: listing(call, 'subnets', visible.map(show), `${url}/v2.0/subnets`) };
    }),
    route('POST', '/v2.0/subnets', (call) => {
      const { projectId } = session(call);
      const given = bodyOf(call, 'subnet', newSubnet);
      const network = networkOf(world, projectId, given.network_id);
      const range = parseCidr(given.cidr);
      if (!range) throw invalidInput(`${given.cidr} is not in a CIDR format`);
      if (network.projectId !== projectId) throw neutronError(403, 'PolicyNotAuthorized', '(rule:create_subnet) is disallowed by policy');
      const others = world.state.subnets.filter((subnet) => subnet.networkId === network.id).map((subnet) => parseCidr(subnet.cidr));
      if (others.some((other) => other && overlap(range, other))) {
        throw invalidInput(`Requested subnet with cidr: ${given.cidr} for network: ${network.id} overlaps with another subnet`);
      }
      checkQuota(world, projectId, 'subnet');
      const gateway = given.gateway_ip === undefined ? toText(range.first + 1) : given.gateway_ip;
      const firstFree = gateway !== null && toNumber(gateway) === range.first + 1 ? range.first + 2 : range.first + 1;
      const subnet: SubnetRecord = {
        ...common(world, projectId, given.name ?? '', given.description ?? ''),
        revision: 0,
        networkId: network.id,
        cidr: `${toText(range.first)}/${range.prefix}`,
        gateway,
        dhcp: given.enable_dhcp ?? true,
        dns: given.dns_nameservers ?? [],
        pools: given.allocation_pools ?? [{ start: toText(firstFree), end: toText(range.last - 1) }],
      };
      world.state.subnets.push(subnet);
      if (subnet.dhcp) world.schedule.after(DHCP_AFTER_MS, 'dhcp', subnet.id);
      changed(world, network);
      return { status: 201, body: { subnet: show(subnet) } };
    }),
    route('GET', '/v2.0/subnets/:id', (call) => ({
      status: 200,
      body: { subnet: show(subnetOf(world, session(call).projectId, call.params.id ?? '')) },
    })),
    route('PUT', '/v2.0/subnets/:id', (call) => {
      const subnet = own(call);
      const given = bodyOf(call, 'subnet', changedSubnet);
      subnet.name = given.name ?? subnet.name;
      subnet.description = given.description ?? subnet.description;
      subnet.dns = given.dns_nameservers ?? subnet.dns;
      subnet.dhcp = given.enable_dhcp ?? subnet.dhcp;
      if (given.gateway_ip !== undefined) subnet.gateway = given.gateway_ip;
      changed(world, subnet);
      return { status: 200, body: { subnet: show(subnet) } };
    }),
    route('DELETE', '/v2.0/subnets/:id', (call) => {
      const subnet = own(call);
      const ports = world.state.ports.filter((port) => port.fixedIps.some((ip) => ip.subnetId === subnet.id));
      if (ports.some((port) => port.deviceOwner !== 'network:dhcp')) {
        throw neutronError(
          409,
          'SubnetInUse',
          `Unable to complete operation on subnet ${subnet.id}: One or more ports have an IP allocation from this subnet.`,
        );
      }
      for (const port of ports) dropPort(world, port.id);
      world.schedule.cancel(subnet.id);
      world.state.subnets = world.state.subnets.filter((one) => one !== subnet);
      world.changed();
      return { status: 204 };
    }),
  ];
}
