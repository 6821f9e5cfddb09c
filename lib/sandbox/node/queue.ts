import type { QueueReport } from '@/lib/nodes/protocol';
import type { ServerRecord, SimulatedJob } from '../state/records';

/** What a cluster's queue is now: jobs end when their time is over, and those that wait begin, first come first served, where enough workers have nothing to do. Pure. */
export function runJobs(
  jobs: readonly SimulatedJob[],
  workers: readonly { name: string; up: boolean }[],
  now: number,
): { jobs: SimulatedJob[]; report: QueueReport } {
  const left = jobs.filter(({ startedAt, seconds }) => startedAt === undefined || startedAt + seconds * 1000 > now);
  const busy = new Set(left.flatMap(({ on = [] }) => on));
  const free = workers.filter(({ name, up }) => up && !busy.has(name)).map(({ name }) => name);
  let stuck = false;
  const next = left.map((job): SimulatedJob => {
    stuck ||= job.startedAt === undefined && job.nodes > free.length;
    if (job.startedAt !== undefined || stuck) return job;
    const on = free.splice(0, job.nodes);
    for (const name of on) busy.add(name);
    return { ...job, startedAt: now, on };
  });
  const waiting = next.filter(({ startedAt }) => startedAt === undefined);
  const machines = workers.map(({ name, up }) => ({
    name,
    state: !up ? ('away' as const) : busy.has(name) ? ('busy' as const) : ('idle' as const),
  }));
  return { jobs: next, report: { waiting: waiting.length, wanted: waiting.reduce((sum, { nodes }) => sum + nodes, 0), machines } };
}

/** What a front-end tells of its queue with, and of whom, by the steps that it has run; undefined where it tells of none. Pure. */
export function queueOf({ agent }: Pick<ServerRecord, 'agent'>): { group: string; token: string; workers: string[] } | undefined {
  const steps = agent?.bundle?.steps ?? [];
  const { QUEUE_GROUP: group, QUEUE_TOKEN: token } = steps.find(({ env }) => env.QUEUE_TOKEN !== undefined)?.env ?? {};
  const workers = steps.find(({ env }) => env.WORKERS !== undefined)?.env.WORKERS ?? '';
  return group !== undefined && token !== undefined ? { group, token, workers: workers.split(',').filter(Boolean) } : undefined;
}
