import { type Kysely, sql } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { Plan, PlannedNode, PlannedOutput, Value } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import type { Deployment, Ledger, Node, Resource, Standing } from './ledger';

/** All that is stored of a deployment, or undefined when there is none of that id. */
export async function loadLedger(db: Kysely<Schema>, deploymentId: string): Promise<Ledger | undefined> {
  const row = await db.selectFrom('deployments').selectAll().where('id', '=', deploymentId).executeTakeFirst();
  if (!row) return undefined;
  const deployment: Deployment = { ...row, plan: row.plan as Plan }; // written from this very type
  const { plan } = deployment;
  return {
    deployment,
    ...(await loadRows(
      db,
      deploymentId,
      [...plan.resources, ...plan.nodes].map(({ key }) => key),
    )),
  };
}

/** The same, for a deployment that must be there. @throws AppError `not-found` */
export async function needLedger(db: Kysely<Schema>, deploymentId: string): Promise<Ledger> {
  const ledger = await loadLedger(db, deploymentId);
  if (ledger) return ledger;
  throw unknown();
}

/**
 * What its state is derived from. A plan holds every script, so it stays where it is.
 * @param options.lock keeps the deployment's row from others until the transaction ends, and reads all else after
 * @throws AppError `not-found`
 */
export async function loadStanding(db: Kysely<Schema>, deploymentId: string, options: { lock?: boolean } = {}): Promise<Standing> {
  const row = await db
    .selectFrom('deployments')
    .select(['id', 'user_id', 'name', 'state', 'wanted', 'recipe', 'sites', 'progress_done', 'progress_total', 'nodes_total'])
    .select([
      'nodes_ready',
      'nodes_failed',
      'problem',
      'version',
      'created_at',
      'ready_at',
      'deleted_at',
      'expires_at',
      'resource_keys',
      'lease_ends_at',
      'ended_by',
      'lost',
      'revision',
      'updating',
    ])
    .where('id', '=', deploymentId)
    .$if(options.lock ?? false, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (!row) throw unknown();
  const { resource_keys: keys, ...deployment } = row;
  return { deployment, ...(await loadRows(db, deploymentId, keys)) };
}

/** One node of a deployment's plan, and whether the deployment is being changed. */
export async function loadPlannedNode(
  db: Kysely<Schema>,
  deploymentId: string,
  key: string,
): Promise<{ planned: PlannedNode; changing: boolean } | undefined> {
  const row = await db
    .selectFrom('deployments')
    .select([
      sql<PlannedNode | null>`jsonb_path_query_first(plan, '$.nodes[*] ? (@.key == $key)', ${JSON.stringify({ key })}::jsonb)`.as('node'),
      sql<boolean>`updating is not null`.as('changing'),
    ])
    .where('id', '=', deploymentId)
    .executeTakeFirst();
  return row?.node ? { planned: row.node, changing: row.changing } : undefined;
}

/** Keys of the nodes of a deployment's plan that run on hardware of their own. */
export async function loadBareMetal(db: Kysely<Schema>, deploymentId: string): Promise<Set<string>> {
  const row = await db
    .selectFrom('deployments')
    .select(sql<string[]>`jsonb_path_query_array(plan, '$.nodes[*] ? (@.bareMetal == true).key')`.as('keys'))
    .where('id', '=', deploymentId)
    .executeTakeFirst();
  return new Set(row?.keys);
}

/** What a plan makes of that which steps of a node tell: the deployment's outputs, and what all steps are given. */
export async function loadOutputsPlan(
  db: Kysely<Schema>,
  nodeId: string,
): Promise<
  | {
      key: string;
      deploymentId: string;
      userId: string;
      seq: number;
      seals: number;
      outputs: PlannedOutput[];
      envs: Record<string, Value>[];
    }
  | undefined
> {
  return db
    .selectFrom('nodes')
    .innerJoin('deployments', 'deployments.id', 'nodes.deployment_id')
    .select([
      'nodes.key',
      'nodes.deployment_id as deploymentId',
      'nodes.seq',
      'nodes.seals',
      'deployments.user_id as userId',
      sql<PlannedOutput[]>`plan -> 'outputs'`.as('outputs'),
    ])
    .select(sql<Record<string, Value>[]>`jsonb_path_query_array(plan, '$.nodes[*].steps[*].env')`.as('envs'))
    .where('nodes.id', '=', nodeId)
    .executeTakeFirst();
}

async function loadRows(db: Kysely<Schema>, deploymentId: string, keys: string[]): Promise<{ resources: Resource[]; nodes: Node[] }> {
  const resources = await db.selectFrom('resources').selectAll().where('deployment_id', '=', deploymentId).execute();
  const nodes = await db.selectFrom('nodes').selectAll().where('deployment_id', '=', deploymentId).execute();
  const order = new Map(keys.map((key, index) => [key, index]));
  const inOrder = (a: { key: string }, b: { key: string }) =>
    (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0) || a.key.localeCompare(b.key, 'en', { numeric: true });
  // kind and spec were written together from a planned resource
  return { resources: resources.map((resource) => resource as Resource).sort(inOrder), nodes: nodes.sort(inOrder) };
}

function unknown(): AppError {
  return new AppError({ code: 'not-found', title: 'There is no such deployment', remedy: 'Look in the list of your deployments.' });
}
