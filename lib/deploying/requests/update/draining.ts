import type { Transaction } from 'kysely';
import { differenceOf } from '@/lib/planning/change/difference';
import type { Plan } from '@/lib/planning/types';
import type { Schema, Updating } from '@/lib/store/schema';
import type { Ledger } from '../../ledger/ledger';
import { writePlan } from '../../ledger/plans/apply-plan';
import { runAgain } from '../../nodes/run-again';

/** What a plan of draining has beside what stands. */
export function drainSteps(stands: Plan, draining: Plan | null): Updating['drain'] {
  if (!draining) return [];
  return differenceOf(stands, draining).nodes.flatMap(({ key, steps }) => {
    const node = draining.nodes.find((each) => each.key === key);
    return node?.steps.filter(({ name }) => steps.includes(name)).map((step) => ({ node: key, step })) ?? [];
  });
}

/**
 * Has the nodes that see to it run what a plan of draining has beside what stands.
 * @returns their keys, as far as they are to be waited for
 */
export async function beginDraining(trx: Transaction<Schema>, { deployment, nodes }: Ledger, draining: Plan, now: Date): Promise<string[]> {
  await writePlan(trx, deployment.id, draining);
  const running: string[] = [];
  for (const { key, steps } of differenceOf(deployment.plan, draining).nodes) {
    const node = nodes.find((each) => each.key === key);
    const planned = draining.nodes.find((each) => each.key === key);
    if (node && planned && (await runAgain(trx, node, planned, steps, now))) running.push(key);
  }
  return running;
}
