import { sql } from 'kysely';
import { tryAgainAt } from '@/lib/leases/life/next-look';
import { withDeadline } from '@/lib/sites';
import { isOwn } from '@/lib/store/own-leases';
import { doorTo } from '../look';
import { noteLeases } from '../note';
import type { LeasingPorts } from '../ports';
import { type KeptLease, type Whereabouts, whereaboutsOf } from '../rows';
import { secondsUntil, visitorOf } from './due';

/** The kind of errand that asks a site for the leases of one person's project. */
export const watchErrand = 'watch';

type Project = Pick<Whereabouts, 'userId' | 'site' | 'project'>;

/** Those that are due later wait for the next sweep. */
const AHEAD_MS = 120_000;
const LIST_MS = 30_000;
/** A process that died while it asked is followed by another after this. */
const HELD_MS = 180_000;

/** The projects whose leases are to be asked for soon, as errands: one for each, however many leases are due in it. */
export async function dueProjects({ store, clock }: LeasingPorts): Promise<{ errand: string; after: number }[]> {
  const now = clock.now();
  const rows = await store.db
    .selectFrom('leases')
    .select(({ fn }) => ['user_id', 'site', 'project', fn.min<Date>('look_at').as('soonest')])
    .where('look_at', '<', new Date(now.getTime() + AHEAD_MS))
    .where(isOwn)
    .groupBy(['user_id', 'site', 'project'])
    .execute();
  return rows.map(({ user_id, site, project, soonest }) => ({
    errand: [watchErrand, ...[user_id, site, project].map(encodeURIComponent)].join(' '),
    after: secondsUntil(soonest, now),
  }));
}

/**
 * Asks a site for the leases of a project, in one list, and notes how all of them stand. Of several processes the one that holds them asks.
 * @param parts the errand's, after its kind
 * @returns in how many seconds it is to be asked again; null: there is nothing to ask for any more
 */
export async function watchProject(services: LeasingPorts, parts: readonly (string | undefined)[]): Promise<number | null> {
  const [userId = '', site = '', project = ''] = parts.map((part) => decodeURIComponent(part ?? ''));
  const about = { userId, site, project };
  const { clock } = services;
  const [first] = await watched(services, about);
  if (!first?.look_at) return null;
  const now = clock.now();
  if (first.look_at <= now) {
    const held = new Date(now.getTime() + HELD_MS);
    if (!(await hold(services, about, now, held))) return null;
    await ask(services, first).catch(() => later(services, about, held));
    await release(services, about, held);
  }
  const [next] = await watched(services, about);
  return next?.look_at ? secondsUntil(next.look_at, clock.now()) : null;
}

/** The leases of a project that are looked after, the soonest to look at first. */
async function watched({ store }: LeasingPorts, { userId, site, project }: Project): Promise<KeptLease[]> {
  return await store.db
    .selectFrom('leases')
    .selectAll()
    .where('user_id', '=', userId)
    .where('site', '=', site)
    .where('project', '=', project)
    .where('look_at', 'is not', null)
    .where(isOwn)
    .orderBy('look_at')
    .limit(1)
    .execute();
}

async function ask(services: LeasingPorts, row: KeptLease): Promise<void> {
  const person = await visitorOf(services, row.user_id);
  if (!person) return;
  const at = services.clock.now();
  const door = await doorTo(services, person, row);
  const listed = await withDeadline((options) => door.reservation.leases(options), LIST_MS, `${row.site} did not list its leases in time`);
  await noteLeases(services, whereaboutsOf(person.id, door.entry), listed, at);
}

async function hold({ store }: LeasingPorts, about: Project, now: Date, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('leases')
    .set({ asked_until: until })
    .where('user_id', '=', about.userId)
    .where('site', '=', about.site)
    .where('project', '=', about.project)
    .where('look_at', '<=', now)
    .where(({ or, eb }) => or([eb('asked_until', 'is', null), eb('asked_until', '<=', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function release({ store }: LeasingPorts, about: Project, held: Date): Promise<void> {
  await store.db
    .updateTable('leases')
    .set({ asked_until: null })
    .where('user_id', '=', about.userId)
    .where('site', '=', about.site)
    .where('project', '=', about.project)
    .where('asked_until', '=', held)
    .execute();
}

// What is known stays, with when it was seen.
async function later({ store, clock }: LeasingPorts, { userId, site, project }: Project, held: Date): Promise<void> {
  const now = clock.now();
  const rows = await store.db
    .selectFrom('leases')
    .select(({ fn }) => fn.max<Date>(sql<Date>`coalesce(seen_at, created_at)`).as('seen'))
    .where('user_id', '=', userId)
    .where('site', '=', site)
    .where('project', '=', project)
    .executeTakeFirst();
  await store.db
    .updateTable('leases')
    .set({ look_at: new Date(tryAgainAt((rows?.seen ?? now).getTime(), now.getTime())) })
    .where('user_id', '=', userId)
    .where('site', '=', site)
    .where('project', '=', project)
    .where('asked_until', '=', held)
    .where('look_at', '<=', now)
    .execute();
}
