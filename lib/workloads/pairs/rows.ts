import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { PairRow } from '@/lib/store/rows/pair';
import type { KeptBreaker } from '@/lib/store/rows/peer';
import { listClusters } from '../clusters/rows';
import type { Cluster, WorkloadPorts } from '../types';
import type { Pair, PairCluster } from './types';

type Stored = Selectable<PairRow>;
/** with how its worker was seen */
type Seen = Stored & { breaker: KeptBreaker | null };

/** A row as its owner may see it. Pure. @param clusters the person's */
export function pairOf(row: Seen, clusters: readonly Cluster[], now: Date): Pair {
  const standing = row.state === 'standing';
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    origin: sideOf(clusters, row.origin_id, row.origin_name),
    worker: sideOf(clusters, row.worker_id, row.worker_name),
    thresholdSeconds: row.wish.thresholdSeconds,
    problem: row.problem,
    proof: proofOf(row, now),
    createdAt: row.created_at.toISOString(),
    inPlace: isInPlace(row.undo),
    watch: standing ? row.breaker : null,
    sharing: row.shape,
    settled: row.settled,
    drain: standing ? row.drain : null,
    token: row.token && (row.token_stays ? 'kept' : 'for-drain'),
    drill: row.drill,
  };
}

/** Whether the origin had its service before: what a pair made there is taken out with it. Pure. */
const isInPlace = (undo: Stored['undo']): boolean => undo.length > 0 && !undo.some((one) => one.side === 'origin' && one.undo === 'delete');

function proofOf({ proof, proving_until: until }: Stored, now: Date): Stored['proof'] {
  if (!proof || proof.endedAt !== null || (until && until > now)) return proof;
  const ended = { ...proof, endedAt: until?.getTime() ?? proof.startedAt };
  if (proof.state === 'verified' || proof.state === 'failed') return ended;
  return { ...ended, state: 'failed', problem: cutOff('Prove it again: that takes away what was left.').toProblem() };
}

/** What is said where somebody died at it. */
export function cutOff(remedy: string): AppError {
  return new AppError({ code: 'internal', title: 'It was cut off', detail: 'Transat was stopped while it was at work on this.', remedy });
}

function sideOf(clusters: readonly Cluster[], id: string | null, name: string): PairCluster {
  const cluster = clusters.find((each) => each.id === id);
  return cluster ? clusterSide(cluster) : { id: null, name, region: null, dialect: null };
}

export const clusterSide = ({ id, name, region, dialect }: Cluster): PairCluster => ({ id, name, region, dialect });

/** The pairs that a person made here, the oldest first. */
export async function pairRows(ports: Pick<WorkloadPorts, 'store'>, userId: string): Promise<Seen[]> {
  return await seen(ports).where('pairs.user_id', '=', userId).orderBy('pairs.created_at').orderBy('pairs.id').execute();
}

const seen = ({ store }: Pick<WorkloadPorts, 'store'>) =>
  store.db.selectFrom('pairs').leftJoin('peers', 'peers.cluster_id', 'pairs.worker_id').selectAll('pairs').select('peers.breaker');

/** @throws AppError `not-found` */
export async function needPair(ports: Pick<WorkloadPorts, 'store'>, userId: string, id: string): Promise<Seen> {
  const row = await seen(ports).where('pairs.id', '=', id).where('pairs.user_id', '=', userId).executeTakeFirst();
  if (!row) throw notFound('pair');
  return row;
}

/** One pair, as it is kept here. @throws AppError `not-found` */
export async function readPair(ports: Pick<WorkloadPorts, 'store' | 'clock'>, userId: string, id: string): Promise<Pair> {
  const [row, clusters] = await Promise.all([needPair(ports, userId, id), listClusters(ports, userId)]);
  return pairOf(row, clusters, ports.clock.now());
}
