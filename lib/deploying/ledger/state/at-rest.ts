import type { DeploymentState } from '@/lib/store/schema';

/** States in which nothing is under way: what changes then, changes at the sites. */
export const atRest: readonly DeploymentState[] = ['ready', 'degraded', 'stopped'];

export const isAtRest = (state: DeploymentState): boolean => atRest.includes(state);
