import type { QueueReport } from '@/lib/nodes/protocol';
import type { DeploymentState } from '@/lib/store/schema';
import { silentSeconds } from './elastic/decide';

/** Days without anything to do after which a person is told so. */
export const idleDays = 3;
const dayMs = 86_400_000;

/** All that is known of whether a deployment is of use. Times are milliseconds. */
export interface Use {
  state: DeploymentState;
  readyAt: number | null;
  /** the last line of its history that is no decision on its queues */
  toldAt: number | null;
  /** the queues that its groups follow; what its nodes do otherwise nobody tells */
  queues: readonly { report: QueueReport; heardAt: number; idleSince: Readonly<Record<string, number>> }[];
  now: number;
}

/**
 * Since when nothing has been done on a deployment, where that is long and is known: all that its queues tell of has nothing to do, and nobody did anything with it. What nobody
 * tells of, or no longer tells of, may well be in use. Pure.
 */
export function idleSince({ state, readyAt, toldAt, queues, now }: Use): number | null {
  if (state !== 'ready' || readyAt === null) return null;
  const moments = [readyAt, toldAt ?? readyAt];
  for (const { report, heardAt, idleSince: since } of queues) {
    if (now - heardAt >= silentSeconds * 1000 || report.waiting > 0) return null;
    for (const { name, state: does } of report.machines) {
      const at = since[name];
      if (does !== 'idle' || at === undefined) return null;
      moments.push(at);
    }
  }
  if (!queues.some(({ report }) => report.machines.length > 0)) return null;
  const last = Math.max(...moments);
  return now - last >= idleDays * dayMs ? last : null;
}
