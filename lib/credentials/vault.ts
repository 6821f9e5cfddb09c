import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import { decrypt, encrypt } from './cipher';
import type { MasterKey, MasterKeys } from './key';
import type { Vault } from './types';

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  keys: MasterKeys;
}

/** The built-in store of secrets: envelope encryption in the database (master key → a person's data key → each secret). */
export function createVault({ db, clock, keys }: Parts): Vault {
  const dataKeys = new Map<string, Promise<Secret<Buffer>>>();

  const dataKey = (userId: string): Promise<Secret<Buffer>> => {
    const known = dataKeys.get(userId);
    if (known) return known;
    const loading = loadDataKey(db, keys, userId);
    dataKeys.set(userId, loading);
    loading.catch(() => dataKeys.delete(userId));
    return loading;
  };

  return {
    async seal(userId, record, kind, plaintext) {
      const key = await dataKey(userId);
      return encrypt(key.reveal(), Buffer.from(plaintext.reveal(), 'utf8'), [userId, record, kind]);
    },

    async open(userId, record, kind, sealed, use) {
      const key = await dataKey(userId);
      let plaintext: Buffer;
      try {
        plaintext = decrypt(key.reveal(), sealed, [userId, record, kind]);
      } catch {
        throw unreadable(kind);
      }
      await db
        .insertInto('audit')
        .values({ at: clock.now(), user_id: userId, action: 'secret-used', subject: record, data: JSON.stringify({ kind, use }) })
        .execute();
      return new Secret(plaintext.toString('utf8'));
    },
  };
}

/**
 * Wraps every data key anew with the current master key, so that the previous one can be forgotten. What the data
 * keys encrypt stays as it is.
 * @returns how many were wrapped anew
 */
export async function rotateMasterKey({ db, keys }: Pick<Parts, 'db' | 'keys'>): Promise<number> {
  const old = await db.selectFrom('data_keys').selectAll().where('kek', '!=', keys.current.id).execute();
  for (const row of old) {
    const key = unwrap(keys, row.user_id, row.kek, row.wrapped);
    await db
      .updateTable('data_keys')
      .set({ kek: keys.current.id, wrapped: wrap(keys.current, row.user_id, key) })
      .where('user_id', '=', row.user_id)
      .where('kek', '=', row.kek)
      .execute();
  }
  return old.length;
}

async function loadDataKey(db: Kysely<Schema>, keys: MasterKeys, userId: string): Promise<Secret<Buffer>> {
  const read = () => db.selectFrom('data_keys').selectAll().where('user_id', '=', userId).executeTakeFirst();
  let row = await read();
  if (!row) {
    const fresh = new Secret(randomBytes(32));
    await db
      .insertInto('data_keys')
      .values({ user_id: userId, kek: keys.current.id, wrapped: wrap(keys.current, userId, fresh) })
      // another process may have been first; its key is then the key
      .onConflict((conflict) => conflict.column('user_id').doNothing())
      .execute();
    row = await read();
  }
  if (!row) throw unreadable('data key');
  return unwrap(keys, userId, row.kek, row.wrapped);
}

function wrap(master: MasterKey, userId: string, key: Secret<Buffer>): Buffer {
  return encrypt(master.key.reveal(), key.reveal(), ['data-key', master.id, userId]);
}

function unwrap(keys: MasterKeys, userId: string, kek: string, wrapped: Uint8Array): Secret<Buffer> {
  const master = [keys.current, ...keys.previous].find((candidate) => candidate.id === kek);
  if (!master) throw unreadable('data key');
  try {
    return new Secret(decrypt(master.key.reveal(), wrapped, ['data-key', kek, userId]));
  } catch {
    throw unreadable('data key');
  }
}

function unreadable(kind: string): AppError {
  return new AppError({
    code: 'internal',
    title: 'A stored secret can’t be decrypted',
    detail: `A stored ${kind} can’t be decrypted with the key that Transat was started with.`,
    cause: 'The master key (TRANSAT_KEY, or the file `key` in the data folder) is not the one it was encrypted with.',
    remedy:
      'The operator must start Transat with the former key, also as TRANSAT_KEY_PREVIOUS. Otherwise delete the credential and add it again.',
  });
}
