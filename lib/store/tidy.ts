import { type Kysely, sql } from 'kysely';
import { log } from '@/lib/core/log';
import type { Schema } from './schema';

const firstAfterMs = 30_000;
const everyMs = 3_600_000;

/**
 * Gives back the room of dead rows and counts anew what the planner estimates from: without it a list of thousands is sorted
 * where an index has the order. A PostgreSQL server does this by itself; the embedded one has no such process.
 */
export async function tidy(db: Kysely<Schema>): Promise<void> {
  await sql`vacuum (analyze)`.execute(db);
}

/** Tidies soon after the start, and every hour. @returns what ends it */
export function keepTidy(db: Kysely<Schema>): () => void {
  const run = () => void tidy(db).catch((error: unknown) => log.warn({ err: error }, 'the embedded database could not be tidied'));
  const first = setTimeout(run, firstAfterMs).unref();
  const timer = setInterval(run, everyMs).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
