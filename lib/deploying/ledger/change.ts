import type { Transaction } from 'kysely';
import type { KeptSchedule, Schema } from '@/lib/store/schema';

/** A deployment's name and end, its row kept from others until the transaction ends; undefined where there is none of that id. */
export function lockNameAndEnd(
  trx: Transaction<Schema>,
  deploymentId: string,
): Promise<{ name: string; expires_at: Date | null } | undefined> {
  return trx.selectFrom('deployments').select(['name', 'expires_at']).where('id', '=', deploymentId).forNoKeyUpdate().executeTakeFirst();
}

/** Gives a deployment another name or end. */
export async function writeNameAndEnd(
  trx: Transaction<Schema>,
  deploymentId: string,
  change: { name?: string; expires_at?: Date | null },
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await trx.updateTable('deployments').set(change).where('id', '=', deploymentId).execute();
}

/** When a deployment is stopped and started by the clock, and when that is next; nulls: no longer. */
export async function writeTurns(
  trx: Transaction<Schema>,
  deploymentId: string,
  { schedule, next }: { schedule?: KeptSchedule | null; next: { at: Date; does: 'stop' | 'start' } | undefined },
): Promise<void> {
  await trx
    .updateTable('deployments')
    .set({
      ...(schedule === undefined ? {} : { schedule: schedule && JSON.stringify(schedule) }),
      turn_at: next?.at ?? null,
      turn: next?.does ?? null,
    })
    .where('id', '=', deploymentId)
    .execute();
}

/** What acts at a site in a project, by one credential, and by which it goes on. */
export interface HandOver {
  site: string;
  project: string;
  from: string;
  to: string;
}

/**
 * What was asked for and planned by those of a person's living deployments that act so, each kept from others.
 * @param only the id of the one that it is about; left out: all
 */
export function lockActing(trx: Transaction<Schema>, userId: string, { site, project, from }: HandOver, only?: string) {
  return trx
    .selectFrom('deployments')
    .select(['id', 'request', 'plan'])
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('resources')
          .select('key')
          .whereRef('resources.deployment_id', '=', 'deployments.id')
          .where('credential', '=', from)
          .where('site', '=', site)
          .where('project', '=', project),
      ),
    )
    .forNoKeyUpdate()
    .execute();
}

/** A deployment goes on by another credential. */
export async function writeHandOver(
  trx: Transaction<Schema>,
  deploymentId: string,
  given: { request: object; plan: object },
  { site, project, from, to }: HandOver,
): Promise<void> {
  await trx
    .updateTable('deployments')
    .set({ request: JSON.stringify(given.request), plan: JSON.stringify(given.plan) })
    .where('id', '=', deploymentId)
    .execute();
  await trx
    .updateTable('resources')
    .set(({ eb }) => ({ credential: to, version: eb('version', '+', 1) }))
    .where('deployment_id', '=', deploymentId)
    .where('credential', '=', from)
    .where('site', '=', site)
    .where('project', '=', project)
    .execute();
}
