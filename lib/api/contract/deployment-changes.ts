import { z } from 'zod';
import { effects } from '@/lib/inputs/types';
import { innerProblemSchema } from './common';
import { deploymentNameSchema, placementSchema, scheduleSchema, totals } from './deployments';

export const patchDeploymentSchema = z.strictObject({
  name: deploymentNameSchema.optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
  /** null: it is not stopped and started by the clock any more */
  schedule: scheduleSchema.nullable().optional(),
  /** how many nodes each group is to have */
  groups: z.record(z.string().max(100), z.strictObject({ count: z.number().int().min(0).max(1000) })).optional(),
  /** keys of the nodes that go; where more go than are named, the last ones */
  removeNodes: z.array(z.string().max(100)).max(1000).optional(),
  /** answers that are to be others */
  inputs: z.record(z.string().max(100), z.unknown()).optional(),
  /** by group: the image (its id) that its machines boot from then on; they are made anew with it */
  images: z
    .record(z.string().max(100), placementSchema.pick({ trustedImage: true, imageIs: true }).extend({ image: z.string().min(1).max(200) }))
    .optional(),
  /** all add-ons that it is to have: those that are not there come, others go */
  addOns: z.array(z.string().max(100)).max(50).optional(),
  /** it is to be as it was in that version, but for nodes that have left since: others come in their place */
  revertTo: z.number().int().positive().optional(),
  /** what becomes of jobs on nodes that go: they end first, or are begun anew elsewhere */
  jobs: z.enum(['finish', 'requeue']).default('finish'),
  /** how machines that stand come to another size: one after the other stops and keeps its disks, where its site can do that, or is made anew */
  machines: z.enum(['resize', 'rebuild']).default('resize'),
  /** the deployment's name, where data may be lost */
  confirm: z.string().max(100).optional(),
  /** the version for which the difference was shown: refused where it is another by now */
  revision: z.number().int().positive().optional(),
});
export type PatchDeploymentBody = z.input<typeof patchDeploymentSchema>;

const effect = z.enum(effects);
const ruleSchema = z.object({
  protocol: z.string(),
  fromPort: z.number().optional(),
  toPort: z.number().optional(),
  from: z.string(),
  why: z.string(),
});
const node = z.object({ key: z.string(), hostname: z.string(), group: z.string() });
/** PATCH /deployments/{id}?dryRun=true: what a change would do */
export const changePreviewSchema = z.object({
  revision: z.number(),
  /** nothing differs */
  nothing: z.boolean(),
  added: z.array(node),
  removed: z.array(node),
  /** what runs on nodes that go is seen to first */
  drains: z.boolean(),
  /** resources that stand and are to be others */
  changed: z.array(z.object({ key: z.string(), kind: z.string(), summary: z.string(), effect: z.enum([...effects, 'impossible']) })),
  /** nodes that stay, with the titles of the steps that they run again; `remade`: the node is made anew; `resized`: its machine gets another flavor where it stands; `firewall`: its own firewall lets others in */
  nodes: z.array(node.extend({ steps: z.array(z.string()), remade: z.boolean(), resized: z.boolean(), firewall: z.boolean() })),
  effect,
  /** what does so: an input by its name, a group whose image is another, a resource by what it is, a node by its host name, an add-on by its id; the worst first */
  effects: z.array(z.object({ effect, because: z.string(), what: z.enum(['input', 'image', 'resource', 'leaves', 'add-on']) })),
  addOns: z.object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    /** titles of steps of those that go which nothing undoes: what they installed stays on the machines */
    left: z.array(z.string()),
  }),
  /** whom firewalls let in from then on, and no more */
  rules: z.object({ opened: z.array(ruleSchema), closed: z.array(ruleSchema) }),
  /** machines that come to another size could do so where they stand */
  resizable: z.boolean(),
  /** one node after the other */
  inTurn: z.boolean(),
  /** estimate, without the time for which jobs are waited for */
  seconds: z.number(),
  before: totals,
  after: totals,
  problems: z.array(innerProblemSchema.extend({ severity: z.enum(['error', 'warning']), field: z.string().optional() })),
});
export type ChangePreview = z.infer<typeof changePreviewSchema>;

export const versionSchema = z.object({
  number: z.number(),
  at: z.string(),
  by: z.string(),
  /** host names that came and went, inputs that were answered anew, add-ons that came and went, groups that got another image (earlier versions tell of neither); null for the first version */
  change: z
    .object({
      added: z.array(z.string()),
      removed: z.array(z.string()),
      inputs: z.array(z.string()),
      addOns: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }).optional(),
      images: z.array(z.object({ group: z.string(), from: z.string(), to: z.string() })).optional(),
      effect,
    })
    .nullable(),
  /** it was called off before it was reached */
  undone: z.boolean(),
  current: z.boolean(),
});
export type VersionView = z.infer<typeof versionSchema>;
