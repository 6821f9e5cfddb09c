import { z } from 'zod';

const nodes = z.number().int().min(1).max(100_000).optional();

/** How much may stand at once; docs/operators.md explains each key. Left out: as much as the sites allow. */
export const limitsSchema = z.strictObject({ nodesPerPerson: nodes, nodesPerProject: nodes });

export type Limits = z.infer<typeof limitsSchema>;
