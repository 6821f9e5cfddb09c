import { type Kysely, type Selectable, sql } from 'kysely';
import type { Entry } from '@/lib/desk/types';
import type { DeploymentState, DeploymentWanted, LeaseRow, Schema } from '@/lib/store/schema';

/** A lease as it is kept. */
export type KeptLease = Selectable<LeaseRow>;
type Db = Kysely<Schema>;

/** Statuses in which nothing more becomes of a lease. */
export const over = ['TERMINATED', 'GONE'] as const;
export const isOver = ({ status }: Pick<KeptLease, 'status'>): boolean => over.some((one) => one === status);

/** Who looks, and where: a project of a site, by a credential. */
export interface Whereabouts {
  userId: string;
  site: string;
  project: string;
  credential: string;
}

export const whereaboutsOf = (userId: string, { site, project, credential }: Entry): Whereabouts => ({
  userId,
  site: site.id,
  project: project.id,
  credential,
});

export async function findLease(db: Db, id: string): Promise<KeptLease | undefined> {
  return await db.selectFrom('leases').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A person's leases as they are kept, the soonest to end first. */
export async function leasesOf(db: Db, userId: string, about: { site?: string; past?: boolean } = {}): Promise<KeptLease[]> {
  return await db
    .selectFrom('leases')
    .selectAll()
    .where('user_id', '=', userId)
    .$if(about.site !== undefined, (select) => select.where('site', '=', about.site ?? ''))
    .$if(!about.past, (select) => select.where('status', 'not in', [...over]))
    .orderBy('ends_at')
    .orderBy('id')
    .execute();
}

/** A deployment that stands on a lease. */
export interface Standing {
  id: string;
  name: string;
  state: DeploymentState;
  wanted: DeploymentWanted;
  nodes: { total: number; ready: number; failed: number };
}

/** A person's deployments that live, by the leases (the sites' ids) that they stand on: those that they brought, and those made for them. */
export async function standingOn(db: Db, userId: string): Promise<(site: string, leaseId: string | null) => Standing[]> {
  const rows = await db
    .selectFrom('deployments')
    .select([
      'id',
      'name',
      'state',
      'wanted',
      'nodes_total',
      'nodes_ready',
      'nodes_failed',
      sql<{ site: string; lease: string }[]>`coalesce(plan -> 'leases', '[]')`.as('held'),
    ])
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`jsonb_array_length(coalesce(plan -> 'leases', '[]')) > 0`)
    .orderBy('created_at')
    .execute();
  const ids = rows.map(({ id }) => id);
  const made =
    ids.length === 0
      ? []
      : await db
          .selectFrom('resources')
          .select(['deployment_id', 'site', 'cloud_id'])
          .where('deployment_id', 'in', ids)
          .where('kind', '=', 'lease')
          .where('cloud_id', 'is not', null)
          .execute();
  return (site, leaseId) =>
    leaseId === null
      ? []
      : rows
          .filter(
            ({ id, held }) =>
              held.some((one) => one.site === site && one.lease === leaseId) ||
              made.some((one) => one.deployment_id === id && one.site === site && one.cloud_id === leaseId),
          )
          .map(({ id, name, state, wanted, nodes_total, nodes_ready, nodes_failed }) => ({
            id,
            name,
            state,
            wanted,
            nodes: { total: nodes_total, ready: nodes_ready, failed: nodes_failed },
          }));
}
