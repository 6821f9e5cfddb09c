import { z } from 'zod';

/** A name in which `*` stands for any signs. */
const pattern = z.string().min(1).max(200);
const hours = z.number().positive().max(100_000);
const days = z.number().positive().max(3650);
const percent = z.number().min(1).max(100);
const price = z.number().min(0);

const pricesSchema = z.strictObject({
  unit: z.string().min(1).max(20),
  hosts: z
    .array(
      z
        .strictObject({
          nodeType: pattern.optional(),
          gpu: pattern.optional(),
          perHour: price.nullable().optional(),
          perGpu: price.optional(),
        })
        .refine(({ perHour, perGpu }) => (perHour === undefined) !== (perGpu === undefined), 'Give either perHour or perGpu'),
    )
    .optional(),
  flavors: z.array(z.strictObject({ flavor: pattern, perHour: price.nullable() })).optional(),
  floatingIp: price.optional(),
  network: price.optional(),
  stitchableNetwork: price.optional(),
});

/** What a site allows in leases, and what they cost; docs/operators.md explains each key. */
export const leaseRulesSchema = z.strictObject({
  maxDays: days.optional(),
  flavorMaxDays: z.array(z.strictObject({ flavor: pattern, days })).optional(),
  extensionWindowHours: hours.optional(),
  extensionFrom: z.enum(['start', 'end']).optional(),
  defaultNodeType: z.string().min(1).optional(),
  gapMinutes: z.number().int().min(0).max(1440).optional(),
  idle: z
    .strictObject({ warnHours: hours, endHours: hours })
    .refine(({ warnHours, endHours }) => warnHours < endHours, 'warnHours comes before endHours')
    .optional(),
  stacking: z.strictObject({ days, percent }).optional(),
  scarce: z.strictObject({ nodeTypes: z.array(pattern), hosts: z.number().int().min(0), percent }).optional(),
  changeableFlavors: z.boolean().optional(),
  changeableInstances: z.boolean().optional(),
  fewerFloatingIps: z.boolean().optional(),
  prices: pricesSchema.optional(),
});
