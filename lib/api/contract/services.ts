import { z } from 'zod';

const pathSchema = z.object({ provider: z.string(), path: z.string(), suffix: z.array(z.string()), prefix: z.array(z.string()) });
const map = z.record(z.string(), z.string());
const volumeSchema = z.object({
  name: z.string(),
  mountPath: z.string(),
  /** of one that is made with the service; empty: it is one that is there */
  size: z.string(),
  lifecycle: z.enum(['', 'delete', 'retain']),
});

/** A service without what is secret in it: of its secrets, of other clusters and of storages only what they are called and where they are. */
export const serviceSchema = z.object({
  name: z.string(),
  /** OSCAR's name for the cluster */
  clusterId: z.string(),
  image: z.string(),
  script: z.string(),
  cpu: z.string(),
  memory: z.string(),
  gpu: z.boolean(),
  logLevel: z.string(),
  vo: z.string(),
  owner: z.string(),
  visibility: z.string(),
  allowedUsers: z.array(z.string()),
  input: z.array(pathSchema),
  output: z.array(pathSchema),
  variables: map,
  secrets: z.array(z.string()),
  interLinkNode: z.string(),
  /** what it has mounted (4.0 and later); null: nothing */
  volume: volumeSchema.nullable(),
  /** it runs all the time, and answers at an address */
  exposed: z.boolean(),
  /** other clusters that may take its jobs */
  members: z.array(z.object({ cluster: z.string(), service: z.string(), priority: z.number() })),
  delegation: z.string().nullable(),
  thresholdSeconds: z.number().nullable(),
  /** other storages that it knows, and where they are */
  stores: map,
});
export type ServiceView = z.infer<typeof serviceSchema>;

export const oneServiceSchema = serviceSchema.extend({
  /** how its long-running part is; null: it has none, or the release does not tell */
  deployment: z
    .object({
      state: z.enum(['pending', 'ready', 'degraded', 'failed', 'stopped', 'unavailable']),
      reason: z.string().nullable(),
      instances: z.number(),
    })
    .nullable(),
});
export type OneServiceView = z.infer<typeof oneServiceSchema>;

const short = z.string().trim().max(300);
const given = z.strictObject({
  provider: z.string().trim().max(100).default('minio.default'),
  path: z.string().trim().max(1024),
  suffix: z.array(z.string().max(100)).max(20).default([]),
  prefix: z.array(z.string().max(100)).max(20).default([]),
});
const values = z.record(z.string().max(200), z.string().max(20_000)).default({});
/** A service as somebody describes it; what a cluster would refuse is said at its field. */
export const givenServiceSchema = z.strictObject({
  name: z.string().trim().max(100),
  image: short,
  script: z.string().max(1_000_000),
  cpu: z.string().trim().max(20).default('0.2'),
  memory: z.string().trim().max(20).default('256Mi'),
  gpu: z.boolean().default(false),
  logLevel: z.enum(['', 'NOTSET', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']).default(''),
  vo: short.default(''),
  visibility: z.enum(['private', 'restricted', 'public']).default('private'),
  allowedUsers: z.array(short).max(100).default([]),
  input: z.array(given).max(20).default([]),
  output: z.array(given).max(20).default([]),
  variables: values,
  /** write-only */
  secrets: values,
  interLinkNode: short.default(''),
  /** a volume that is mounted: one that is there, or with a size one that is made with the service; left out, it stays as it is */
  volume: z
    .strictObject({
      name: z.string().trim().max(100).default(''),
      mountPath: short,
      size: z.string().trim().max(20).default(''),
      lifecycle: z.enum(['', 'delete', 'retain']).default(''),
    })
    .nullable()
    .optional(),
});
export type GivenServiceBody = z.infer<typeof givenServiceSchema>;

export const putServiceQuerySchema = z.object({
  /** `true`: says what would be done, and does nothing */
  dryRun: z.enum(['true', 'false']).default('false'),
  /** `true`: one that is there is changed */
  replace: z.enum(['true', 'false']).default('false'),
});
export const servicePlanSchema = z.object({
  change: z.enum(['none', 'create', 'update', 'foreign']),
  /** whose it is, where it is somebody else’s */
  owner: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
  /** what the cluster would refuse */
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type ServicePlanView = z.infer<typeof servicePlanSchema>;

export const fdlSchema = z.strictObject({ fdl: z.string().min(1).max(1_000_000) });
export const exportServiceQuerySchema = z.object({ as: z.enum(['fdl', 'oscar-cli', 'curl', 'oscar-python']).default('fdl') });

const amount = z.object({ milliCores: z.number(), memoryBytes: z.number() });
export const jobSchema = z.object({
  name: z.string(),
  state: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Suspended', 'Unknown']),
  createdAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** why it does not run yet; null: it does, or nobody can say */
  waiting: z
    .discriminatedUnion('why', [
      z.object({ why: z.enum(['no-room', 'too-large']), needs: amount, free: amount }),
      z.object({ why: z.literal('queued') }),
      z.object({ why: z.literal('starting'), seconds: z.number() }),
    ])
    .nullable(),
});
export type JobView = z.infer<typeof jobSchema>;
export const jobsQuerySchema = z.object({
  cursor: z.string().max(2000).optional(),
  /** `true`: of the first page, what was read for somebody else within the last moment will do */
  watch: z.literal('true').optional(),
});

export const startJobSchema = z.strictObject({ event: z.string().max(900_000).default('{}') });
export const runServiceSchema = z.strictObject({
  /** of the input, in base64 */
  input: z
    .string()
    .max(900_000)
    .regex(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'Send the input in base64')
    .default(''),
});
export const ranSchema = z.object({
  /** what is text of the answer */
  text: z.string(),
  /** the answer was a file: its bytes */
  base64: z.string().nullable(),
  milliseconds: z.number(),
});
export type RanView = z.infer<typeof ranSchema>;
