import { z } from 'zod';

const region = z.enum(['eu', 'us', 'other']);
const kind = z.enum(['stay', 'prefer-near', 'free']);

export const localityRuleSchema = z.object({
  id: z.string(),
  /** null: of any of your clusters */
  cluster: z.string().nullable(),
  /** `*`: any */
  bucket: z.string(),
  /** folder inside; empty: all of the bucket */
  prefix: z.string(),
  kind,
  /** of `stay`: the shore */
  region: region.nullable(),
  /** `operator`: it holds for everybody, and is not yours to remove */
  by: z.enum(['operator', 'person']),
});
export type LocalityRuleView = z.infer<typeof localityRuleSchema>;

export const newLocalityRuleSchema = z
  .strictObject({
    cluster: z.string().max(60).nullable().default(null),
    bucket: z
      .string()
      .trim()
      .regex(/^(\*|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/),
    prefix: z
      .string()
      .trim()
      .max(500)
      .transform((text) => text.replace(/^\/+|\/+$/g, ''))
      .default(''),
    kind,
    region: region.nullable().default(null),
  })
  .refine((rule) => (rule.kind === 'stay') === (rule.region !== null), {
    path: ['region'],
    message: 'A rule that data stays names the shore; no other does.',
  });
