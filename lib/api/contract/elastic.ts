import { z } from 'zod';
import { works } from '@/lib/catalog/recipe';
import { innerProblemSchema } from './common';

const does = z.enum(['grow', 'shrink', 'none']);
/** GET /deployments/{id}/elastic: its groups that follow a queue */
export const elasticSchema = z.object({
  items: z.array(
    z.object({
      group: z.string(),
      label: z.string(),
      /** what waits for nodes */
      work: z.enum(works),
      least: z.number(),
      most: z.number(),
      idleMinutes: z.number(),
      count: z.number(),
      /** what was heard of its queue last; null: nothing yet */
      queue: z.object({ waiting: z.number(), wanted: z.number(), heardAt: z.string() }).nullable(),
      /** why more were refused last */
      refused: innerProblemSchema.extend({ at: z.string() }).nullable(),
      /** what was decided of it, the newest first */
      decisions: z.array(z.object({ does, says: z.string(), at: z.string() })),
    }),
  ),
});
export type ElasticView = z.infer<typeof elasticSchema>;
