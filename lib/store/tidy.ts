import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { log } from '@/lib/core/log';
import type { Schema } from './schema';

const usual = {
  firstAfterMs: 30_000,
  everyMs: 60_000,
  /** between two tables: each is done at once, and nobody is answered meanwhile */
  pauseMs: 500,
};

/**
 * Tables to be looked after, as PostgreSQL's own process finds them (https://www.postgresql.org/docs/18/routine-vacuuming.html#AUTOVACUUM, with its settings as
 * they come), PostgreSQL's own among them, and each once of which the counts say nothing: they are lost where the process is killed. What is stored beside a table is
 * looked after with it.
 */
const due = sql<{ name: string; dead: boolean; changed: boolean }>`
  select name, dead or unknown as dead, changed or unknown as changed from (
    select format('%I.%I', schemaname, counts.relname) as name,
      n_dead_tup > 50 + 0.2 * n_live_tup or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup or age(relfrozenxid) > 200000000 as dead,
      n_mod_since_analyze > 50 + 0.1 * n_live_tup as changed,
      last_vacuum is null and last_analyze is null as unknown
    from pg_stat_all_tables as counts join pg_class on pg_class.oid = relid where schemaname <> 'pg_toast') as counted
  where dead or changed or unknown order by name`;

/**
 * Gives back the room of dead rows and counts anew what the planner estimates from, where enough has changed: without it a list of thousands is sorted
 * where an index has the order. A PostgreSQL server does this by itself; the embedded one has no such process.
 * @param pause awaited after each statement; where it fails, that ends it
 */
export async function tidy(db: Kysely<Schema>, pause: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  for (const { name, dead, changed } of (await due.execute(db)).rows) {
    const what = [...(dead ? ['vacuum'] : []), ...(changed ? ['analyze'] : [])];
    for (const word of what) {
      await sql`${sql.raw(word)} ${sql.raw(name)}`.execute(db);
      await pause();
    }
  }
}

/** Tidies soon after the start, and every minute. @returns what ends it */
export function keepTidy(db: Kysely<Schema>, { firstAfterMs, everyMs, pauseMs } = usual): () => void {
  const ended = new AbortController();
  const wait = (ms: number) => sleep(ms, undefined, { signal: ended.signal, ref: false });
  const run = async () => {
    for (await wait(firstAfterMs); ; await wait(everyMs)) {
      await tidy(db, () => wait(pauseMs)).catch((error: unknown) => {
        if (!ended.signal.aborted) log.warn({ err: error }, 'the embedded database could not be tidied');
      });
    }
  };
  run().catch(() => {}); // it was ended
  return () => ended.abort();
}
