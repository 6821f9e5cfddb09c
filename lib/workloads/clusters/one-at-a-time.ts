import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { WorkloadPorts } from '../types';

/** Who holds the cluster says so again meanwhile: whoever has not for so long has died. */
const HELD_MS = 60_000;
const LOOK_MS = 300;
const PATIENCE_MS = 100_000;
const lines = new Map<string, Promise<unknown>>();

/**
 * Changes something on a cluster while nobody else of Transat does, in this process or another: each change makes its MinIO start again, and one
 * that comes meanwhile fails.
 * @throws AppError `conflict` when others take too long; what the work throws
 */
export async function whileAlone<T>(ports: Pick<WorkloadPorts, 'store' | 'clock'>, cluster: string, work: () => Promise<T>): Promise<T> {
  const before = lines.get(cluster) ?? Promise.resolve();
  const mine = before.then(
    () => held(ports, cluster, work),
    () => held(ports, cluster, work),
  );
  const end = mine.catch(() => undefined);
  lines.set(cluster, end);
  void end.then(() => lines.get(cluster) === end && lines.delete(cluster));
  return await mine;
}

async function held<T>(ports: Pick<WorkloadPorts, 'store' | 'clock'>, cluster: string, work: () => Promise<T>): Promise<T> {
  const by = newId('chg');
  const began = performance.now();
  while (!(await take(ports, cluster, by))) {
    if (performance.now() - began > PATIENCE_MS) throw busy();
    await sleep(LOOK_MS);
  }
  const holding = setInterval(() => void hold(ports, cluster, by).catch(() => {}), HELD_MS / 4);
  try {
    return await work();
  } finally {
    clearInterval(holding);
    await ports.store.db
      .updateTable('clusters')
      .set({ busy_by: null, busy_until: null })
      .where('id', '=', cluster)
      .where('busy_by', '=', by)
      .execute();
  }
}

async function hold({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>, cluster: string, by: string): Promise<void> {
  await store.db
    .updateTable('clusters')
    .set({ busy_until: new Date(clock.now().getTime() + HELD_MS) })
    .where('id', '=', cluster)
    .where('busy_by', '=', by)
    .execute();
}

async function take({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>, cluster: string, by: string): Promise<boolean> {
  const now = clock.now();
  const { numUpdatedRows } = await store.db
    .updateTable('clusters')
    .set({ busy_by: by, busy_until: new Date(now.getTime() + HELD_MS) })
    .where('id', '=', cluster)
    .where((where) => where.or([where('busy_until', 'is', null), where('busy_until', '<', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function busy(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'Something else is being changed on this cluster',
    detail: 'Each change makes the cluster’s storage start again, so they are made one after the other.',
    remedy: 'Try again in a minute.',
  });
}
