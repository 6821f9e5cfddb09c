import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Plan } from '@/lib/planning/types';

/** Nodes, of all plans that are kept together: the plan of one holds up to 50 KB of scripts. */
const mostNodes = 400;

/** A plan as it was read last. */
export interface KeptPlan {
  version: number;
  plan: Plan;
}

/**
 * Plans as they were last read, by their deployments: each holds all scripts, which is megabytes for a cluster of fifty, and is needed for each look, each message
 * and each page of it.
 */
export function keptPlans(): Cache<KeptPlan> {
  // one that has no nodes takes room too
  return cacheOf<KeptPlan>(mostNodes, { sizeOf: ({ plan }) => plan.nodes.length + 1 });
}

/** The same plan, which nobody can change any more: others have it too. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
