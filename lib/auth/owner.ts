import type { Kysely } from 'kysely';
import type { Schema } from '@/lib/store/schema';
import type { OwnedKind } from './may';

const tables = {
  deployment: 'deployments',
  lease: 'leases',
  cluster: 'clusters',
  pair: 'pairs',
  credential: 'credentials',
  connection: 'device_logins',
  token: 'tokens',
  'locality rule': 'locality_rules',
  'SSH key': 'ssh_keys',
} as const satisfies Record<Exclude<OwnedKind, 'session'>, keyof Schema>;

/** Whose something is: the person's id; undefined where there is nothing of this id. */
export async function ownerOf(db: Kysely<Schema>, kind: OwnedKind, id: string): Promise<string | undefined> {
  if (kind === 'session') {
    // the row's own id is of what the cookie holds, and is not told
    const session = await db.selectFrom('sessions').select('user_id').where('ref', '=', id).executeTakeFirst();
    return session?.user_id;
  }
  const row = await db.selectFrom(tables[kind]).select('user_id').where('id', '=', id).executeTakeFirst();
  return row?.user_id;
}
