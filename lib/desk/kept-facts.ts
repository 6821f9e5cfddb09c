import { type Insertable, type Kysely, sql } from 'kysely';
import type { Gap, Quotas, SiteFacts } from '@/lib/sites/types';
import { batched } from '@/lib/store/batch';
import type { Schema } from '@/lib/store/schema';
import type { Entry, Visitor } from './types';

/** What a site told for a person's project, and when. */
export interface Kept {
  facts: SiteFacts;
  readAt: Date;
}

/** As much of kept facts as a line about a site shows. */
export interface KeptSummary {
  site: string;
  project: string;
  readAt: Date;
  quotas: Quotas;
  flavors: number;
  images: number;
  latencyMs: number | null;
  gaps: Gap[];
}

/** The kept facts of one project of a person; undefined where none were read yet. */
export async function readKept(db: Kysely<Schema>, person: Visitor, entry: Entry): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('site_facts')
    .select(['facts', 'read_at'])
    .where('user_id', '=', person.id)
    .where('site', '=', entry.site.id)
    .where('project', '=', entry.project.id)
    .executeTakeFirst();
  // written by `keepFacts` only
  return row && { facts: row.facts as SiteFacts, readAt: row.read_at };
}

/** Summaries of all that is kept for a person, counted by the database: whole facts of 40 sites are a megabyte. */
export async function keptSummaries(db: Kysely<Schema>, person: Visitor): Promise<KeptSummary[]> {
  return await db
    .selectFrom('site_facts')
    .select([
      'site',
      'project',
      'read_at as readAt',
      sql<KeptSummary['quotas']>`facts -> 'quotas'`.as('quotas'),
      sql<number>`jsonb_array_length(facts -> 'flavors')`.as('flavors'),
      sql<number>`jsonb_array_length(facts -> 'images')`.as('images'),
      sql<number | null>`(facts ->> 'latencyMs')::int`.as('latencyMs'),
      sql<KeptSummary['gaps']>`facts -> 'gaps'`.as('gaps'),
    ])
    .where('user_id', '=', person.id)
    .execute();
}

/** Keeps what a site told just now, in place of what it told before. */
export function keepFacts(db: Kysely<Schema>, person: Visitor, entry: Entry, { facts, readAt }: Kept): Promise<void> {
  const row = {
    user_id: person.id,
    site: entry.site.id,
    project: entry.project.id,
    facts: JSON.stringify(facts),
    read_at: readAt,
    problem: null,
  };
  return writerOf(db)(row);
}

const MOST_ROWS = 4;

type Row = Insertable<Schema['site_facts']>;
const writers = new WeakMap<Kysely<Schema>, (row: Row) => Promise<void>>();

// Many sites tell at about the same time, while pages are waited for; each row is some 30 KB.
function writerOf(db: Kysely<Schema>): (row: Row) => Promise<void> {
  const writer = writers.get(db) ?? batched((rows: Row[]) => upsert(db, rows), { most: MOST_ROWS });
  writers.set(db, writer);
  return writer;
}

function upsert(db: Kysely<Schema>, rows: Row[]): Promise<unknown> {
  // a statement must not touch one row twice: of those that are the same the last counts
  const distinct = [...new Map(rows.map((row) => [`${row.user_id} ${row.site} ${row.project}`, row])).values()];
  return db
    .insertInto('site_facts')
    .values(distinct)
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'site', 'project']).doUpdateSet(({ ref }) => ({
        facts: ref('excluded.facts'),
        read_at: ref('excluded.read_at'),
        problem: ref('excluded.problem'),
      })),
    )
    .execute();
}
