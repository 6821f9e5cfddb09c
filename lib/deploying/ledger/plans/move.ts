import type { Transaction } from 'kysely';
import type { Plan, PlannedNode, PlannedResource } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import { deleteSeconds } from '../../kinds/times';
import { resourceRows, slices, soonest } from '../insert';
import { type NodeChange, nodeRowOf } from '../write';

/** A deployment of which one part is to be elsewhere. */
export interface Move {
  /** what was asked for, without what is secret */
  request: object;
  plan: Plan;
  gone: ReadonlySet<string>;
  made: readonly PlannedResource[];
  nodes: readonly PlannedNode[];
}

/**
 * Writes that a part goes elsewhere: what it had is unwanted, what it is to have is new, and its nodes begin from nothing.
 * @param blank what the row of a node is then
 */
export async function writeMove(
  trx: Transaction<Schema>,
  deploymentId: string,
  move: Move,
  blank: (node: PlannedNode) => NodeChange,
  now: Date,
): Promise<void> {
  const { plan, request, nodes } = move;
  await unwant(trx, deploymentId, [...move.gone], now);
  for (const rows of slices(resourceRows(deploymentId, move.made, now))) await trx.insertInto('resources').values(rows).execute();
  for (const node of nodes)
    await trx
      .updateTable('nodes')
      .set(({ eb }) => ({ ...nodeRowOf(blank(node)), site: node.site, hostname: node.hostname, version: eb('version', '+', 1) }))
      .where('deployment_id', '=', deploymentId)
      .where('key', '=', node.key)
      .execute();
  await trx
    .updateTable('deployments')
    .set(({ eb }) => ({
      request: JSON.stringify(request),
      plan: JSON.stringify(plan),
      sites: [...new Set(plan.nodes.map(({ site }) => site))],
      lease_ends_at: soonest(plan.leases.map(({ end }) => end)),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', deploymentId)
    .execute();
}

// As in a deletion: a pass that is at work may still write down what it has just made, so versions stay but of what has failed.
async function unwant(trx: Transaction<Schema>, deploymentId: string, keys: string[], now: Date): Promise<void> {
  const some = () => trx.updateTable('resources').where('deployment_id', '=', deploymentId).where('key', 'in', keys);
  await some()
    .set({ wanted: 'absent', deadline_at: new Date(now.getTime() + deleteSeconds * 1000), next_try_at: null })
    .where('phase', '!=', 'gone')
    .execute();
  await some()
    .set(({ eb }) => ({
      // what was never asked of a site needs no site to be gone
      phase: eb.case().when('attempts', '=', 0).then('planned').else('deleting').end().$castTo<'planned' | 'deleting'>(),
      problem: null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('phase', '=', 'failed')
    .execute();
}
