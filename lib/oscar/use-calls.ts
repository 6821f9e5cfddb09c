import { z } from 'zod';
import { step, type Transport } from './transport';

const LOG_MS = 30_000;
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** `ServiceMetricsResponse` of OSCAR (`pkg/types/metrics.go`, 4.0 and later). */
const metricsSchema = z.object({
  metrics: z.array(z.object({ metric: z.string(), value: z.number(), sources: z.array(z.object({ status: text })).nullish() })),
});
const metrics = {
  'cpu-hours': 'cpuHours',
  'gpu-hours': 'gpuHours',
  'requests-sync-per-service': 'calls',
  'requests-async-per-service': 'jobs',
  'requests-exposed-per-service': 'visits',
  'users-per-service': 'people',
} as const;
/** What a service used and was asked for in some time; null: the cluster does not count it. */
export type ServiceUse = Record<(typeof metrics)[keyof typeof metrics], number | null>;

/** What a service used, from 4.0 on. @throws AppError `not-found` where the release does not know it, or the service is not there */
export async function readUse(transport: Transport, service: string, from: Date, to: Date): Promise<ServiceUse> {
  const query = { start: from.toISOString(), end: to.toISOString() };
  const path = `/system/metrics/${step(service)}`;
  const call = { method: 'GET', path, query, doing: `tell the use of ${service}`, timeoutMs: LOG_MS, expects: [200] } as const;
  const told = await transport.read(call, metricsSchema);
  const use: ServiceUse = { cpuHours: null, gpuHours: null, calls: null, jobs: null, visits: null, people: null };
  for (const { metric, value, sources } of told.metrics) {
    const what = Object.hasOwn(metrics, metric) ? metrics[metric as keyof typeof metrics] : undefined;
    // OSCAR says 0 where nothing counts, and beside it that its source is missing
    if (what && !sources?.some(({ status }) => status === 'missing')) use[what] = value;
  }
  return use;
}
