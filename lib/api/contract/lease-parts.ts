import { z } from 'zod';

/** A moment: ISO 8601 with an offset, or as clocks of the zone that is named beside it show it (`2026-11-22T14:00`). */
export const momentTextSchema = z.string().min(1).max(64);

/** In the site's own unit (`SU`). */
export const costSchema = z.object({ unit: z.string(), perHour: z.number(), total: z.number() });

/** One or several names, separated by commas. */
export const namedList = z
  .string()
  .max(1000)
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .optional();

const conditionSchema = z.strictObject({
  name: z.string().min(1).max(200),
  op: z.enum(['=', '!=', '>=', '<=', '>', '<']),
  value: z.string().max(500),
});

/** What is to be reserved. Numbers are judged with the rest, so that a form hears all at once. */
export const reservationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('physical:host'),
    /** so many hosts, or … */
    count: z.number().optional(),
    /** … as many as are free, within these */
    min: z.number().optional(),
    max: z.number().optional(),
    nodeType: z.string().min(1).max(200).optional(),
    /** exactly these, by uid */
    hosts: z.array(z.string().min(1).max(200)).max(500).readonly().optional(),
    properties: z.array(conditionSchema).max(50).readonly().optional(),
  }),
  z.strictObject({ kind: z.literal('flavor:instance'), flavor: z.string().min(1).max(200), count: z.number() }),
  z.strictObject({
    kind: z.literal('virtual:instance'),
    count: z.number(),
    vcpus: z.number(),
    ramMiB: z.number(),
    diskGiB: z.number(),
  }),
  z.strictObject({
    kind: z.literal('virtual:floatingip'),
    /** name or id of an external network */
    network: z.string().min(1).max(200),
    count: z.number(),
    addresses: z.array(z.string().max(100)).max(100).readonly().optional(),
  }),
  z.strictObject({
    kind: z.literal('network'),
    /** what the network is called that the lease makes */
    name: z.string().max(300),
    physicalNetwork: z.string().max(200).optional(),
    properties: z.array(conditionSchema).max(50).readonly().optional(),
  }),
]);
export type ReservationBody = z.input<typeof reservationSchema>;
