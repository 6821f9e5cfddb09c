import { AppError } from '@/lib/core/errors';
import type { Cloud } from '@/lib/openstack/types';
import { type Judged, judge, type Own, type Surroundings } from './cluster-made';

/**
 * What a place shows of what clusters of a deployment have made there, and of what stays.
 * @param options.ports whether ports of others on its networks are looked for as well
 * @throws AppError as its services do
 */
export async function judgeAt(cloud: Cloud, own: Own, options: { ports: boolean }): Promise<Judged> {
  const [loadBalancers, volumes, ports] = await Promise.all([
    own.subnets.size > 0 ? listBalancers(cloud) : [],
    own.servers.size > 0 ? (cloud.blockStorage?.volumes() ?? []) : [],
    options.ports ? Promise.all([...own.networks.keys()].map((networkId) => cloud.network.ports({ networkId }))) : [],
  ]);
  const seen: Surroundings = { loadBalancers, floatingIps: [], volumes, ports: ports.flat() };
  const judged = judge(own, seen);
  const balanced = judged.made.some(({ kind }) => kind === 'loadBalancer');
  return balanced ? judge(own, { ...seen, floatingIps: await cloud.network.floatingIps() }) : judged;
}

// One that gives a person no load balancers has none of theirs.
async function listBalancers({ loadBalancing }: Cloud) {
  if (!loadBalancing) return [];
  return await loadBalancing.loadBalancers().catch((error: unknown) => {
    if (AppError.from(error).toProblem().upstream?.status === 403) return [];
    throw error;
  });
}
