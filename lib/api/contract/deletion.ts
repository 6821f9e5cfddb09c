import { z } from 'zod';
import { innerProblemSchema } from './common';

/** DELETE /deployments/{id} */
export const deletionQuerySchema = z.object({
  claims: z.enum(['keep', 'delete']).default('keep'),
  /** the deployment's name, typed: data may be lost */
  confirm: z.string().max(100).optional(),
});

const thing = { site: z.string(), id: z.string(), name: z.string() };

/** GET /deployments/{id}/deletion */
export const deletionSchema = z.object({
  /** what clusters have surely made; of volumes the claim and its size, and they go only where that is said */
  made: z.array(
    z.object({
      ...thing,
      kind: z.enum(['loadBalancer', 'floatingIp', 'volume']),
      claim: z.string().optional(),
      sizeGiB: z.number().optional(),
    }),
  ),
  /** what is at something of it, and stays: nobody says whose it is, others have it too, or it is of some cluster and attached to nothing */
  left: z.array(z.object({ ...thing, kind: z.string(), why: z.enum(['unknown', 'shared', 'loose']), at: z.string() })),
  /** sites that could not be asked */
  unread: z.array(z.object({ site: z.string(), problem: innerProblemSchema })),
});
export type DeletionView = z.infer<typeof deletionSchema>;
