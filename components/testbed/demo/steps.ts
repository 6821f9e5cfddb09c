import type { LedgerJobView } from '@/lib/api/contract/ledger';
import type { PairView } from '@/lib/api/contract/pairs';
import type { JobView } from '@/lib/api/contract/services';

/** The way of the tour, one after the other. */
export const demoSteps = ['clusters', 'pair', 'full', 'drop', 'cross', 'results'] as const;
export type DemoStep = (typeof demoSteps)[number];

/** What is there of a tour, whoever began it when. */
export interface DemoFacts {
  stands: boolean;
  pair: Pick<PairView, 'state'> | null;
  /** jobs of what makes the first cluster full */
  fillers: readonly Pick<JobView, 'state'>[];
  /** jobs of the tour's service, the newest first */
  jobs: readonly Pick<LedgerJobView, 'crossed' | 'settled' | 'results' | 'origin' | 'ran'>[];
}

/** At which step a tour is: the first that is not done; null: all are. Pure. */
export function stepOf({ stands, pair, fillers, jobs }: DemoFacts): DemoStep | null {
  if (!stands) return 'clusters';
  if (pair?.state !== 'standing') return 'pair';
  const crossed = jobs.find((job) => job.crossed);
  if (crossed) return hasBoth(crossed) ? null : 'results';
  // as long as it waits the first is full enough, whatever its machines say
  if (jobs.length > 0) return 'cross';
  return fillers.some(({ state }) => state === 'Running') ? 'drop' : 'full';
}

/** Whether a job's results are on both sides. Pure. */
function hasBoth({ results, origin, ran }: DemoFacts['jobs'][number]): boolean {
  return [origin, ran].every(({ id }) => results.some(({ cluster }) => cluster === id));
}
