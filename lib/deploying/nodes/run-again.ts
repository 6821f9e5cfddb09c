import type { Transaction } from 'kysely';
import { preparationStep } from '@/lib/nodes/protocol';
import type { PlannedNode } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import { goOn } from '../ledger/again';
import type { Node } from '../ledger/ledger';
import { waitingStep } from '../ledger/waiting-step';
import type { NodeChange } from '../ledger/write';
import { patience } from './messages';

/**
 * Has a node run some of its steps again, or none: it learns who the other nodes are in either case. One that is stopped or can't be reached is asked
 * when it comes back.
 * @param ends what it still runs is ended for that: it is called off
 * @returns whether it is to be waited for
 */
export async function runAgain(
  trx: Transaction<Schema>,
  node: Node,
  planned: PlannedNode,
  again: readonly string[],
  now: Date,
  ends = false,
): Promise<boolean> {
  const change = askedAgain(node, planned, again, now);
  if (!change) return false;
  await goOn(trx, node, { ...change, run_ends: ends });
  return change.state === 'configuring';
}

/** The same as a change of its row; null: it is being made, and is told all it needs when it comes up. Pure. */
export function askedAgain(node: Node, planned: PlannedNode, again: readonly string[], now: Date): NodeChange | null {
  if (node.heard_at === null || node.state === 'deleting') return null;
  const was = new Map(node.steps.map((step) => [step.name, step]));
  const steps = planned.steps.map((each) => {
    const { name, title, timeoutSeconds } = each;
    const step = was.get(name);
    return step && !again.includes(name) ? { ...step, title, timeoutSeconds } : waitingStep(each);
  });
  const only = steps.filter(({ state }) => state !== 'done').map(({ name }) => name);
  const asked: NodeChange = { steps, ...runOfNone(planned), ...(only[0] !== undefined && { run_from: only[0], run_only: only }) };
  if (node.state === 'stopped' || node.state === 'unreachable' || node.wanted === 'stopped') return asked;
  const deadline_at = new Date(now.getTime() + patience({ ...node, steps }, planned.steps) * 1000);
  return { ...asked, state: 'configuring', problem: null, deadline_at };
}

/** A run of none of a node's steps: it learns what is otherwise, and says that it is ready. Pure. */
export function runOfNone({ steps }: Pick<PlannedNode, 'steps'>): Pick<NodeChange, 'run_from' | 'run_only'> {
  return { run_from: steps.at(-1)?.name ?? preparationStep, run_only: [] };
}
