import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { cacheOf } from '@/lib/core/cache';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import { type KeyRing, keyOf, unreadable } from './wrap';

/** So many people's keys are held open in a process; others are unwrapped when they are needed again. */
const MOST_HELD = 10_000;

/**
 * The function that gives a person's data key, made at the first use and kept in memory.
 * Two processes that need it first at once agree on one.
 */
export function createDataKeys(db: Kysely<Schema>, ring: KeyRing): (userId: string) => Promise<Secret<Buffer>> {
  const known = cacheOf<Promise<Secret<Buffer>>>(MOST_HELD);
  return (userId) => {
    const before = known.get(userId);
    if (before) return before;
    const loading = load(db, ring, userId);
    known.set(userId, loading);
    loading.catch(() => known.delete(userId));
    return loading;
  };
}

async function load(db: Kysely<Schema>, ring: KeyRing, userId: string): Promise<Secret<Buffer>> {
  // a rotation may come between reading which key rules and using it; the next round sees the new one
  for (let round = 0; round < 5; round++) {
    const row = await db.selectFrom('data_keys').selectAll().where('user_id', '=', userId).executeTakeFirst();
    if (row) return keyOf(ring, row.kek).unwrap(userId, row.wrapped);
    const key = keyOf(ring, await rulingKey(db, ring));
    const wrapped = await key.wrap(userId, new Secret(randomBytes(32)));
    // waits for a rotation that is under way, and then inserts nothing; another process may have been first, too
    await sql`insert into data_keys (user_id, kek, wrapped)
      select ${userId}, ${key.id}, ${wrapped}::bytea from ruling_key where kek = ${key.id} for share
      on conflict (user_id) do nothing`.execute(db);
  }
  throw unreadable('data key');
}

async function rulingKey(db: Kysely<Schema>, ring: KeyRing): Promise<string> {
  const read = () => db.selectFrom('ruling_key').select('kek').executeTakeFirst();
  const row = await read();
  if (row) return row.kek;
  await sql`insert into ruling_key (kek) values (${ring.current.id}) on conflict do nothing`.execute(db);
  return (await read())?.kek ?? ring.current.id;
}

/**
 * Proves that this process holds the key that rules, and every other that still wraps a data key.
 * @throws AppError `not-ready` when it does not
 */
export async function checkRing(db: Kysely<Schema>, ring: KeyRing): Promise<void> {
  const ruling = await rulingKey(db, ring);
  const used = await db.selectFrom('data_keys').select('kek').distinct().execute();
  const held = new Set([ring.current, ...ring.previous].map(({ id }) => id));
  const missing = [...new Set([ruling, ...used.map(({ kek }) => kek)])].filter((id) => !held.has(id));
  if (missing.length === 0) return;
  throw new AppError({
    code: 'not-ready',
    title: 'The key is not the one that the database is sealed with',
    detail: `The database has data keys wrapped by ${missing.join(', ')}, and Transat was started with ${[...held].join(', ')}.`,
    cause: 'Another key was given than before, or a rotation was not run to its end before the former key was taken away.',
    remedy: 'Give the former key as TRANSAT_KEY_PREVIOUS (or restore the file `key` in the data folder), then run: npm run rotate-key',
  });
}

/**
 * Makes the ring's current key the one that rules, and wraps every data key anew with it (with its newest version, where
 * the key is kept in a Vault): all of them or, when anything fails, none. What the data keys encrypt stays as it is.
 * Other processes may run meanwhile, as long as they hold both keys.
 * @returns how many were wrapped anew, and by which key
 */
export async function rotateKey(db: Kysely<Schema>, ring: KeyRing, at: Date): Promise<{ wrapped: number; kek: string }> {
  const { current } = ring;
  await current.turn?.();
  return await db.transaction().execute(async (trx) => {
    await sql`insert into ruling_key (kek, since) values (${current.id}, ${at})
      on conflict (one) do update set kek = excluded.kek, since = excluded.since`.execute(trx);
    const rows = await trx.selectFrom('data_keys').selectAll().orderBy('user_id').execute();
    let wrapped = 0;
    for (const row of rows) {
      const fresh = await rewrap(ring, row);
      if (!fresh) continue;
      await trx.updateTable('data_keys').set({ kek: current.id, wrapped: fresh }).where('user_id', '=', row.user_id).execute();
      wrapped += 1;
    }
    const data = JSON.stringify({ kek: current.id, dataKeys: wrapped });
    await trx.insertInto('audit').values({ at, user_id: null, action: 'key-rotated', subject: current.id, data }).execute();
    return { wrapped, kek: current.id };
  });
}

// undefined: it is wrapped with this very key already
async function rewrap(ring: KeyRing, row: { user_id: string; kek: string; wrapped: Buffer }): Promise<Buffer | undefined> {
  const { current } = ring;
  if (row.kek === current.id) return current.renew?.(row.user_id, row.wrapped);
  return current.wrap(row.user_id, await keyOf(ring, row.kek).unwrap(row.user_id, row.wrapped));
}
