import { z } from 'zod';
import type { World } from '../cloud/world';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { NetworkRecord, PortRecord } from '../state/records';
import { bodyOf, changed, isAbout, type Neutron, trailer } from './context';
import { neutronError, notFound } from './errors';
import { listing } from './listing';
import { addPort, allNetworks, allSubnets, checkQuota, claimAddress, dropPort, freeAddress, networkOf } from './net';
import { defaultGroup } from './security-groups';

const fixedIp = z.strictObject({ subnet_id: z.string().optional(), ip_address: z.string().optional() });
const settable = {
  name: z.string().max(255).optional(),
  description: z.string().max(255).optional(),
  admin_state_up: z.boolean().optional(),
  device_id: z.string().optional(),
  device_owner: z.string().optional(),
  security_groups: z.array(z.string()).nullish(),
  port_security_enabled: z.boolean().optional(),
  fixed_ips: z.array(fixedIp).optional(),
  allowed_address_pairs: z.array(z.unknown()).optional(),
  'binding:vnic_type': z.string().optional(),
};
const wished = z.strictObject({
  ...settable,
  network_id: z.string(),
  mac_address: z.string().optional(),
  tenant_id: z.string().optional(),
  project_id: z.string().optional(),
});
const newPort = z.object({ port: wished });
const newPorts = z.object({ ports: z.array(wished) });
const changedPort = z.object({ port: z.strictObject(settable) });

export function portRoutes({ world, session, url }: Neutron): Route[] {
  const mine = (call: Call): PortRecord => {
    const { projectId } = session(call);
    const port = world.state.ports.find((one) => one.id === call.params.id && one.projectId === projectId);
    if (!port) throw notFound('PortNotFound', `Port ${call.params.id} could not be found.`);
    return port;
  };
  const make = (projectId: string, given: z.infer<typeof wished>): PortRecord => {
    const network = networkOf(world, projectId, given.network_id);
    if (network.external && !network.shared) throw neutronError(403, 'PolicyNotAuthorized', '(rule:create_port) is disallowed by policy');
    const portSecurity = given.port_security_enabled ?? network.portSecurity;
    const securityGroups = groupsFor(world, projectId, given.security_groups, portSecurity);
    checkQuota(world, projectId, 'port');
    const fixedIps = fixedIpsFor(world, network, given.fixed_ips);
    const port = addPort(world, projectId, network, {
      name: given.name,
      description: given.description,
      deviceId: given.device_id,
      deviceOwner: given.device_owner,
      securityGroups,
      fixedIps,
    });
    port.portSecurity = portSecurity;
    return port;
  };
  return [
    route('GET', '/v2.0/ports', (call) => {
      const { projectId } = session(call);
      const visible = world.state.ports.filter((port) => port.projectId === projectId && projectId !== '');
      return { status: 200, body: listing(call, 'ports', visible.map(showPort), `${url}/v2.0/ports`) };
    }),
    route('POST', '/v2.0/ports', (call) => {
      const { projectId } = session(call);
      if (!isAbout(call, 'ports')) return { status: 201, body: { port: showPort(make(projectId, bodyOf(call, 'port', newPort))) } };
      // all or none
      const made: PortRecord[] = [];
      try {
        for (const given of bodyOf(call, 'ports', newPorts)) made.push(make(projectId, given));
      } catch (error) {
        for (const { id } of made) dropPort(world, id);
        throw error;
      }
      return { status: 201, body: { ports: made.map(showPort) } };
    }),
    route('GET', '/v2.0/ports/:id', (call) => ({ status: 200, body: { port: showPort(mine(call)) } })),
    route('PUT', '/v2.0/ports/:id', (call) => {
      const port = mine(call);
      const given = bodyOf(call, 'port', changedPort);
      if (given.security_groups !== undefined) {
        port.securityGroups = groupsFor(
          world,
          port.projectId,
          given.security_groups ?? [],
          given.port_security_enabled ?? port.portSecurity,
        );
      }
      port.name = given.name ?? port.name;
      port.description = given.description ?? port.description;
      port.adminStateUp = given.admin_state_up ?? port.adminStateUp;
      port.portSecurity = given.port_security_enabled ?? port.portSecurity;
      changed(world, port);
      return { status: 200, body: { port: showPort(port) } };
    }),
    route('DELETE', '/v2.0/ports/:id', (call) => {
      const port = mine(call);
      if (port.deviceOwner.startsWith('network:router')) {
        throw neutronError(
          409,
          'ServicePortInUse',
          `Port ${port.id} cannot be deleted directly via the port API: has device owner ${port.deviceOwner}.`,
        );
      }
      dropPort(world, port.id);
      return { status: 204 };
    }),
  ];
}

/** The addresses of a new port: those asked for, else one of the network's first subnet. @throws Refusal */
function fixedIpsFor(world: World, network: NetworkRecord, asked: z.infer<typeof fixedIp>[] | undefined): PortRecord['fixedIps'] {
  const subnets = allSubnets(world).filter((subnet) => subnet.networkId === network.id);
  const wanted = asked ?? (subnets.length > 0 ? [{}] : []);
  return wanted.map((ip) => {
    const subnet = ip.subnet_id === undefined ? subnets[0] : subnets.find((one) => one.id === ip.subnet_id);
    if (!subnet) {
      if (ip.subnet_id === undefined)
        throw neutronError(
          400,
          'BadRequest',
          `Bad port request: IP address ${ip.ip_address} is not a valid IP for any of the subnets on the specified network.`,
        );
      throw neutronError(
        400,
        'InvalidInput',
        `Invalid input for operation: Failed to create port on network ${network.id}, because fixed_ips included invalid subnet ${ip.subnet_id}.`,
      );
    }
    return {
      subnetId: subnet.id,
      address: ip.ip_address === undefined ? freeAddress(world, subnet) : claimAddress(world, subnet, ip.ip_address),
    };
  });
}

/** The security groups of a port; left out: the project's own `default`. @throws Refusal */
export function groupsFor(world: World, projectId: string, asked: string[] | null | undefined, portSecurity: boolean): string[] {
  if (!portSecurity) {
    if (asked && asked.length > 0) {
      throw neutronError(
        400,
        'PortSecurityAndIPRequiredForSecurityGroups',
        'Port security must be enabled and port must have an IP address in order to use security groups.',
      );
    }
    return [];
  }
  const byDefault = defaultGroup(world, projectId);
  for (const id of asked ?? []) {
    if (!world.state.securityGroups.some((group) => group.id === id && group.projectId === projectId)) {
      throw notFound('SecurityGroupNotFound', `Security group ${id} does not exist`);
    }
  }
  return asked ?? [byDefault.id];
}

export function showPort(port: PortRecord): Record<string, unknown> & { id: string } {
  return {
    id: port.id,
    name: port.name,
    network_id: port.networkId,
    tenant_id: port.projectId,
    mac_address: port.mac,
    admin_state_up: port.adminStateUp,
    status: port.status,
    device_id: port.deviceId,
    device_owner: port.deviceOwner,
    fixed_ips: port.fixedIps.map((ip) => ({ subnet_id: ip.subnetId, ip_address: ip.address })),
    allowed_address_pairs: [],
    extra_dhcp_opts: [],
    security_groups: port.securityGroups,
    'binding:vnic_type': 'normal',
    port_security_enabled: port.portSecurity,
    ...trailer(port),
  };
}

/** Name of the network that a port is on. */
export const networkName = (world: World, port: PortRecord) =>
  allNetworks(world).find((network) => network.id === port.networkId)?.name ?? '';
