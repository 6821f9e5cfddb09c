import { z } from 'zod';
import { innerProblemSchema } from './common';

const straySchema = z.object({
  id: z.string(),
  kind: z.string(),
  /** the site's id of it; of a key pair its name */
  cloudId: z.string(),
  name: z.string(),
  site: z.string(),
  project: z.string(),
  /** for which it was made; `deletedAt`: null while that stands */
  deployment: z.object({ id: z.string(), name: z.string(), deletedAt: z.string().nullable() }),
  /** that deployment lacks it, and can go on with it */
  adoptable: z.boolean(),
  /** `going`: its end was asked for; `stuck`: it would not go; `gone`: the site's own list does not show it any more */
  state: z.enum(['found', 'ignored', 'going', 'stuck', 'gone']),
  problem: innerProblemSchema.nullable(),
  foundAt: z.string(),
  goneAt: z.string().nullable(),
});
export type StrayView = z.infer<typeof straySchema>;

/** GET /strays */
export const straysSchema = z.object({
  items: z.array(straySchema),
  /** what deployments had, and their sites do not list any more */
  lost: z.array(
    z.object({
      deployment: z.object({ id: z.string(), name: z.string() }),
      key: z.string(),
      kind: z.string(),
      site: z.string(),
      cloudId: z.string(),
      since: z.string(),
    }),
  ),
  /** the projects that are looked through, once a day */
  looks: z.array(
    z.object({
      site: z.string(),
      project: z.string(),
      at: z.string().nullable(),
      looking: z.boolean(),
      /** why it could not be, or not all of it */
      problem: innerProblemSchema.nullable(),
    }),
  ),
});
export type StraysView = z.infer<typeof straysSchema>;

/** POST /strays/actions */
export const strayActionSchema = z.strictObject({
  action: z.enum(['destroy', 'ignore', 'heed', 'adopt']),
  ids: z.array(z.string().min(1).max(40)).min(1).max(500),
});
