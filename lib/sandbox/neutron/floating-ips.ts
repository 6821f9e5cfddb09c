import { z } from 'zod';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { FloatingIpRecord, PortRecord } from '../state/records';
import { bodyOf, changed, type Neutron, trailer } from './context';
import { neutronError, notFound } from './errors';
import { listing } from './listing';
import { allNetworks, allSubnets, checkQuota, claimAddress, common, detachFloatingIp, freeAddress, networkOf, routerBetween } from './net';

const settable = { port_id: z.string().nullish(), fixed_ip_address: z.string().nullish(), description: z.string().max(255).optional() };
const newFloatingIp = z.object({
  floatingip: z.strictObject({
    ...settable,
    floating_network_id: z.string(),
    floating_ip_address: z.string().optional(),
    subnet_id: z.string().optional(),
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
const changedFloatingIp = z.object({ floatingip: z.strictObject(settable) });
const ROUTED_AFTER_MS = 500;

export function floatingIpRoutes({ world, session, url }: Neutron): Route[] {
  const mine = (call: Call): FloatingIpRecord => {
    const { projectId } = session(call);
    const ip = world.state.floatingIps.find((one) => one.id === call.params.id && one.projectId === projectId);
    if (!ip) throw notFound('FloatingIPNotFound', `Floating IP ${call.params.id} could not be found`);
    return ip;
  };
  const show = (ip: FloatingIpRecord): Record<string, unknown> & { id: string } => {
    const port = world.state.ports.find((one) => one.id === ip.portId);
    return {
      id: ip.id,
      tenant_id: ip.projectId,
      floating_ip_address: ip.address,
      floating_network_id: ip.networkId,
      router_id: ip.routerId,
      port_id: ip.portId,
      fixed_ip_address: ip.fixedAddress,
      status: ip.status,
      port_details: port ? portDetails(port) : null,
      port_forwardings: [],
      ...trailer({ ...ip, name: '' }),
    };
  };
  const associate = (ip: FloatingIpRecord, portId: string) => {
    const port = world.state.ports.find((one) => one.id === portId && one.projectId === ip.projectId);
    if (!port) throw notFound('PortNotFound', `Port ${portId} could not be found.`);
    const fixed = port.fixedIps[0];
    if (!fixed)
      throw neutronError(
        400,
        'BadRequest',
        `Bad floatingip request: Cannot add floating IP to port ${port.id} that has no fixed IPv4 addresses.`,
      );
    const taken = world.state.floatingIps.some((other) => other !== ip && other.portId === port.id && other.networkId === ip.networkId);
    if (taken) {
      throw neutronError(
        409,
        'FloatingIPPortAlreadyAssociated',
        `Cannot associate floating IP ${ip.address} (${ip.id}) with port ${port.id} using fixed IP ${fixed.address}, as that fixed IP already has a floating IP on external network ${ip.networkId}.`,
      );
    }
    const network = allNetworks(world).find((one) => one.id === port.networkId);
    const router = routerBetween(world, fixed.subnetId, ip.networkId);
    // shared networks that came with the cloud have the provider's own router
    const provided = network !== undefined && world.builtInNetwork(network.id) !== undefined;
    if (!router && !provided) {
      throw notFound(
        'ExternalGatewayForFloatingIPNotFound',
        `External network ${ip.networkId} is not reachable from subnet ${fixed.subnetId}.  Therefore, cannot associate Port ${port.id} with a Floating IP.`,
      );
    }
    Object.assign(ip, { portId: port.id, fixedAddress: fixed.address, routerId: router?.id ?? null });
    world.schedule.after(ROUTED_AFTER_MS, 'floating-ip', ip.id);
  };

  world.schedule.on('floating-ip', (id) => {
    const ip = world.state.floatingIps.find((one) => one.id === id);
    if (ip?.portId) ip.status = 'ACTIVE';
  });

  return [
    route('GET', '/v2.0/floatingips', (call) => {
      const { projectId } = session(call);
      const own = world.state.floatingIps.filter((ip) => ip.projectId === projectId);
      return { status: 200, body: listing(call, 'floatingips', own.map(show), `${url}/v2.0/floatingips`) };
    }),
    route('POST', '/v2.0/floatingips', (call) => {
      const { projectId } = session(call);
      const given = bodyOf(call, 'floatingip', newFloatingIp);
      const network = networkOf(world, projectId, given.floating_network_id);
      if (!network.external) {
        throw neutronError(400, 'BadRequest', `Bad floatingip request: Network ${network.id} is not a valid external network.`);
      }
      checkQuota(world, projectId, 'floatingip');
      const subnet = allSubnets(world).find((one) => one.networkId === network.id);
      if (!subnet) throw neutronError(400, 'BadRequest', `Bad floatingip request: Network ${network.id} does not contain any IPv4 subnet.`);
      const { name: _none, ...base } = common(world, projectId, '', given.description ?? '');
      const ip: FloatingIpRecord = {
        ...base,
        revision: 0,
        networkId: network.id,
        address: given.floating_ip_address ? claimAddress(world, subnet, given.floating_ip_address) : freeAddress(world, subnet),
        portId: null,
        fixedAddress: null,
        routerId: null,
        status: 'DOWN',
      };
      if (given.port_id) associate(ip, given.port_id);
      world.state.floatingIps.push(ip);
      world.changed();
      return { status: 201, body: { floatingip: show(ip) } };
    }),
    route('GET', '/v2.0/floatingips/:id', (call) => ({ status: 200, body: { floatingip: show(mine(call)) } })),
    route('PUT', '/v2.0/floatingips/:id', (call) => {
      const ip = mine(call);
      const given = bodyOf(call, 'floatingip', changedFloatingIp);
      if (given.port_id === null) detachFloatingIp(world, ip);
      else if (given.port_id) associate(ip, given.port_id);
      ip.description = given.description ?? ip.description;
      changed(world, { ...ip, name: '' });
      return { status: 200, body: { floatingip: show(ip) } };
    }),
    route('DELETE', '/v2.0/floatingips/:id', (call) => {
      const ip = mine(call);
      world.state.floatingIps = world.state.floatingIps.filter((one) => one !== ip);
      world.changed();
      return { status: 204 };
    }),
  ];
}

const portDetails = (port: PortRecord) => ({
  name: port.name,
  network_id: port.networkId,
  mac_address: port.mac,
  admin_state_up: port.adminStateUp,
  status: port.status,
  device_id: port.deviceId,
  device_owner: port.deviceOwner,
});
