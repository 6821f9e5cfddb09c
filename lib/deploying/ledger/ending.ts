import { sql, type Transaction } from 'kysely';
import type { Store } from '@/lib/store';
import type { Deletion, Schema } from '@/lib/store/schema';
import { deleteSeconds } from '../kinds/times';
import { writeEvents } from './events';
import type { Deployment } from './ledger';
import { trimDeleted } from './leftovers';

/** A deletion may wait for every resource that stands before it; this is for all together. */
export const deleteAllSeconds = 4 * deleteSeconds;

/** What ends a deployment where its owner does not: its own end, or that of a lease. */
export type Ender = 'end' | 'lease';

/**
 * Everything of a deployment is to go. What failed to go before is tried again, and what its clusters have made looked for anew.
 * @param how.ended where its owner did not ask for it: what did, and whose disks go with it
 * @param how.claims what becomes of volumes that its clusters made for claims; left out: as was said before, or they stay
 */
export async function wantDeleted(
  trx: Transaction<Schema>,
  deploymentId: string,
  now: Date,
  { ended, claims = 'stay' }: { ended?: { by: Ender; lost: string[] }; claims?: Deletion['claims'] } = {},
): Promise<void> {
  const deadline = new Date(now.getTime() + deleteAllSeconds * 1000);
  const deletion: Deletion = { asked: now.toISOString(), claims, looked: [], told: [] };
  const again = claims === 'stay' ? sql`jsonb_build_object('claims', coalesce(deletion -> 'claims', '"stay"'))` : sql`'{}'::jsonb`;
  await trx
    .updateTable('deployments')
    .set({ wanted: 'deleted', deletion: sql<string>`${JSON.stringify(deletion)}::jsonb || ${again}` })
    .where('id', '=', deploymentId)
    .execute();
  // what ended it first did: asked again, less is left to be lost
  if (ended) {
    await trx
      .updateTable('deployments')
      .set({ ended_by: ended.by, lost: ended.lost })
      .where('id', '=', deploymentId)
      .where('ended_by', 'is', null)
      .execute();
  }
  // versions stay: a pass that is at work may still write down what it has just made
  await trx
    .updateTable('resources')
    .set({ wanted: 'absent', deadline_at: deadline, next_try_at: null })
    .where('deployment_id', '=', deploymentId)
    .where('phase', '!=', 'gone')
    .execute();
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({
      // what was never asked of a site needs no site to be gone
      phase: eb.case().when('attempts', '=', 0).then('planned').else('deleting').end().$castTo<'planned' | 'deleting'>(),
      problem: null,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('deployment_id', '=', deploymentId)
    .where('phase', '=', 'failed')
    .execute();
  await trx
    .updateTable('nodes')
    .set(({ eb }) => ({ state: 'deleting', deadline_at: null, problem: null, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .execute();
}

/** The sites no longer list anything of it: its secrets and its nodes' tokens go too. Doing it again changes nothing. */
export async function writeDeleted(store: Store, { id, name, ended_by, lost, plan }: Deployment, now: Date): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('deployments')
      .set(({ eb }) => ({ state: 'deleted', deleted_at: now, problem: null, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    await trx.deleteFrom('deployment_secrets').where('deployment_id', '=', id).execute();
    await trimDeleted(trx, id, plan);
    await trx.deleteFrom('berths').where('deployment_id', '=', id).execute();
    const message = `${name} ${ended_by === 'lease' ? 'was ended by its lease' : 'is deleted'}: the sites no longer list anything of it`;
    const data = { state: 'deleted', ...(lost && lost.length > 0 ? { lost } : {}) };
    const event = { level: 'info', stage: 'deployment', subject: null, message, data } as const;
    await writeEvents(store, trx, id, [event], now);
  });
}
