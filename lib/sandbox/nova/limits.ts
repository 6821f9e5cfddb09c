import type { World } from '../cloud/world';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { novaFault } from './errors';
import { microversion } from './version';

export interface ComputeUse {
  instances: number;
  cores: number;
  ram: number;
}

/** What a project's servers use; those of bare metal count as their flavor says. */
function computeUse(world: World, projectId: string): ComputeUse {
  const servers = world.state.servers.filter((server) => server.projectId === projectId);
  const flavors = servers.map((server) => world.flavor(server.flavorId));
  return {
    instances: servers.length,
    cores: flavors.reduce((sum, flavor) => sum + (flavor?.vcpus ?? 0), 0),
    ram: flavors.reduce((sum, flavor) => sum + (flavor?.ramMiB ?? 0), 0),
  };
}

/** @throws Refusal 403 in Nova's words where the project may not have so much more */
export function checkComputeQuota(world: World, projectId: string, more: ComputeUse): void {
  const use = computeUse(world, projectId);
  const names = ['cores', 'instances', 'ram'] as const;
  const over = names.filter((name) => {
    const limit = world.quota(projectId, name);
    return limit >= 0 && use[name] + more[name] > limit;
  });
  if (over.length === 0) return;
  const list = (value: (name: (typeof names)[number]) => unknown) => over.map(value).join(', ');
  throw novaFault(
    403,
    `Quota exceeded for ${list((name) => name)}: Requested ${list((name) => more[name])}, but already used ${list((name) => use[name])} of ${list((name) => world.quota(projectId, name))} ${list((name) => name)}`,
  );
}

export function limitRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  return [
    route('GET', '/limits', (call) => {
      const { projectId } = session(call);
      const use = computeUse(world, projectId);
      const old = microversion(call) < 36;
      const absolute = {
        maxTotalInstances: world.quota(projectId, 'instances'),
        maxTotalCores: world.quota(projectId, 'cores'),
        maxTotalRAMSize: world.quota(projectId, 'ram'),
        maxServerMeta: 128,
        ...(microversion(call) < 39 ? { maxImageMeta: 128 } : {}),
        ...(microversion(call) < 57 ? { maxPersonality: 5, maxPersonalitySize: 10_240 } : {}),
        maxTotalKeypairs: world.quota(projectId, 'key_pairs'),
        maxServerGroups: 10,
        maxServerGroupMembers: 10,
        ...(old ? { maxTotalFloatingIps: -1, maxSecurityGroups: -1, maxSecurityGroupRules: -1 } : {}),
        totalRAMUsed: use.ram,
        totalCoresUsed: use.cores,
        totalInstancesUsed: use.instances,
        ...(old ? { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 } : {}),
        totalServerGroupsUsed: 0,
      };
      return { status: 200, body: { limits: { rate: [], absolute } } };
    }),
  ];
}
