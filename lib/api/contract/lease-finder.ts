import { z } from 'zod';
import { innerProblemSchema } from './common';
import { costSchema, momentTextSchema, namedList, reservationSchema } from './lease-parts';

/** What is looked for of hosts: the words of `q` must all be found; `256GiB` means at least so much memory, `4x` at least so many graphics cards. */
const hardwareQuery = {
  site: namedList,
  q: z.string().max(200).optional(),
  nodeType: namedList,
  architecture: namedList,
  /** models of graphics cards; `none`: without */
  gpu: namedList,
  gpus: z.coerce.number().int().min(0).max(64).optional(),
  memoryGiB: z.coerce.number().min(0).max(65_536).optional(),
  threads: z.coerce.number().int().min(0).max(4096).optional(),
};
/** GET /leases/hosts: hardware search; works without signing in, on public registries. */
export const hostsQuerySchema = z.object({
  ...hardwareQuery,
  /** further facets */
  cpu: namedList,
  rack: namedList,
  other: namedList,
  limit: z.coerce.number().int().min(1).max(500).default(60),
  cursor: z.string().max(200).optional(),
});
const hostSchema = z.object({
  site: z.string(),
  uid: z.string(),
  name: z.string(),
  nodeType: z.string(),
  reservable: z.boolean(),
  architecture: z.string().nullable(),
  cpu: z.string().nullable(),
  threads: z.number().nullable(),
  memoryGiB: z.number().nullable(),
  diskGiB: z.number().nullable(),
  gpu: z.object({ model: z.string().nullable(), count: z.number() }).nullable(),
  infiniband: z.boolean(),
  rack: z.string().nullable(),
  /** an hour of it, in the site's unit; null: not told */
  perHour: z.number().nullable(),
  /** how it stands now */
  availability: z.enum(['free', 'taken', 'out-of-service', 'unknown']),
  /** until when that holds; null: nothing is reserved after, or not known */
  until: z.string().nullable(),
});
/** What told of a site: itself, its public registry, or nothing. */
const sourceSchema = z.object({
  site: z.string(),
  siteName: z.string(),
  source: z.enum(['site', 'registry']).nullable(),
  project: z.string().nullable(),
  /** the site has not answered yet */
  pending: z.boolean(),
  problem: innerProblemSchema.nullable(),
});
export type LeaseSource = z.infer<typeof sourceSchema>;
/** As lines each replaces the one before. */
export const hostsSchema = z.object({
  items: z.array(hostSchema),
  next: z.string().nullable(),
  total: z.number(),
  /** of each facet its values with how many hosts have them: what else could be chosen */
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number() }))),
  sources: z.array(sourceSchema),
});
export type LeaseHosts = z.infer<typeof hostsSchema>;
export type LeaseHostView = z.infer<typeof hostSchema>;

/** GET /leases/calendar: which hosts are taken when; works without signing in, on public registries. */
export const calendarQuerySchema = z.object({
  site: namedList,
  nodeType: namedList,
  q: z.string().max(200).optional(),
  /** left out: now */
  from: momentTextSchema.optional(),
  /** left out: 14 days later; 100 days at most */
  to: momentTextSchema.optional(),
  zone: z.string().max(100).optional(),
});
const calendarRowSchema = z.object({
  /** of the host: as a reservation names it */
  uid: z.string(),
  name: z.string(),
  nodeType: z.string(),
  reservable: z.boolean(),
  /** `A100 ×4`, for people; null: none */
  gpu: z.string().nullable(),
  memoryGiB: z.number().nullable(),
  perHour: z.number().nullable(),
  /** in order; `lease`: id of one that you can see under /leases. Whose the others are is not told */
  busy: z.array(z.object({ start: z.string(), end: z.string(), lease: z.string().optional() })),
});
/** A line of the calendar: rows of one site, in the order of their names; a large site comes in several lines, and the last says `more: false`. */
export const calendarLineSchema = sourceSchema.extend({
  from: z.string(),
  to: z.string(),
  rows: z.array(calendarRowSchema),
  more: z.boolean(),
  /** flavors of which the site leases machines, with how many are free when */
  flavors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      vcpus: z.number(),
      ramMiB: z.number(),
      diskGiB: z.number(),
      gpus: z.number(),
      perHour: z.number().nullable(),
      free: z.array(z.object({ start: z.string(), end: z.string(), available: z.number() })).nullable(),
    }),
  ),
  /** announced downtimes within its time */
  downtimes: z.array(z.object({ start: z.string(), end: z.string(), title: z.string() })),
});
export type CalendarLine = z.infer<typeof calendarLineSchema>;
/** Without lines: all of them at once. */
export const calendarSchema = z.object({ items: z.array(calendarLineSchema) });

export const presets = ['now', 'tonight', 'tomorrow', 'next-slot'] as const;
/** GET /leases/windows: when can so many be had for so long? Works without signing in, on public registries. */
export const windowsQuerySchema = z.object({
  ...hardwareQuery,
  /** machines of a flavor instead of hosts: its name or id; or `any`, by what it has at least (`gpus`, `memoryGiB`, `threads`) */
  flavor: z.string().max(200).optional(),
  /** hosts of several types together will do */
  mixed: z.enum(['true', 'false']).default('false'),
  count: z.coerce.number().default(1),
  hours: z.coerce.number().default(6),
  /** left out: now */
  from: momentTextSchema.optional(),
  /** left out: 30 days after `from` */
  to: momentTextSchema.optional(),
  /** instead of `from` and `to`, by the clocks of `zone` */
  preset: z.enum(presets).optional(),
  zone: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const offerSchema = z.object({
  site: z.string(),
  siteName: z.string(),
  /** in which the lease would be made; null before sign-in, or where you have none */
  project: z.string().nullable(),
  credential: z.string().nullable(),
  start: z.string(),
  end: z.string(),
  count: z.number(),
  nodeType: z.string().optional(),
  flavor: z.string().optional(),
  /** uids of the hosts that stay free longest */
  hosts: z.array(z.string()),
  /** how many are free in this time */
  free: z.number(),
  /** any start up to this one will do as well */
  latestStart: z.string(),
  /** until when it stays free after its end; null: nothing is reserved after it */
  freeUntil: z.string().nullable(),
  /** how long that is, in minutes */
  slackMinutes: z.number().nullable(),
  cost: costSchema.nullable(),
  /** what the lease is to reserve: as it goes into POST /leases */
  reservation: reservationSchema,
});
export type LeaseOffer = z.infer<typeof offerSchema>;
/** As lines each replaces the one before. */
export const windowsSchema = z.object({
  /** the earliest first; of several at one time what can be extended longest, then the cheapest */
  items: z.array(offerSchema),
  /** of each site without an offer, why */
  nothing: z.array(
    z.object({
      site: z.string(),
      reason: z.enum(['not-leased', 'too-long', 'hidden', 'none-matches', 'too-few', 'all-taken']),
      detail: z.string(),
    }),
  ),
  sources: z.array(sourceSchema),
  /** the sites that are quick have all told */
  settled: z.boolean(),
});
export type LeaseWindows = z.infer<typeof windowsSchema>;
