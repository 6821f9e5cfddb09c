import type { Kysely } from 'kysely';
import type { SealedPlace, SealedValue } from '@/lib/credentials/sealing/sealed-places';
import type { Schema } from '@/lib/store/schema';
import { pairTokenKind } from '../pairs/token';
import { passwordKind } from './rows';

/** The sealed values of this room. */
export const workloadPlaces: SealedPlace[] = [clusterPasswords, pairTokens];

async function* clusterPasswords(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  for (const { id } of await db.selectFrom('clusters').select('id').where('secret', 'is not', null).orderBy('id').execute()) {
    const row = await db.selectFrom('clusters').select(['user_id', 'secret']).where('id', '=', id).executeTakeFirst();
    const sealed = row?.secret;
    if (!row || !sealed) continue;
    const replace = async (other: Buffer) => {
      const change = db.updateTable('clusters').set({ secret: other }).where('id', '=', id).where('secret', '=', sealed);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `password of cluster ${id}`, userId: row.user_id, record: id, kind: passwordKind, sealed, replace };
  }
}

async function* pairTokens(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  for (const { id } of await db.selectFrom('pairs').select('id').where('token', 'is not', null).orderBy('id').execute()) {
    const row = await db.selectFrom('pairs').select(['user_id', 'token']).where('id', '=', id).executeTakeFirst();
    const sealed = row?.token;
    if (!row || !sealed) continue;
    const replace = async (other: Buffer) => {
      const change = db.updateTable('pairs').set({ token: other }).where('id', '=', id).where('token', '=', sealed);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `refresh token of pair ${id}`, userId: row.user_id, record: id, kind: pairTokenKind, sealed, replace };
  }
}
