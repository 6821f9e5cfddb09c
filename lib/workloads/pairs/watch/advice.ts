import { AppError } from '@/lib/core/errors';
import type { OscarJob } from '@/lib/oscar/types';
import { whileAlone } from '../../clusters/one-at-a-time';
import { openCluster } from '../../clusters/open';
import { mayBeDone } from '../../may-be-done';
import { type FieldChange, serviceChange } from '../../service-diff';
import { needService } from '../../services/read';
import { adviseThreshold, type ThresholdAdvice, type ThresholdFacts } from '../../threshold';
import type { WorkloadPorts } from '../../types';
import { asWish } from '../definitions';
import { needPair } from '../rows';
import { noteEvent } from './events';

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

/**
 * Sets the seconds after which a job is handed on.
 * @param dryRun only says what that would change
 * @throws AppError `not-found`, `conflict`; as the origin
 */
export async function setThreshold(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  seconds: number,
  dryRun: boolean,
): Promise<FieldChange[]> {
  const row = await needPair(ports, userId, id);
  if (row.state !== 'standing' || row.origin_id === null) throw notSet(row.name);
  const open = await openCluster(ports, userId, row.origin_id, 'set a threshold');
  const { client, cluster } = open;
  if (client.abilities.federation) throw needsTokenToSet(row.name);
  const plan = async () => {
    const there = await needService(open, row.name);
    const wish = { ...asWish(there), sharing: { ...there.sharing, thresholdSeconds: seconds } };
    const change = serviceChange(there, wish, there.owner);
    const own = { field: 'threshold', from: String(there.sharing.thresholdSeconds ?? row.wish.thresholdSeconds), to: String(seconds) };
    // one without members, such as while its worker does not answer, has a threshold all the same
    return { there, wish, changes: own.from === own.to && change.kind === 'none' ? [] : [own] };
  };
  if (dryRun) return (await plan()).changes;
  const changes = await whileAlone(ports, cluster, async () => {
    const planned = await plan();
    try {
      if (planned.changes.length > 0) await client.updateService(planned.wish, planned.there);
    } catch (error) {
      const now = mayBeDone(error) ? await client.service(row.name).catch(() => null) : null;
      if (now?.sharing.thresholdSeconds !== seconds) throw error;
    }
    return planned.changes;
  });
  await ports.store.db.transaction().execute(async (trx) => {
    const current = await trx.selectFrom('pairs').select('wish').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!current) return;
    const wish = JSON.stringify({ ...current.wish, thresholdSeconds: seconds });
    await trx.updateTable('pairs').set({ wish }).where('id', '=', id).execute();
    const [change] = changes;
    if (change) await noteEvent(trx, [id], ports.clock.now(), { kind: 'threshold', values: { from: change.from, to: change.to } });
  });
  return changes;
}

function notSet(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” does not stand`,
    detail: 'Only of a pair that was made whole the threshold can be set.',
    remedy: 'Take it out and make it again.',
  });
}

function needsTokenToSet(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The threshold of “${name}” can’t be set at an origin of 4.1`,
    detail: 'That release takes a change of such a service only together with its refresh token, which Transat does not keep.',
    remedy: 'Take the pair out and make it again with another threshold.',
  });
}
