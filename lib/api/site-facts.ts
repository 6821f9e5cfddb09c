import { AppError } from '@/lib/core/errors';
import { readSiteFacts } from '@/lib/sites';
import type { SiteFacts } from '@/lib/sites/types';
import { withKeptParts } from './kept-parts';
import type { Services } from './services';
import type { Door, Visitor } from './site-desk';

/** For a page, facts of this age will do; a plan asks for younger ones. */
const PAGE_AGE_MS = 300_000;
export const PLAN_AGE_MS = 30_000;
/** Facts so old are shown on a page while newer ones are read. */
const SHOWN_MS = 86_400_000;
/** A site that could not be read in the background is asked again by a page after this. */
const AGAIN_MS = 60_000;
/** What a site did not tell is asked for again after this. */
const GAP_AGE_MS = 10_000;
/** One site alone may take longer than the 5 s that a site has among many: a person waits for just this one. */
export const ALONE_MS = 20_000;

const reading = new Map<string, Promise<SiteFacts>>();

/**
 * What is at a site for a person's project, read anew when the kept facts are older than `maxAgeMs`. When the site does not
 * answer, the kept facts are given with a gap that says so.
 * @param deadlineMs for each part of them
 * @throws AppError when there are none to give
 */
export async function siteFacts(services: Services, person: Visitor, door: Door, maxAgeMs: number, deadlineMs = 5000): Promise<SiteFacts> {
  return await keptOrRead(services, person, door, maxAgeMs, deadlineMs, await readKept(services, person, door));
}

async function keptOrRead(
  services: Services,
  person: Visitor,
  door: Door,
  maxAgeMs: number,
  deadlineMs: number,
  kept?: Kept,
): Promise<SiteFacts> {
  if (kept && isFresh(services, kept, maxAgeMs)) return kept.facts;
  try {
    return await readOnce(services, person, door, deadlineMs, kept?.facts);
  } catch (error) {
    if (!kept) throw error;
    return { ...kept.facts, gaps: [...kept.facts.gaps, { part: 'all', problem: AppError.from(error).toProblem() }] };
  }
}

/**
 * The same for a page: old facts are given at once while the site is asked in the background, and `refreshing` says that newer ones are
 * on their way. Only where there are none, or far too old ones, the page waits for the site.
 */
export async function pageFacts(services: Services, person: Visitor, door: Door): Promise<SiteFacts & { refreshing: boolean }> {
  const kept = await readKept(services, person, door);
  const age = kept ? services.clock.now().getTime() - kept.readAt.getTime() : Number.POSITIVE_INFINITY;
  if (!kept || age > SHOWN_MS) return { ...(await keptOrRead(services, person, door, PAGE_AGE_MS, ALONE_MS, kept)), refreshing: false };
  const refreshing = !isFresh(services, kept, PAGE_AGE_MS) && !hasFailed(services, person, door);
  // what fails is told when somebody asks for it by the button, and the old facts stay
  if (refreshing)
    void readOnce(services, person, door, ALONE_MS, kept.facts).catch(() =>
      failed.set(keyOf(person, door), services.clock.now().getTime()),
    );
  return { ...kept.facts, refreshing };
}

interface Kept {
  facts: SiteFacts;
  readAt: Date;
}

function isFresh({ clock }: Services, { facts, readAt }: Kept, maxAgeMs: number): boolean {
  return clock.now().getTime() - readAt.getTime() < (facts.gaps.length > 0 ? Math.min(maxAgeMs, GAP_AGE_MS) : maxAgeMs);
}

/** When a site last could not be read in the background; it is left alone for a while then. */
const failed = new Map<string, number>();

function hasFailed({ clock }: Services, person: Visitor, door: Door): boolean {
  const at = failed.get(keyOf(person, door));
  const recent = at !== undefined && clock.now().getTime() - at < AGAIN_MS;
  if (!recent) failed.delete(keyOf(person, door));
  return recent;
}

const keyOf = (person: Visitor, door: Door): string => `${person.id} ${door.site.id} ${door.project.id}`;

// All who want the same at the same time share one reading.
function readOnce(services: Services, person: Visitor, door: Door, deadlineMs: number, kept?: SiteFacts): Promise<SiteFacts> {
  const key = `${keyOf(person, door)} ${deadlineMs}`;
  const read = reading.get(key) ?? readNow(services, person, door, deadlineMs, kept).finally(() => reading.delete(key));
  reading.set(key, read);
  return read;
}

async function readNow(services: Services, person: Visitor, door: Door, deadlineMs: number, kept?: SiteFacts): Promise<SiteFacts> {
  const { clock, store, desk } = services;
  const read = await readSiteFacts(await desk.enter(person, door), door.site, clock, deadlineMs);
  const facts = kept ? withKeptParts(read, kept) : read;
  const values = { facts: JSON.stringify(facts), read_at: clock.now(), problem: null };
  await store.db
    .insertInto('site_facts')
    .values({ user_id: person.id, site: door.site.id, project: door.project.id, ...values })
    .onConflict((conflict) => conflict.columns(['user_id', 'site', 'project']).doUpdateSet(values))
    .execute();
  return facts;
}

async function readKept({ store }: Services, person: Visitor, door: Door): Promise<Kept | undefined> {
  const row = await store.db
    .selectFrom('site_facts')
    .select(['facts', 'read_at'])
    .where('user_id', '=', person.id)
    .where('site', '=', door.site.id)
    .where('project', '=', door.project.id)
    .executeTakeFirst();
  // written by this function only
  return row && { facts: row.facts as SiteFacts, readAt: row.read_at };
}
