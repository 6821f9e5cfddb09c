import type { LedgerJobView } from '@/lib/api/contract/ledger';
import type { PairView } from '@/lib/api/contract/pairs';

/** A job under way between two clusters, by their ids. */
export interface JobCrossing {
  id: string;
  from: string;
  to: string;
  /** it goes to where it runs; it runs there; its results come back */
  phase: 'out' | 'there' | 'back';
  job: LedgerJobView;
}

/** As long as a crossing can still be seen after all of it has arrived. */
const LINGERS_MS = 8_000;

/** The jobs that cross now, the oldest first: those that have left, that run on the other side, and whose results come back. Pure. */
export function crossingsNow(
  jobs: readonly LedgerJobView[],
  pairs: readonly Pick<PairView, 'id' | 'name' | 'origin' | 'worker'>[],
  now: number,
): JobCrossing[] {
  return jobs
    .flatMap((job): JobCrossing[] => {
      const ended = job.finishedAt === null ? null : Date.parse(job.finishedAt);
      if (job.state === 'Crossing') {
        const to = pairs.find((pair) => isOf(job, pair))?.worker.id;
        return to ? [{ id: job.id, from: job.origin.id, to, phase: 'out', job }] : [];
      }
      if (!job.crossed || job.state === 'Gone' || (job.settled && (ended === null || now - ended > LINGERS_MS))) return [];
      const phase = ended !== null ? 'back' : job.startedAt !== null ? 'there' : 'out';
      return [{ id: job.id, from: job.origin.id, to: job.ran.id, phase, job }];
    })
    .toSorted((one, other) => one.job.submittedAt.localeCompare(other.job.submittedAt));
}

/** Pairs that were made elsewhere are known by where they stand alone. */
function isOf(job: LedgerJobView, { id, name, origin }: Pick<PairView, 'id' | 'name' | 'origin'>): boolean {
  return id === null ? name === job.service && origin.id === job.origin.id : id === job.pair;
}

/** What a job is called: its file, or where none is known the name that its cluster gave it. Pure. */
export function jobName({ object, seen, id }: Pick<LedgerJobView, 'object' | 'seen' | 'id'>): string {
  return object?.split('/').at(-1) || seen[0]?.name || id;
}
