import { z } from 'zod';
import { micro } from '../cloud/times';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import { type Call, Refusal } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { allSubnets, dropPort } from '../neutron/net';
import type { LoadBalancerRecord } from '../state/load-balancers';
import { addBalancer } from './cluster';

const newBalancer = z.object({
  loadbalancer: z.strictObject({
    name: z.string().max(255).optional(),
    description: z.string().max(255).optional(),
    vip_subnet_id: z.uuid(),
    admin_state_up: z.boolean().optional(),
    tags: z.array(z.string()).optional(),
  }),
});

/** A fault as Octavia words it. */
const octaviaError = (status: number, message: string) =>
  new Refusal({ status, body: { faultcode: status < 500 ? 'Client' : 'Server', faultstring: message, debuginfo: null } });
export const octaviaUnknown = () => octaviaError(404, 'The resource could not be found.').answer;

/** Octavia v2, as far as load balancers stand and go: nothing is balanced. */
export function octaviaRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  const base = '/v2/lbaas/loadbalancers';
  const own = (call: Call) => {
    const { projectId } = session(call);
    return world.state.loadBalancers.filter((one) => one.projectId === projectId);
  };
  const mine = (call: Call): LoadBalancerRecord => {
    const found = own(call).find(({ id }) => id === call.params.id);
    if (!found) throw octaviaError(404, `Load Balancer ${call.params.id} not found.`);
    return found;
  };
  world.schedule.on('load-balancer-made', (id) => {
    const balancer = world.state.loadBalancers.find((one) => one.id === id);
    if (balancer?.status === 'PENDING_CREATE') balancer.status = 'ACTIVE';
  });
  world.schedule.on('load-balancer-deleted', (id) => {
    const balancer = world.state.loadBalancers.find((one) => one.id === id);
    world.state.loadBalancers = world.state.loadBalancers.filter((one) => one.id !== id);
    if (balancer) dropPort(world, balancer.portId);
  });
  return [
    route('GET', base, (call) => ({ status: 200, body: { loadbalancers: own(call).map(show), loadbalancers_links: [] } })),
    route('GET', `${base}/:id`, (call) => ({ status: 200, body: { loadbalancer: show(mine(call)) } })),
    route('POST', base, (call) => {
      const { projectId } = session(call);
      const wrong = () => octaviaError(400, 'Invalid input for field/attribute loadbalancer.');
      const { loadbalancer: given } = check(newBalancer, parseJson(call.text, wrong), wrong);
      const subnet = allSubnets(world).find(({ id }) => id === given.vip_subnet_id);
      if (!subnet) throw octaviaError(400, `Subnet ${given.vip_subnet_id} not found.`);
      const { name = '', description = '' } = given;
      const balancer = addBalancer(world, subnet, { name, description, projectId, status: 'PENDING_CREATE' });
      if (!balancer) throw octaviaError(400, `Network ${subnet.networkId} not found.`);
      world.schedule.after(world.definition.timing.volume * 1000, 'load-balancer-made', balancer.id);
      return { status: 201, body: { loadbalancer: show(balancer) } };
    }),
    route('DELETE', `${base}/:id`, (call) => {
      const balancer = mine(call);
      if (balancer.status.startsWith('PENDING'))
        throw octaviaError(409, `Invalid state ${balancer.status} of loadbalancer resource ${balancer.id}`);
      balancer.status = 'PENDING_DELETE';
      world.changed();
      world.schedule.after(world.definition.timing.volume * 1000, 'load-balancer-deleted', balancer.id);
      return { status: 204 };
    }),
  ];
}

function show(it: LoadBalancerRecord): Record<string, unknown> {
  return {
    id: it.id,
    name: it.name,
    description: it.description,
    project_id: it.projectId,
    provisioning_status: it.status,
    operating_status: it.status === 'ACTIVE' ? 'ONLINE' : 'OFFLINE',
    admin_state_up: true,
    vip_address: it.address,
    vip_port_id: it.portId,
    vip_subnet_id: it.subnetId,
    provider: 'amphora',
    created_at: micro(it.createdAt).slice(0, 19),
    listeners: [],
    pools: [],
    tags: [],
  };
}
