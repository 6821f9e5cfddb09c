import { AppError } from '@/lib/core/errors';
import type { Cloud, CloudLoadBalancer, LoadBalancing } from '@/lib/openstack/types';
import type { Found, Kind } from './types';

// https://docs.openstack.org/api-ref/load-balancer/v2/#provisioning-status-codes
const states = new Map<string, Found['state']>([
  ['ACTIVE', 'ready'],
  ['ERROR', 'error'],
  ['PENDING_DELETE', 'leaving'],
  ['DELETED', 'leaving'],
]);

/** Made by clusters alone: it is known by its id, and shown under the name that it has in the ledger. */
export const loadBalancer: Kind<'loadBalancer'> = {
  label: 'load balancer',
  service: 'load-balancer',
  goesFirst: true,
  deadlineSeconds: () => 300,
  tries: () => 1,
  leaveSeconds: () => 20,
  leavesSlowly: true,
  async list(cloud, _prefix, known = new Map()) {
    if (!cloud.loadBalancing || known.size === 0) return [];
    return (await cloud.loadBalancing.loadBalancers()).flatMap((it) => {
      const name = known.get(it.id);
      return name === undefined ? [] : [loadBalancerOf({ ...it, name })];
    });
  },
  create: () => Promise.reject(new Error('A load balancer is made by a cluster, never by a plan')),
  remove: (cloud, found) => balancingOf(cloud).deleteLoadBalancer(found.id),
};

function loadBalancerOf(it: CloudLoadBalancer): Found {
  const fault = it.status === 'ERROR' ? 'The load balancer is in the state ERROR.' : undefined;
  const observed = { status: it.status, address: it.address };
  return { id: it.id, name: it.name, state: states.get(it.status) ?? 'building', observed, parts: [], fault };
}

function balancingOf(cloud: Cloud): LoadBalancing {
  if (cloud.loadBalancing) return cloud.loadBalancing;
  throw new AppError({
    code: 'upstream-refused',
    title: 'This site has no load balancers',
    detail: `The catalogue of ${cloud.site} names no load balancing service.`,
    remedy: 'Wait: it is looked for again. If it stays so, ask the site’s support.',
  });
}
