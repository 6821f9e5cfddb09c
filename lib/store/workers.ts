import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema';

/** A worker that says nothing for so long is counted no more. Three beats. */
const silentSeconds = 30;

/** Says that a worker lives, by the database's clock. @returns how many do */
export async function sayAlive(db: Kysely<Schema>, id: string): Promise<number> {
  const seen = sql<Date>`now()`;
  await db
    .insertInto('workers')
    .values({ id, seen_at: seen })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: seen }))
    .execute();
  await db.deleteFrom('workers').where('seen_at', '<', sql<Date>`now() - make_interval(secs => ${silentSeconds})`).execute();
  const { count } = await db.selectFrom('workers').select(db.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}

/** Says that a worker ends. */
export async function sayGone(db: Kysely<Schema>, id: string): Promise<void> {
  await db.deleteFrom('workers').where('id', '=', id).execute();
}
