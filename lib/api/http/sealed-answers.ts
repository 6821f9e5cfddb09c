import { type Kysely, sql } from 'kysely';
import type { SealedValue } from '@/lib/credentials/sealing/sealed-places';
import type { Schema } from '@/lib/store/schema';
import { answerKind, sealedIn } from './idempotency';

/** The answers that are kept to be given again. */
export async function* keptAnswers(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  const keys = await db.selectFrom('idempotency_keys').select(['user_id', 'key']).execute();
  for (const { user_id: userId, key } of keys) {
    const own = db.selectFrom('idempotency_keys').select('body').where('user_id', '=', userId).where('key', '=', key);
    const row = await own.executeTakeFirst();
    const sealed = row && sealedIn(row.body);
    if (!sealed) continue;
    const replace = async (other: Buffer) => {
      const change = db
        .updateTable('idempotency_keys')
        .set({ body: JSON.stringify({ sealed: other.toString('base64') }) })
        .where('user_id', '=', userId)
        .where('key', '=', key)
        .where(sql<boolean>`body ->> 'sealed' = ${sealed.toString('base64')}`);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `answer to ${key}`, userId, record: key, kind: answerKind, sealed, replace };
  }
}
