import { sql } from 'kysely';
import { AppError, type Problem } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { survey } from '@/lib/deploying/kinds/survey';
import { withDeadline } from '@/lib/sites';
import type { KeepingPorts } from '../ports';
import { enterPlace, type StrayPlace } from './enter';
import { straysIn, type Verdict } from './judge';
import { claimed } from './known';

/** The kind of errand that looks through a project. */
export const strayLook = 'stray-look';

const DAY_MS = 86_400_000;
/** Where nothing was deployed for so long, nothing late appears any more. */
const LATE_DAYS = 30;
/** After a look that could not read all of it. */
const AGAIN_MS = 3_600_000;
const READ_MS = 60_000;
/** A process that died while it looked is followed by another after this. */
const HELD_MS = 180_000;

/** Errands for the projects that are due, each of which is looked through once a day: those in which deployments stand, or stood of late. */
export async function dueStrayLooks({ store, clock }: KeepingPorts): Promise<{ errand: string; after: number }[]> {
  const now = clock.now();
  await sql`
    insert into stray_looks (user_id, site, project, credential, look_at)
    select distinct on (d.user_id, r.site, r.project) d.user_id, r.site, r.project, r.credential, ${now}::timestamptz
    from resources r join deployments d on d.id = r.deployment_id
    where d.deleted_at is null or d.deleted_at > ${new Date(now.getTime() - LATE_DAYS * DAY_MS)}
    order by d.user_id, r.site, r.project, d.created_at desc
    on conflict (user_id, site, project) do update set credential = excluded.credential
    where stray_looks.credential <> excluded.credential`.execute(store.db);
  const rows = await store.db
    .selectFrom('stray_looks')
    .select(['user_id', 'site', 'project'])
    .where('look_at', '<=', now)
    .where(({ or, eb }) => or([eb('held_until', 'is', null), eb('held_until', '<=', now)]))
    .execute();
  return rows.map(({ user_id, site, project }) => ({ errand: strayErrand(strayLook, { userId: user_id, site, project }), after: 0 }));
}

export const strayErrand = (kind: string, { userId, site, project }: StrayPlace): string =>
  [kind, ...[userId, site, project].map(encodeURIComponent)].join(' ');

/** The place that an errand names. @param parts the errand's, after its kind */
export function placeIn(parts: readonly (string | undefined)[]): StrayPlace {
  const [userId = '', site = '', project = ''] = parts.map((part) => decodeURIComponent(part ?? ''));
  return { userId, site, project };
}

/**
 * Looks through a project for what carries the name of a deployment and is had by none, and writes it down. Of several processes one does. What could not be
 * listed stays as it was known.
 * @throws never for want of the site: why it did not answer is kept
 */
export async function lookForStrays(services: KeepingPorts, place: StrayPlace): Promise<void> {
  const { clock } = services;
  const at = clock.now();
  const held = await hold(services, place, at);
  if (held === undefined) return;
  let problem: Problem | null = null;
  try {
    const cloud = await enterPlace(services, place, held);
    const { seen, unread } = await withDeadline(() => survey(cloud), READ_MS, `${place.site} did not list what stands there in time`);
    const known = await claimed(services.store.db, seen);
    await note(services, place, straysIn(place.userId, known.seen, known.known), new Set(unread.keys()), at);
    problem = [...unread.values()][0] ?? null;
  } catch (error) {
    problem = AppError.from(error).toProblem();
  }
  await of(services, place)
    .set({
      held_until: null,
      look_at: new Date(at.getTime() + (problem ? AGAIN_MS : DAY_MS)),
      problem: problem && JSON.stringify(problem),
      ...(problem ? {} : { looked_at: at }),
    })
    .execute();
}

const of = ({ store }: KeepingPorts, { userId, site, project }: StrayPlace) =>
  store.db.updateTable('stray_looks').where('user_id', '=', userId).where('site', '=', site).where('project', '=', project);

/** @returns the credential to enter by; undefined: another looks, or it is not due */
async function hold(services: KeepingPorts, place: StrayPlace, now: Date): Promise<string | undefined> {
  const row = await of(services, place)
    .set({ held_until: new Date(now.getTime() + HELD_MS) })
    .where('look_at', '<=', now)
    .where(({ or, eb }) => or([eb('held_until', 'is', null), eb('held_until', '<=', now)]))
    .returning('credential')
    .executeTakeFirst();
  return row?.credential;
}

// What went by itself, or was taken into a deployment, is no stray any more; one that is being deleted is looked after by that.
async function note({ store }: KeepingPorts, place: StrayPlace, found: Verdict[], unread: ReadonlySet<string>, now: Date): Promise<void> {
  const { userId, site, project } = place;
  await store.db.transaction().execute(async (trx) => {
    for (const { sighting, deployment, key, adoptable } of found) {
      const { kind, id, name } = sighting;
      await trx
        .insertInto('strays')
        .values({
          id: newId('stray'),
          user_id: userId,
          site,
          project,
          kind,
          cloud_id: id,
          name,
          deployment_id: deployment,
          key,
          adoptable,
          state: 'found',
          found_at: now,
          seen_at: now,
        })
        .onConflict((conflict) =>
          conflict.columns(['user_id', 'site', 'project', 'kind', 'cloud_id']).doUpdateSet((eb) => ({
            seen_at: now,
            name,
            adoptable,
            gone_at: null,
            state: eb
              .case()
              .when('strays.state', '=', 'gone')
              .then('found' as const)
              .else(eb.ref('strays.state'))
              .end(),
          })),
        )
        .execute();
    }
    await trx
      .deleteFrom('strays')
      .where('user_id', '=', userId)
      .where('site', '=', site)
      .where('project', '=', project)
      .where('state', 'in', ['found', 'ignored', 'stuck'])
      .where('seen_at', '<', now)
      .$if(unread.size > 0, (gone) => gone.where('kind', 'not in', [...unread]))
      .execute();
  });
}
