import { z } from 'zod';
import { innerProblemSchema } from './common';
import { quotaSchema } from './operation';

const regions = z.enum(['eu', 'us', 'other']);

export const clusterSchema = z.object({
  id: z.string(),
  name: z.string(),
  region: regions,
  endpoint: z.string(),
  /** PEM of the certificate authorities that you gave it */
  ca: z.string().nullable(),
  dialect: z.enum(['3.5', '3.6', '4.0', '4.1']),
  version: z.string(),
  auth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('basic'), user: z.string() }),
    z.object({ kind: z.literal('oidc'), provider: z.string() }),
  ]),
  /** private addresses and plain http are allowed there */
  inside: z.boolean(),
  /** the deployment that it came with */
  deployment: z.string().nullable(),
  site: z.string().nullable(),
  /** what went wrong when it was asked last; null: it answered */
  problem: innerProblemSchema.nullable(),
  seenAt: z.string().nullable(),
  createdAt: z.string(),
  traits: z.object({
    /** a bucket can be made there for others to see */
    sharesBuckets: z.boolean(),
    /** once another program has changed a service, files start no jobs until it is saved here */
    forgetsChanges: z.boolean(),
  }),
});
export type ClusterView = z.infer<typeof clusterSchema>;

const amounts = z.object({ milliCores: z.number(), memoryBytes: z.number() });
export const clusterStatusSchema = z.object({
  healthy: z.boolean(),
  version: z.string(),
  dialect: z.string(),
  kubernetes: z.string().nullable(),
  architecture: z.string().nullable(),
  /** of synchronous calls; null: there are none */
  serverless: z.string().nullable(),
  gpu: z.boolean(),
  /** it keeps volumes for people, which services can mount */
  volumes: z.boolean(),
  interLink: z.boolean(),
  /** virtual organisations whose members are let in */
  groups: z.array(z.string()),
  /** prefixes of images that are taken; empty: all are */
  allowedImages: z.array(z.string()),
  /** address of its storage */
  minio: z.string().nullable(),
  capacity: z
    .object({
      ready: z.boolean().nullable(),
      nodes: z.array(
        z.object({
          name: z.string(),
          milliCores: z.number(),
          freeMilliCores: z.number(),
          memoryBytes: z.number(),
          freeMemoryBytes: z.number(),
          gpus: z.number(),
          interLink: z.boolean(),
          ready: z.boolean(),
        }),
      ),
      /** left on the one machine that has most left */
      mostFree: amounts,
      totalFree: amounts,
      gpus: z.number(),
    })
    .nullable(),
  services: z.number().nullable(),
  /** what you may do for everybody there, as the cluster’s own user: say whose images it takes, change people’s quotas, read its log */
  may: z.object({ images: z.boolean(), quotas: z.boolean(), log: z.boolean() }),
  /** what you may use there and use: thousandths of a core, bytes, or a number; null: it tells of none */
  quotas: z.array(quotaSchema).nullable(),
  /** why it could not be asked, or did not tell all; what it did not tell is null */
  problem: innerProblemSchema.nullable(),
});
export type ClusterStatusView = z.infer<typeof clusterStatusSchema>;

const certificateSchema = z.object({
  pem: z.string(),
  /** SHA-256, as openssl writes it */
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
});
export type CertificateView = z.infer<typeof certificateSchema>;
export const clusterCertificateSchema = z.object({
  /** null: it shows none, or does not answer */
  shown: certificateSchema.nullable(),
  /** what you said it is known by; none: the public authorities alone are believed */
  kept: z.array(certificateSchema),
  /** as `ca` it believes what is shown, in the place of what was of the same name */
  ca: z.string().nullable(),
});
export type ClusterCertificateView = z.infer<typeof clusterCertificateSchema>;

const line = (most: number) => z.string().trim().min(1).max(most);
const given = {
  name: line(60).regex(/^[^\p{Cc}<>]*$/u, 'Use letters, digits and common signs'),
  region: regions,
  endpoint: z.url({ protocol: /^https?$/, error: 'Use an address such as https://oscar.example.org' }).max(300),
  auth: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('basic'),
      user: line(100).regex(/^[^:\p{Cc}]*$/u, 'A user’s name has no colon'),
      password: z.string().min(1).max(300),
    }),
    z.strictObject({ kind: z.literal('oidc') }),
  ]),
};
const ca = z.string().trim().min(1).max(262_144);
export const newClusterSchema = z.strictObject({ ...given, region: given.region.default('other'), ca: ca.optional() });
/** What is left out stays; a `ca` of null takes it away. */
export const patchClusterSchema = z.strictObject(given).partial().extend({ ca: ca.nullish() });

/** A cluster that the sandbox has for whoever wants to try. */
export const offeredClusterSchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  endpoint: z.string(),
  region: regions,
  /** page with its user, password and keys */
  page: z.string(),
});
export type OfferedClusterView = z.infer<typeof offeredClusterSchema>;
export const takeOfferedSchema = z.strictObject({ id: line(60) });
