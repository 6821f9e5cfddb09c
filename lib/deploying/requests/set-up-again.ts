import type { Transaction } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { Schema } from '@/lib/store/schema';
import { goOn } from '../ledger/again';
import type { Ledger } from '../ledger/ledger';
import { waitingFrom } from '../ledger/waiting-step';
import { patience } from '../nodes/messages';

/**
 * Has nodes run their steps again, which are safe to run twice; what these need is handed over anew. Those whose agent was never heard, and
 * those that are stopped or at work, are left alone.
 * @param from name of the step to begin with; left out: the first
 * @throws AppError `not-found` where none of them has such a step
 */
export async function setUpAgain(
  trx: Transaction<Schema>,
  { deployment, nodes }: Ledger,
  keys: string[],
  from: string | undefined,
  now: Date,
): Promise<void> {
  const chosen = nodes.filter(({ key, steps }) => keys.includes(key) && (from === undefined || steps.some(({ name }) => name === from)));
  if (chosen.length === 0) throw noSuchStep(from);
  for (const node of chosen) {
    const plan = deployment.plan.nodes.find(({ key }) => key === node.key);
    const stands = node.state === 'ready' || node.state === 'failed' || node.state === 'unreachable';
    const at = from === undefined ? 0 : node.steps.findIndex(({ name }) => name === from);
    const first = node.steps[at];
    if (!plan || !first || !stands || node.heard_at === null) continue;
    const steps = waitingFrom(node.steps, at, plan.steps);
    const deadline_at = new Date(now.getTime() + patience({ ...node, steps }, plan.steps) * 1000);
    await goOn(trx, node, { state: 'configuring', problem: null, steps, deadline_at, run_from: first.name, run_only: null });
  }
}

function noSuchStep(from = ''): AppError {
  return new AppError({
    code: 'not-found',
    title: 'There is no such step',
    detail: `None of these nodes has a step ${from}.`,
    remedy: 'The steps of each node are listed with it.',
    fields: [{ path: 'from', message: 'There is no such step' }],
  });
}
