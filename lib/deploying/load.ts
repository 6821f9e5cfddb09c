import type { Kysely } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { Plan } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import type { Deployment, Ledger, Resource } from './ledger';

/** All that is stored of a deployment, or undefined when there is none of that id. */
export async function loadLedger(db: Kysely<Schema>, deploymentId: string): Promise<Ledger | undefined> {
  const row = await db.selectFrom('deployments').selectAll().where('id', '=', deploymentId).executeTakeFirst();
  if (!row) return undefined;
  // plan and spec were written from these very types
  const deployment: Deployment = { ...row, plan: row.plan as Plan };
  const resources = await db.selectFrom('resources').selectAll().where('deployment_id', '=', deploymentId).execute();
  const nodes = await db.selectFrom('nodes').selectAll().where('deployment_id', '=', deploymentId).execute();
  const order = new Map([...deployment.plan.resources, ...deployment.plan.nodes].map(({ key }, index) => [key, index]));
  const inOrder = (a: { key: string }, b: { key: string }) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0);
  return {
    deployment,
    resources: resources.map((resource) => ({ ...resource, spec: resource.spec, kind: resource.kind }) as Resource).sort(inOrder),
    nodes: nodes.sort(inOrder),
  };
}

/** The same, for a deployment that must be there. @throws AppError `not-found` */
export async function needLedger(db: Kysely<Schema>, deploymentId: string): Promise<Ledger> {
  const ledger = await loadLedger(db, deploymentId);
  if (ledger) return ledger;
  throw new AppError({ code: 'not-found', title: 'There is no such deployment', remedy: 'Look in the list of your deployments.' });
}
