import { z } from 'zod';
import type { Abilities } from '../definition';
import { decode, fields, type Shape } from './go-json';

const text = z.string().default('');
const texts = z.record(z.string(), z.string()).default({});
const list = z.array(z.string()).default([]);
const flag = z.boolean().default(false);
const whole = z.int().default(0);

const pathSchema = z.object({ storage_provider: text, path: text, suffix: list, prefix: list });
export const replicaSchema = z.object({
  type: text,
  cluster_id: text,
  service_name: text,
  url: text,
  ssl_verify: flag,
  priority: z.number().default(0),
  headers: texts,
});
export const clusterSchema = z.object({ endpoint: text, auth_user: text, auth_password: text, ssl_verify: flag });
const minioSchema = z.object({ endpoint: text, region: text, access_key: text, secret_key: text, verify: z.boolean().default(true) });
export const providersSchema = z.object({
  minio: z.record(z.string(), minioSchema).optional(),
  s3: z.record(z.string(), z.object({ access_key: text, secret_key: text, region: text })).optional(),
  onedata: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  webdav: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  rucio: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

const common = {
  name: text,
  cluster_id: text,
  memory: text,
  cpu: text,
  total_memory: text,
  total_cpu: text,
  enable_gpu: flag,
  enable_sgx: flag,
  image_prefetch: flag,
  synchronous: z.object({ min_scale: whole, max_scale: whole }).default({ min_scale: 0, max_scale: 0 }),
  log_level: text,
  image: text,
  alpine: flag,
  file_stage_in: flag,
  input: z.array(pathSchema).default([]),
  output: z.array(pathSchema).default([]),
  script: text,
  image_pull_secrets: list,
  environment: z.object({ variables: texts, secrets: texts }).default({ variables: {}, secrets: {} }),
  annotations: texts,
  labels: texts,
  clusters: z.record(z.string(), clusterSchema).optional(),
  storage_providers: providersSchema.optional(),
  mount: z.object({ storage_provider: text, path: text, options: text }).optional(),
  vo: text,
  owner: text,
  visibility: text,
  allowed_users: list,
  isolation_level: text,
  bucket_list: list,
  interlink_node_name: text,
  volume: z.object({ name: text, size: text, mount_path: text, lifecycle_policy: text }).optional(),
};
const expose = (port: z.ZodType) =>
  z.object({
    min_scale: whole,
    max_scale: whole,
    api_port: port,
    cpu_threshold: whole,
    rewrite_target: flag,
    nodePort: port,
    default_command: flag,
    set_auth: flag,
  });
const older = z.object({
  ...common,
  expose: expose(whole).optional(),
  replicas: z.array(replicaSchema).optional(),
  delegation: z.string().optional(),
  rescheduler_threshold: whole.optional(),
});
const newer = z.object({
  ...common,
  expose: expose(z.array(z.int()).default([])).optional(),
  federation: z
    .object({ group_id: text, topology: text, delegation: text, rescheduler_threshold: whole, members: z.array(replicaSchema).nullish() })
    .optional(),
});

/** A service as OSCAR's API has it; of both forms of naming other clusters, a release knows one. */
export type ServiceBody = z.infer<typeof older> & Pick<z.infer<typeof newer>, 'federation'>;
export type Replica = z.infer<typeof replicaSchema>;

const path = fields('storage_provider path suffix prefix');
const replica = fields('type cluster_id service_name url ssl_verify priority', { headers: 'plain' });
const cluster: Shape = { map: fields('endpoint auth_user auth_password ssl_verify') };
const providers: Shape = {
  fields: {
    minio: { map: fields('endpoint region access_key secret_key verify') },
    s3: { map: fields('access_key secret_key region') },
    onedata: { map: 'plain' },
    webdav: { map: 'plain' },
    rucio: { map: 'plain' },
  },
};
const shape: Shape = fields(Object.keys(common).join(' '), {
  synchronous: fields('min_scale max_scale'),
  expose: fields('min_scale max_scale api_port cpu_threshold rewrite_target nodePort default_command set_auth'),
  input: { list: path },
  output: { list: path },
  environment: fields('variables secrets'),
  mount: fields('storage_provider path options'),
  volume: fields('name size mount_path lifecycle_policy'),
  clusters: cluster,
  storage_providers: providers,
  replicas: { list: replica },
  delegation: 'plain',
  rescheduler_threshold: 'plain',
  federation: fields('group_id topology delegation rescheduler_threshold', { members: { list: replica } }),
});
const federationShape: Shape = {
  fields: { members: { list: replica }, update: { list: replica }, clusters: cluster, storage_providers: providers, delete: 'plain' },
};
const federationSchema = z.object({
  members: z.array(replicaSchema).default([]),
  update: z.array(replicaSchema).default([]),
  clusters: z.record(z.string(), clusterSchema).optional(),
  storage_providers: providersSchema.optional(),
  delete: flag,
});

/** Whether a service runs all the time, at a port. */
export const isExposed = ({ expose }: Pick<ServiceBody, 'expose'>): boolean =>
  expose !== undefined && [expose.api_port].flat().some((port) => port !== 0);

/** A body, or in Go's words what is wrong with it. */
export type Read<T> = { value: T } | { fault: string };

export function readService(body: unknown, abilities: Abilities): Read<ServiceBody> {
  const found = read<ServiceBody>(abilities.federation ? newer : older, decode(body, shape), 'Service');
  if ('fault' in found) return found;
  const { expose: ports, mount, ...value } = found.value;
  // what is shown of one that has none comes back with its change
  return { value: { ...value, ...(isZero(ports) ? {} : { expose: ports }), ...(isZero(mount) ? {} : { mount }) } };
}

/** Whether it is what Go has where nothing is given. */
function isZero(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).every(isZero) : !value;
}

export function readFederation(body: unknown): Read<z.infer<typeof federationSchema>> {
  return read(federationSchema, decode(body, federationShape), 'FederationRequest');
}

function read<T>(schema: z.ZodType<T>, value: unknown, type: string): Read<T> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const issue = result.error.issues[0];
  const at = (issue?.path ?? []).filter((part) => typeof part === 'string').join('.');
  const found = (issue?.path ?? []).reduce<unknown>((inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined), value);
  const is = Array.isArray(found)
    ? 'array'
    : found === null
      ? 'null'
      : isObject(found)
        ? 'object'
        : typeof found === 'boolean'
          ? 'bool'
          : typeof found;
  return { fault: `json: cannot unmarshal ${is} into Go struct field ${type}.${at} of type ${goType(issue)}` };
}

function goType(issue: z.core.$ZodIssue | undefined): string {
  const expected = issue?.code === 'invalid_type' ? issue.expected : 'value';
  return (
    { boolean: 'bool', array: '[]string', record: 'map[string]string', int: 'int', number: 'int', object: 'struct' }[expected as string] ??
    expected
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
