import type { PlannedNode } from '@/lib/planning/types';
import { waitingStep } from './waiting-step';
import { type NodeChange, nobody } from './write';

/**
 * A node of which nothing stands. What a try of unclear outcome has made may still come with the token that it was sent out with; what is seen to be gone
 * can't.
 */
export function blankNode(node: PlannedNode, state: 'building' | 'pending'): NodeChange {
  return {
    state,
    host_key: null,
    ...(state === 'pending' ? nobody : {}),
    seq: 0,
    steps: node.steps.map(waitingStep),
    outputs: {},
    facts: {},
    problem: null,
    deadline_at: null,
    heard_at: null,
    run_from: null,
    run_only: null,
    run_number: 0,
    run_ends: false,
    events_told: 0,
    log_bytes: 0,
    seals: 0,
    handed: 0,
  };
}
