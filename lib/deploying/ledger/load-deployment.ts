import { type Kysely, sql } from 'kysely';
import type { Plan } from '@/lib/planning/types';
import type { DeploymentRow, Schema } from '@/lib/store/schema';
import type { Deployment } from './ledger';
import { frozen, keptPlans } from './plans/kept';

/** All but the plan. */
const columns = Object.keys({
  id: 1,
  user_id: 1,
  name: 1,
  state: 1,
  wanted: 1,
  recipe: 1,
  request: 1,
  plan_version: 1,
  recipe_name: 1,
  resource_keys: 1,
  sites: 1,
  progress_done: 1,
  progress_total: 1,
  nodes_total: 1,
  nodes_ready: 1,
  nodes_failed: 1,
  problem: 1,
  version: 1,
  created_at: 1,
  ready_at: 1,
  deleted_at: 1,
  expires_at: 1,
  lease_ends_at: 1,
  ended_by: 1,
  lost: 1,
  deletion: 1,
  leases_seen_at: 1,
  revision: 1,
  updating: 1,
  schedule: 1,
  turn_at: 1,
  turn: 1,
} satisfies Record<Exclude<keyof DeploymentRow, 'plan'>, 1>) as Exclude<keyof DeploymentRow, 'plan'>[];

const kept = new WeakMap<object, ReturnType<typeof keptPlans>>();

/** A deployment as it is stored, or undefined when there is none of that id. Its plan is read where it is another than the one that was read last, and is nobody's to change. */
export async function loadDeployment(db: Kysely<Schema>, deploymentId: string): Promise<Deployment | undefined> {
  const plans = plansOf(db);
  const known = plans?.get(deploymentId);
  const row = await db
    .selectFrom('deployments')
    .select(columns)
    // written from this very type
    .select(sql<Plan | null>`case when plan_version = ${known?.version ?? 0}::int then null else plan end`.as('plan'))
    .where('id', '=', deploymentId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { plan } = row;
  if (plan) {
    plans?.set(deploymentId, { version: row.plan_version, plan: frozen(plan) });
    return { ...row, plan };
  }
  if (!known) throw new Error(`The plan of ${deploymentId} was not read`);
  return { ...row, plan: known.plan };
}

// A transaction may see plans that others never will: nothing that it reads is kept.
function plansOf(db: Kysely<Schema>) {
  if (db.isTransaction) return undefined;
  const found = kept.get(db) ?? keptPlans();
  kept.set(db, found);
  return found;
}
