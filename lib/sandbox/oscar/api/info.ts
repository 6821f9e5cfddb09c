import type { Answer, Call } from '../../http/call';
import { type Free, freeOn } from '../run/resources';
import { type OscarWorld, REGION, ROOT_USER } from '../world';
import { bodyOf, type Caller, json, refuse } from './call';

export function info(world: OscarWorld): Answer {
  const { serverless } = world.definition;
  return json({
    version: `v${world.abilities.version}`,
    git_commit: '0000000000000000000000000000000000000000',
    architecture: 'amd64',
    kubernetes_version: 'v1.32.9',
    ...(serverless ? { serverless_backend: { name: 'Knative', version: '1.13.1' } } : {}),
  });
}

/** What somebody needs to work with the cluster, keys of MinIO included. */
export function config(world: OscarWorld, caller: Caller): Answer {
  const { definition, state } = world;
  return json({
    config: {
      name: definition.id,
      namespace: 'oscar',
      services_namespace: 'oscar-svc',
      controller_service_account: 'oscar-sa',
      gpu_available: definition.nodes().some(({ gpus }) => gpus),
      interLink_available: (definition.interLink?.() ?? []).length > 0,
      ...(definition.serverless ? { serverless_backend: 'knative' } : {}),
      yunikorn_enable: false,
      ...(world.abilities.deployments ? { kueue_enable: definition.kueue === true, volume_enable: world.abilities.quotas } : {}),
      oidc_groups: definition.oidc?.groups ?? [''],
      ...(world.abilities.federation ? { minio_quota_enabled: false } : {}),
    },
    minio_provider: {
      endpoint: world.minioEndpoint,
      verify: false,
      access_key: caller.uid,
      secret_key: caller.uid === ROOT_USER ? state.minioPassword : (state.users[caller.uid] ?? ''),
      region: REGION,
    },
    ...(world.abilities.deployments ? { allowed_image_repositories: state.allowedImages } : {}),
  });
}

export function putConfig(world: OscarWorld, caller: Caller, call: Call): Answer {
  if (!caller.admin) throw refuse(401, '');
  const body = bodyOf(call);
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'allowed_image_repositories') : null;
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) throw refuse(400, 'Invalid allowed_image_repositories');
  world.state.allowedImages = list;
  world.changed();
  return json(list);
}

/** How busy the cluster is, in the form of its release. */
export function status(world: OscarWorld, caller: Caller): Answer {
  const nodes = world.definition.nodes();
  const free = freeOn(nodes, world.state.runs);
  return json(world.abilities.nestedStatus ? nested(world, caller, free) : flat(world, free));
}

function nested(world: OscarWorld, caller: Caller, free: Free[]): unknown {
  const { definition, state } = world;
  const nodes = definition.nodes();
  // jobs are placed on the cluster's own machines alone
  const farther = definition.interLink?.() ?? [];
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const most = (values: number[]) => Math.max(0, ...values);
  const [cores, memory] = [free.map(({ milliCores }) => milliCores), free.map(({ memoryBytes }) => memoryBytes)];
  const schedulable = world.abilities.deployments;
  const count = (wanted: string) => state.runs.filter((run) => run.status === wanted).length;
  return {
    cluster: {
      nodes_count: nodes.length,
      metrics: {
        cpu: {
          total_free_cores: sum(cores),
          max_free_on_node_cores: most(cores),
          ...(schedulable ? { total_schedulable_cores: sum(cores), total_schedulable_on_node_cores: most(cores) } : {}),
        },
        memory: {
          total_free_bytes: sum(memory),
          max_free_on_node_bytes: most(memory),
          ...(schedulable ? { total_schedulable_bytes: sum(memory), max_schedulable_on_node_bytes: most(memory) } : {}),
        },
        gpu: { total_gpu: sum(nodes.map(({ gpus = 0 }) => gpus)) },
      },
      nodes: [...nodes, ...farther].map((node, index) => {
        const used = {
          cores: node.milliCores - (cores[index] ?? node.milliCores),
          bytes: node.memoryBytes - (memory[index] ?? node.memoryBytes),
        };
        const some = (name: string, value: number) => (value > 0 ? { [name]: value } : {});
        return {
          name: node.name,
          cpu: {
            capacity_cores: node.milliCores,
            ...some('usage_cores', used.cores),
            ...(schedulable ? some('request_cores', used.cores) : {}),
          },
          memory: {
            capacity_bytes: node.memoryBytes,
            ...some('usage_bytes', used.bytes),
            ...(schedulable ? some('request_bytes', used.bytes) : {}),
          },
          gpu: node.gpus ?? 0,
          is_interlink: farther.includes(node),
          status: 'Ready',
          conditions: [{ type: 'Ready', status: true }],
        };
      }),
    },
    oscar: {
      deployment_name: 'oscar',
      ready: true,
      deployment: {
        available_replicas: 1,
        ready_replicas: 1,
        replicas: 1,
        creation_timestamp: '2026-11-01T08:00:00Z',
        strategy: 'RollingUpdate',
        labels: { app: 'oscar' },
      },
      ...(caller.admin
        ? {
            jobs_count: state.runs.length,
            pods: {
              total: state.runs.length,
              states: Object.fromEntries(['Pending', 'Running', 'Succeeded', 'Failed'].map((one) => [one, count(one)])),
            },
          }
        : {}),
      oidc: { enabled: definition.oidc !== null, issuers: definition.oidc?.issuers ?? [], groups: definition.oidc?.groups ?? [] },
    },
    ...(caller.admin
      ? {
          minio: {
            buckets_count: state.buckets.length,
            total_objects: sum(state.buckets.map(({ objects }) => Object.keys(objects).length)),
          },
        }
      : {}),
  };
}

function flat(world: OscarWorld, free: Free[]): unknown {
  const nodes = world.definition.nodes();
  const cores = free.map(({ milliCores }) => milliCores);
  const memory = free.map(({ memoryBytes }) => memoryBytes);
  return {
    numberNodes: nodes.length,
    cpuFreeTotal: cores.reduce((sum, one) => sum + one, 0),
    cpuMaxFree: Math.max(0, ...cores),
    memoryFreeTotal: memory.reduce((sum, one) => sum + one, 0),
    memoryMaxFree: Math.max(0, ...memory),
    detail: nodes.map((node, index) => ({
      nodeName: node.name,
      cpuCapacity: String(node.milliCores),
      cpuUsage: String(node.milliCores - (cores[index] ?? 0)),
      cpuPercentage: ((100 * (node.milliCores - (cores[index] ?? 0))) / node.milliCores).toFixed(2),
      memoryCapacity: String(node.memoryBytes),
      memoryUsage: String(node.memoryBytes - (memory[index] ?? 0)),
      memoryPercentage: ((100 * (node.memoryBytes - (memory[index] ?? 0))) / node.memoryBytes).toFixed(2),
    })),
  };
}
