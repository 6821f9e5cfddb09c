import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Plan, PlanRequest } from '@/lib/planning/types';
import type { Schema, Updating, VersionRow } from '@/lib/store/schema';

export type Version = Omit<Selectable<VersionRow>, 'request' | 'plan'> & { request: PlanRequest; plan: Plan | null };

/** A version of a deployment, or undefined. */
export async function loadVersion(db: Kysely<Schema>, deploymentId: string, number: number): Promise<Version | undefined> {
  const row = await db
    .selectFrom('deployment_versions')
    .selectAll()
    .where('deployment_id', '=', deploymentId)
    .where('number', '=', number)
    .executeTakeFirst();
  // written from these very types
  return row && { ...row, request: row.request as PlanRequest, plan: row.plan as Plan | null };
}

/** Number of the newest version of a deployment. */
export async function newestVersion(db: Kysely<Schema>, deploymentId: string): Promise<number> {
  const row = await db
    .selectFrom('deployment_versions')
    .select(({ fn }) => fn.max('number').as('newest'))
    .where('deployment_id', '=', deploymentId)
    .executeTakeFirst();
  return row?.newest ?? 1;
}

export interface NewVersion {
  number: number;
  userId: string;
  request: PlanRequest;
  plan: Plan;
  change: object;
}

/** A change begins: the version that it leads to, and the plan of the one that it may go back to. */
export async function writeVersion(
  trx: Transaction<Schema>,
  deploymentId: string,
  { number, userId, request, plan, change }: NewVersion,
  before: { number: number; plan: Plan },
  now: Date,
): Promise<void> {
  await keepPlan(trx, deploymentId, before.number, before.plan);
  await insert(trx, deploymentId, { number, userId, request, plan, change }, now);
}

/** The plan of a version is kept with it until what is under way is over. */
export async function keepPlan(trx: Transaction<Schema>, deploymentId: string, number: number, plan: Plan): Promise<void> {
  await trx
    .updateTable('deployment_versions')
    .set({ plan: JSON.stringify(plan) })
    .where('deployment_id', '=', deploymentId)
    .where('number', '=', number)
    .execute();
}

/** What has been done at once, and can't be called off, is a version too: the deployment is that from then on. */
export async function writeDone(
  trx: Transaction<Schema>,
  deploymentId: string,
  { userId, request, change }: Pick<NewVersion, 'userId' | 'request' | 'change'>,
  now: Date,
): Promise<void> {
  const number = (await newestVersion(trx, deploymentId)) + 1;
  await insert(trx, deploymentId, { number, userId, request, change }, now);
  await trx.updateTable('deployments').set({ revision: number }).where('id', '=', deploymentId).execute();
}

async function insert(
  trx: Transaction<Schema>,
  deploymentId: string,
  { number, userId, request, plan, change }: Omit<NewVersion, 'plan'> & { plan?: Plan },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('deployment_versions')
    .values({
      deployment_id: deploymentId,
      number,
      at: now,
      user_id: userId,
      request: JSON.stringify(request),
      plan: plan && JSON.stringify(plan),
      change: JSON.stringify(change),
    })
    .execute();
}

/** Puts another request and plan in the place of each version's. */
export async function rewriteVersions(
  trx: Transaction<Schema>,
  deploymentId: string,
  change: (version: { request: object; plan: object | null }) => { request: object; plan: object | null },
): Promise<void> {
  const rows = await trx
    .selectFrom('deployment_versions')
    .select(['number', 'request', 'plan'])
    .where('deployment_id', '=', deploymentId)
    .execute();
  for (const { number, ...version } of rows) {
    const { request, plan } = change(version);
    await trx
      .updateTable('deployment_versions')
      .set({ request: JSON.stringify(request), plan: plan && JSON.stringify(plan) })
      .where('deployment_id', '=', deploymentId)
      .where('number', '=', number)
      .execute();
  }
}

/** A version is given up. */
export async function writeUndone(trx: Transaction<Schema>, deploymentId: string, number: number): Promise<void> {
  await trx
    .updateTable('deployment_versions')
    .set({ undone: true })
    .where('deployment_id', '=', deploymentId)
    .where('number', '=', number)
    .execute();
}

/** How far a change is; null: it is over, and plans to go back to are needed no more. */
export async function writeUpdating(
  trx: Transaction<Schema>,
  deploymentId: string,
  updating: Updating | null,
  revision: number,
): Promise<void> {
  await trx
    .updateTable('deployments')
    .set({ updating: updating && JSON.stringify(updating), revision })
    .where('id', '=', deploymentId)
    .execute();
  if (updating) return;
  await trx.updateTable('deployment_versions').set({ plan: null }).where('deployment_id', '=', deploymentId).execute();
}
