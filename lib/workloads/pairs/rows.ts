import type { Selectable } from 'kysely';
import { notFound } from '@/lib/core/problems';
import type { PairRow } from '@/lib/store/rows/pair';
import { listClusters } from '../clusters/rows';
import type { Cluster, WorkloadPorts } from '../types';
import type { Pair, PairCluster } from './types';

type Stored = Selectable<PairRow>;

/** A row as its owner may see it. Pure. @param clusters the person's */
export function pairOf(row: Stored, clusters: readonly Cluster[]): Pair {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    origin: sideOf(clusters, row.origin_id, row.origin_name),
    worker: sideOf(clusters, row.worker_id, row.worker_name),
    thresholdSeconds: row.wish.thresholdSeconds,
    problem: row.problem,
    proof: row.proof,
    createdAt: row.created_at.toISOString(),
  };
}

function sideOf(clusters: readonly Cluster[], id: string, name: string): PairCluster {
  const cluster = clusters.find((each) => each.id === id);
  return cluster ? clusterSide(cluster) : { id: null, name, region: null, dialect: null };
}

export const clusterSide = ({ id, name, region, dialect }: Cluster): PairCluster => ({ id, name, region, dialect });

/** The pairs that a person made here, the oldest first. */
export async function pairRows({ store }: Pick<WorkloadPorts, 'store'>, userId: string): Promise<Stored[]> {
  return await store.db.selectFrom('pairs').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id').execute();
}

/** @throws AppError `not-found` */
export async function needPair({ store }: Pick<WorkloadPorts, 'store'>, userId: string, id: string): Promise<Stored> {
  const row = await store.db.selectFrom('pairs').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  if (!row) throw notFound('pair');
  return row;
}

/** One pair, as it is kept here. @throws AppError `not-found` */
export async function readPair(ports: Pick<WorkloadPorts, 'store'>, userId: string, id: string): Promise<Pair> {
  const [row, clusters] = await Promise.all([needPair(ports, userId, id), listClusters(ports, userId)]);
  return pairOf(row, clusters);
}
