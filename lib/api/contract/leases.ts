import { z } from 'zod';
import { innerProblemSchema, remarkSchema } from './common';
import { deploymentSummarySchema } from './deployments';
import { costSchema, momentTextSchema, reservationSchema } from './lease-parts';

/** POST /leases, and POST /leases/lint. */
export const newLeaseSchema = z.strictObject({
  site: z.string().min(1).max(100),
  /** left out: the first that you can enter there */
  project: z.string().max(200).optional(),
  credential: z.string().max(200).optional(),
  /** 1 to 80 signs, unlike the project's other leases */
  name: z.string().max(300),
  start: z.union([z.literal('now'), momentTextSchema]),
  end: momentTextSchema,
  /** IANA time zone of times without an offset (`2026-11-22T14:00`); it is also where “at night” is */
  zone: z.string().max(100).optional(),
  /** 1 to 20; their numbers are judged by the site's rules, and named by field */
  reservations: z.array(reservationSchema).max(20),
  /** until when it is to be extended by itself, each time that its window opens */
  extendUntil: momentTextSchema.optional(),
});
export type NewLeaseBody = z.input<typeof newLeaseSchema>;

/** PATCH /leases/{id}: what is left out stays. */
export const patchLeaseSchema = z.strictObject({
  name: z.string().max(300).optional(),
  /** only of a lease that has not begun */
  start: z.union([z.literal('now'), momentTextSchema]).optional(),
  end: momentTextSchema.optional(),
  zone: z.string().max(100).optional(),
  /** how many hosts, machines or floating IPs, by reservation id */
  counts: z.record(z.string().max(100), z.number()).optional(),
});
export type PatchLeaseBody = z.input<typeof patchLeaseSchema>;

/**
 * POST /leases/{id}/actions. `take-over`: a lease that was made elsewhere may be changed here from now on; `let-go`: it is only shown again;
 * `auto-extend`: extend it by itself until then, `until: null`: no more; `repair`: bring a lease in ERROR in order; its answer may be
 * another lease, made in its place. `end-now`: it ends and keeps its record. That, and a repair that has to delete the lease, are refused while deployments
 * stand on it, unless `withDeployments` says that they are to be wound down first.
 */
export const leaseActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('take-over') }),
  z.strictObject({ action: z.literal('let-go') }),
  z.strictObject({ action: z.literal('end-now'), withDeployments: z.boolean().default(false) }),
  z.strictObject({ action: z.literal('repair'), withDeployments: z.boolean().default(false) }),
  z.strictObject({ action: z.literal('auto-extend'), until: momentTextSchema.nullable(), zone: z.string().max(100).optional() }),
]);
export type LeaseActionBody = z.input<typeof leaseActionSchema>;

const nodeSchema = z.object({
  uid: z.string(),
  name: z.string(),
  nodeType: z.string(),
  rack: z.string().nullable(),
  /** false while it is out of service */
  reservable: z.boolean(),
});

/** Blazar's words, and `MAKING` (it is being asked for) and `GONE` (the site does not list it any more). */
export const leaseStatuses = [
  'MAKING',
  'CREATING',
  'PENDING',
  'STARTING',
  'ACTIVE',
  'UPDATING',
  'TERMINATING',
  'TERMINATED',
  'DELETING',
  'ERROR',
  'GONE',
] as const;

/** A lease in a list. */
export const leaseSummarySchema = z.object({
  /** Transat's, for every path below /leases and for `placement.<group>.lease` */
  id: z.string(),
  /** Blazar's, as its command line takes it; null while it is being made */
  cloudId: z.string().nullable(),
  name: z.string(),
  site: z.string(),
  siteName: z.string(),
  project: z.string(),
  credential: z.string(),
  status: z.enum(leaseStatuses),
  start: z.string(),
  end: z.string(),
  reservations: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      /** `pending`, `active`, `deleted`, `error` */
      status: z.string(),
      /** hosts: as many as were free, from `min` to `max` */
      min: z.number().optional(),
      max: z.number().optional(),
      /** machines, floating IPs */
      count: z.number().optional(),
      /** what it asked its hosts to be, where it named a type */
      nodeType: z.string().optional(),
      /** id of the flavor; its machines boot with the flavor `reservation:<id>` */
      flavor: z.string().optional(),
      /** of the network that it makes */
      name: z.string().optional(),
      /** a host failed, and none took its place */
      missing: z.boolean(),
      /** a host failed while it ran, and another took its place */
      changed: z.boolean(),
    }),
  ),
  /** something that it held failed once */
  degraded: z.boolean(),
  /** made here, or taken over: it can be changed here */
  takenOver: z.boolean(),
  /** until when it is extended by itself */
  extend: z
    .object({
      until: z.string(),
      /** when it is looked at next */
      nextAt: z.string().nullable(),
      /** what keeps it from going further now */
      rule: z.string().nullable(),
    })
    .nullable(),
  /** what goes on with it by itself: it is being asked for; it ends, or is deleted, once what stands on it is wound down */
  work: z.enum(['make', 'end', 'delete']).nullable(),
  /** what went wrong last with what is done by itself */
  problem: innerProblemSchema.nullable(),
  /** those of yours that stand on it */
  deployments: z.array(deploymentSummarySchema.pick({ id: true, name: true, state: true, wanted: true, nodes: true })),
  /** when its site told this */
  seenAt: z.string().nullable(),
});
export type LeaseSummary = z.infer<typeof leaseSummarySchema>;

/** The rules that may bind an extension, as `extendableUntil.rule` and `extend.rule` name them. `unknown`: its site has not told (see `unheard`, `seenAt`). */
export const limitRules = [
  'next-reservation',
  'max-length',
  'project-end',
  'balance',
  'extension-window',
  'kind',
  'status',
  'unknown',
] as const;
const limitSchema = z.object({
  at: z.string(),
  rule: z.enum(limitRules),
  /** the host, or the VLAN of a network, that others have next, and when */
  host: z.string().optional(),
  vlan: z.string().optional(),
  taken: z.object({ start: z.string(), end: z.string() }).optional(),
});

/** What can be done with a lease now, and why not. */
const allowedSchema = z.object({ allowed: z.boolean(), reason: z.string().optional(), remark: remarkSchema.optional() });
export const leaseActions = [
  'rename',
  'move',
  'extend',
  'shorten',
  'grow',
  'end-now',
  'delete',
  'repair',
  'take-over',
  'auto-extend',
] as const;

/** GET /leases/{id}. With `Accept: application/x-ndjson` again whenever it has changed, until it is ACTIVE, over, or in ERROR. */
export const leaseSchema = leaseSummarySchema.extend({
  reservations: z.array(
    leaseSummarySchema.shape.reservations.element.extend({
      /** the hosts that it holds; null where the site does not tell */
      nodes: z.array(nodeSchema).nullable(),
      /** servers of yours that were booted on it here, by the deployment's id */
      used: z.number(),
      /** floating IPs that it gave, once it runs and where the site tells */
      addresses: z.array(z.string()).optional(),
    }),
  ),
  /** of the whole lease; null where the site tells no prices */
  cost: costSchema.nullable(),
  /** until when it can be extended now, and which rule binds; null: nothing stands against any time */
  extendableUntil: limitSchema.nullable(),
  /** the same once its extension window is open */
  extendableLater: limitSchema.nullable(),
  /** when its extension window opens; null where it is open, or there is none */
  extensionOpensAt: z.string().nullable(),
  /** whether the reservations of others are known: where not, the site may refuse what is said here */
  extensionCertain: z.boolean(),
  /** what Blazar does with it by itself, in the order of time */
  events: z.array(z.object({ type: z.string(), at: z.string(), status: z.string() })),
  /** what is not as it should be, with what to do */
  health: z.array(
    z.object({
      what: z.string(),
      severity: z.enum(['error', 'warning', 'note']),
      reservation: z.string().optional(),
      host: z.string().optional(),
      detail: z.string(),
      remedy: z.string(),
    }),
  ),
  actions: z.record(z.enum(leaseActions), allowedSchema),
  /** why the site could not be asked now; what is shown is what it told last */
  unheard: innerProblemSchema.nullable(),
});
export type LeaseView = z.infer<typeof leaseSchema>;

/** What could be had instead. Each was looked at as if it were asked for, and can be sent to POST /leases as it is. */
export const alternativeSchema = z.object({
  why: z.enum(['new-lease', 'later', 'other-hosts', 'other-site', 'other-type', 'shorter', 'fewer']),
  site: z.string(),
  start: z.string(),
  end: z.string(),
  count: z.number(),
  nodeType: z.string().optional(),
  request: newLeaseSchema,
});
export type LeaseAlternative = z.infer<typeof alternativeSchema>;

/** A problem of what is asked for; of severity `error` it would be refused, of `warning` it is only unwise. */
export const leaseProblemSchema = innerProblemSchema.extend({ severity: z.enum(['error', 'warning']), field: z.string() });

/** POST /leases/lint: the same as POST /leases would look at, and nothing is made. */
export const leaseLintSchema = z.object({
  problems: z.array(leaseProblemSchema),
  cost: costSchema.nullable(),
  /** where an error says that it can't be had: three at most */
  alternatives: z.array(alternativeSchema),
  /** what it would ask for as times of the site: whole minutes */
  start: z.string().nullable(),
  end: z.string().nullable(),
  /** of each reservation of hosts, those that would be taken: they stay free longest */
  hosts: z.array(z.object({ reservation: z.number(), nodes: z.array(nodeSchema) })),
});
export type LeaseLint = z.infer<typeof leaseLintSchema>;

/** DELETE /leases/{id}: refused while deployments stand on it, unless they are to be wound down first. */
export const deleteLeaseQuerySchema = z.object({ withDeployments: z.enum(['true', 'false']).default('false') });

/** GET /leases */
export const leasesQuerySchema = z.object({
  site: z.string().max(100).optional(),
  /** `true`: also those that are over */
  past: z.enum(['true', 'false']).default('false'),
  /** seconds to wait for sites; what they do not tell by then is as they told last */
  wait: z.coerce.number().min(0).max(20).default(5),
});
/** A line of GET /leases as application/x-ndjson: what a site told, or why it did not. The first has all that is kept, and `site: null`. */
export const leasesLineSchema = z.object({
  site: z.string().nullable(),
  items: z.array(leaseSummarySchema),
  problem: innerProblemSchema.nullable(),
});
export type LeasesLine = z.infer<typeof leasesLineSchema>;

/** GET /leases/{id}/export */
export const exportQuerySchema = z.object({
  as: z.enum(['ics', 'cli', 'python-chi']).default('ics'),
  /** of the reminder in a calendar; left out: that in which you are told of leases */
  language: z.enum(['en', 'es']).optional(),
});
