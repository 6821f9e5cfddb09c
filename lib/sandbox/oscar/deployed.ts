import type { World } from '../cloud/world';
import type { ServerRecord } from '../state/records';
import { machines, type NodeDefinition, type OscarDefinition } from './definition';

const MIB = 1024 * 1024;
/** What Kubernetes and OSCAR themselves need of a machine. */
const TAKEN_MILLI_CORES = 250;

/** The cluster that a recipe put on a server: Europe's clouds have the newest release, America's an older one. */
export function deployedDefinition(cloud: World, server: ServerRecord, env: Record<string, string>, issuer: string): OscarDefinition {
  const believed = (env.OIDC_ISSUERS ?? '').split('\n').includes(issuer);
  const groups = (env.VOS ?? '').split('\n').filter(Boolean);
  return {
    id: 'oscar',
    name: `OSCAR on ${server.name}`,
    dialect: cloud.definition.id.startsWith('america') ? '3.6' : '4.1',
    serverless: false,
    supervisor: '1.6.2',
    oidc: env.OIDC === 'true' && believed ? { issuers: [issuer], groups } : null,
    nodes: () => nodesBeside(cloud, server),
    resourceManagerSeconds: 15,
    rescheduler: env.DELEGATION === 'false' ? null : { intervalSeconds: 15, thresholdSeconds: Number(env.DELEGATION_SECONDS) || 30 },
    timing: { minioRestart: 1.5, imagePull: 2, podStart: 0.5 },
  };
}

/** The other machines of the deployment that run now; where there is none, the one with the control plane itself. */
function nodesBeside(cloud: World, server: ServerRecord): NodeDefinition[] {
  const own = Object.entries(server.metadata);
  const same = ({ id, projectId, metadata }: ServerRecord) =>
    id !== server.id &&
    projectId === server.projectId &&
    own.some(([key, value]) => key.endsWith(':deployment') && metadata[key] === value);
  const workers = cloud.state.servers.filter((one) => same(one) && one.status === 'ACTIVE');
  const nodes = (workers.length > 0 ? workers : [server]).map((one) => {
    const flavor = cloud.flavor(one.flavorId);
    const cores = (flavor?.vcpus ?? 2) * 1000 - TAKEN_MILLI_CORES;
    return { name: one.hostname, milliCores: cores, memoryBytes: (flavor?.ramMiB ?? 4096) * MIB };
  });
  return nodes.length > 0 ? nodes : machines('oscar', 1, 2, 4);
}
