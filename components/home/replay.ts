import type { JobCrossing } from '@/components/testbed/crossings';

/** What of a crossing is shown, one after the other. */
export const replaySteps = ['waits', 'leaves', 'runs', 'returns', 'both'] as const;
export type ReplayStep = (typeof replaySteps)[number];

/** As long as one step is shown. */
export const STEP_MS = 2_800;

const phases: Record<ReplayStep, JobCrossing['phase'] | null> = { waits: null, leaves: 'out', runs: 'there', returns: 'back', both: null };

/** The step after one; after the last the first. Pure. */
export const stepAfter = (step: ReplayStep): ReplayStep => replaySteps[(replaySteps.indexOf(step) + 1) % replaySteps.length] ?? 'waits';

/** What crosses at a step. Pure. */
export function crossingAt(step: ReplayStep): Pick<JobCrossing, 'id' | 'from' | 'to' | 'phase'>[] {
  const phase = phases[step];
  return phase === null ? [] : [{ id: 'replay', from: 'eu', to: 'us', phase }];
}
