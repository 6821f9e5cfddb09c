import { z } from 'zod';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { NetworkRecord } from '../state/records';
import { bodyOf, changed, type Neutron, trailer } from './context';
import { neutronError } from './errors';
import { listing } from './listing';
import { allNetworks, allSubnets, checkQuota, common, dropPort, networkOf, seesNetwork } from './net';

const settable = {
  name: z.string().max(255).optional(),
  description: z.string().max(255).optional(),
  admin_state_up: z.boolean().optional(),
  mtu: z.number().int().optional(),
  port_security_enabled: z.boolean().optional(),
};
const newNetwork = z.object({
  network: z.strictObject({
    ...settable,
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
    shared: z.boolean().optional(),
    'router:external': z.boolean().optional(),
    availability_zone_hints: z.array(z.string()).optional(),
    dns_domain: z.string().optional(),
  }),
});
const changedNetwork = z.object({ network: z.strictObject(settable) });

export function networkRoutes({ world, session, url }: Neutron): Route[] {
  const show = (network: NetworkRecord, projectId: string): Record<string, unknown> & { id: string } => {
    const subnets = allSubnets(world).filter((subnet) => subnet.networkId === network.id);
    const visible = network.projectId === projectId || network.shared || network.external;
    return {
      id: network.id,
      name: network.name,
      tenant_id: network.projectId,
      admin_state_up: network.adminStateUp,
      mtu: network.mtu,
      status: 'ACTIVE',
      subnets: visible ? subnets.map((subnet) => subnet.id) : [],
      shared: network.shared,
      availability_zone_hints: [],
      availability_zones: subnets.length > 0 ? ['nova'] : [],
      ipv4_address_scope: null,
      ipv6_address_scope: null,
      'router:external': network.external,
      port_security_enabled: network.portSecurity,
      is_default: false,
      ...trailer(network),
    };
  };
  const own = (call: Call): NetworkRecord => {
    const network = networkOf(world, session(call).projectId, call.params.id ?? '');
    if (network.projectId !== session(call).projectId) {
      throw neutronError(
        403,
        'PolicyNotAuthorized',
        `(rule:${call.method === 'DELETE' ? 'delete' : 'update'}_network) is disallowed by policy`,
      );
    }
    return network;
  };
  return [
    route('GET', '/v2.0/networks', (call) => {
      const { projectId } = session(call);
      const visible = allNetworks(world).filter(seesNetwork(projectId));
      return {
        status: 200,
        body: listing(
          call,
          'networks',
          visible.map((network) => show(network, projectId)),
          `${url}/v2.0/networks`,
        ),
      };
    }),
    route('POST', '/v2.0/networks', (call) => {
      const { projectId } = session(call);
      const given = bodyOf(call, 'network', newNetwork);
      if (given.shared || given['router:external']) {
        throw neutronError(403, 'PolicyNotAuthorized', '(rule:create_network and (rule:create_network:shared)) is disallowed by policy');
      }
      checkQuota(world, projectId, 'network');
      const network: NetworkRecord = {
        ...common(world, projectId, given.name ?? '', given.description ?? ''),
        adminStateUp: given.admin_state_up ?? true,
        shared: false,
        external: false,
        portSecurity: given.port_security_enabled ?? true,
        mtu: given.mtu ?? 1400,
      };
      world.state.networks.push(network);
      world.changed();
      return { status: 201, body: { network: show(network, projectId) } };
    }),
    route('GET', '/v2.0/networks/:id', (call) => {
      const { projectId } = session(call);
      return { status: 200, body: { network: show(networkOf(world, projectId, call.params.id ?? ''), projectId) } };
    }),
    route('PUT', '/v2.0/networks/:id', (call) => {
      const network = own(call);
      const given = bodyOf(call, 'network', changedNetwork);
      network.name = given.name ?? network.name;
      network.description = given.description ?? network.description;
      network.adminStateUp = given.admin_state_up ?? network.adminStateUp;
      network.portSecurity = given.port_security_enabled ?? network.portSecurity;
      network.mtu = given.mtu ?? network.mtu;
      changed(world, network);
      return { status: 200, body: { network: show(network, network.projectId) } };
    }),
    route('DELETE', '/v2.0/networks/:id', (call) => {
      const network = own(call);
      const ports = world.state.ports.filter((port) => port.networkId === network.id);
      const holding = ports.filter((port) => port.deviceOwner !== 'network:dhcp');
      if (holding.length > 0) {
        throw neutronError(
          409,
          'NetworkInUse',
          `Unable to complete operation on network ${network.id}. There are one or more ports still in use on the network, id for these ports is: ${holding.map((port) => port.id).join(',')}.`,
        );
      }
      for (const port of ports) dropPort(world, port.id);
      world.state.subnets = world.state.subnets.filter((subnet) => subnet.networkId !== network.id);
      world.state.networks = world.state.networks.filter((one) => one !== network);
      world.changed();
      return { status: 204 };
    }),
  ];
}
