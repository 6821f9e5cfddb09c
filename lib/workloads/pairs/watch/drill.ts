import type { OscarJob } from '@/lib/oscar/types';
import type { KeptDrain, KeptDrill } from '@/lib/store/rows/pair';
import { openCluster } from '../../clusters/open';
import type { WorkloadPorts } from '../../types';

const MOST_PAGES = 20;

type Counts = NonNullable<KeptDrill['worker']>;

/** Counts the jobs that came between two moments, by what has become of them. Pure. Jobs that do not say when they came are left out. */
export function countJobs(jobs: readonly Pick<OscarJob, 'state' | 'createdAt'>[], from: number, to: number): Counts {
  const counts: Counts = { done: 0, failed: 0, running: 0, waiting: 0 };
  for (const { state, createdAt } of jobs) {
    const at = createdAt === null ? Number.NaN : Date.parse(createdAt);
    // clusters write whole seconds
    if (!(at >= Math.floor(from / 1000) * 1000 && at <= to)) continue;
    counts[places[state]] += 1;
  }
  return counts;
}

const places: Record<OscarJob['state'], keyof Counts> = {
  Succeeded: 'done',
  Failed: 'failed',
  Running: 'running',
  Pending: 'waiting',
  Suspended: 'waiting',
  Unknown: 'waiting',
};

/** What crossed in a drill, as both clusters tell at its end. One that does not answer is no error here. */
export async function drillReport(
  ports: WorkloadPorts,
  {
    user_id: user,
    name,
    origin_id: origin,
    worker_id: worker,
  }: { user_id: string; name: string; origin_id: string | null; worker_id: string | null },
  { since }: Pick<KeptDrain, 'since'>,
): Promise<KeptDrill> {
  const now = ports.clock.now().getTime();
  const countedOn = async (id: string | null) => {
    if (id === null) return null;
    try {
      const { client } = await openCluster(ports, user, id, 'report a drill');
      const jobs: OscarJob[] = [];
      for (let page: string | undefined, read = 0; read < MOST_PAGES; read++) {
        const { jobs: more, next } = await client.jobs(name, page);
        jobs.push(...more);
        if (next === null) break;
        page = next;
      }
      return countJobs(jobs, since, now);
    } catch {
      return null;
    }
  };
  const peer =
    worker === null
      ? undefined
      : await ports.store.db.selectFrom('peers').select('breaker').where('cluster_id', '=', worker).executeTakeFirst();
  const silent = peer !== undefined && (peer.breaker.state === 'open' || (peer.breaker.closedAt ?? 0) > since);
  return { startedAt: since, endedAt: now, worker: await countedOn(worker), origin: await countedOn(origin), silent };
}
