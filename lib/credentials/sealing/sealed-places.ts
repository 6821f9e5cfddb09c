import type { Kysely } from 'kysely';
import type { Schema } from '@/lib/store/schema';

/** One sealed value in its row. */
export interface SealedValue {
  /** what it is, for messages: `credential cred_…` */
  name: string;
  userId: string;
  record: string;
  kind: string;
  sealed: Buffer;
  /** Writes another in its place. @returns false where the row has changed meanwhile; nothing is written then */
  replace(sealed: Buffer): Promise<boolean>;
}

/** Where sealed values are: each room tells its own. They are read one by one, so that none is held for long. */
export type SealedPlace = (db: Kysely<Schema>) => AsyncIterable<SealedValue>;

/** The sealed values of this room. */
export const credentialPlaces: SealedPlace[] = [storedCredentials, tokensOfGrants, deviceCodes];

async function* storedCredentials(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  for (const { id } of await db.selectFrom('credentials').select('id').orderBy('id').execute()) {
    const row = await db.selectFrom('credentials').select(['user_id', 'secret']).where('id', '=', id).executeTakeFirst();
    if (!row) continue;
    const replace = async (sealed: Buffer) => {
      const change = db.updateTable('credentials').set({ secret: sealed }).where('id', '=', id).where('secret', '=', row.secret);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `credential ${id}`, userId: row.user_id, record: id, kind: 'credential', sealed: row.secret, replace };
  }
}

const tokens = [
  ['access_token', 'access-token'],
  ['refresh_token', 'refresh-token'],
  ['id_token', 'id-token'],
] as const;

async function* tokensOfGrants(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  for (const { id } of await db.selectFrom('grants').select('id').orderBy('id').execute()) {
    for (const [column, kind] of tokens) {
      const row = await db
        .selectFrom('grants')
        .select(['user_id', `${column} as sealed`])
        .where('id', '=', id)
        .executeTakeFirst();
      const sealed = row?.sealed;
      if (!row || !sealed) continue;
      const replace = async (other: Buffer) => {
        const change = db
          .updateTable('grants')
          .set({ [column]: other })
          .where('id', '=', id)
          .where(column, '=', sealed);
        return (await change.executeTakeFirst()).numUpdatedRows > 0n;
      };
      yield { name: `${kind} of ${id}`, userId: row.user_id, record: id, kind, sealed, replace };
    }
  }
}

async function* deviceCodes(db: Kysely<Schema>): AsyncIterable<SealedValue> {
  for (const { id } of await db.selectFrom('device_logins').select('id').orderBy('id').execute()) {
    const row = await db.selectFrom('device_logins').select(['user_id', 'device_code']).where('id', '=', id).executeTakeFirst();
    if (!row) continue;
    const replace = async (sealed: Buffer) => {
      const change = db
        .updateTable('device_logins')
        .set({ device_code: sealed })
        .where('id', '=', id)
        .where('device_code', '=', row.device_code);
      return (await change.executeTakeFirst()).numUpdatedRows > 0n;
    };
    yield { name: `device code ${id}`, userId: row.user_id, record: id, kind: 'device-code', sealed: row.device_code, replace };
  }
}
