import { z } from 'zod';
import { innerProblemSchema } from './common';
import { placementSchema } from './deployments';

export const siteSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.enum(['egi', 'chameleon', 'custom']),
  country: z.string().nullable(),
  city: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  authUrl: z.string(),
  region: z.string().nullable(),
  methods: z.array(z.enum(['oidc', 'applicationCredential', 'password'])),
  features: z.object({
    leases: z.boolean(),
    bareMetal: z.boolean(),
    volumes: z.boolean(),
    floatingIps: z.boolean(),
    securityGroups: z.boolean(),
  }),
  /** `unknown`: not asked yet */
  access: z.enum(['ready', 'needs-credential', 'denied', 'unreachable', 'unknown']),
  reason: innerProblemSchema.nullable(),
  projects: z.array(z.object({ id: z.string(), name: z.string(), credential: z.string() })),
  enrolUrl: z.string().nullable(),
  applicationCredentialUrl: z.string().nullable(),
  /** longest life of an application credential that is made there, in days */
  applicationCredentialMaxDays: z.number().int(),
  /** the provider that can be connected by the device flow; null where there is none */
  deviceProvider: z.string().nullable(),
  sandbox: z.boolean(),
  identityProvider: z.string().nullable(),
  protocol: z.string().nullable(),
  /** you added it, and only you see it */
  own: z.boolean(),
  /** when the directory that lists it was read; null for sites that are in none */
  asOf: z.string().nullable(),
  /** since when its directory no longer lists it */
  goneSince: z.string().nullable(),
  /** announced downtimes that have not ended, the soonest first */
  downtimes: z.array(
    z.object({
      start: z.string(),
      end: z.string(),
      severity: z.enum(['outage', 'warning']),
      description: z.string(),
      url: z.string().optional(),
    }),
  ),
  /** PEM of the certificate authorities that you gave it; null for sites that are not your own */
  ca: z.string().nullable(),
});
export type SiteView = z.infer<typeof siteSchema>;

const line = (most: number) => z.string().trim().min(1).max(most);
const ownSite = {
  name: line(60).regex(/^[^\p{Cc}<>]*$/u, 'Use letters, digits and common signs'),
  authUrl: z.url({ protocol: /^https?$/, error: 'Use an address such as https://keystone.example.org:5000/v3' }).max(300),
  methods: z
    .array(z.enum(['oidc', 'applicationCredential', 'password']))
    .min(1)
    .max(3),
};
const more = {
  region: line(100),
  /** Keystone's names for federated sign-in, where the methods have `oidc` */
  identityProvider: line(100),
  protocol: line(100),
  /** PEM of certificate authorities, beside those that everybody knows */
  ca: z.string().trim().min(1).max(262_144),
  /** ISO 3166-1 alpha-2 */
  country: z.string().regex(/^[A-Z]{2}$/, 'Use the two letters of the country, such as ES'),
  city: line(60),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
};
const optional = z.strictObject(more).partial();
export const newSiteSchema = optional.extend({ ...ownSite, methods: ownSite.methods.default(['applicationCredential', 'password']) });
export type NewSite = z.infer<typeof newSiteSchema>;
/** What is left out stays; `null` takes it away. */
export const patchSiteSchema = z
  .strictObject(ownSite)
  .partial()
  .extend(Object.fromEntries(Object.entries(more).map(([key, schema]) => [key, schema.nullish()])) as NullishOf<typeof more>);
type NullishOf<Shape extends Record<string, z.ZodType>> = { [Key in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Key]>> };

const quota = z.object({
  limit: z.number().nullable(),
  used: z.number(),
  /** the site does not tell it now, and told it then */
  since: z.string().optional(),
});
export const siteFactsSchema = z.object({
  flavors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      vcpus: z.number(),
      ramMiB: z.number(),
      diskGiB: z.number(),
      bareMetal: z.boolean(),
      gpus: z.number().optional(),
      architecture: z.string().optional(),
    }),
  ),
  images: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      distro: z.string().optional(),
      version: z.string().optional(),
      architecture: z.string().optional(),
      loginUser: z.string(),
      minDiskGiB: z.number(),
      minRamMiB: z.number(),
      sizeMiB: z.number().optional(),
      createdAt: z.string().optional(),
      /** it belongs to another project of the site's */
      from: z.literal('shared').optional(),
      snapshot: z.boolean().optional(),
    }),
  ),
  networks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      external: z.boolean(),
      shared: z.boolean(),
      subnets: z.array(z.object({ id: z.string(), cidr: z.string(), gateway: z.string().optional() })),
    }),
  ),
  /** the project's own that lead out; left out where that was not asked for, or can't be seen */
  routers: z.array(z.object({ id: z.string(), name: z.string(), leadsTo: z.string() })).optional(),
  /** one that is left out is not known: the site did not tell it */
  quotas: z
    .object({
      cores: quota,
      ramMiB: quota,
      instances: quota,
      floatingIps: quota,
      networks: quota,
      subnets: quota,
      routers: quota,
      ports: quota,
      securityGroups: quota,
      securityGroupRules: quota,
      keyPairs: quota,
      volumes: quota,
      volumeGiB: quota,
    })
    .partial(),
  availabilityZones: z.array(z.string()),
  volumeTypes: z.array(z.string()),
  /** hosts that leases can have, and those that are free now */
  leaseHosts: z.object({ total: z.number(), free: z.number() }).optional(),
  /** milliseconds that the quickest call took */
  latencyMs: z.number().optional(),
  asOf: z.string(),
  /** newer ones are being read: ask again in a moment */
  refreshing: z.boolean(),
  /** what the site did not tell this time; `since`: what stands in its place is from then, else nothing is known of it */
  gaps: z.array(z.object({ part: z.string(), problem: innerProblemSchema, since: z.string().optional() })),
});
export type SiteFactsView = z.infer<typeof siteFactsSchema>;

/** What a line about a site among many shows; null is what it has not told (yet). */
export const siteSummarySchema = z.object({
  site: z.string(),
  project: z.string(),
  quotas: z.object({ cores: quota, ramMiB: quota, instances: quota }).nullable(),
  /** the quotas are from then: the site does not tell them now */
  quotasSince: z.string().nullable(),
  flavors: z.number().int().nullable(),
  images: z.number().int().nullable(),
  latencyMs: z.number().nullable(),
  /** when it was told; null while it is being told */
  asOf: z.string().nullable(),
  /** newer ones are being read */
  refreshing: z.boolean(),
  /** why the site told nothing now */
  problem: innerProblemSchema.nullable(),
});
export type SiteSummary = z.infer<typeof siteSummarySchema>;

export const matchRequestSchema = z.strictObject({
  recipe: z.string().max(100),
  addOns: z.array(z.string().max(100)).max(20).default([]),
  inputs: z.record(z.string().max(100), z.unknown()).default({}),
  /** only the groups that go with this one … */
  group: z.string().max(100).optional(),
  /** what is chosen already at one of the sites: there the ranking is for that */
  chosen: z
    .strictObject({
      site: z.string().max(100),
      project: z.string().max(200).optional(),
      machines: z.record(z.string().max(100), placementSchema.pick({ flavor: true, image: true, trustedImage: true, imageIs: true })),
    })
    .optional(),
  /** … or only this placement set's; left out: all */
  set: z.string().max(100).optional(),
});
export type MatchRequestBody = z.input<typeof matchRequestSchema>;
export const matchItemSchema = z.object({
  site: z.string(),
  project: z.object({ id: z.string(), name: z.string() }).nullable(),
  credential: z.string().nullable(),
  fits: z.boolean(),
  /** the site has not answered yet */
  pending: z.boolean(),
  /** it announced that it is down now */
  down: z.boolean(),
  /** where it does not fit: you can change that, by access of your own or by other choices */
  mendable: z.boolean(),
  score: z.number(),
  reasons: z.array(z.object({ good: z.boolean(), text: z.string(), remedy: z.string().optional() })),
  /** the first group's (or the asked group's) choice; `choices` has every group's */
  flavor: z.string().nullable(),
  image: z.string().nullable(),
  choices: z.record(z.string(), z.object({ flavor: z.string().nullable(), image: z.string().nullable() })),
  headroom: z.record(z.string(), z.number().nullable()),
  distanceKm: z.number().nullable(),
});
export type MatchItem = z.infer<typeof matchItemSchema>;
/** The ranking as it stands; in a stream each replaces the one before. */
export const rankingSchema = z.object({
  items: z.array(matchItemSchema),
  /** the sites that are quick have all told: what comes later is from those that are slow */
  settled: z.boolean(),
});
export type Ranking = z.infer<typeof rankingSchema>;
