import { AppError } from '@/lib/core/errors';
import { readSiteFacts } from '@/lib/sites';
import type { SiteFacts } from '@/lib/sites/types';
import { withKeptParts } from './kept-parts';
import type { Services } from './services';
import type { Door, Visitor } from './site-desk';

/** For a page, facts of this age will do; a plan asks for younger ones. */
export const PAGE_AGE_MS = 300_000;
export const PLAN_AGE_MS = 30_000;
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
  const kept = await readKept(services, person, door);
  const lasts = kept?.facts.gaps.length ? Math.min(maxAgeMs, GAP_AGE_MS) : maxAgeMs;
  if (kept && services.clock.now().getTime() - kept.readAt.getTime() < lasts) return kept.facts;
  const key = `${person.id} ${door.site.id} ${door.project.id} ${deadlineMs}`;
  const read = reading.get(key) ?? readNow(services, person, door, deadlineMs, kept?.facts).finally(() => reading.delete(key));
  reading.set(key, read);
  try {
    return await read;
  } catch (error) {
    if (!kept) throw error;
    return { ...kept.facts, gaps: [...kept.facts.gaps, { part: 'all', problem: AppError.from(error).toProblem() }] };
  }
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

async function readKept({ store }: Services, person: Visitor, door: Door): Promise<{ facts: SiteFacts; readAt: Date } | undefined> {
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
