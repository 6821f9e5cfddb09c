import type { Kysely } from 'kysely';
import type { SealedPlace, SealedValue } from '@/lib/credentials/sealing/sealed-places';
import type { Schema } from '@/lib/store/schema';
import { hookKind } from './hook';

/** The sealed values of this room. */
export const tellingPlaces: SealedPlace[] = [webhookSecrets];

async function* webhookSecrets(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  const all = await db.selectFrom('telling').select('user_id').where('webhook_secret', 'is not', null).orderBy('user_id').execute();
  for (const { user_id: userId } of all) {
    const row = await db.selectFrom('telling').select('webhook_secret').where('user_id', '=', userId).executeTakeFirst();
    const sealed = row?.webhook_secret;
    if (!sealed) continue;
    const replace = async (next: Buffer) => {
      const change = db
        .updateTable('telling')
        .set({ webhook_secret: next })
        .where('user_id', '=', userId)
        .where('webhook_secret', '=', sealed);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `webhook secret of ${userId}`, userId, record: userId, kind: hookKind, sealed, replace };
  }
}
