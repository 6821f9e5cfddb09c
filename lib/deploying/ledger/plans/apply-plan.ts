import type { Transaction } from 'kysely';
import { newId } from '@/lib/core/ids';
import type { Plan, PlannedNode } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import { kindOf } from '../../kinds';
import { deleteSeconds } from '../../kinds/times';
import { beginAgain } from '../again';
import { nodeRows, resourceRows, slices } from '../insert';
import type { Ledger, Node, Resource } from '../ledger';
import { nobody, nodeRowOf } from '../write';
import { type Edit, editsOf } from './edits';

/** What goes may wait for all that stands on it. */
const dropSeconds = 4 * deleteSeconds;

/**
 * A deployment is to become what a plan says: the plan takes the place of the one before, and its ledger is edited by what differs. What runs on its nodes
 * is not touched here.
 * @param request what was asked for; left out: it stays
 */
export async function applyPlan(trx: Transaction<Schema>, ledger: Ledger, plan: Plan, now: Date, request?: object): Promise<void> {
  const { deployment, resources, nodes } = ledger;
  const { id } = deployment;
  await writePlan(trx, id, plan, request);
  for (const edit of editsOf(resources, plan.resources)) await writeEdit(trx, ledger, edit, now);
  const known = new Set(nodes.map(({ key }) => key));
  const added = plan.nodes.filter(({ key }) => !known.has(key));
  const nodeIds = new Map(added.map(({ key }) => [key, newId('node')]));
  for (const rows of slices(nodeRows({ id, nodeIds }, added))) await trx.insertInto('nodes').values(rows).execute();
  for (const node of nodes) await writeNodeWish(trx, node, plan.nodes, resources);
}

/** Only the plan, where no resource differs. */
export async function writePlan(trx: Transaction<Schema>, deploymentId: string, plan: Plan, request?: object): Promise<void> {
  await trx
    .updateTable('deployments')
    .set({
      plan: JSON.stringify(plan),
      sites: [...new Set(plan.nodes.map(({ site }) => site))],
      ...(request && { request: JSON.stringify(request) }),
    })
    .where('id', '=', deploymentId)
    .execute();
}

async function writeEdit(trx: Transaction<Schema>, { deployment: { id }, resources }: Ledger, edit: Edit, now: Date): Promise<void> {
  if (edit.do === 'insert' || edit.do === 'revive') {
    const { planned } = edit;
    if (edit.do === 'revive') await trx.deleteFrom('resources').where('deployment_id', '=', id).where('key', '=', planned.key).execute();
    await trx
      .insertInto('resources')
      .values(resourceRows(id, [planned], now))
      .execute();
    return;
  }
  const row = resources.find(({ key }) => key === edit.key);
  if (!row) return;
  if (edit.do === 'drop') return drop(trx, row, now);
  const { spec, dependsOn, summary } = edit.planned;
  // what has parts is looked at again: some may be missing now
  const phase = row.phase === 'ready' && kindOf(row.kind).parts !== undefined ? 'waiting' : row.phase;
  const changed = { ...row, wanted: 'present' as const, phase };
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      spec: JSON.stringify(spec),
      depends_on: dependsOn,
      summary,
      wanted: 'present',
      phase,
      deadline_at: null,
      next_try_at: null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('deployment_id', '=', id)
    .where('key', '=', row.key)
    .execute();
  const isAnew = edit.do === 'keep' ? phase === 'deleting' || phase === 'failed' : phase === 'failed' && kindOf(row.kind).stays === true;
  if (isAnew) await beginAgain(trx, changed, now);
}

// A pass that is at work may still write down what it has just made: the version stays, unless there is nothing under way.
async function drop(trx: Transaction<Schema>, row: Resource, now: Date): Promise<void> {
  const failed = row.phase === 'failed';
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      wanted: 'absent',
      deadline_at: new Date(now.getTime() + dropSeconds * 1000),
      next_try_at: null,
      ...(failed && {
        // what was never asked of a site needs no site to be gone
        phase: row.attempts === 0 ? ('planned' as const) : ('deleting' as const),
        problem: null,
        version: eb('version', '+', 1),
        updated_at: now,
      }),
    }))
    .where('deployment_id', '=', row.deployment_id)
    .where('key', '=', row.key)
    .execute();
}

async function writeNodeWish(trx: Transaction<Schema>, node: Node, planned: readonly PlannedNode[], resources: Resource[]): Promise<void> {
  const plan = planned.find(({ key }) => key === node.key);
  if (plan && node.state !== 'deleting') return;
  if (!plan && node.state === 'deleting') return;
  const stands = resources.find(({ key }) => key === plan?.server)?.phase === 'ready';
  const change = plan ? (stands ? { state: 'ready' as const } : { ...nobody, state: 'pending' as const }) : { state: 'deleting' as const };
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ ...nodeRowOf({ ...change, deadline_at: null, problem: null }), version: eb('version', '+', 1) }))
    .where('id', '=', node.id)
    .execute();
}
