import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { ProviderConfig } from '@/lib/core/config';
import { newId } from '@/lib/core/ids';
import { storableText } from '@/lib/core/storable';
import type { CredentialsRoom } from '@/lib/credentials';
import type { Claims } from '@/lib/credentials/types';
import type { GroupMembership, Schema, UserRow } from '@/lib/store/schema';
import { claimFormerPerson } from './former';

export type PersonRow = Selectable<UserRow>;

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  credentials: Pick<CredentialsRoom, 'grants'>;
}

/**
 * The person of a sign-in, made at the first one. A person is one (issuer, `sub`); name, e-mail and memberships are what the provider says
 * now, and what it does not say stays as it was.
 * @param authority `sign-in`: tokens with all scopes that were asked for, so that groups which are not said are none; `token`: one that a
 *   program brought, which may be narrower
 */
export async function keepPerson(
  parts: Parts,
  provider: ProviderConfig,
  claims: Claims,
  authority: 'sign-in' | 'token',
): Promise<PersonRow> {
  const { db, clock } = parts;
  await claimFormerPerson(parts, provider, claims);
  const now = clock.now();
  const groups = claims.groups ?? (authority === 'sign-in' ? [] : undefined);
  const name = storable(claims.name);
  const email = storable(claims.email);
  const said = { provider: provider.id, ...(name ? { name } : {}), ...(email ? { email } : {}), ...memberships(groups, now) };
  return await db
    .insertInto('users')
    .values({
      id: newId('user'),
      issuer: provider.issuer,
      subject: storable(claims.subject) ?? '',
      name: 'Unnamed person',
      email: null,
      created_at: now,
      ...said,
    })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet(said))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The person of an (issuer, `sub`), where there is one. */
export async function findPerson(db: Kysely<Schema>, issuer: string, subject: string): Promise<PersonRow | undefined> {
  return await db
    .selectFrom('users')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('subject_is_sub', '=', true)
    .executeTakeFirst();
}

function memberships(groups: GroupMembership[] | undefined, now: Date) {
  return groups === undefined ? {} : { groups: JSON.stringify(groups), groups_at: now };
}

const storable = (text: string | undefined): string | undefined => (text === undefined ? undefined : storableText(text));
