import { amountOf } from '@/lib/oscar/quantity';
import type { ClusterStatus, OscarJob, OscarService } from '@/lib/oscar/types';

/** Why a job does not run yet. */
export type Waiting =
  /** no machine has so much free */
  | { why: 'no-room'; needs: Amount; free: Amount }
  /** no machine of the cluster is as large, whatever it does */
  | { why: 'too-large'; needs: Amount; free: Amount }
  /** a queue (Kueue) does not let it in yet: a quota is used up */
  | { why: 'queued' }
  /** there is room: its image is fetched, or it is about to begin */
  | { why: 'starting'; seconds: number };

interface Amount {
  milliCores: number;
  memoryBytes: number;
}

/** Why a job waits; null where it does not, or nobody can say. OSCAR itself says only that it does. Pure. */
export function whyWaiting(
  job: OscarJob,
  service: Pick<OscarService, 'cpu' | 'memory'>,
  status: ClusterStatus | null,
  now: Date,
): Waiting | null {
  if (job.state === 'Suspended') return { why: 'queued' };
  if (job.state !== 'Pending') return null;
  const needs = { milliCores: milliCoresOf(service.cpu), memoryBytes: amountOf(service.memory) ?? 0 };
  if (status && !fits(needs, status.mostFree)) {
    const machines = status.nodes.some((node) => fits(needs, node));
    return { why: machines || status.nodes.length === 0 ? 'no-room' : 'too-large', needs, free: status.mostFree };
  }
  const since = (now.getTime() - Date.parse(job.createdAt ?? '')) / 1000;
  // a cluster may write no time, or what is none
  return { why: 'starting', seconds: Number.isNaN(since) ? 0 : Math.max(0, Math.round(since)) };
}

const fits = (needs: Amount, has: Amount) => needs.milliCores <= has.milliCores && needs.memoryBytes <= has.memoryBytes;

/** Thousandths of a core, also of what Kubernetes writes; 0 for what is none. Pure. */
function milliCoresOf(cores: string): number {
  const [, number = '0', milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(cores) ?? [];
  return Number(number) * (milli === 'm' ? 1 : 1000);
}
