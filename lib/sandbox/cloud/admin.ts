import { z } from 'zod';
import type { Answer } from '../http/call';
import { type Route, route } from '../http/router';
import { localUser } from '../keystone/people';
import { seededCredential } from '../keystone/sessions';
import { workAsCluster } from '../octavia/cluster';
import type { SimulatedJob } from '../state/records';
import { adminBody, refuse } from './admin-body';
import { type Faults, faultSchema } from './faults';
import { tryMePage } from './try-me-page';
import type { World } from './world';

const quotaSchema = z.strictObject({ project: z.string(), limits: z.record(z.string(), z.number().int().min(-1)) });
const clusterSchema = z.strictObject({ prefix: z.string().min(1).max(100) });
const jobsSchema = z.strictObject({
  node: z.string(),
  jobs: z.number().int().min(1).max(1000).default(1),
  nodes: z.number().int().min(1).max(100).default(1),
  seconds: z.number().min(1).max(1e6).default(60),
});
const settingsSchema = z
  .strictObject({
    applicationCredentialTrusts: z.boolean(),
    blazar: z.enum(['chameleon', 'upstream']),
    serviceUnits: z.number().min(0).nullable(),
  })
  .partial();

/** What no real cloud has: to look into this one, and to tell it to go wrong. */
export function adminRoutes(
  world: World,
  faults: Faults,
  { reset, sendJobs }: { reset: () => void; sendJobs: (node: string, jobs: SimulatedJob[]) => boolean },
): Route[] {
  const { localUser: local, region } = world.definition;
  return [
    route('GET', '/try-me', (call) => {
      const offer = {
        authUrl: `${world.url}/v3`,
        region,
        project: { id: world.projectId(local.project), name: local.project },
        user: { name: local.name, domain: world.definition.domain.name, password: localUser(world).password ?? '' },
        applicationCredential: { ...seededCredential(world), secret: world.secrets.applicationCredentialSecret },
      };
      // people come here by a link, programs by themselves
      const wantsPage = call.headers.accept?.includes('text/html') ?? false;
      return { status: 200, headers: { 'cache-control': 'no-store' }, body: wantsPage ? tryMePage(world.definition.name, offer) : offer };
    }),
    route('GET', '/_inventory', () => ({ status: 200, body: inventory(world) })),
    route('GET', '/_faults', () => ({ status: 200, body: { faults: faults.list() } })),
    route('POST', '/_faults', (call) => {
      faults.add(adminBody(call, faultSchema));
      return { status: 201, body: { faults: faults.list() } };
    }),
    route('DELETE', '/_faults', () => {
      faults.clear();
      return { status: 204 };
    }),
    route('POST', '/_cluster', (call) => {
      const { prefix } = adminBody(call, clusterSchema);
      if (!workAsCluster(world, prefix)) throw refuse(`No subnet and server are called ${prefix}…`);
      return { status: 201, body: {} };
    }),
    route('POST', '/_jobs', (call) => {
      const { node, jobs, nodes, seconds } = adminBody(call, jobsSchema);
      if (
        !sendJobs(
          node,
          Array.from({ length: jobs }, () => ({ nodes, seconds })),
        )
      )
        throw refuse(`No node ${node} tells of a queue`);
      return { status: 202, body: { jobs } };
    }),
    route('PUT', '/_quotas', (call) => {
      const { project, limits } = adminBody(call, quotaSchema);
      const unknown = Object.keys(limits).find((name) => !(name in world.definition.quotas));
      if (unknown) throw refuse(`There is no quota ${unknown}; there are ${Object.keys(world.definition.quotas).join(', ')}`);
      const id = world.projectName(project) ? project : world.projectId(project);
      world.state.quotas[id] = { ...world.state.quotas[id], ...limits };
      world.changed();
      return { status: 200, body: { project: id, limits: world.state.quotas[id] } };
    }),
    route('DELETE', '/_quotas', () => {
      world.state.quotas = {};
      world.changed();
      return { status: 204 };
    }),
    route('PUT', '/_settings', (call) => {
      world.state.settings = { ...world.state.settings, ...adminBody(call, settingsSchema) };
      world.changed();
      return { status: 200, body: world.state.settings };
    }),
    route('POST', '/_reset', (call): Answer => {
      adminBody(call, z.unknown());
      reset();
      return { status: 204 };
    }),
  ];
}

/** Everything that somebody made and that is still there; what came with the cloud, or comes by itself, is left out. */
function inventory(world: World): Record<string, { id: string; name: string; project: string }[]> {
  const { state } = world;
  const entry = (one: { id: string; name?: string | null; description?: string | null; projectId: string }) => ({
    id: one.id,
    name: one.name || one.description || '',
    project: world.projectName(one.projectId) ?? one.projectId,
  });
  return {
    servers: state.servers.map(entry),
    keyPairs: state.keyPairs.map((pair) => ({ id: String(pair.number), name: pair.name, project: '' })),
    networks: state.networks.map(entry),
    subnets: state.subnets.map(entry),
    routers: state.routers.map(entry),
    ports: state.ports.filter((port) => port.deviceOwner !== 'network:dhcp').map(entry),
    securityGroups: state.securityGroups.filter((group) => group.name !== 'default').map(entry),
    floatingIps: state.floatingIps.map((ip) => entry({ ...ip, name: ip.description || ip.address })),
    volumes: state.volumes.map(entry),
    loadBalancers: state.loadBalancers.map(entry),
    leases: state.leases.map(entry),
    applicationCredentials: state.applicationCredentials.map(entry),
  };
}
