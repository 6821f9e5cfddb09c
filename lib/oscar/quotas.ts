import { z } from 'zod';
import { jsonOf } from '@/lib/web/answer';
import { amountOf } from './quantity';
import { step, type Transport } from './transport';
import type { OscarQuota, QuotaChange } from './types';

const QUICK_MS = 10_000;

const count = z.object({ max: z.number(), used: z.number() });
const written = z.object({ max: z.string(), used: z.string() });
/** `QuotaResponse` of OSCAR (`pkg/types/quota.go`, 3.7 to 4.1); what a cluster is set without is left out. */
const quotasSchema = z.object({
  resources: z.record(z.string(), count).nullish(),
  volumes: z.object({ disk: written, volumes: written }).nullish(),
  minio: z.object({ buckets: count, storage_total: z.object({ used: z.string() }).nullish() }).nullish(),
});

const known: Record<string, OscarQuota['what']> = { cpu: 'cpu', memory: 'memory', gpu: 'gpu', 'ephemeral-storage': 'scratch' };

/**
 * What somebody who comes with an access token may use of a cluster, and uses. Releases before 3.7, a cluster without quotas (no such route), and the cluster's own user
 * (401: it has none) tell nothing.
 * @returns null: it tells of none
 */
export async function readQuotas(transport: Transport): Promise<OscarQuota[] | null> {
  const call = { method: 'GET', path: '/system/quotas/user', doing: 'tell its quotas', expects: [200], timeoutMs: QUICK_MS } as const;
  const answer = await transport.ask(call);
  if (answer.status !== 200) return null;
  const told = quotasSchema.safeParse(jsonOf(answer));
  return told.success ? quotasIn(told.data) : null;
}

/** What somebody else may use and uses, for the cluster's own user alone. @param person OSCAR's identifier of them @throws AppError as the cluster */
export async function readQuotasOf(transport: Transport, person: string): Promise<OscarQuota[]> {
  const path = `/system/quotas/user/${step(person)}`;
  const call = { method: 'GET', path, doing: 'tell somebody’s quotas', expects: [200], timeoutMs: QUICK_MS } as const;
  return quotasIn(await transport.read(call, quotasSchema));
}

/** Changes what somebody else may use, for the cluster's own user alone. @returns what they may use then @throws AppError as the cluster */
export async function setQuotasOf(transport: Transport, person: string, change: QuotaChange): Promise<OscarQuota[]> {
  const { cpu, memory, volumes, disk, buckets } = change;
  const body = {
    cpu,
    memory,
    ...((volumes ?? disk) !== undefined && { volumes: { volumes, disk } }),
    ...(buckets !== undefined && { minio: { buckets } }),
  };
  const path = `/system/quotas/user/${step(person)}`;
  const call = { method: 'PUT', path, doing: 'change somebody’s quotas', body, expects: [200], timeoutMs: QUICK_MS } as const;
  return quotasIn(await transport.read(call, quotasSchema));
}

function quotasIn({ resources, volumes, minio }: z.infer<typeof quotasSchema>): OscarQuota[] {
  const ofQueue = Object.entries(resources ?? {}).flatMap(([name, { max, used }]): OscarQuota[] => {
    const what = Object.hasOwn(known, name) ? known[name] : undefined;
    // a queue that speaks of no GPU has 0 of 0
    return what === undefined || (max === 0 && used === 0) ? [] : [{ what, used, most: max }];
  });
  const ofVolumes = volumes ? [quotaOf('volumes', volumes.volumes), quotaOf('disk', volumes.disk)] : [];
  // OSCAR's 0 is "as many as one likes"
  const ofMinio: OscarQuota[] = minio ? [{ what: 'buckets', used: minio.buckets.used, most: minio.buckets.max || null }] : [];
  return [...ofQueue, ...ofVolumes, ...ofMinio];
}

const quotaOf = (what: OscarQuota['what'], { max, used }: { max: string; used: string }): OscarQuota => ({
  what,
  used: amountOf(used) ?? 0,
  most: amountOf(max),
});
