import { z } from 'zod';
import { Secret } from '@/lib/core/secret';
import { dialectOf, hasRoute, probes, versionIn } from './dialect';
import { configSchema, flatStatusSchema, infoSchema, nestedStatusSchema } from './schemas';
import type { Transport } from './transport';
import type { ClusterConfig, ClusterInfo, ClusterStatus, Dialect } from './types';

const QUICK_MS = 10_000;
const STATUS_MS = 20_000;

/** Whether OSCAR answers at all; asks for no sign-in. */
export async function isHealthy(transport: Transport, timeoutMs: number = QUICK_MS): Promise<boolean> {
  const call = { method: 'GET', path: '/health', doing: 'say that it is well', expects: [200], token: null, timeoutMs } as const;
  const { status } = await transport.ask(call);
  return status === 200;
}

/** What a cluster's clock says, by the head of an answer, in milliseconds since 1970; null: it does not tell. */
export async function readClock(transport: Transport): Promise<number | null> {
  const call = { method: 'GET', path: '/health', doing: 'say that it is well', expects: [200], token: null, timeoutMs: QUICK_MS } as const;
  const { headers } = await transport.ask(call);
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? null : at;
}

export async function readInfo(transport: Transport): Promise<ClusterInfo> {
  const call = { method: 'GET', path: '/system/info', doing: 'say what it is', timeoutMs: QUICK_MS, expects: [200] } as const;
  const info = await transport.read(call, infoSchema);
  return {
    version: versionIn(info.version) ?? '',
    architecture: info.architecture,
    kubernetes: info.kubernetes_version,
    serverless: info.serverless_backend?.name || null,
  };
}

/** Which dialect a cluster speaks: by its version, or where it says none by what it has. */
export async function findDialect(transport: Transport, { version }: Pick<ClusterInfo, 'version'>): Promise<Dialect> {
  if (version !== '') return dialectOf(version);
  for (const { path, dialect } of probes) {
    const call = { method: 'GET', path, doing: 'say what it can do', timeoutMs: QUICK_MS, expects: [] } as const;
    const { status, body } = await transport.ask(call);
    if (hasRoute({ status, body })) return dialect;
  }
  return '3.5';
}

/**
 * What the cluster tells its user, keys of MinIO included. For somebody who comes with an access token, the first such call makes their account.
 */
export async function readConfig(transport: Transport): Promise<ClusterConfig> {
  const call = { method: 'GET', path: '/system/config', doing: 'tell its configuration', timeoutMs: STATUS_MS, expects: [200] } as const;
  const { config, minio_provider: minio, allowed_image_repositories } = await transport.read(call, configSchema);
  return {
    name: config.name,
    gpu: config.gpu_available,
    interLink: config.interLink_available,
    kueue: config.kueue_enable,
    volumes: config.volume_enable,
    groups: config.oidc_groups.filter((group) => group !== ''),
    allowedImages: allowed_image_repositories,
    minio: {
      endpoint: minio.endpoint,
      region: minio.region || 'us-east-1',
      accessKey: minio.access_key,
      secretKey: new Secret(minio.secret_key),
      verify: minio.verify,
    },
  };
}

/** How busy the cluster is. What is left counts what jobs asked for where the release tells it, else what is used. */
export async function readStatus(transport: Transport): Promise<ClusterStatus> {
  const call = { method: 'GET', path: '/system/status', doing: 'tell how busy it is', timeoutMs: STATUS_MS, expects: [200] } as const;
  const status = await transport.read(call, z.union([nestedStatusSchema, flatStatusSchema]));
  return 'cluster' in status ? fromNested(status) : fromFlat(status);
}

function fromNested({ cluster, oscar }: z.infer<typeof nestedStatusSchema>): ClusterStatus {
  const { cpu, memory, gpu } = cluster.metrics;
  return {
    ready: oscar ? oscar.ready : null,
    nodes: cluster.nodes.map((node) => ({
      name: node.name,
      milliCores: node.cpu.capacity_cores,
      freeMilliCores: node.cpu.capacity_cores - Math.max(node.cpu.usage_cores, node.cpu.request_cores),
      memoryBytes: node.memory.capacity_bytes,
      freeMemoryBytes: node.memory.capacity_bytes - Math.max(node.memory.usage_bytes, node.memory.request_bytes),
      gpus: node.gpu,
      interLink: node.is_interlink,
      ready: node.status === 'Ready' || node.status === '',
    })),
    mostFree: {
      milliCores: cpu.total_schedulable_on_node_cores ?? cpu.max_free_on_node_cores,
      memoryBytes: memory.max_schedulable_on_node_bytes ?? memory.max_free_on_node_bytes,
    },
    totalFree: {
      milliCores: cpu.total_schedulable_cores ?? cpu.total_free_cores,
      memoryBytes: memory.total_schedulable_bytes ?? memory.total_free_bytes,
    },
    gpus: gpu?.total_gpu ?? 0,
  };
}

function fromFlat(status: z.infer<typeof flatStatusSchema>): ClusterStatus {
  return {
    ready: null,
    nodes: status.detail.map((node) => ({
      name: node.nodeName,
      milliCores: node.cpuCapacity,
      freeMilliCores: node.cpuCapacity - node.cpuUsage,
      memoryBytes: node.memoryCapacity,
      freeMemoryBytes: node.memoryCapacity - node.memoryUsage,
      gpus: 0,
      interLink: false,
      ready: true,
    })),
    mostFree: { milliCores: status.cpuMaxFree, memoryBytes: status.memoryMaxFree },
    totalFree: { milliCores: status.cpuFreeTotal, memoryBytes: status.memoryFreeTotal },
    gpus: 0,
  };
}
