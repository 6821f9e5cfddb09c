import { z } from 'zod';

export const volumeSchema = z.object({
  name: z.string(),
  /** null: the cluster does not tell */
  bytes: z.number().nullable(),
  state: z.enum(['pending', 'ready', 'in-use', 'error', 'deleting']),
  /** what the cluster says of its state */
  note: z.string().nullable(),
  owner: z.string(),
  /** the service that it was made with; null: it was made by itself */
  madeBy: z.string().nullable(),
  /** it goes when that service does */
  goesWithService: z.boolean(),
  /** services that mount it, and where in their containers */
  mounts: z.array(z.object({ service: z.string(), path: z.string() })),
});
export type VolumeView = z.infer<typeof volumeSchema>;

/** What the cluster would refuse is said at its field. */
export const newVolumeSchema = z.strictObject({ name: z.string().trim().max(100), size: z.string().trim().max(20) });
