import type { Transaction } from 'kysely';
import type { Plan } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import type { Node } from './ledger';
import { nodeRowOf } from './write';

/** A change is over: rows of what has left go, and steps that are in no plan any more. */
export async function forgetLeft(trx: Transaction<Schema>, deploymentId: string, plan: Plan, nodes: readonly Node[]): Promise<void> {
  await trx
    .deleteFrom('resources')
    .where('deployment_id', '=', deploymentId)
    .where('wanted', '=', 'absent')
    .where('phase', '=', 'gone')
    .execute();
  for (const node of nodes) {
    const planned = plan.nodes.find(({ key }) => key === node.key);
    if (!planned) {
      await trx.deleteFrom('nodes').where('id', '=', node.id).execute();
      continue;
    }
    const steps = node.steps.filter(({ name }) => planned.steps.some((step) => step.name === name));
    if (steps.length === node.steps.length) continue;
    await trx
      .updateTable('nodes')
      .set(({ eb }) => ({ ...nodeRowOf({ steps }), version: eb('version', '+', 1) }))
      .where('id', '=', node.id)
      .execute();
  }
}
