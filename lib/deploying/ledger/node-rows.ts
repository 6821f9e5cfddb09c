import { type Kysely, sql, type Transaction } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import { writeEvents } from './events';
import type { Ledger, Node } from './ledger';
import { refresh } from './state/refresh';
import { nodeRowOf } from './write';

/** Of a row of `nodes`: whether its deployment is being changed. */
export const isChanging = sql<boolean>`(select updating is not null from deployments where deployments.id = nodes.deployment_id)`;

/** The row of a node, kept from others until the transaction ends. `changing`: its deployment is being changed. */
export function lockNode(trx: Transaction<Schema>, nodeId: string): Promise<(Node & { changing: boolean }) | undefined> {
  return trx.selectFrom('nodes').selectAll().select(isChanging.as('changing')).where('id', '=', nodeId).forNoKeyUpdate().executeTakeFirst();
}

/** Pieces of a log that are looked at for why a step failed; each may be several lines. */
const lastPieces = 40;

/** The end of what a step of a node has printed, as it is kept. */
export async function loadPrinted(
  trx: Transaction<Schema>,
  { deployment_id, key }: Pick<Node, 'deployment_id' | 'key'>,
  step: string,
): Promise<string> {
  const pieces = await trx
    .selectFrom('log_lines')
    .select('text')
    .where('deployment_id', '=', deployment_id)
    .where('node', '=', key)
    .where('step', '=', step)
    .orderBy('id', 'desc')
    .limit(lastPieces)
    .execute();
  return pieces
    .toReversed()
    .map(({ text }) => text)
    .join('\n');
}

/** Notes that a node was heard which is ready and has nothing asked of it. @returns whether it was so still */
export async function writeAlive(db: Kysely<Schema>, nodeId: string, channel: Node['channel'], now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('nodes')
    .set({ heard_at: now, deadline_at: null, channel })
    .where('id', '=', nodeId)
    .where('state', '=', 'ready')
    .where('run_from', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Notes that the hand-over of so many of a node's steps is in the audit. */
export async function writeHanded(store: Store, nodeId: string, steps: number): Promise<void> {
  await store.db.updateTable('nodes').set({ handed: steps }).where('id', '=', nodeId).execute();
}

/** What stands in the way of a node that starts up; the first message takes it back. */
export async function writeNodeProblem(store: Store, nodeId: string, problem: Problem): Promise<void> {
  await store.db
    .updateTable('nodes')
    .set(({ eb }) => ({ ...nodeRowOf({ problem }), version: eb('version', '+', 1) }))
    .where('id', '=', nodeId)
    .where('state', 'in', ['booting', 'configuring'])
    .execute();
}

/** A node counts as lost, unless it was heard from just now. The ledger in memory follows. */
export async function markUnreachable(store: Store, ledger: Ledger, node: Node, problem: Problem, now: Date): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('nodes')
      .set(({ eb }) => ({ ...nodeRowOf({ state: 'unreachable', problem, deadline_at: null }), version: eb('version', '+', 1) }))
      .where('id', '=', node.id)
      .where('version', '=', node.version)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    const data = { node: node.key, problem };
    await writeEvents(
      store,
      trx,
      ledger.deployment.id,
      [{ level: 'error', stage: 'node', subject: node.key, message: problem.title, data }],
      now,
    );
    const fresh = await refresh(store, trx, ledger.deployment.id, now);
    ledger.deployment = { ...ledger.deployment, ...fresh.deployment };
    ledger.nodes = fresh.nodes;
  });
}

/** Nodes take no new work since then; null: they take work. */
export async function writeDrained(
  trx: Transaction<Schema>,
  deploymentId: string,
  nodes: readonly string[],
  since: Date | null,
): Promise<void> {
  if (nodes.length === 0) return;
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ drained_at: since, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .where('key', 'in', nodes)
    .execute();
}

/** What somebody wants of the power of nodes: a reboot, or to run or be stopped. */
export async function wantPower(
  trx: Transaction<Schema>,
  deploymentId: string,
  action: 'stop' | 'start' | 'reboot',
  nodes: string[],
  all: boolean,
): Promise<void> {
  const wanted = action === 'stop' ? 'stopped' : 'running';
  const change = action === 'reboot' ? ({ reboot: 'SOFT' } as const) : ({ wanted } as const);
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ ...change, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .where('key', 'in', nodes)
    .execute();
  if (action === 'reboot') return;
  if (all || action === 'start') await trx.updateTable('deployments').set({ wanted }).where('id', '=', deploymentId).execute();
}
