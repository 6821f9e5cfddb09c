import { z } from 'zod';
import { ipAddress } from '../ip-address';
import { readConditions } from './conditions';
import { fromBlazar } from './dates';
import type { Allocation, CloudLease, LeaseEvent, LeaseHost, LeaseReservation, Listed } from './types';

const date = z.string().transform((text, context) => {
  const iso = fromBlazar(text);
  if (iso !== undefined) return iso;
  context.addIssue({ code: 'custom', message: 'not a date of Blazar' });
  return z.NEVER;
});

/** Blazar upstream writes numbers, Chameleon's sometimes texts. */
const count = z.coerce.number().nullish().transform(orUndefined);
const text = z.string().nullish().transform(orUndefined);
const yes = z.boolean().nullish().transform(Boolean);

const reservation = z
  .object({
    id: z.string(),
    resource_type: z.string(),
    status: z.string().nullish(),
    min: count,
    max: count,
    amount: count,
    vcpus: count,
    memory_mb: count,
    disk_gb: count,
    network_id: text,
    network_name: text,
    hypervisor_properties: text,
    resource_properties: text,
    network_properties: text,
    missing_resources: yes,
    resources_changed: yes,
  })
  .transform(
    (raw): LeaseReservation => ({
      id: raw.id,
      kind: raw.resource_type,
      status: raw.status ?? '',
      min: raw.min,
      max: raw.max,
      amount: raw.amount,
      flavor: flavorOf(raw),
      networkId: raw.network_id,
      networkName: raw.network_name,
      where: readConditions(raw.hypervisor_properties, raw.resource_properties, raw.network_properties),
      missingResources: raw.missing_resources,
      resourcesChanged: raw.resources_changed,
    }),
  );

/** Of `flavor:instance` the whole flavor is written down where other kinds have their conditions. */
const sourceFlavor = z.object({ id: z.string(), name: z.string() });

function flavorOf(raw: { vcpus?: number; memory_mb?: number; disk_gb?: number; resource_properties?: string }): LeaseReservation['flavor'] {
  if (raw.vcpus === undefined || raw.memory_mb === undefined || raw.disk_gb === undefined) return undefined;
  const source = z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(sourceFlavor)
    .safeParse(raw.resource_properties);
  return { ...source.data, vcpus: raw.vcpus, ramMiB: raw.memory_mb, diskGiB: raw.disk_gb };
}

const event = z
  .object({ event_type: z.string(), time: date, status: z.string() })
  .transform((raw): LeaseEvent => ({ type: raw.event_type, at: raw.time, status: raw.status }));

/** A lease, with the project that it belongs to. Its `trust_id` is a key to the project and is not taken over. */
export const lease = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    user_id: text,
    status: z.enum(['CREATING', 'PENDING', 'STARTING', 'ACTIVE', 'UPDATING', 'TERMINATING', 'TERMINATED', 'DELETING', 'ERROR']),
    start_date: date,
    end_date: date,
    created_at: date.nullish().transform(orUndefined),
    degraded: yes,
    reservations: z.array(reservation).default([]),
    events: z.array(event).default([]),
  })
  .transform((raw): { projectId: string; lease: CloudLease } => ({
    projectId: raw.project_id,
    lease: {
      id: raw.id,
      name: raw.name,
      status: raw.status,
      start: raw.start_date,
      end: raw.end_date,
      createdAt: raw.created_at,
      userId: raw.user_id,
      degraded: raw.degraded,
      reservations: raw.reservations,
      // Blazar's own order means nothing
      events: raw.events.sort((a, b) => a.at.localeCompare(b.at)),
    },
  }));

/** When a host is taken. Whose lease it is (Chameleon adds names) is not taken over. */
export const allocation = z
  .object({
    resource_id: z.coerce.string(),
    reservations: z.array(z.object({ id: z.string(), lease_id: z.string(), start_date: date, end_date: date })).default([]),
  })
  .transform(
    ({ resource_id, reservations }): Allocation => ({
      hostId: resource_id,
      taken: reservations.map((one) => ({ start: one.start_date, end: one.end_date, leaseId: one.lease_id, reservationId: one.id })),
    }),
  );

/** What a host has beside its properties, or must not be shown: how Blazar itself acts on it. */
const INTERNAL = new Set(['id', 'trust_id', 'cpu_info', 'created_at', 'updated_at', 'service_name', 'hypervisor_version']);

/** A thing whose extra capabilities lie flat among its own columns: all of them as text. */
const flat = z.record(z.string(), z.unknown()).transform((raw): Record<string, string> => {
  const plain = Object.entries(raw).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  );
  return Object.fromEntries(plain.filter(([key]) => !INTERNAL.has(key)).map(([key, value]) => [key, String(value)]));
});
const withId = z.looseObject({ id: z.coerce.string() });

export const host = withId.extend({ hypervisor_hostname: z.string() }).transform((raw): LeaseHost => {
  const properties = flat.parse(raw);
  return { id: raw.id, name: properties.node_name ?? raw.hypervisor_hostname, nodeType: properties.node_type ?? '', properties };
});

export const segment = withId.transform((raw) => ({ id: raw.id, properties: flat.parse(raw) }));

export const hostProperty = z
  .object({ property: z.string(), values: z.array(z.coerce.string()).default([]) })
  .transform(({ property, values }) => ({ property, values }));

export const floatingIp = z
  .object({
    id: z.coerce.string(),
    floating_network_id: z.string(),
    floating_ip_address: ipAddress,
    reservable: z.boolean().default(true),
  })
  .transform((raw) => ({
    id: raw.id,
    networkId: raw.floating_network_id,
    address: raw.floating_ip_address,
    reservable: raw.reservable,
  }));

const rowId = z.object({ id: z.coerce.string().optional(), resource_id: z.coerce.string().optional() });

/** The list under a key of an answer, row by row: one that can't be read is a gap, and the others are good. */
export function listOf<T>(key: string, row: z.ZodType<T>) {
  return z.object({ [key]: z.array(z.unknown()) }).transform((body): Listed<T> => {
    const listed: Listed<T> = { items: [], gaps: [] };
    for (const raw of body[key] ?? []) {
      const parsed = row.safeParse(raw);
      if (parsed.success) {
        listed.items.push(parsed.data);
        continue;
      }
      const known = rowId.safeParse(raw).data;
      const [issue] = parsed.error.issues;
      listed.gaps.push({
        id: known?.id ?? known?.resource_id,
        problem: `${issue?.path.join('.') || key}: ${issue?.message ?? 'unreadable'}`,
      });
    }
    return listed;
  });
}

function orUndefined<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}
