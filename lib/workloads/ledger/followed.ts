import type { Selectable } from 'kysely';
import { cacheOf } from '@/lib/core/cache';
import type { PairRow } from '@/lib/store/rows/pair';
import { type OpenCluster, openCluster } from '../clusters/open';
import { listClusters } from '../clusters/rows';
import { pairRows } from '../pairs/rows';
import type { Cluster, WorkloadPorts } from '../types';
import type { FollowedPair } from './types';

const NOTED_MS = 3600_000;
/** for which clusters it is in the audit already that their jobs are followed, and since when: once an hour suffices */
const noted = cacheOf<number>(2000);

type Wish = Pick<Selectable<PairRow>['wish'], 'input' | 'output'>;

/** A pair whose jobs are followed, with where its files come from and go to. */
export type PairAtWork = FollowedPair & { wish: Wish };

/** A person's pairs that stand, and the clusters that they stand on by their ids. */
export async function pairsAtWork(
  ports: Pick<WorkloadPorts, 'store'>,
  userId: string,
): Promise<{ pairs: PairAtWork[]; clusters: Map<string, Cluster> }> {
  const [rows, all] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  const clusters = new Map(all.map((cluster) => [cluster.id, cluster]));
  const dialect = (id: string) => clusters.get(id)?.dialect;
  const pairs = rows.flatMap(({ id, name, state, origin_id: origin, worker_id: worker, wish, drain }): PairAtWork[] => {
    if (state !== 'standing' || origin === null || worker === null) return [];
    const keepsNames = dialect(origin) === '4.1' && dialect(worker) === '4.1';
    const drainedSince = drain?.side === 'origin' ? drain.since : null;
    return [{ id, service: name, origin, worker, keepsNames, thresholdSeconds: wish.thresholdSeconds, drainedSince, wish }];
  });
  return { pairs, clusters };
}

/** Opens a cluster to look at its jobs, which it is asked for so often that the audit notes it once an hour. */
export async function openToFollow(ports: WorkloadPorts, userId: string, id: string): Promise<OpenCluster> {
  const now = ports.clock.now().getTime();
  const due = now - (noted.get(id) ?? Number.NEGATIVE_INFINITY) >= NOTED_MS;
  const open = await openCluster(ports, userId, id, due ? 'follow its jobs' : null);
  if (due) noted.set(id, now);
  return open;
}
