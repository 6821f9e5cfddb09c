import { AppError, type Problem } from '@/lib/core/errors';
import { amountOf } from '@/lib/oscar/quantity';
import type { ClusterStatus } from '@/lib/oscar/types';
import type { OpenCluster } from '../clusters/open';
import { type LocalityAnswer, mayMove } from '../locality';
import { needPair } from '../pairs/rows';
import { openSides } from '../pairs/sides';
import type { Cluster, WorkloadPorts } from '../types';
import { movesOfPair } from './moves';
import { hasRoom, type JobNeeds, type Placed, placeJob } from './place';
import { rulesOf } from './rules';

/** One side as it was found when it was asked. */
interface AskedSide {
  side: 'origin' | 'worker';
  cluster: Cluster;
  status: ClusterStatus | null;
  room: boolean;
  problem: Problem | null;
}

/** Where a job of a pair would run now, and what that was judged by. */
export interface Placement extends Placed {
  /** null: nowhere */
  cluster: Cluster | null;
  needs: JobNeeds;
  sides: AskedSide[];
  locality: LocalityAnswer;
}

/** Asks both clusters of a pair where a job of it would run now. Nothing is begun. @throws AppError `not-found` */
export async function askPlacement(ports: WorkloadPorts, userId: string, id: string): Promise<Placement> {
  const row = await needPair(ports, userId, id);
  const open = await openSides(ports, row, 'place a job');
  const { wish } = row;
  const needs = { milliCores: Number(wish.cpu) * 1000, memoryBytes: amountOf(wish.memory) ?? 0, gpu: wish.gpu ?? false };
  const [origin, worker, isOpen] = await Promise.all([
    open.origin ? askSide('origin', open.origin, needs) : null,
    open.worker ? askSide('worker', open.worker, needs) : null,
    handsOn(open.origin, row),
  ]);
  const rules = await rulesOf(ports, userId);
  const locality: LocalityAnswer =
    open.origin && open.worker
      ? mayMove(movesOfPair(wish, open.origin.cluster, open.worker.cluster, rules), rules)
      : { answer: 'allowed', rule: null };
  const { thresholdSeconds } = wish;
  const placed = placeJob({
    needs,
    origin: origin?.status ?? null,
    worker: worker?.status ?? null,
    open: isOpen,
    drained: row.drain?.side === 'origin',
    thresholdSeconds,
    locality,
  });
  const there = placed.runs === 'worker' ? worker : placed.runs === 'nowhere' ? null : origin;
  return { ...placed, cluster: there?.cluster ?? null, needs, sides: [origin, worker].filter((side) => side !== null), locality };
}

/** Whether the origin may hand jobs on now. */
async function handsOn(
  origin: OpenCluster | undefined,
  { name, worker_name: worker }: { name: string; worker_name: string },
): Promise<boolean> {
  const service = await origin?.client.service(name).catch(() => null);
  return service?.sharing.members.some(({ clusterId }) => clusterId === worker) ?? false;
}

async function askSide(side: AskedSide['side'], { client, cluster }: OpenCluster, needs: JobNeeds): Promise<AskedSide> {
  try {
    const status = await client.status();
    return { side, cluster, status, room: hasRoom(needs, status), problem: null };
  } catch (error) {
    return { side, cluster, status: null, room: false, problem: AppError.from(error).toProblem() };
  }
}
