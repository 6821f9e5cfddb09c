import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { newId } from '@/lib/core/ids';
import { lookAgainAt } from '@/lib/leases/life/next-look';
import type { CloudLease } from '@/lib/openstack/types';
import type { LeaseRow, Schema } from '@/lib/store/schema';
import type { KeptLease, Whereabouts } from './rows';
import { adoptable } from './same';

type Db = Kysely<Schema>;
type Known = Pick<Selectable<LeaseRow>, 'id' | 'lease_id' | 'name' | 'status' | 'ends_at' | 'told' | 'created_at'>;

/**
 * Notes what a project's Blazar lists: leases that were not known are kept as seen, and those that it does not list any more are gone. One that is
 * being asked for is known by its name and its time. What was seen later than this list was asked for stays.
 * @param now when the list was asked for
 * @param whole nothing of it was unreadable: what is not in it is gone
 * @returns those whose end is another than was known
 */
export async function noteListed(
  db: Db,
  place: Whereabouts,
  leases: readonly CloudLease[],
  now: Date,
  whole: boolean,
): Promise<CloudLease[]> {
  return await db.transaction().execute(async (trx) => {
    const before = await knownOf(trx, place);
    const ids = new Set(before.flatMap(({ lease_id }) => lease_id ?? []));
    const fresh = leases.filter(({ id }) => !ids.has(id));
    const changed = before.some(isMaking) ? await adopt(trx, before, fresh, now) : new Set<string>();
    const kept = new Map(before.map((row) => [row.lease_id, row]));
    const other = leases.filter((lease) => !changed.has(lease.id) && isOther(kept.get(lease.id), lease));
    for (const { lease_id } of await upsert(trx, place, other, now)) if (lease_id !== null) changed.add(lease_id);
    await noteSeen(trx, place, leases, now);
    if (whole) await noteGone(trx, place, leases, now);
    const ends = new Map(before.map((row) => [row.lease_id, row.ends_at.getTime()]));
    return leases.filter(({ id, end }) => changed.has(id) && ends.has(id) && ends.get(id) !== Date.parse(end));
  });
}

/** Notes one lease as its site tells it. @returns its row */
export async function noteOne(db: Db, place: Whereabouts, lease: CloudLease, now: Date): Promise<KeptLease> {
  await upsert(db, place, [lease], now);
  return await db
    .selectFrom('leases')
    .selectAll()
    .where('user_id', '=', place.userId)
    .where('site', '=', place.site)
    .where('lease_id', '=', lease.id)
    .executeTakeFirstOrThrow();
}

/** Notes the lease that was made of a row. A list that came first may have kept it as one that was made elsewhere. */
export async function noteMade(db: Db, row: KeptLease, lease: CloudLease, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await inTurn(trx, { userId: row.user_id, site: row.site, project: row.project });
    await trx
      .deleteFrom('leases')
      .where('user_id', '=', row.user_id)
      .where('site', '=', row.site)
      .where('lease_id', '=', lease.id)
      .where('id', '!=', row.id)
      .execute();
    await trx
      .updateTable('leases')
      .set({ lease_id: lease.id, ...valuesOf(lease, now) })
      .where('id', '=', row.id)
      .where((eb) => eb.or([eb('seen_at', '<=', now), eb('seen_at', 'is', null)]))
      .execute();
  });
}

const isMaking = ({ lease_id, status }: Known): boolean => lease_id === null && status === 'MAKING';

/** What is noted of a project is noted one after the other, so that no two adopt or insert the same. */
async function inTurn(trx: Db, { userId, site, project }: Pick<Whereabouts, 'userId' | 'site' | 'project'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leases ${userId} ${site} ${project}`}, 0))`.execute(trx);
}

/** The rows of a project. */
async function knownOf(trx: Db, place: Whereabouts): Promise<Known[]> {
  const { userId, site, project } = place;
  await inTurn(trx, place);
  return await trx
    .selectFrom('leases')
    .select(['id', 'lease_id', 'name', 'status', 'ends_at', 'told', 'created_at'])
    .where('user_id', '=', userId)
    .where('site', '=', site)
    .where('project', '=', project)
    .orderBy('created_at')
    .execute();
}

/** Gives rows that wait for their lease the one that can be theirs, each at most one. @returns the leases' ids */
async function adopt(trx: Db, rows: readonly Known[], fresh: readonly CloudLease[], now: Date): Promise<Set<string>> {
  const adopted = new Set<string>();
  for (const row of rows.filter(isMaking)) {
    const lease = fresh.find((one) => !adopted.has(one.id) && adoptable(row, one));
    if (!lease) continue;
    adopted.add(lease.id);
    await trx
      .updateTable('leases')
      .set({ lease_id: lease.id, ...valuesOf(lease, now) })
      .where('id', '=', row.id)
      .where('lease_id', 'is', null)
      .execute();
  }
  return adopted;
}

/** A statement takes 65,535 values. */
const AT_ONCE = 1000;

async function upsert(db: Db, place: Whereabouts, leases: readonly CloudLease[], now: Date): Promise<Pick<KeptLease, 'lease_id'>[]> {
  const written: Pick<KeptLease, 'lease_id'>[] = [];
  for (let from = 0; from < leases.length; from += AT_ONCE)
    written.push(...(await upsertSome(db, place, leases.slice(from, from + AT_ONCE), now)));
  return written;
}

/** Whether a lease was made on the way by a deployment: it is Transat's to change. */
const isOfDeployment = ({ userId, site }: Whereabouts, id: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (
  select from resources r join deployments d on d.id = r.deployment_id
  where d.user_id = ${userId} and r.kind = 'lease' and r.site = ${site} and r.cloud_id = ${id} and r.spec -> 'held' is null)`;

async function upsertSome(db: Db, place: Whereabouts, leases: readonly CloudLease[], now: Date): Promise<Pick<KeptLease, 'lease_id'>[]> {
  return await db
    .insertInto('leases')
    .values(
      leases.map((lease) => ({
        id: newId('lease'),
        user_id: place.userId,
        site: place.site,
        project: place.project,
        credential: place.credential,
        lease_id: lease.id,
        ...valuesOf(lease, now),
        taken_over: isOfDeployment(place, sql`${lease.id}`),
        created_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'site', 'lease_id'])
        .doUpdateSet(({ ref }) => ({
          name: ref('excluded.name'),
          status: ref('excluded.status'),
          starts_at: ref('excluded.starts_at'),
          ends_at: ref('excluded.ends_at'),
          degraded: ref('excluded.degraded'),
          told: ref('excluded.told'),
          look_at: ref('excluded.look_at'),
          seen_at: ref('excluded.seen_at'),
          taken_over: sql<boolean>`leases.taken_over or excluded.taken_over`,
        }))
        .where((eb) => eb.or([eb('leases.seen_at', 'is', null), eb('leases.seen_at', '<=', now)])),
    )
    .returning('lease_id')
    .execute();
}

async function noteSeen(db: Db, place: Whereabouts, leases: readonly CloudLease[], now: Date): Promise<void> {
  if (leases.length === 0) return;
  const listed = JSON.stringify(leases.map((lease) => ({ id: lease.id, look: lookAt(lease, now) })));
  await sql`update leases set seen_at = ${now}, look_at = listed.look,
      taken_over = taken_over or ${isOfDeployment(place, sql`listed.id`)}
    from jsonb_to_recordset(${listed}::jsonb) as listed (id text, look timestamptz)
    where user_id = ${place.userId} and site = ${place.site} and lease_id = listed.id and (seen_at is null or seen_at < ${now})`.execute(
    db,
  );
}

async function noteGone(db: Db, place: Whereabouts, leases: readonly CloudLease[], now: Date): Promise<void> {
  const listed = leases.map(({ id }) => id);
  await db
    .updateTable('leases')
    .set({ status: 'GONE', extend: null, work: null, due_at: null, look_at: null, seen_at: now })
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

function valuesOf(lease: CloudLease, now: Date) {
  return {
    name: lease.name,
    status: lease.status,
    starts_at: new Date(lease.start),
    ends_at: new Date(lease.end),
    degraded: lease.degraded,
    told: JSON.stringify(lease),
    look_at: lookAt(lease, now),
    seen_at: now,
  };
}

function lookAt({ status, start, end }: CloudLease, now: Date): Date | null {
  const at = lookAgainAt({ status, start: Date.parse(start), end: Date.parse(end) }, now.getTime());
  return at === null ? null : new Date(at);
}

/** Whether a row says anything else than its site does. What is undefined is not kept. */
function isOther(row: Known | undefined, lease: CloudLease): boolean {
  return row?.status !== lease.status || !isDeepStrictEqual(row.told, JSON.parse(JSON.stringify(lease)));
}
