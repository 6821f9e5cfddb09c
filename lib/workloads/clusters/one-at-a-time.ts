import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Cluster, WorkloadPorts } from '../types';

/** Who holds the cluster says so again meanwhile: whoever has not for so long has died. */
const HELD_MS = 60_000;
const LOOK_MS = 300;
const PATIENCE_MS = 100_000;
const lines = new Map<string, Promise<unknown>>();

/**
 * Changes something on a cluster while nobody else of Transat does, in this process or another, for this person or another: each change makes its MinIO start
 * again, and one that comes meanwhile fails.
 * @throws AppError `conflict` when others take too long; what the work throws
 */
export async function whileAlone<T>(
  ports: Pick<WorkloadPorts, 'store' | 'clock'>,
  cluster: Pick<Cluster, 'endpoint'>,
  work: () => Promise<T>,
): Promise<T> {
  const place = placeOf(cluster.endpoint);
  const before = lines.get(place) ?? Promise.resolve();
  const mine = before.then(
    () => held(ports, place, work),
    () => held(ports, place, work),
  );
  const end = mine.catch(() => undefined);
  lines.set(place, end);
  void end.then(() => lines.get(place) === end && lines.delete(place));
  return await mine;
}

/** Several people may have registered the same cluster. Pure. */
const placeOf = (endpoint: string): string => {
  const { origin, pathname } = new URL(endpoint);
  return origin + pathname.replace(/\/+$/, '');
};

async function held<T>(ports: Pick<WorkloadPorts, 'store' | 'clock'>, place: string, work: () => Promise<T>): Promise<T> {
  const by = newId('chg');
  const began = performance.now();
  while (!(await take(ports, place, by))) {
    if (performance.now() - began > PATIENCE_MS) throw busy();
    await sleep(LOOK_MS);
  }
  const holding = setInterval(() => void hold(ports, place, by).catch(() => {}), HELD_MS / 4);
  try {
    return await work();
  } finally {
    clearInterval(holding);
    await ports.store.db.deleteFrom('cluster_turns').where('place', '=', place).where('by', '=', by).execute();
  }
}

async function hold({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>, place: string, by: string): Promise<void> {
  await store.db
    .updateTable('cluster_turns')
    .set({ until: new Date(clock.now().getTime() + HELD_MS) })
    .where('place', '=', place)
    .where('by', '=', by)
    .execute();
}

async function take({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>, place: string, by: string): Promise<boolean> {
  const now = clock.now();
  const mine = { by, until: new Date(now.getTime() + HELD_MS) };
  const row = await store.db
    .insertInto('cluster_turns')
    .values({ place, ...mine })
    // whoever has not said so again for so long has died
    .onConflict((conflict) => conflict.column('place').doUpdateSet(mine).where('cluster_turns.until', '<', now))
    .returning('by')
    .executeTakeFirst();
  return row !== undefined;
}

function busy(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'Something else is being changed on this cluster',
    detail: 'Each change makes the cluster’s storage start again, so they are made one after the other.',
    remedy: 'Try again in a minute.',
  });
}
