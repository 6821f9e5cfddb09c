import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { PairRow } from '@/lib/store/rows/pair';
import { listClusters } from '../clusters/rows';
import type { Cluster, WorkloadPorts } from '../types';
import type { Pair, PairCluster } from './types';

type Stored = Selectable<PairRow>;

/** Whoever makes a pair for longer has died: it takes four calls, each of which may wait for others. */
const LONGEST_MAKING_MS = 20 * 60_000;

/** A row as its owner may see it; what was cut off by a death in the middle is said to be. Pure. @param clusters the person's */
export function pairOf(row: Stored, clusters: readonly Cluster[], now: Date): Pair {
  const died = row.state === 'making' && now.getTime() - row.created_at.getTime() > LONGEST_MAKING_MS;
  return {
    id: row.id,
    name: row.name,
    state: died ? 'broken' : row.state,
    origin: sideOf(clusters, row.origin_id, row.origin_name),
    worker: sideOf(clusters, row.worker_id, row.worker_name),
    thresholdSeconds: row.wish.thresholdSeconds,
    problem: died ? cutOff('Take it out and make it again.').toProblem() : row.problem,
    proof: proofOf(row, now),
    createdAt: row.created_at.toISOString(),
  };
}

function proofOf({ proof, proving_until: until }: Stored, now: Date): Stored['proof'] {
  if (!proof || proof.endedAt !== null || (until && until > now)) return proof;
  const ended = { ...proof, endedAt: until?.getTime() ?? proof.startedAt };
  if (proof.state === 'verified' || proof.state === 'failed') return ended;
  return { ...ended, state: 'failed', problem: cutOff('Prove it again: that takes away what was left.').toProblem() };
}

function cutOff(remedy: string): AppError {
  return new AppError({ code: 'internal', title: 'It was cut off', detail: 'Transat was stopped while it was at work on this.', remedy });
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
export async function readPair(ports: Pick<WorkloadPorts, 'store' | 'clock'>, userId: string, id: string): Promise<Pair> {
  const [row, clusters] = await Promise.all([needPair(ports, userId, id), listClusters(ports, userId)]);
  return pairOf(row, clusters, ports.clock.now());
}
