import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Problem } from '@/lib/core/errors';
import { storable } from '@/lib/core/storable';
import type { QueueReport } from '@/lib/nodes/protocol';
import type { ElasticGroupRow, KeptDecision, Schema } from '@/lib/store/schema';

export type ElasticRow = Selectable<ElasticGroupRow>;

/** The groups of a deployment whose queue was heard of. */
export function loadElastic(db: Kysely<Schema>, deploymentId: string): Promise<ElasticRow[]> {
  return db.selectFrom('elastic_groups').selectAll().where('deployment_id', '=', deploymentId).orderBy('group_name').execute();
}

/** The token by which a group's queue is told of, as it is kept; undefined where nothing was heard of it yet. */
export async function knownQueueToken(db: Kysely<Schema>, deploymentId: string, group: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('elastic_groups')
    .select('token_hash')
    .where('deployment_id', '=', deploymentId)
    .where('group_name', '=', group)
    .executeTakeFirst();
  return row?.token_hash;
}

/** Notes what was heard of a queue. A node that has nothing to do has had so since it was first seen so, on end. */
export async function writeReport(
  trx: Transaction<Schema>,
  { deploymentId, group, tokenHash }: { deploymentId: string; group: string; tokenHash: string },
  report: QueueReport,
  now: Date,
): Promise<void> {
  const before = await trx
    .selectFrom('elastic_groups')
    .select('idle_since')
    .where('deployment_id', '=', deploymentId)
    .where('group_name', '=', group)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const heard = {
    token_hash: tokenHash,
    report: JSON.stringify(storable(report)),
    idle_since: JSON.stringify(idleSince(before?.idle_since ?? {}, report, now)),
    heard_at: now,
  };
  await trx
    .insertInto('elastic_groups')
    .values({ deployment_id: deploymentId, group_name: group, ...heard })
    .onConflict((conflict) => conflict.columns(['deployment_id', 'group_name']).doUpdateSet(heard))
    .execute();
}

// Since when each node has had nothing to do, by what was known and what is heard now.
function idleSince(before: Readonly<Record<string, string>>, { machines }: QueueReport, now: Date): Record<string, string> {
  const idle = machines.filter(({ state }) => state === 'idle');
  return Object.fromEntries(idle.map(({ name }) => [name, (Object.hasOwn(before, name) ? before[name] : undefined) ?? now.toISOString()]));
}

/** Notes what was decided of a group, and what came of it. */
export async function writeElastic(
  db: Kysely<Schema>,
  { deployment_id, group_name }: Pick<ElasticRow, 'deployment_id' | 'group_name'>,
  change: { decision?: KeptDecision; changed_at?: Date; refused?: { problem: Problem; at: Date } },
): Promise<void> {
  const { decision, changed_at, refused } = change;
  if (!decision && !changed_at && !refused) return;
  await db
    .updateTable('elastic_groups')
    .set({
      ...(decision && { decision: JSON.stringify(storable(decision)) }),
      ...(changed_at && { changed_at }),
      ...(refused && { refused: JSON.stringify(storable(refused.problem)), refused_at: refused.at }),
    })
    .where('deployment_id', '=', deployment_id)
    .where('group_name', '=', group_name)
    .execute();
}

/** Ids of the living deployments with groups that follow a queue. */
export async function elasticDeployments(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db
    .selectFrom('elastic_groups')
    .innerJoin('deployments', 'deployments.id', 'elastic_groups.deployment_id')
    .select('deployments.id')
    .distinct()
    .where('deployments.wanted', '!=', 'deleted')
    .where('deployments.deleted_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}
