import { z } from 'zod';

const days = z.number().int().min(1).max(36_500);

/** How long, and how many, of what is only written down are kept; docs/operators.md explains each key. */
export const retentionSchema = z.strictObject({
  /** lines of deployments' histories */
  eventDays: days.default(365),
  eventsPerDeployment: z.number().int().min(100).max(1_000_000).default(10_000),
  /** what the steps of nodes print, in the pieces in which it came */
  logDays: days.default(90),
  logPiecesPerDeployment: z.number().int().min(100).max(10_000_000).default(100_000),
  /** what people were told of; of leases that go on longer, so that it is told no second time */
  noticeDays: days.default(180),
  noticesPerPerson: z.number().int().min(100).max(100_000).default(1000),
  auditDays: days.default(730),
  auditEntries: z.number().int().min(1000).max(100_000_000).default(1_000_000),
});

export type Retention = z.infer<typeof retentionSchema>;
