import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { AppError, type Problem } from '@/lib/core/errors';
import type { Schema } from '@/lib/store/schema';
import { type DocumentSource, readDocument } from '@/lib/web';
import { listedChameleon, listedEgi } from './builtin';
import { type Downtime, readDowntimes } from './downtimes';
import { type Listed, readChameleonList, readEgiList, requirePlausible } from './listed';
import { remember } from './merge';
import { isSameInSandbox, listedSandbox } from './sandbox';

/** What is kept of a source: its content is of the last answer that made sense. */
export interface Kept<Content> {
  content: Content | null;
  /** when it was read, or found unchanged */
  readAt: Date | null;
  problem: Problem | null;
}

interface Source<Content> extends DocumentSource {
  id: 'egi' | 'chameleon' | 'gocdb' | 'sandbox-sites' | 'sandbox-downtimes';
  everyMs: number;
  /** @throws AppError where the text is not what the source should say */
  read(text: string, before: Content | null, now: Date): Content;
}

const DAY_MS = 86_400_000;
const DOWNTIMES_MS = 1_800_000;
/** A source that could not be read is asked again after this, whatever its own beat. */
const AFTER_FAILURE_MS = 900_000;
const ASK_MS = 30_000;
/** How far ahead downtimes are asked for. */
const AHEAD_MS = 30 * DAY_MS;

/** The sources that a configuration asks. */
export function sourcesOf(
  { directory, directoryRefresh, sandbox, sandboxUrl }: Pick<Config, 'directory' | 'directoryRefresh' | 'sandbox' | 'sandboxUrl'>,
  now: Date,
): Source<never>[] {
  const { egi, chameleon, gocdb } = directory ? directoryRefresh : { egi: null, chameleon: null, gocdb: null };
  const lists =
    (read: (text: string) => Listed[], snapshot: Listed[], same?: typeof isSameInSandbox) =>
    (text: string, before: Listed[] | null, at: Date) => {
      const sites = read(text);
      requirePlausible((before ?? snapshot).filter(({ goneSince }) => goneSince === undefined).length, sites.length);
      return remember(before ?? snapshot, sites, at, same);
    };
  const day = (ms: number) => new Date(now.getTime() + ms).toISOString().slice(0, 10);
  const window = `method=get_downtime&windowstart=${day(0)}&windowend=${day(AHEAD_MS)}`;
  const all = [
    egi && { id: 'egi', ...egi, url: `${egi.url}/sites/?include_projects=true`, everyMs: DAY_MS, read: lists(readEgiList, listedEgi()) },
    chameleon && {
      id: 'chameleon',
      ...chameleon,
      url: `${chameleon.url}/sites`,
      everyMs: DAY_MS,
      read: lists(readChameleonList, listedChameleon()),
    },
    gocdb && { id: 'gocdb', ...gocdb, url: `${gocdb.url}/?${window}`, everyMs: DOWNTIMES_MS, read: readDowntimes },
    sandbox && {
      id: 'sandbox-sites',
      named: true,
      url: `${sandboxUrl}/directory/sites/?include_projects=true`,
      everyMs: DOWNTIMES_MS,
      read: lists((text) => readEgiList(text, { plain: true }), listedSandbox(sandboxUrl), isSameInSandbox),
    },
    sandbox && {
      id: 'sandbox-downtimes',
      named: true,
      url: `${sandboxUrl}/directory/gocdb/?${window}`,
      everyMs: DOWNTIMES_MS,
      read: readDowntimes,
    },
  ];
  return all.filter((source) => source) as Source<never>[]; // what each keeps is what its own `read` made
}

/**
 * Asks a source where it is due; of several processes one does. What it says replaces what is kept only where it makes sense; else the
 * fault is noted beside the old content.
 * @returns whether it was asked
 */
export async function refreshSource(db: Kysely<Schema>, clock: Clock, source: Source<never>): Promise<boolean> {
  const now = clock.now();
  if (!(await claim(db, source, now))) return false;
  const row = await db.selectFrom('directory_sources').selectAll().where('source', '=', source.id).executeTakeFirstOrThrow();
  try {
    const answer = await readDocument(source, { etag: row.content ? (row.etag ?? undefined) : undefined, timeoutMs: ASK_MS });
    // written by this function only, by the same source
    const content = answer && source.read(answer.text, row.content as never, now);
    await db
      .updateTable('directory_sources')
      .set({ read_at: now, problem: null, ...(answer ? { content: JSON.stringify(content), etag: answer.etag ?? null } : {}) })
      .where('source', '=', source.id)
      .execute();
  } catch (error) {
    const problem = JSON.stringify(AppError.from(error).toProblem());
    await db.updateTable('directory_sources').set({ problem }).where('source', '=', source.id).execute();
  }
  return true;
}

/** What is kept of all sources. */
export async function readSources(db: Kysely<Schema>): Promise<{
  egi: Kept<Listed[]>;
  chameleon: Kept<Listed[]>;
  gocdb: Kept<Record<string, Downtime[]>>;
  sandboxSites: Kept<Listed[]>;
  sandboxDowntimes: Kept<Record<string, Downtime[]>>;
}> {
  const rows = await db.selectFrom('directory_sources').selectAll().execute();
  const kept = <Content>(id: string): Kept<Content> => {
    const row = rows.find(({ source }) => source === id);
    return { content: (row?.content ?? null) as Content | null, readAt: row?.read_at ?? null, problem: row?.problem ?? null };
  };
  return {
    egi: kept('egi'),
    chameleon: kept('chameleon'),
    gocdb: kept('gocdb'),
    sandboxSites: kept('sandbox-sites'),
    sandboxDowntimes: kept('sandbox-downtimes'),
  };
}

async function claim(db: Kysely<Schema>, { id, everyMs }: Source<never>, now: Date): Promise<boolean> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const inserted = await db
    .insertInto('directory_sources')
    .values({ source: id, tried_at: now })
    .onConflict((conflict) => conflict.column('source').doNothing())
    .returning('source')
    .executeTakeFirst();
  if (inserted) return true;
  const updated = await db
    .updateTable('directory_sources')
    .set({ tried_at: now })
    .where('source', '=', id)
    .where(({ and, eb, or }) =>
      or([eb('tried_at', '<=', before(everyMs)), and([eb('problem', 'is not', null), eb('tried_at', '<=', before(AFTER_FAILURE_MS))])]),
    )
    .returning('source')
    .executeTakeFirst();
  return updated !== undefined;
}
