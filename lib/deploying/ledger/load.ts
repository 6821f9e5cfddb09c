import { type Kysely, sql } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { PlannedOutput, StepPlan, Value } from '@/lib/planning/types';
import type { Schema, StepState } from '@/lib/store/schema';
import type { Ledger, Node, Resource, Standing } from './ledger';
import { loadDeployment } from './load-deployment';

/** All that is stored of a deployment, or undefined when there is none of that id. */
export async function loadLedger(db: Kysely<Schema>, deploymentId: string): Promise<Ledger | undefined> {
  const deployment = await loadDeployment(db, deploymentId);
  if (!deployment) return undefined;
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
 * @param options.known rows as they were read, or written in this transaction: of these only what is another by now is read
 * @throws AppError `not-found`
 */
export async function loadStanding(
  db: Kysely<Schema>,
  deploymentId: string,
  options: { lock?: boolean; known?: Rows } = {},
): Promise<Standing> {
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
  return { deployment, ...(await loadRows(db, deploymentId, keys, options.known)) };
}

/** A step as its node's messages are understood by. */
export type ToldStep = Pick<StepPlan, 'name' | 'title' | 'timeoutSeconds'>;

/** The steps of a node as its messages are understood by: from its row, or from the plan where an earlier version has written that. */
export async function loadToldSteps(db: Kysely<Schema>, { deployment_id, key, steps }: Node): Promise<ToldStep[]> {
  const told = steps.filter((step): step is ToldStep & StepState => step.timeoutSeconds !== undefined);
  if (told.length === steps.length) return told;
  const { rows } = await sql<{ steps: ToldStep[] }>`
    select (
      select coalesce(jsonb_agg(jsonb_build_object('name', step -> 'name', 'title', step -> 'title', 'timeoutSeconds', step -> 'timeoutSeconds')), '[]')
      from jsonb_array_elements(node -> 'steps') step
    ) as steps
    from deployments, jsonb_path_query(plan, '$.nodes[*] ? (@.key == $key)', ${JSON.stringify({ key })}::jsonb) node
    where id = ${deployment_id}`.execute(db);
  return rows[0]?.steps ?? [];
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
  | (Pick<Node, 'key' | 'seq' | 'seals' | 'admissions'> & {
      deploymentId: string;
      userId: string;
      outputs: PlannedOutput[];
      envs: Record<string, Value>[];
    })
  | undefined
> {
  const node = await db
    .selectFrom('nodes')
    .select(['key', 'deployment_id as deploymentId', 'seq', 'seals', 'admissions'])
    .where('id', '=', nodeId)
    .executeTakeFirst();
  const deployment = node && (await loadDeployment(db, node.deploymentId));
  if (!deployment) return undefined;
  const { plan } = deployment;
  return {
    ...node,
    userId: deployment.user_id,
    outputs: plan.outputs,
    envs: plan.nodes.flatMap(({ steps }) => steps.map(({ env }) => env)),
  };
}

/** What is kept of a deployment beside its own row. */
export type Rows = Pick<Standing, 'resources' | 'nodes'>;

async function loadRows(db: Kysely<Schema>, deploymentId: string, keys: string[], known: Partial<Rows> = {}): Promise<Rows> {
  const resources = known.resources?.length ? await loadChanged(db, deploymentId, known.resources) : await loadResources(db, deploymentId);
  const nodes = known.nodes?.length ? await loadChangedNodes(db, deploymentId, known.nodes) : await loadNodes(db, deploymentId);
  const order = new Map(keys.map((key, index) => [key, index]));
  const inOrder = (a: { key: string }, b: { key: string }) =>
    (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0) || a.key.localeCompare(b.key, 'en', { numeric: true });
  return { resources: resources.sort(inOrder), nodes: nodes.sort(inOrder) };
}

async function loadResources(db: Kysely<Schema>, deploymentId: string, keys?: string[]): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resources')
    .selectAll()
    .where('deployment_id', '=', deploymentId)
    .$if(keys !== undefined, (query) => query.where('key', 'in', keys ?? []))
    .execute();
  // kind and spec were written together from a planned resource
  return rows.map((row) => row as Resource);
}

// A deletion wants them gone without another version: a pass that is at work may still write down what it has just made.
async function loadChanged(db: Kysely<Schema>, deploymentId: string, known: Resource[]): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resources')
    .select(['key', 'version', 'wanted', 'deadline_at'])
    .where('deployment_id', '=', deploymentId)
    .execute();
  const { same, others } = apart(known, rows);
  return others.length > 0 ? [...same, ...(await loadResources(db, deploymentId, others))] : same;
}

function loadNodes(db: Kysely<Schema>, deploymentId: string, keys?: string[]): Promise<Node[]> {
  return db
    .selectFrom('nodes')
    .selectAll()
    .where('deployment_id', '=', deploymentId)
    .$if(keys !== undefined, (query) => query.where('key', 'in', keys ?? []))
    .execute();
}

/** What another message or hand-over may have made of a node without another version. */
const light = ['seq', 'channel', 'heard_at', 'deadline_at', 'run_from', 'run_only', 'events_told', 'log_bytes', 'seals', 'handed'] as const;

// A cluster's steps, outputs and facts are many: of fifty nodes they would be read with each thing that is made for one.
async function loadChangedNodes(db: Kysely<Schema>, deploymentId: string, known: Node[]): Promise<Node[]> {
  const rows = await db.selectFrom('nodes').select(['key', 'version']).select(light).where('deployment_id', '=', deploymentId).execute();
  const { same, others } = apart(known, rows);
  return others.length > 0 ? [...same, ...(await loadNodes(db, deploymentId, others))] : same;
}

/** Rows that are in the version in which they are known, with what was read of them now; and the keys of the others. */
function apart<Row extends { key: string; version: number }>(
  known: readonly Row[],
  rows: readonly (Partial<Row> & { key: string; version: number })[],
) {
  const before = new Map(known.map((row) => [row.key, row]));
  const same: Row[] = [];
  const others: string[] = [];
  for (const row of rows) {
    const was = before.get(row.key);
    if (was?.version === row.version) same.push({ ...was, ...row });
    else others.push(row.key);
  }
  return { same, others };
}

function unknown(): AppError {
  return new AppError({ code: 'not-found', title: 'There is no such deployment', remedy: 'Look in the list of your deployments.' });
}
