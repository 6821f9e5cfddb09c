import type { Selectable } from 'kysely';
import type { KeptBreaker } from '@/lib/store/rows/peer';
import type { ClusterRow } from '@/lib/store/schema';
import type { WorkloadPorts } from '../../types';
import { isOut, looked, newBreaker, nextLook } from './breaker';
import { noteEvent } from './events';

type Ports = Pick<WorkloadPorts, 'store' | 'clock'>;

/** The kind of errand that looks at one cluster that takes work of others. */
export const peerErrand = 'peer';
/** Whoever died while it looked is followed by another after this. */
const HELD_MS = 30_000;

/** The clusters that are to be looked at, one errand for each, however many pairs hand on to it. */
export async function duePeers({ store, clock }: Ports): Promise<{ errand: string; after: number }[]> {
  const rows = await store.db
    .selectFrom('pairs')
    .leftJoin('peers', 'peers.cluster_id', 'pairs.worker_id')
    .select(['pairs.worker_id', 'peers.look_at'])
    .distinct()
    .where('pairs.state', '=', 'standing')
    .where('pairs.origin_id', 'is not', null)
    .where('pairs.worker_id', 'is not', null)
    .execute();
  const now = clock.now().getTime();
  return rows.map(({ worker_id, look_at }) => ({
    errand: `${peerErrand} ${worker_id}`,
    after: Math.max(0, Math.ceil(((look_at?.getTime() ?? now) - now) / 1000)),
  }));
}

/** The cluster of that id where pairs still hand on to it; undefined: there is nothing to look at any more. */
export async function watchedCluster({ store }: Ports, id: string): Promise<Selectable<ClusterRow> | undefined> {
  return await store.db
    .selectFrom('clusters')
    .selectAll()
    .where('id', '=', id)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('pairs')
          .select('pairs.id')
          .where('pairs.worker_id', '=', id)
          .where('pairs.state', '=', 'standing')
          .where('pairs.origin_id', 'is not', null),
      ),
    )
    .executeTakeFirst();
}

/** Takes the look at a cluster that is due, so that nobody else does it. @returns null: it is not due, or another process is at it */
export async function takeLook({ store, clock }: Ports, id: string): Promise<KeptBreaker | null> {
  const now = clock.now();
  const fresh = JSON.stringify(newBreaker(now.getTime()));
  await store.db
    .insertInto('peers')
    .values({ cluster_id: id, breaker: fresh, look_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await store.db
    .updateTable('peers')
    .set({ held_until: new Date(now.getTime() + HELD_MS) })
    .where('cluster_id', '=', id)
    .where('look_at', '<=', now)
    .where((where) => where.or([where('held_until', 'is', null), where('held_until', '<', now)]))
    .returning('breaker')
    .executeTakeFirst();
  return row?.breaker ?? null;
}

/** Writes down how a cluster was seen, with what that means for its pairs: all or nothing. @returns the breaker after it */
export async function noteLooked(
  { store, clock }: Ports,
  cluster: { id: string; name: string },
  before: KeptBreaker,
  answers: boolean,
): Promise<KeptBreaker> {
  const at = clock.now();
  const now = looked(before, answers, at.getTime());
  await store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('peers')
      .set({ breaker: JSON.stringify(now), look_at: new Date(at.getTime() + nextLook(now) * 1000), held_until: null })
      .where('cluster_id', '=', cluster.id)
      .executeTakeFirst();
    const kind =
      isOut(before) === isOut(now)
        ? before.state === 'open' && now.state === 'half-open'
          ? 'answers'
          : null
        : isOut(now)
          ? 'silent'
          : null;
    if (numUpdatedRows === 0n || kind === null) return;
    const pairs = await trx.selectFrom('pairs').select('id').where('worker_id', '=', cluster.id).where('state', '=', 'standing').execute();
    await noteEvent(
      trx,
      pairs.map(({ id }) => id),
      at,
      { kind, values: { cluster: cluster.name } },
    );
  });
  return now;
}

/** When a cluster is to be looked at again, in seconds; null: never. */
export async function secondsToLook({ store, clock }: Ports, id: string): Promise<number | null> {
  const row = await store.db.selectFrom('peers').select('look_at').where('cluster_id', '=', id).executeTakeFirst();
  return row ? Math.max(1, Math.round((row.look_at.getTime() - clock.now().getTime()) / 1000)) : null;
}
