import type { Selectable } from 'kysely';
import type { PairRow } from '@/lib/store/rows/pair';
import { listClusters } from '../clusters/rows';
import { refreshFound } from '../pairs/elsewhere';
import { pairRows } from '../pairs/rows';
import type { Cluster, WorkloadPorts } from '../types';
import type { FollowedPair } from './types';

type Wish = Pick<Selectable<PairRow>['wish'], 'input' | 'output'>;

/** So often the clusters are asked anew which pairs were made elsewhere. */
const LOOK_AGAIN_MS = 10 * 60_000;

/** A pair whose jobs are followed, with where its files come from and go to. */
export type PairAtWork = FollowedPair & { wish: Wish };

/** A person's pairs that stand, with those that were made elsewhere, and the clusters that they stand on by their ids. */
export async function pairsAtWork(ports: WorkloadPorts, userId: string): Promise<{ pairs: PairAtWork[]; clusters: Map<string, Cluster> }> {
  const [rows, all] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  const clusters = new Map(all.map((cluster) => [cluster.id, cluster]));
  const keepsNames = (...ids: string[]) => ids.every((id) => clusters.get(id)?.dialect === '4.1');
  const pairs = rows.flatMap(({ id, name, state, origin_id: origin, worker_id: worker, wish, drain }): PairAtWork[] => {
    if (state !== 'standing' || origin === null || worker === null) return [];
    const drainedSince = drain?.side === 'origin' ? drain.since : null;
    const { thresholdSeconds } = wish;
    return [{ id, service: name, origin, worker, keepsNames: keepsNames(origin, worker), thresholdSeconds, drainedSince, wish }];
  });
  const elsewhere = await foundPairs(ports, userId);
  const found = elsewhere.flatMap(({ id, service, origin_id: origin, worker_id: worker, wish }): PairAtWork[] => {
    // it was made one of ours meanwhile
    if (rows.some((row) => row.origin_id === origin && row.name === service)) return [];
    const { thresholdSeconds } = wish;
    return [{ id, service, origin, worker, keepsNames: keepsNames(origin, worker), thresholdSeconds, drainedSince: null, wish }];
  });
  return { pairs: [...pairs, ...found], clusters };
}

async function foundPairs(ports: WorkloadPorts, userId: string) {
  const read = () => ports.store.db.selectFrom('found_pairs').selectAll().where('user_id', '=', userId).orderBy('id').execute();
  const known = await read();
  const before = ports.clock.now().getTime() - LOOK_AGAIN_MS;
  if (!known.some(({ looked_at: at }) => at.getTime() <= before)) return known;
  await refreshFound(ports, userId);
  return await read();
}
