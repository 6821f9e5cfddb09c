import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Schema } from '@/lib/store/schema';
import { audited } from '../audit';
import type { Vault } from '../types';
import { decrypt, encrypt } from './cipher';
import { createDataKeys } from './data-keys';
import { type KeyRing, unreadable } from './wrap';

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  ring: KeyRing;
}

/** The built-in store of secrets: envelope encryption in the database (master key → a person's data key → each secret). */
export function createVault({ db, clock, ring }: Parts): Vault {
  const dataKey = createDataKeys(db, ring);
  return {
    async seal(userId, record, kind, plaintext) {
      const key = await dataKey(userId);
      return encrypt(key.reveal(), Buffer.from(plaintext.reveal(), 'utf8'), [userId, record, kind]);
    },

    open: (userId, record, kind, sealed, use) =>
      audited({ db, clock }, { userId, subject: record, kind, use }, async () => {
        const key = await dataKey(userId);
        try {
          return new Secret(decrypt(key.reveal(), sealed, [userId, record, kind]).toString('utf8'));
        } catch {
          throw unreadable(kind);
        }
      }),
  };
}
