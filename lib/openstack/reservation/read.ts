import { z } from 'zod';
import type { CloudLease, LeaseHost } from '../types';
import { fromBlazar } from './dates';

const date = z.string().transform((text, context) => {
  const iso = fromBlazar(text);
  if (iso !== undefined) return iso;
  context.addIssue({ code: 'custom', message: 'not a date of Blazar' });
  return z.NEVER;
});

/** Blazar upstream writes numbers, Chameleon's sometimes texts. */
const count = z.coerce.number().optional();

const reservation = z
  .object({
    id: z.string(),
    resource_type: z.string(),
    status: z.string().nullish(),
    min: count,
    max: count,
    resource_properties: z.string().nullish(),
    missing_resources: z.boolean().nullish(),
  })
  .transform((raw) => ({
    id: raw.id,
    kind: raw.resource_type,
    status: raw.status ?? '',
    min: raw.min,
    max: raw.max,
    resourceProperties: raw.resource_properties || undefined,
  }));

/** A lease, with the project that it belongs to. Its `trust_id` is a key to the project and is not taken over. */
export const lease = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    status: z.string(),
    start_date: date,
    end_date: date,
    degraded: z.boolean().nullish(),
    reservations: z.array(reservation).default([]),
  })
  .transform((raw): { projectId: string; lease: CloudLease } => ({
    projectId: raw.project_id,
    lease: {
      id: raw.id,
      name: raw.name,
      status: raw.status,
      start: raw.start_date,
      end: raw.end_date,
      degraded: raw.degraded ?? false,
      reservations: raw.reservations,
    },
  }));

/** When a host is taken. Whose lease it is (Chameleon adds names) is not taken over. */
export const allocation = z
  .object({ resource_id: z.coerce.string(), reservations: z.array(z.object({ start_date: date, end_date: date })).default([]) })
  .transform(({ resource_id, reservations }) => ({
    hostId: resource_id,
    taken: reservations.map(({ start_date, end_date }) => ({ start: start_date, end: end_date })),
  }));

/** What a host has beside its properties, or must not be shown: how Blazar itself acts on it. */
const INTERNAL = new Set(['id', 'trust_id', 'cpu_info', 'created_at', 'updated_at', 'service_name', 'hypervisor_version']);

/** A host: its extra capabilities lie flat among its own columns. */
export const host = z.record(z.string(), z.unknown()).transform((raw, context): LeaseHost => {
  const known = z.object({ id: z.coerce.string(), hypervisor_hostname: z.string() }).safeParse(raw);
  if (!known.success) {
    context.addIssue({ code: 'custom', message: 'not a host' });
    return z.NEVER;
  }
  const properties: Record<string, string> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (!INTERNAL.has(key) && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'))
      properties[key] = String(value);
  }
  const name = properties.node_name ?? known.data.hypervisor_hostname;
  return { id: known.data.id, name, nodeType: properties.node_type ?? '', properties };
});
