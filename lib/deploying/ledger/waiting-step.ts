import type { StepPlan } from '@/lib/planning/types';
import type { StepState } from '@/lib/store/schema';

/** A step that nobody has begun with, as it is kept with its node. Its time is kept too: the plan, which has all scripts, is not read for each message of a node. */
export function waitingStep({ name, title, timeoutSeconds }: Pick<StepState, 'name' | 'title' | 'timeoutSeconds'>): StepState {
  return { name, title, timeoutSeconds, state: 'waiting', attempt: 0 };
}

/** A node's steps, of which those from one on are to be run again. @param planned the same steps in the plan */
export function waitingFrom(
  steps: readonly StepState[],
  at: number,
  planned: readonly Pick<StepPlan, 'name' | 'timeoutSeconds'>[],
): StepState[] {
  const times = new Map(planned.map(({ name, timeoutSeconds }) => [name, timeoutSeconds]));
  return steps.map((step, index) => (index < at ? step : waitingStep({ ...step, timeoutSeconds: times.get(step.name) })));
}
