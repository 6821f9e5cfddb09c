import { z } from 'zod';
import { clusterSchema } from './clusters';

export const demoSchema = z.object({
  /** there is a sandbox here, in which it can be seen */
  available: z.boolean(),
  /** null: yours does not stand */
  stands: z
    .object({
      /** files arrive there, and it is soon full */
      origin: clusterSchema,
      worker: clusterSchema,
      /** what its service is called on both, and what makes the first full */
      service: z.string(),
      filler: z.string(),
      /** it is taken away by itself then */
      endsAt: z.string(),
    })
    .nullable(),
});
export type DemoView = z.infer<typeof demoSchema>;
