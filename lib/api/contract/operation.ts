import { z } from 'zod';

/** Of what its own user does for everybody of a cluster, and of what services used there. */
export const allowedImagesSchema = z.strictObject({
  /** beginnings of images' names that are taken; none: all are */
  allowedImages: z.array(z.string().trim().min(1).max(255)).max(100),
});

/** thousandths of a core, bytes, or a number */
export const quotaSchema = z.object({
  what: z.enum(['cpu', 'memory', 'gpu', 'scratch', 'volumes', 'disk', 'buckets']),
  used: z.number(),
  /** null: as much as one likes */
  most: z.number().nullable(),
});
export type QuotaView = z.infer<typeof quotaSchema>;

const written = z.string().trim().min(1).max(20).optional();
/** What is left out stays. Cores as a number, sizes with their unit; of buckets 0 is as many as they like. */
export const quotaChangeSchema = z.strictObject({ cpu: written, memory: written, volumes: written, disk: written, buckets: written });

/** A call of a service; no token, and nothing that was sent. */
export const requestSchema = z.object({
  at: z.string().nullable(),
  status: z.number(),
  /** in the cluster's words: `12.3ms` */
  took: z.string(),
  address: z.string(),
  kind: z.enum(['job', 'run']),
  service: z.string(),
  user: z.string(),
});
export type RequestView = z.infer<typeof requestSchema>;
export const requestsQuerySchema = z.object({ cursor: z.coerce.number().int().min(0).max(10_000_000).default(0) });

export const useQuerySchema = z.object({ days: z.enum(['1', '7']).default('1') });
const counted = z.number().nullable();
export const useSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** null: the release tells nothing; a number of it that is null the cluster does not count */
  use: z.object({ cpuHours: counted, gpuHours: counted, calls: counted, jobs: counted, visits: counted, people: counted }).nullable(),
});
export type UseView = z.infer<typeof useSchema>;
