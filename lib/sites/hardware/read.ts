import { z } from 'zod';
import { fromBlazar } from '@/lib/openstack/reservation/dates';
import type { FlavorRoom, HardwareNode, LeasableFlavor, NodeTimes } from './types';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const text = z.string().nullish().transform(orUndefined);
const number = z.coerce.number().nullish().transform(orUndefined);
/** The registry writes truth as such, Blazar's copies of it as text. */
const truth = z.union([z.boolean(), z.stringbool()]).nullish().transform(Boolean);

/** A moment with a zone, or one of Blazar's in UTC that does not say so. */
const moment = z.string().transform((given, context) => {
  const iso = fromBlazar(given);
  if (iso !== undefined) return iso;
  context.addIssue({ code: 'custom', message: 'not a date' });
  return z.NEVER;
});

const standings = ['available', 'reserved', 'maintenance'] as const;
const gpuPart = z.object({ gpu: truth, gpu_model: text, gpu_count: number, gpu_vendor: text });

/** A node of `GET /nodes/search`. */
export const node = z
  .object({
    uid: z.string(),
    node_name: text,
    node_type: z.string(),
    architecture: z.object({ platform_type: text, smt_size: number }).nullish(),
    processor: z.object({ model: text }).nullish(),
    main_memory: z.object({ ram_size: number }).nullish(),
    gpu: gpuPart.nullish(),
    infiniband: truth,
    network_adapters: z.array(z.object({ enabled: truth, rate: number })).nullish(),
    storage_devices: z.array(z.object({ media_type: text, size: number })).nullish(),
    placement: z.object({ rack: z.coerce.string().optional() }).nullish(),
    availability: z.string().nullish(),
    availability_until: moment.nullish().transform(orUndefined),
  })
  .transform(
    (raw): HardwareNode => ({
      uid: raw.uid,
      name: raw.node_name ?? raw.uid,
      type: raw.node_type,
      architecture: raw.architecture?.platform_type,
      cpu: raw.processor?.model,
      threads: raw.architecture?.smt_size,
      ramMiB: raw.main_memory?.ram_size && Math.round(raw.main_memory.ram_size / MIB),
      gpu: raw.gpu?.gpu ? { model: raw.gpu.gpu_model, count: raw.gpu.gpu_count ?? 1, vendor: raw.gpu.gpu_vendor } : undefined,
      infiniband: raw.infiniband,
      disks: (raw.storage_devices ?? []).flatMap(({ media_type, size }) =>
        size ? [{ media: media_type, sizeGB: Math.round(size / 10 ** 9) }] : [],
      ),
      networkGbps: fastest(raw.network_adapters ?? []),
      rack: raw.placement?.rack,
      availability: standings.find((one) => one === raw.availability) ?? 'unknown',
      until: raw.availability_until,
    }),
  );

function fastest(adapters: readonly { enabled: boolean; rate?: number }[]): number | undefined {
  const rates = adapters.flatMap(({ enabled, rate }) => (enabled && rate ? [rate / 10 ** 9] : []));
  return rates.length > 0 ? Math.max(...rates) : undefined;
}

export const nodeTimes = z
  .object({ last_updated: moment, maintenance: truth, reservations: z.array(z.object({ start: moment, end: moment })).default([]) })
  .transform(({ last_updated, maintenance, reservations }): NodeTimes => ({ asOf: last_updated, maintenance, taken: reservations }));

export const leasableFlavor = z
  .object({
    name: z.string(),
    vcpus: z.number(),
    ram_size: z.number(),
    disk_size: z.number(),
    gpu: gpuPart.nullish(),
    su_cost_per_hour: number,
  })
  .transform(
    (raw): LeasableFlavor => ({
      name: raw.name,
      vcpus: raw.vcpus,
      ramMiB: Math.round(raw.ram_size / MIB),
      diskGiB: Math.round(raw.disk_size / GIB),
      gpu: raw.gpu?.gpu ?? false,
      unitsPerHour: raw.su_cost_per_hour,
    }),
  );

export const flavorTimes = z
  .object({ availability: z.array(z.object({ start: moment, end: moment, available: z.number(), total: z.number() })) })
  .transform(({ availability }): FlavorRoom[] => availability);

/** One page of a list. */
export const page = z.object({ total: z.number().int().min(0), items: z.array(z.unknown()) });

function orUndefined<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}
