import { sql, type Transaction } from 'kysely';
import type { Plan } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';

/** Bytes at the end of the logs that stay of a deleted deployment: enough to see why something went wrong. */
const logBytesLeft = 256 * 1024;

/** A plan without what only nodes that are to be set up need. Pure. */
export function leanPlan(plan: Plan): Plan {
  return {
    ...plan,
    nodes: plan.nodes.map((node) => ({ ...node, steps: node.steps.map((step) => ({ ...step, script: '', env: {}, downloads: [] })) })),
  };
}

/** A deleted deployment leaves nothing large: its history and the end of its logs stay, without what clouds and consoles said word for word. */
export async function trimDeleted(trx: Transaction<Schema>, deploymentId: string, plan: Plan): Promise<void> {
  await trx
    .updateTable('deployments')
    .set({ plan: JSON.stringify(leanPlan(plan)), updating: null })
    .where('id', '=', deploymentId)
    .execute();
  await trx.updateTable('deployment_versions').set({ plan: null }).where('deployment_id', '=', deploymentId).execute();
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ admissions: '[]', outputs: '{}', facts: '{}', problem: null, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .execute();
  await trx
    .updateTable('events')
    .set({ data: sql`data #- '{problem,upstream}'` })
    .where('deployment_id', '=', deploymentId)
    .where(sql<boolean>`data #> '{problem,upstream}' is not null`)
    .execute();
  const sized = trx
    .selectFrom('log_lines')
    .select(['id', sql<number>`sum(octet_length(text)) over (order by id desc)`.as('bytes')])
    .where('deployment_id', '=', deploymentId)
    .as('sized');
  await trx
    .deleteFrom('log_lines')
    .where('id', 'in', trx.selectFrom(sized).select('sized.id').where('sized.bytes', '>', logBytesLeft))
    .execute();
}
