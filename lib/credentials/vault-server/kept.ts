import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import type { Schema } from '@/lib/store/schema';
import { audited } from '../audit';
import { unreadable } from '../sealing/wrap';
import type { Vault } from '../types';
import type { Kv } from './kv';

/** An entry that no row refers to this long after it was noted was left by a process that ended in between. */
const LEFT_AFTER_MS = 3_600_000;
const EVERY_MS = 60_000;
const AT_ONCE = 200;
const MARK = Buffer.from('\u0002kv2:');

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  kv: Kv;
  /** folder of the engine below which entries are made */
  folder: string;
  /** no more entries are made: what is sealed now stays in the database */
  leave?: boolean;
}

/**
 * Keeps secrets in a KV engine. What is sealed is a reference to an entry with a name of its own; the entry says whose it is and
 * for what, and opens for nothing else.
 * @param inner opens what was sealed before there was an engine
 */
export function keptInKv({ db, clock, kv, folder, leave = false }: Parts, inner: Vault): Vault {
  return {
    async seal(userId, record, kind, plaintext) {
      if (leave) return await inner.seal(userId, record, kind, plaintext);
      const path = `${folder}/${userId}/${newId('secret')}`;
      // noted first: an entry that nobody knows of could never be destroyed
      await db.insertInto('vault_entries').values({ path, made_at: clock.now() }).execute();
      await kv.put(path, { owner: userId, record, kind, value: plaintext });
      return Buffer.concat([MARK, Buffer.from(`${kv.mount} ${path}`)]);
    },

    open(userId, record, kind, sealed, use) {
      const path = pathIn(sealed, kv.mount);
      if (path === undefined) return inner.open(userId, record, kind, sealed, use);
      return audited({ db, clock }, { userId, subject: record, kind, use }, async () => {
        const entry = await kv.get(path);
        if (entry?.owner !== userId || entry.record !== record || entry.kind !== kind) throw unreadable(kind);
        return entry.value;
      });
    },
  };
}

/**
 * Destroys, with all their versions, the entries whose rows are gone, and those that never got one.
 * @returns how many were destroyed
 */
export async function destroyReleased({ db, clock, kv }: Omit<Parts, 'folder' | 'leave'>): Promise<number> {
  const left = new Date(clock.now().getTime() - LEFT_AFTER_MS);
  const rows = await db
    .selectFrom('vault_entries')
    .select('path')
    .where((where) =>
      where.or([where('released_at', 'is not', null), where.and([where('attached_at', 'is', null), where('made_at', '<', left)])]),
    )
    .limit(AT_ONCE)
    .execute();
  for (const { path } of rows) {
    await kv.remove(path);
    await db.deleteFrom('vault_entries').where('path', '=', path).execute();
  }
  return rows.length;
}

/** Destroys what is released from time to time, for the life of the process. A store that does not answer is tried again. */
export function keepDestroying(parts: Omit<Parts, 'folder' | 'leave'>): void {
  const run = () =>
    void destroyReleased(parts).catch((error: unknown) =>
      log.warn({ err: AppError.from(error) }, 'secrets that are no longer needed could not be destroyed in the secrets store'),
    );
  setInterval(run, EVERY_MS).unref();
}

/** Whether what is sealed is a reference to an entry of this engine. */
export const isKeptIn = ({ mount }: Kv, sealed: Uint8Array): boolean => pathIn(sealed, mount) !== undefined;

function pathIn(sealed: Uint8Array, mount: string): string | undefined {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (!bytes.subarray(0, MARK.length).equals(MARK)) return undefined;
  const [itsMount, path] = bytes.subarray(MARK.length).toString().split(' ');
  return itsMount === mount ? path : undefined;
}
