import { z } from 'zod';

// What OSCAR answers. Go writes null for what is empty and leaves out what is zero, in one release or another: each field may be missing.
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const whole = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
const map = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});

export const infoSchema = z.object({
  version: text,
  architecture: text,
  kubernetes_version: text,
  serverless_backend: z.object({ name: text, version: text }).nullish(),
});

export const configSchema = z.object({
  config: z.object({
    name: text,
    gpu_available: flag,
    interLink_available: flag,
    kueue_enable: flag,
    volume_enable: flag,
    oidc_groups: texts,
  }),
  minio_provider: z.object({
    endpoint: z.string(),
    verify: z.boolean().default(true),
    access_key: z.string(),
    secret_key: z.string(),
    region: text,
  }),
  allowed_image_repositories: texts,
});

const amount = z.object({ capacity_cores: whole, usage_cores: whole, request_cores: whole });
const bytes = z.object({ capacity_bytes: whole, usage_bytes: whole, request_bytes: whole });
export const nestedStatusSchema = z.object({
  cluster: z.object({
    metrics: z.object({
      cpu: z.object({
        total_free_cores: whole,
        max_free_on_node_cores: whole,
        total_schedulable_cores: z.number().nullish(),
        total_schedulable_on_node_cores: z.number().nullish(),
      }),
      memory: z.object({
        total_free_bytes: whole,
        max_free_on_node_bytes: whole,
        total_schedulable_bytes: z.number().nullish(),
        max_schedulable_on_node_bytes: z.number().nullish(),
      }),
      gpu: z.object({ total_gpu: whole }).nullish(),
    }),
    nodes: z
      .array(z.object({ name: text, cpu: amount, memory: bytes, gpu: whole, is_interlink: flag, status: text }))
      .nullish()
      .transform((value) => value ?? []),
  }),
  oscar: z.object({ ready: flag }).nullish(),
});

const digits = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => Number(value ?? 0) || 0);
export const flatStatusSchema = z.object({
  numberNodes: z.number(),
  cpuFreeTotal: digits,
  cpuMaxFree: digits,
  memoryFreeTotal: digits,
  memoryMaxFree: digits,
  detail: z
    .array(z.object({ nodeName: text, cpuCapacity: digits, cpuUsage: digits, memoryCapacity: digits, memoryUsage: digits }))
    .nullish()
    .transform((value) => value ?? []),
});

const path = z.object({ storage_provider: text, path: text, suffix: texts, prefix: texts });
const paths = z
  .array(path)
  .nullish()
  .transform((value) => value ?? []);
const memberSchema = z.object({
  type: text,
  cluster_id: text,
  service_name: text,
  url: text,
  priority: whole,
  ssl_verify: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
});
const members = z
  .array(memberSchema)
  .nullish()
  .transform((value) => value ?? []);

export const serviceSchema = z.object({
  name: z.string(),
  cluster_id: text,
  image: text,
  script: text,
  cpu: text,
  memory: text,
  enable_gpu: flag,
  log_level: text,
  vo: text,
  owner: text,
  token: text,
  visibility: text,
  allowed_users: texts,
  input: paths,
  output: paths,
  environment: z.object({ variables: map, Variables: map, secrets: map }).nullish(),
  annotations: map,
  labels: map,
  interlink_node_name: text,
  volume: z.object({ name: text, size: text, mount_path: text, lifecycle_policy: z.enum(['', 'delete', 'retain']).catch('') }).nullish(),
  expose: z.object({ api_port: z.union([z.number(), z.array(z.number())]).nullish() }).nullish(),
  federation: z.object({ topology: text, delegation: text, rescheduler_threshold: whole, members }).nullish(),
  replicas: members,
  delegation: text,
  rescheduler_threshold: whole,
  clusters: z.record(z.string(), z.object({ endpoint: text, auth_user: text, ssl_verify: z.boolean().default(true) })).nullish(),
  storage_providers: z
    .object({ minio: z.record(z.string(), z.object({ endpoint: text, region: text, verify: z.boolean().default(true) })).nullish() })
    .nullish(),
});

const jobSchema = z.object({
  status: z.string(),
  creation_time: z.string().nullish(),
  start_time: z.string().nullish(),
  finish_time: z.string().nullish(),
});
const flatJobs = z.record(z.string(), jobSchema);
/** Up to 3.5 the jobs alone, later wrapped, with the next page's name. */
export const jobsSchema = z.union([
  z.object({ jobs: flatJobs.nullable(), next_page: z.string().nullish() }),
  flatJobs.transform((jobs) => ({ jobs, next_page: null })),
]);

const bucketSchema = z.object({
  bucket_name: z.string(),
  visibility: text,
  allowed_users: texts,
  owner: text,
  metadata: z.object({ from_service: z.string().nullish() }).nullish(),
});
export const bucketsSchema = z
  .array(bucketSchema)
  .nullable()
  .transform((value) => value ?? []);
export const presignedSchema = z.object({ method: z.string(), url: z.string(), expires_at: z.string(), headers: map });
export const federationSchema = z.object({ topology: text, members });
export const deploymentSchema = z.object({
  state: z.enum(['pending', 'ready', 'degraded', 'failed', 'stopped', 'unavailable']).catch('unavailable'),
  reason: z.string().nullish(),
  active_instances: whole,
});
export const deploymentLogSchema = z.object({
  entries: z
    .array(z.object({ timestamp: z.string().nullish(), message: text }))
    .nullish()
    .transform((value) => value ?? []),
});

export type WireMember = z.infer<typeof memberSchema>;
