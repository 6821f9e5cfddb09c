import { z } from 'zod';

/** Where data may go, whoever put it there; docs/operators.md explains each key. */
export const localitySchema = z
  .strictObject({
    bucket: z.string().regex(/^(\*|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/, 'Give the name of a bucket, or *'),
    folder: z
      .string()
      .max(500)
      .transform((text) => text.replace(/^\/+|\/+$/g, ''))
      .default(''),
    cluster: z.url({ protocol: /^https?$/ }).optional(),
    rule: z.enum(['stay', 'prefer-near', 'free']),
    region: z.enum(['eu', 'us', 'other']).optional(),
  })
  .refine(({ rule, region }) => (rule === 'stay') === (region !== undefined), {
    path: ['region'],
    message: 'A rule that data stays names the shore; no other does',
  });
export type OperatorRule = z.infer<typeof localitySchema>;
