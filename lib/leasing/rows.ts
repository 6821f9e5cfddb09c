import { type Kysely, type Selectable, sql } from 'kysely';
import { newId } from '@/lib/core/ids';
import type { Entry } from '@/lib/desk/types';
import type { CloudLease } from '@/lib/openstack/types';
import type { LeaseRow, Schema } from '@/lib/store/schema';

/** A lease as it is kept. */
export type KeptLease = Selectable<LeaseRow>;
type Db = Kysely<Schema>;

/** Statuses in which nothing more becomes of a lease. */
export const over = ['TERMINATED', 'GONE'] as const;
export const isOver = ({ status }: Pick<KeptLease, 'status'>): boolean => over.some((one) => one === status);

/** Who looks, and where: a project of a site, by a credential. */
export interface Place {
  userId: string;
  site: string;
  project: string;
  credential: string;
}

export const placeOf = (userId: string, { site, project, credential }: Entry): Place => ({
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

/**
 * Notes what a project's Blazar lists: leases that were not known are kept as seen, and those that it does not list any more are gone. One that is
 * being asked for is known by its name.
 * @param now when the list was asked for
 * @param whole nothing of it was unreadable: what is not in it is gone
 * @returns those whose end is another than was known
 */
export async function noteListed(db: Db, place: Place, leases: readonly CloudLease[], now: Date, whole: boolean): Promise<CloudLease[]> {
  return await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('leases')
      .select(['lease_id', 'ends_at'])
      .where('user_id', '=', place.userId)
      .where('site', '=', place.site)
      .where('project', '=', place.project)
      .execute();
    for (const lease of leases) await noteOne(trx, place, lease, now);
    if (whole) await noteGone(trx, place, leases, now);
    const ends = new Map(before.map((row) => [row.lease_id, row.ends_at.getTime()]));
    return leases.filter(({ id, end }) => ends.has(id) && ends.get(id) !== Date.parse(end));
  });
}

async function noteGone(db: Db, place: Place, leases: readonly CloudLease[], now: Date): Promise<void> {
  const listed = leases.map(({ id }) => id);
  await db
    .updateTable('leases')
    .set({ status: 'GONE', extend: null, work: null, due_at: null, seen_at: now })
    .where('user_id', '=', place.userId)
    .where('site', '=', place.site)
    .where('project', '=', place.project)
    .where('status', '!=', 'GONE')
    .where('lease_id', 'is not', null)
    // what was made while the list was on its way is not in it
    .where((eb) => eb.or([eb('seen_at', '<', now), eb('seen_at', 'is', null)]))
    .$if(listed.length > 0, (update) => update.where('lease_id', 'not in', listed))
    .execute();
}

/** Notes one lease as its site tells it. @returns its row */
export async function noteOne(db: Db, place: Place, lease: CloudLease, now: Date): Promise<KeptLease> {
  const told = {
    name: lease.name,
    status: lease.status,
    starts_at: new Date(lease.start),
    ends_at: new Date(lease.end),
    degraded: lease.degraded,
    told: JSON.stringify(lease),
    seen_at: now,
  };
  const made = await db
    .updateTable('leases')
    .set({ lease_id: lease.id, ...told })
    .where('user_id', '=', place.userId)
    .where('site', '=', place.site)
    .where('project', '=', place.project)
    .where('lease_id', 'is', null)
    .where('status', '=', 'MAKING')
    .where('name', '=', lease.name)
    .returningAll()
    .executeTakeFirst();
  if (made) return made;
  return await db
    .insertInto('leases')
    .values({
      id: newId('lease'),
      user_id: place.userId,
      site: place.site,
      project: place.project,
      credential: place.credential,
      lease_id: lease.id,
      ...told,
      // made on the way by a deployment: it is Transat's to change
      taken_over: sql<boolean>`exists (
        select from resources r join deployments d on d.id = r.deployment_id
        where d.user_id = ${place.userId} and r.kind = 'lease' and r.site = ${place.site} and r.cloud_id = ${lease.id}
          and r.spec -> 'held' is null)`,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'site', 'lease_id'])
        .doUpdateSet({ ...told, taken_over: sql<boolean>`leases.taken_over or excluded.taken_over` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A deployment that stands on a lease. */
export interface Standing {
  id: string;
  name: string;
  state: string;
}

/** A person's deployments that live, by the leases (the sites' ids) that they stand on: those that they brought, and those made for them. */
export async function standingOn(db: Db, userId: string): Promise<(site: string, leaseId: string | null) => Standing[]> {
  const rows = await db
    .selectFrom('deployments')
    .select(['id', 'name', 'state', sql<{ site: string; lease: string }[]>`coalesce(plan -> 'leases', '[]')`.as('held')])
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
          .map(({ id, name, state }) => ({ id, name, state }));
}
