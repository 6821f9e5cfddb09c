import { type Kysely, sql } from 'kysely';
import { AppError, type Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Entry, Visitor } from '@/lib/desk/types';
import { requestOf } from '@/lib/leases/blazar/requests';
import { newLeaseOf } from '@/lib/leases/blazar/translate';
import { ceilMinute, floorMinute, toIso } from '@/lib/leases/calendar/moments';
import { explainRefusal } from '@/lib/leases/explain/explain';
import { nameTaken } from '@/lib/leases/lint/basics';
import type { LeaseProblem, Moment, PlannedLease } from '@/lib/leases/types';
import type { CloudLease } from '@/lib/openstack/types';
import type { LeaseWork, Schema } from '@/lib/store/schema';
import { isUnclear } from '@/lib/web/unclear';
import { forgetLeases, type Known } from './blazar';
import { type Judged, judge, otherSites, waysOf } from './judge';
import { noteLeases } from './note';
import { noteMade } from './noting';
import type { LeasingPorts } from './ports';
import { offeredOf, refusedFor } from './refused';
import { type KeptLease, over, whereaboutsOf } from './rows';
import { samePlan } from './same';
import { askErrand, MAKE_MS } from './work/due';

/** A lease as somebody asks for it, and where. */
export interface LeaseWish {
  site: string;
  project?: string;
  credential?: string;
  plan: PlannedLease;
  /** until when it is to be extended by itself */
  extendUntil?: Moment;
  /** where “at night” is */
  zone?: string;
}

/**
 * Makes a lease. What was asked for is written down before the site is asked, so that what a lost answer made is found by its name; the same asked again is
 * the lease that there is.
 * @returns the lease's id, and whether it was there already
 * @throws AppError what is wrong with it by field, or what the site said, with what could be had instead
 */
export async function makeLease(services: LeasingPorts, person: Visitor, wish: LeaseWish): Promise<{ id: string; repeated: boolean }> {
  const at = services.clock.now();
  const judged = await judge(services, person, wish, {
    fresh: true,
    own: (entry) => madeBefore(services.store.db, person, wish, entry),
  });
  if (judged.again) return { id: judged.again.id, repeated: true };
  const errors = judged.problems.filter(({ severity }) => severity === 'error');
  const { known } = judged;
  // of two who ask for the same at once, the later may find the name taken by the earlier
  const taken = known && errors.some(({ field, code }) => field === 'name' && code === 'conflict');
  const same = taken ? await madeBefore(services.store.db, person, wish, known.entry) : undefined;
  if (same) return { id: same.id, repeated: true };
  if (errors.length > 0 || !known) throw refusedFor(errors, judged.alternatives);
  await noteLeases(services, whereaboutsOf(person.id, known.entry), known.leases, at);
  const begun = await begin(services, person, known.entry, wish, at);
  if (begun.again) return { id: begun.row.id, repeated: true };
  const made = await ask(services, person, begun.row, wish, judged, known);
  await noteMade(services.store.db, begun.row, made, services.clock.now());
  await done(services, begun.row.id);
  return { id: begun.row.id, repeated: false };
}

async function ask(
  services: LeasingPorts,
  person: Visitor,
  row: KeptLease,
  wish: LeaseWish,
  judged: Judged,
  { site, reservation, entry }: Known,
): Promise<CloudLease> {
  const { store, clock } = services;
  const now = clock.now();
  await store.db
    .updateTable('leases')
    .set({ work: JSON.stringify({ ...workSince(row.created_at), asked: now.toISOString() }) })
    .where('id', '=', row.id)
    .execute();
  try {
    return await reservation.createLease(newLeaseOf(requestOf(wish.plan, site, { now: now.getTime() })));
  } catch (error) {
    await failed(services, row, error);
    throw await explained(services, person, error, wish, judged);
  } finally {
    forgetLeases(services, person, entry);
  }
}

const workSince = (since: Date): LeaseWork => ({ do: 'make', since: since.toISOString() });

/**
 * The same lease, asked for before: of this name, and the same in all else.
 * @param entry the project; left out: what was asked for can't be made any more, and the one that was is looked for, though it may have ended
 */
async function madeBefore(db: Kysely<Schema>, person: Visitor, wish: LeaseWish, entry?: Entry): Promise<KeptLease | undefined> {
  const project = entry?.project.id ?? wish.project;
  const rows = await db
    .selectFrom('leases')
    .selectAll()
    .where('user_id', '=', person.id)
    .where('site', '=', wish.site)
    .$if(project !== undefined, (select) => select.where('project', '=', project ?? ''))
    .where('name', '=', wish.plan.name)
    .where('status', 'not in', entry ? [...over] : ['GONE'])
    .orderBy('created_at', 'desc')
    .execute();
  return rows.find(({ asked }) => asked !== null && samePlan(asked, wish.plan));
}

/**
 * Writes down what is asked for. Of two who ask for the same at once, the later gets what the earlier wrote; of two who ask for others of the same name, an
 * error.
 * @param at when the project's leases were read
 */
async function begin(
  { store, clock }: LeasingPorts,
  person: Visitor,
  entry: Entry,
  wish: LeaseWish,
  at: Date,
): Promise<{ row: KeptLease; again: boolean }> {
  const { plan, extendUntil } = wish;
  const now = clock.now();
  const extend = extendUntil === undefined ? null : JSON.stringify({ until: toIso(floorMinute(extendUntil)) });
  return await store.db.transaction().execute(async (trx) => {
    const name = `lease ${entry.site.id} ${entry.project.id} ${plan.name}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
    const before = await madeBefore(trx, person, wish, entry);
    if (before) return { row: before, again: true };
    if (await isNamed(trx, entry, plan.name, at)) throw refusedFor([nameTaken(plan.name)], []);
    const row = await trx
      .insertInto('leases')
      .values({
        id: newId('lease'),
        user_id: person.id,
        site: entry.site.id,
        project: entry.project.id,
        credential: entry.credential,
        lease_id: null,
        name: plan.name,
        status: 'MAKING',
        starts_at: plan.start === 'now' ? now : new Date(ceilMinute(plan.start)),
        ends_at: new Date(floorMinute(plan.end)),
        extend,
        taken_over: true,
        asked: JSON.stringify(plan),
        work: JSON.stringify(workSince(now)),
        due_at: new Date(now.getTime() + MAKE_MS),
        created_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { row, again: false };
  });
}

/** Whether anybody has a lease of this name in a project that its site does not list yet, or has listed by now: the site itself would take two. */
async function isNamed(db: Kysely<Schema>, { site, project }: Entry, name: string, at: Date): Promise<boolean> {
  const named = await db
    .selectFrom('leases')
    .select('id')
    .where('site', '=', site.id)
    .where('project', '=', project.id)
    .where('name', '=', name)
    .where('status', 'not in', [...over])
    .where((eb) => eb.or([eb('lease_id', 'is', null), eb('seen_at', '>=', at)]))
    .executeTakeFirst();
  return named !== undefined;
}

/** It is made. Where it is to be extended by itself, that is looked at soon. */
async function done(services: LeasingPorts, id: string): Promise<void> {
  const { store, clock } = services;
  const now = clock.now();
  const { extend } = await store.db
    .updateTable('leases')
    .set({ work: null, problem: null, due_at: sql`case when extend is null then null else ${now}::timestamptz end` })
    .where('id', '=', id)
    .returning('extend')
    .executeTakeFirstOrThrow();
  if (extend) await askErrand(services, id);
}

/** A refusal leaves nothing; where the answer is unclear, the errand looks for the lease by its name. */
async function failed({ store }: LeasingPorts, { id }: KeptLease, error: unknown): Promise<void> {
  if (isUnclear(error)) return;
  await store.db.deleteFrom('leases').where('id', '=', id).where('lease_id', 'is', null).execute();
}

async function explained(
  services: LeasingPorts,
  person: Visitor,
  error: unknown,
  { plan }: LeaseWish,
  { known, signedInBy }: Judged,
): Promise<AppError> {
  const refused = AppError.from(error);
  if (!known || refused.code === 'internal') return refused;
  const others = refused.code === 'no-host-available' ? await otherSites(services, person, known.entry, plan) : [];
  const now = services.clock.now().getTime();
  const world = { site: known.site, now, others: others.map(({ site }) => site), signedInBy };
  const { problem, alternatives } = explainRefusal(refused.toProblem(), plan, world);
  const ways = waysOf([known, ...others]);
  return refusedFor(
    [asLeaseProblem(problem)],
    alternatives.map((one) => offeredOf(one, ways)),
    problem,
  );
}

function asLeaseProblem(problem: Problem): LeaseProblem {
  return { ...problem, severity: 'error', field: problem.fields?.[0]?.path ?? '' };
}
