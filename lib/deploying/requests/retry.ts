import type { Transaction } from 'kysely';
import type { Schema } from '@/lib/store/schema';
import { nodeOf } from '../kinds';
import { beginAgain, goOn } from '../ledger/again';
import type { Ledger, Node, Resource } from '../ledger/ledger';
import { patience } from '../nodes/messages';
import { runOfNone } from '../nodes/run-again';

/**
 * Has failed resources made anew (what is left of them is deleted first), or, in a deletion, deleted again.
 * @param nodes only the servers of these; undefined: every resource
 */
export async function retryResources(trx: Transaction<Schema>, ledger: Ledger, nodes: string[] | undefined, now: Date): Promise<void> {
  const chosen = ledger.resources.filter(({ spec }) => nodes === undefined || nodes.includes(nodeOf(spec) ?? ''));
  for (const resource of chosen) {
    const again = isSilentServer(resource, ledger);
    if (resource.phase !== 'failed' && !again) continue;
    await beginAgain(trx, resource, now);
  }
}

/** Has failed nodes go on from the step that failed, and silent ones be waited for again. */
export async function retryNodes(trx: Transaction<Schema>, { deployment, nodes }: Ledger, keys: string[], now: Date): Promise<void> {
  for (const node of nodes) {
    const plan = deployment.plan.nodes.find(({ key }) => key === node.key);
    const broken = node.state === 'failed' || node.state === 'unreachable';
    if (!plan || !broken || !keys.includes(node.key) || node.heard_at === null) continue;
    const from = node.steps.find(({ state }) => state === 'failed') ?? node.steps.find(({ state }) => state !== 'done');
    const steps = node.steps.map((step) => (step.state === 'failed' ? { ...step, state: 'waiting' as const } : step));
    const deadline_at = new Date(now.getTime() + patience({ ...node, steps }, plan.steps) * 1000);
    // with all of them done it failed beside them (its own firewall), or fell silent: it is to say that it is ready
    await goOn(trx, node, {
      state: 'configuring',
      problem: null,
      steps,
      deadline_at,
      ...(from ? { run_from: from.name } : runOfNone(plan)),
    });
  }
}

// Its agent was never heard, so there is nothing on the machine to go on from.
function isSilentServer(resource: Resource, { nodes }: Ledger): boolean {
  const on = nodeOf(resource.spec);
  if (on === undefined || resource.phase !== 'ready') return false;
  return nodes.some((node: Node) => node.key === on && node.state === 'unreachable' && node.heard_at === null);
}
