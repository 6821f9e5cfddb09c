import { z } from 'zod';
import { isLoginName } from '@/lib/core/login-name';
import { innerProblemSchema } from './common';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
/** A lease that is to be made on the way, for as many hosts as the group has nodes. */
const newLeaseSchema = z.strictObject({
  start: z.union([z.literal('now'), moment]),
  end: moment,
  nodeType: z.string().min(1).max(200).optional(),
});
export const placementSchema = z.strictObject({
  site: z.string().min(1).max(100),
  project: z.string().max(200).optional(),
  credential: z.string().max(200).optional(),
  flavor: z.string().max(200).optional(),
  image: z.string().max(200).optional(),
  /** id of an image of another project that the person trusts: it gets the secrets of the nodes that boot it */
  trustedImage: z.string().max(200).optional(),
  /** one that is there: its id under /leases, or its site's */
  lease: z.string().max(200).optional(),
  newLease: newLeaseSchema.optional(),
  /** what the person says that the image is, which beats what the site says of it */
  imageIs: z
    .strictObject({
      image: z.string().min(1).max(200),
      distro: z.string().regex(/^[a-z][a-z0-9]{0,29}$/, 'Use lower-case letters and digits'),
      version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,19}$/, 'Use digits, letters, dots and hyphens'),
      architecture: z.enum(['x86_64', 'aarch64']).optional(),
      loginUser: z.string().refine(isLoginName, 'Use the name of a user on a machine'),
    })
    .optional(),
  network: z.string().max(200).optional(),
  /** id of the external network that public addresses come from */
  pool: z.string().max(200).optional(),
  /** of a network that is made */
  nameServers: z.array(z.ipv4()).max(4).optional(),
  /** id of an existing router by which a network that is made leads out */
  router: z.string().max(200).optional(),
  configDrive: z.boolean().optional(),
  volumeType: z.string().max(200).optional(),
});
export const planRequestSchema = z.strictObject({
  recipe: z.string().min(1).max(100),
  addOns: z.array(z.string().max(100)).max(20).default([]),
  inputs: z.record(z.string().max(100), z.unknown()).default({}),
  placement: z.record(z.string().max(100), placementSchema).default({}),
});
export type PlanRequestBody = z.input<typeof planRequestSchema>;
/** 1 to 60 letters, digits, spaces, dots, hyphens and underscores, beginning with a letter or digit. */
export const deploymentNameSchema = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u,
    'Use 1 to 60 letters, digits, spaces, dots, hyphens or underscores, beginning with a letter or digit',
  );
/** Started and stopped by the clocks of a zone, on days of the week (1 is Monday). */
export const scheduleSchema = z.strictObject({
  zone: z.string().min(1).max(64),
  days: z.array(z.number().int()).max(7),
  start: z.string().max(5),
  stop: z.string().max(5),
});
export const newDeploymentSchema = planRequestSchema.extend({
  name: deploymentNameSchema,
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** its lease may end before it is ready: else that is refused */
  acceptShortLease: z.boolean().default(false),
});
export type NewDeploymentBody = z.input<typeof newDeploymentSchema>;

export const totals = z.object({
  nodes: z.number(),
  vcpus: z.number(),
  ramMiB: z.number(),
  diskGiB: z.number(),
  volumes: z.number(),
  volumeGiB: z.number(),
  floatingIps: z.number(),
  networks: z.number(),
  routers: z.number(),
  ports: z.number(),
  securityGroups: z.number(),
  subnets: z.number().optional(),
  securityGroupRules: z.number().optional(),
  keyPairs: z.number().optional(),
  seconds: z.number(),
});
export const planViewSchema = z.object({
  recipe: z.object({ id: z.string(), version: z.string(), name: z.string(), addOns: z.array(z.string()) }),
  resources: z.array(
    z.object({
      key: z.string(),
      kind: z.string(),
      site: z.string(),
      group: z.string().optional(),
      dependsOn: z.array(z.string()),
      summary: z.string(),
    }),
  ),
  nodes: z.array(
    z.object({
      key: z.string(),
      hostname: z.string(),
      group: z.string(),
      site: z.string(),
      steps: z.array(z.object({ name: z.string(), title: z.string() })),
    }),
  ),
  /** what the placement resolved to, per group */
  placement: z.record(z.string(), placementSchema.extend({ flavorName: z.string().optional(), imageName: z.string().optional() })),
  totals,
  siteTotals: z.record(z.string(), totals),
  problems: z.array(innerProblemSchema.extend({ severity: z.enum(['error', 'warning']), field: z.string().optional() })),
});
export type PlanView = z.infer<typeof planViewSchema>;

export const deploymentStates = [
  'planned',
  'deploying',
  'configuring',
  'ready',
  'degraded',
  'updating',
  'failed',
  'stopping',
  'stopped',
  'starting',
  'waiting-for-lease',
  'deleting',
  'deleted',
] as const;
export const deploymentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  recipe: z.string(),
  recipeName: z.string(),
  state: z.enum(deploymentStates),
  /** what its owner asked for last */
  wanted: z.enum(['running', 'stopped', 'deleted']),
  progress: z.object({ done: z.number(), total: z.number() }),
  sites: z.array(z.string()),
  nodes: z.object({ total: z.number(), ready: z.number(), failed: z.number() }),
  createdAt: z.string(),
  readyAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  leases: z.array(z.object({ id: z.string(), end: z.string() })),
  /** when the first of the leases that it stands on ends */
  leaseEndsAt: z.string().nullable(),
  /** what ended it, where that was not its owner */
  endedBy: z.enum(['end', 'lease']).nullable(),
  /** since when it has had nothing to do, where that is long and is known; null says nothing */
  idleSince: z.string().nullable(),
  /** host names of the nodes whose disks went with it, where its owner did not end it */
  lost: z.array(z.string()),
});
export type DeploymentSummary = z.infer<typeof deploymentSummarySchema>;
const sideSchema = z.object({
  set: z.string(),
  label: z.string(),
  groups: z.array(z.string()),
  site: z.string(),
  state: z.enum(['under-way', 'ready', 'waiting', 'failed']),
  problem: innerProblemSchema.nullable(),
});
export const deploymentSchema = deploymentSummarySchema.extend({
  /** when it is stopped and started by the clock, and when that is next */
  schedule: scheduleSchema.nullable(),
  nextTurn: z.object({ at: z.string(), does: z.enum(['stop', 'start']) }).nullable(),
  addOns: z.array(z.string()),
  /** inputs with secrets masked */
  inputs: z.record(z.string(), z.unknown()),
  placement: z.record(z.string(), placementSchema),
  problem: innerProblemSchema.nullable(),
  /** its parts, where it may be at several sites */
  sides: z.array(sideSchema),
  /** what may be done now, and why not what may not */
  actions: z.record(
    z.enum(['stop', 'start', 'reboot', 'retry', 'configure', 'rebuild', 'cancel', 'change', 'delete']),
    z.object({ allowed: z.boolean(), reason: z.string().optional() }),
  ),
  /** seconds until ready, from the plan's estimate; null when ready */
  expectedSeconds: z.number().nullable(),
  lastEventId: z.number(),
  /** number of the version that it is, or is becoming */
  revision: z.number(),
  /** the change that is under way: who began it and when, how far it is, and whether it goes back */
  updating: z
    .object({ to: z.number(), by: z.string(), since: z.string(), stage: z.enum(['draining', 'making', 'telling']), back: z.boolean() })
    .nullable(),
});
/** One part of a deployment over several sites; `waiting`: its nodes wait for the address of another part. */
export type SideView = z.infer<typeof sideSchema>;
export type DeploymentView = z.infer<typeof deploymentSchema>;

export const resourceViewSchema = z.object({
  key: z.string(),
  kind: z.string(),
  site: z.string(),
  project: z.string(),
  group: z.string().nullable(),
  dependsOn: z.array(z.string()),
  summary: z.string(),
  wanted: z.enum(['present', 'absent']),
  phase: z.enum(['planned', 'creating', 'waiting', 'ready', 'failed', 'deleting', 'gone']),
  cloudId: z.string().nullable(),
  observed: z.record(z.string(), z.unknown()),
  attempts: z.number(),
  problem: innerProblemSchema.nullable(),
  updatedAt: z.string(),
});
export type ResourceView = z.infer<typeof resourceViewSchema>;

export const nodeViewSchema = z.object({
  id: z.string(),
  key: z.string(),
  group: z.string(),
  site: z.string(),
  hostname: z.string(),
  state: z.enum(['pending', 'building', 'booting', 'configuring', 'ready', 'failed', 'stopped', 'unreachable', 'deleting', 'gone']),
  privateAddress: z.string().nullable(),
  publicAddress: z.string().nullable(),
  /** what else it answers at, IPv4 and IPv6: by the site's list of its server */
  otherAddresses: z.array(z.string()),
  steps: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      attempt: z.number(),
      startedAt: z.string().optional(),
      endedAt: z.string().optional(),
      exitCode: z.number().optional(),
    }),
  ),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  channel: z.enum(['callback', 'ssh']).nullable(),
  heardAt: z.string().nullable(),
  /** its machine has been starting since then, and is waited for until then: nothing was heard of it yet */
  starting: z.object({ since: z.string(), until: z.string() }).optional(),
  /** it can be drained while it stays: the recipe has a step for that */
  drains: z.boolean(),
  /** it takes no new work since then, as somebody has asked */
  drainedAt: z.string().nullable(),
  problem: innerProblemSchema.nullable(),
});
export type NodeView = z.infer<typeof nodeViewSchema>;

export const outputViewSchema = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string().optional(),
  /** `date`: when something ends that a step has made, in ISO 8601 */
  kind: z.enum(['text', 'url', 'command', 'file', 'date']),
  secret: z.boolean(),
  /** null: not known yet, or secret and not revealed (`?reveal=true`) */
  value: z.string().nullable(),
});
export type OutputView = z.infer<typeof outputViewSchema>;

/** GET /deployments/{id}/access */
export const accessSchema = z.object({
  nodes: z.array(
    z.object({
      node: z.string(),
      hostname: z.string(),
      ssh: z.string().nullable(),
      knownHosts: z.string().nullable(),
      reason: z.string().optional(),
    }),
  ),
});
export type AccessView = z.infer<typeof accessSchema>;

export const actionSchema = z.strictObject({
  /** `rebuild`: the machines of the named nodes are made anew; `drain`: they take no new work, and stay; `resume`: they take work again */
  action: z.enum(['stop', 'start', 'reboot', 'retry', 'configure', 'rebuild', 'drain', 'resume', 'cancel']),
  nodes: z.array(z.string().max(100)).max(1000).optional(),
  /** of `drain`: what runs there ends first, or begins anew elsewhere */
  jobs: z.enum(['finish', 'requeue']).default('finish'),
  /** of `configure`: the step to begin with */
  from: z.string().max(200).optional(),
});
/** Where a part that failed is to go instead. */
export const elsewhereSchema = z.strictObject({
  set: z.string().min(1).max(100),
  /** by group of the part */
  placement: z.record(z.string().max(100), placementSchema),
});
export const deploymentQuerySchema = z.object({
  q: z.string().max(100).optional(),
  state: z.string().max(200).optional(),
  /** only those that can be worked with: a node of theirs works, or they have none */
  working: z.literal('true').optional(),
  site: z.string().max(100).optional(),
  recipe: z.string().max(100).optional(),
});
