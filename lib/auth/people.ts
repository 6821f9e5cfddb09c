import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { ProviderConfig } from '@/lib/core/config';
import { newId } from '@/lib/core/ids';
import { parseEntitlements } from '@/lib/credentials';
import type { Claims } from '@/lib/credentials/types';
import type { Schema, UserRow } from '@/lib/store/schema';

export type PersonRow = Selectable<UserRow>;

/**
 * The person of a sign-in, made at the first one. A person is one (issuer, subject); name, e-mail and memberships are
 * what the provider says now.
 */
export async function keepPerson(db: Kysely<Schema>, clock: Clock, provider: ProviderConfig, claims: Claims): Promise<PersonRow> {
  const now = clock.now();
  const said = {
    provider: provider.id,
    name: storable(claims.name),
    email: claims.email === null ? null : storable(claims.email),
    groups: JSON.stringify(parseEntitlements(claims.entitlements.map(storable))),
    groups_at: now,
  };
  return await db
    .insertInto('users')
    .values({ id: newId('user'), issuer: provider.issuer, subject: storable(claims.subject), created_at: now, ...said })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet(said))
    .returningAll()
    .executeTakeFirstOrThrow();
}

// PostgreSQL takes neither NUL nor half surrogate pairs in text.
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
