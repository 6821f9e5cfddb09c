import type { Selectable } from 'kysely';
import { AppError, type Problem } from '@/lib/core/errors';
import { goesInTurn, notGone, removeSighted, type Sighting, survey } from '@/lib/deploying/kinds/survey';
import type { StrayRow } from '@/lib/store/rows/stray';
import type { KeepingPorts } from '../ports';
import { enterPlace, type StrayPlace } from './enter';
import { straysIn } from './judge';
import { claimed } from './known';

/** The kind of errand that deletes what was asked for in a project. */
export const strayEnd = 'stray-end';

type Stray = Selectable<StrayRow>;
/** How long a site may take to let one go. */
const PATIENCE_MS = 600_000;
const AGAIN_S = 3;
const UNHEARD_S = 30;

/** What is done now about the strays of a project that are to go. */
interface Step {
  /** no list shows them any more */
  gone: Stray[];
  /** their deletion is asked for */
  remove: { stray: Stray; sighting: Sighting }[];
  /** they stand, and are had by a deployment now, or are another's */
  spared: Stray[];
}

/** Of those that are to go, which have gone and which are next: a kind goes when what may hold it has gone. Pure. @param unread kinds that nothing is known of */
export function nextStep(
  going: readonly Stray[],
  seen: readonly Sighting[],
  strays: ReadonlySet<string>,
  unread: ReadonlySet<string>,
): Step {
  const known = going.filter(({ kind }) => !unread.has(kind));
  const sightings = new Map(seen.map((one) => [keyOf(one.kind, one.id), one]));
  const standing = known.flatMap((stray) => {
    const sighting = sightings.get(keyOf(stray.kind, stray.cloud_id));
    return sighting ? [{ stray, sighting }] : [];
  });
  const gone = known.filter((stray) => !sightings.has(keyOf(stray.kind, stray.cloud_id)));
  const ours = standing.filter(({ sighting }) => strays.has(keyOf(sighting.kind, sighting.id)));
  const spared = standing.filter((one) => !ours.includes(one)).map(({ stray }) => stray);
  const unseen = going.filter(({ kind }) => unread.has(kind));
  const turn = Math.min(...[...ours.map(({ stray }) => stray), ...unseen].map(turnOf));
  return { gone, spared, remove: ours.filter(({ stray }) => turnOf(stray) === turn) };
}

const keyOf = (kind: string, id: string) => `${kind} ${id}`;
const turnOf = ({ kind }: Pick<Stray, 'kind'>): number => goesInTurn.findIndex((kinds) => kinds.some((one) => one === kind));

/**
 * Deletes what was asked for in a project, as far as it is its turn: what stands there is listed first and judged anew, and one has gone when the site's own
 * list does not show it.
 * @returns in how many seconds to go on; null: none is left to go
 */
export async function endStrays(services: KeepingPorts, place: StrayPlace): Promise<number | null> {
  const { store, clock } = services;
  const going = await goingIn(services, place);
  if (going.length === 0) return null;
  const look = await store.db
    .selectFrom('stray_looks')
    .select('credential')
    .where('user_id', '=', place.userId)
    .where('site', '=', place.site)
    .where('project', '=', place.project)
    .executeTakeFirst();
  try {
    const cloud = await enterPlace(services, place, look?.credential ?? '');
    const { seen, unread } = await survey(cloud);
    const { seen: named, known } = await claimed(store.db, seen);
    const strays = new Set(straysIn(place.userId, named, known).map(({ sighting }) => keyOf(sighting.kind, sighting.id)));
    const { gone, remove, spared } = nextStep(going, seen, strays, new Set(unread.keys()));
    const problems = new Map<string, Problem>();
    await Promise.all(
      remove.map(async ({ stray, sighting }) => {
        try {
          await removeSighted(cloud, sighting);
        } catch (error) {
          problems.set(stray.id, AppError.from(error).toProblem());
        }
      }),
    );
    const now = clock.now();
    for (const { id } of gone) await set(services, id, { state: 'gone', gone_at: now, problem: null });
    for (const { id } of spared) await store.db.deleteFrom('strays').where('id', '=', id).execute();
    for (const [id, problem] of problems) await set(services, id, { problem: JSON.stringify(problem) });
    await giveUp(services, place, (kind) => unread.get(kind));
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    await giveUp(services, place, () => problem);
    return (await goingIn(services, place)).length > 0 ? UNHEARD_S : null;
  }
  return (await goingIn(services, place)).length > 0 ? AGAIN_S : null;
}

/** Errands for the projects in which something is to go: a process that died is followed by another. */
export async function dueStrayEnds({ store }: KeepingPorts): Promise<StrayPlace[]> {
  const rows = await store.db.selectFrom('strays').select(['user_id', 'site', 'project']).distinct().where('state', '=', 'going').execute();
  return rows.map(({ user_id, site, project }) => ({ userId: user_id, site, project }));
}

function goingIn({ store }: KeepingPorts, { userId, site, project }: StrayPlace): Promise<Stray[]> {
  return store.db
    .selectFrom('strays')
    .selectAll()
    .where('user_id', '=', userId)
    .where('site', '=', site)
    .where('project', '=', project)
    .where('state', '=', 'going')
    .execute();
}

async function set(
  { store }: KeepingPorts,
  id: string,
  change: { state?: 'gone' | 'stuck'; gone_at?: Date; problem: string | null },
): Promise<void> {
  await store.db.updateTable('strays').set(change).where('id', '=', id).where('state', '=', 'going').execute();
}

async function giveUp(services: KeepingPorts, place: StrayPlace, why: (kind: Stray['kind']) => Problem | undefined): Promise<void> {
  const now = services.clock.now().getTime();
  for (const stray of await goingIn(services, place)) {
    if (now - (stray.asked_at?.getTime() ?? now) < PATIENCE_MS) continue;
    await set(services, stray.id, { state: 'stuck', problem: JSON.stringify(why(stray.kind) ?? stray.problem ?? notGone(stray)) });
  }
}
