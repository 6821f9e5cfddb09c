import { z } from 'zod';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { RouterRecord } from '../state/records';
import { bodyOf, changed, type Neutron, trailer } from './context';
import { invalidBody, malformedBody, neutronError, notFound } from './errors';
import { listing } from './listing';
import { addPort, allSubnets, checkQuota, claimAddress, common, dropPort, freeAddress, networkOf, subnetOf } from './net';

const gateway = z.strictObject({
  network_id: z.string(),
  enable_snat: z.boolean().optional(),
  external_fixed_ips: z.array(z.unknown()).optional(),
});
const settable = {
  name: z.string().max(255).optional(),
  description: z.string().max(255).optional(),
  admin_state_up: z.boolean().optional(),
  external_gateway_info: z.union([gateway, z.strictObject({})]).nullish(),
};
const newRouter = z.object({
  router: z.strictObject({ ...settable, tenant_id: z.string().optional(), project_id: z.string().optional() }),
});
const changedRouter = z.object({ router: z.strictObject(settable) });
const interfaceSchema = z.strictObject({ subnet_id: z.string().optional(), port_id: z.string().optional() });

export function routerRoutes({ world, session, url }: Neutron): Route[] {
  const mine = (call: Call): RouterRecord => {
    const { projectId } = session(call);
    const router = world.state.routers.find((one) => one.id === call.params.id && one.projectId === projectId);
    if (!router) throw notFound('RouterNotFound', `Router ${call.params.id} could not be found`);
    return router;
  };
  const interfaces = (router: RouterRecord) =>
    world.state.ports.filter((port) => port.deviceId === router.id && port.deviceOwner === 'network:router_interface');
  const setGateway = (router: RouterRecord, info: z.infer<typeof settable.external_gateway_info>, projectId: string) => {
    if (info === undefined) return;
    router.externalNetworkId = null;
    router.externalIps = [];
    if (info === null || !('network_id' in info)) return;
    const network = networkOf(world, projectId, info.network_id);
    if (!network.external) throw neutronError(400, 'BadRequest', `Bad router request: Network ${network.id} is not an external network.`);
    const subnet = allSubnets(world).find((one) => one.networkId === network.id);
    router.externalNetworkId = network.id;
    router.externalIps = subnet ? [{ subnetId: subnet.id, address: freeAddress(world, subnet) }] : [];
  };
  return [
    route('GET', '/v2.0/routers', (call) => {
      const { projectId } = session(call);
      const own = world.state.routers.filter((router) => router.projectId === projectId);
      return { status: 200, body: listing(call, 'routers', own.map(show), `${url}/v2.0/routers`) };
    }),
    route('POST', '/v2.0/routers', (call) => {
      const { projectId } = session(call);
      const given = bodyOf(call, 'router', newRouter);
      checkQuota(world, projectId, 'router');
      const router: RouterRecord = {
        ...common(world, projectId, given.name ?? '', given.description ?? ''),
        adminStateUp: given.admin_state_up ?? true,
        externalNetworkId: null,
        externalIps: [],
      };
      setGateway(router, given.external_gateway_info, projectId);
      world.state.routers.push(router);
      world.changed();
      return { status: 201, body: { router: show(router) } };
    }),
    route('GET', '/v2.0/routers/:id', (call) => ({ status: 200, body: { router: show(mine(call)) } })),
    route('PUT', '/v2.0/routers/:id', (call) => {
      const router = mine(call);
      const given = bodyOf(call, 'router', changedRouter);
      if (given.external_gateway_info !== undefined && world.state.floatingIps.some((ip) => ip.routerId === router.id)) {
        throw neutronError(
          409,
          'RouterExternalGatewayInUseByFloatingIp',
          `Gateway cannot be updated for router ${router.id}, since a gateway to external network ${router.externalNetworkId} is required by one or more floating IPs.`,
        );
      }
      setGateway(router, given.external_gateway_info, router.projectId);
      router.name = given.name ?? router.name;
      router.description = given.description ?? router.description;
      router.adminStateUp = given.admin_state_up ?? router.adminStateUp;
      changed(world, router);
      return { status: 200, body: { router: show(router) } };
    }),
    route('DELETE', '/v2.0/routers/:id', (call) => {
      const router = mine(call);
      const held = interfaces(router);
      if (held.length > 0) {
        throw neutronError(409, 'RouterInUse', `Router ${router.id} has ports still attached: ${held.map((port) => port.id).join(', ')}`);
      }
      world.state.routers = world.state.routers.filter((one) => one !== router);
      world.changed();
      return { status: 204 };
    }),
    route('PUT', '/v2.0/routers/:id/add_router_interface', (call) => {
      const router = mine(call);
      const given = check(interfaceSchema, parseJson(call.text, malformedBody), invalidBody('router'));
      if (!given.subnet_id) throw neutronError(400, 'BadRequest', 'Bad router request: Either subnet_id or port_id must be specified.');
      const subnet = subnetOf(world, router.projectId, given.subnet_id);
      const network = networkOf(world, router.projectId, subnet.networkId);
      if (interfaces(router).some((port) => port.fixedIps.some((ip) => ip.subnetId === subnet.id))) {
        throw neutronError(400, 'BadRequest', `Bad router request: Router already has a port on subnet ${subnet.id}.`);
      }
      if (!subnet.gateway) throw neutronError(400, 'BadRequest', 'Bad router request: Subnet for router interface must have a gateway IP.');
      checkQuota(world, router.projectId, 'port');
      const address = claimAddress(world, subnet, subnet.gateway);
      const port = addPort(world, router.projectId, network, {
        deviceId: router.id,
        deviceOwner: 'network:router_interface',
        status: 'ACTIVE',
        fixedIps: [{ subnetId: subnet.id, address }],
      });
      return { status: 200, body: interfaceBody(router, port.id, network.id, subnet.id) };
    }),
    route('PUT', '/v2.0/routers/:id/remove_router_interface', (call) => {
      const router = mine(call);
      const given = check(interfaceSchema, parseJson(call.text, malformedBody), invalidBody('router'));
      const port = interfaces(router).find((one) => one.id === given.port_id || one.fixedIps.some((ip) => ip.subnetId === given.subnet_id));
      if (!port) {
        if (given.subnet_id) subnetOf(world, router.projectId, given.subnet_id);
        throw notFound('RouterInterfaceNotFoundForSubnet', `Router ${router.id} has no interface on subnet ${given.subnet_id}`);
      }
      const subnetId = port.fixedIps[0]?.subnetId ?? '';
      const served = world.state.floatingIps.some((ip) => {
        const target = world.state.ports.find((one) => one.id === ip.portId);
        return ip.routerId === router.id && target?.fixedIps.some((fixed) => fixed.subnetId === subnetId);
      });
      if (served) {
        throw neutronError(
          409,
          'RouterInterfaceInUseByFloatingIP',
          `Router interface for subnet ${subnetId} on router ${router.id} cannot be deleted, as it is required by one or more floating IPs.`,
        );
      }
      dropPort(world, port.id);
      return { status: 200, body: interfaceBody(router, port.id, port.networkId, subnetId) };
    }),
  ];
}

function show(router: RouterRecord): Record<string, unknown> & { id: string } {
  return {
    id: router.id,
    name: router.name,
    tenant_id: router.projectId,
    admin_state_up: router.adminStateUp,
    status: 'ACTIVE',
    external_gateway_info: router.externalNetworkId
      ? {
          network_id: router.externalNetworkId,
          external_fixed_ips: router.externalIps.map((ip) => ({ subnet_id: ip.subnetId, ip_address: ip.address })),
          enable_snat: true,
        }
      : null,
    availability_zones: [],
    availability_zone_hints: [],
    routes: [],
    flavor_id: null,
    ...trailer(router),
  };
}

const interfaceBody = (router: RouterRecord, portId: string, networkId: string, subnetId: string) => ({
  id: router.id,
  tenant_id: router.projectId,
  port_id: portId,
  network_id: networkId,
  subnet_id: subnetId,
  subnet_ids: [subnetId],
});
