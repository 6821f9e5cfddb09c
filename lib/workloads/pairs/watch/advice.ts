import type { OscarJob } from '@/lib/oscar/types';
import { openCluster } from '../../clusters/open';
import { adviseThreshold, type ThresholdAdvice, type ThresholdFacts } from '../../threshold';
import type { WorkloadPorts } from '../../types';
import { needPair } from '../rows';

/** How long jobs of a service took where they ran: seconds. `begin`: the longest from its coming to its start; `run`: the median. */
interface SeenJobs {
  jobs: number;
  begin: number | null;
  run: number | null;
}

interface PairAdvice extends ThresholdAdvice {
  facts: ThresholdFacts;
  /** null: that cluster does not tell */
  seen: Record<'origin' | 'worker', SeenJobs | null>;
}

/** What jobs of one page took. Pure. */
export function seenOf(jobs: readonly OscarJob[]): SeenJobs {
  const spans = (from: 'createdAt' | 'startedAt', to: 'startedAt' | 'finishedAt') =>
    jobs.flatMap((job) => {
      const seconds = (Date.parse(job[to] ?? '') - Date.parse(job[from] ?? '')) / 1000;
      return seconds >= 0 ? [seconds] : [];
    });
  const [begin, run] = [spans('createdAt', 'startedAt'), spans('startedAt', 'finishedAt').toSorted((one, other) => one - other)];
  return {
    jobs: begin.length,
    begin: begin.length > 0 ? Math.round(Math.max(...begin)) : null,
    run: run[Math.floor(run.length / 2)] ?? null,
  };
}

/**
 * Advises on the seconds after which a job of a pair is handed on, by what was seen of it on both sides.
 * @param asked the seconds to judge; left out: those of now
 * @param asked.grow the origin is to grow before work leaves it
 * @throws AppError `not-found`; as the origin
 */
export async function advisePair(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  asked: { seconds?: number; grow: boolean },
): Promise<PairAdvice> {
  const row = await needPair(ports, userId, id);
  const jobsOn = async (cluster: string | null) => {
    if (cluster === null) return null;
    try {
      return seenOf((await (await openCluster(ports, userId, cluster, 'advise on a pair')).client.jobs(row.name)).jobs);
    } catch {
      return null;
    }
  };
  const [origin, worker, nodeBootSeconds] = await Promise.all([
    jobsOn(row.origin_id),
    jobsOn(row.worker_id),
    row.origin_id === null ? null : bootSeconds(ports, row.origin_id),
  ]);
  const facts: ThresholdFacts = {
    thresholdSeconds: asked.seconds ?? row.wish.thresholdSeconds,
    nodeBootSeconds,
    // what is handed on finds room: what it waits for there is its image
    imagePullSeconds: worker?.begin ?? null,
    runSeconds: origin?.run ?? worker?.run ?? null,
    preferGrowing: asked.grow,
  };
  return { ...adviseThreshold(facts), facts, seen: { origin, worker } };
}

/** How long a machine took at a cluster's deployment, from the wish for it to the last thing that was done on it; null: Transat did not make it. */
async function bootSeconds({ store }: WorkloadPorts, cluster: string): Promise<number | null> {
  const rows = await store.db
    .selectFrom('clusters')
    .innerJoin('deployments', 'deployments.id', 'clusters.deployment_id')
    .innerJoin('nodes', (join) => join.onRef('nodes.deployment_id', '=', 'deployments.id').onRef('nodes.site', '=', 'clusters.site'))
    .innerJoin('events', (join) => join.onRef('events.deployment_id', '=', 'deployments.id').onRef('events.subject', '=', 'nodes.key'))
    .select(({ fn }) => ['nodes.key', fn.min<Date>('events.at').as('from'), fn.max<Date>('events.at').as('to')])
    .where('clusters.id', '=', cluster)
    .whereRef('events.at', '<=', 'deployments.ready_at')
    .groupBy('nodes.key')
    .execute();
  const took = rows.map(({ from, to }) => Math.round((to.getTime() - from.getTime()) / 1000)).toSorted((one, other) => one - other);
  return took[Math.floor(took.length / 2)] ?? null;
}
