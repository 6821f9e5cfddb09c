import type { Secret } from '@/lib/core/secret';
import type { GroupMembership } from '@/lib/store/schema';
import type { Grant, GrantParts } from './grants';

/**
 * Asks the provider with a token of a person's own sign-in which groups they are in now, and keeps it. Such a token has the scopes that
 * tell of groups, so a provider that says nothing of them says that there are none; a token that a program brought may be narrower, and then
 * nothing is known.
 * @returns undefined where nothing is known, or nobody of that name is there any more
 * @throws AppError as `userinfo`, also where it names another person
 */
export async function readMemberships(
  { db, clock, openId }: Pick<GrantParts, 'db' | 'clock' | 'openId'>,
  { user_id, provider, kind }: Pick<Grant, 'user_id' | 'provider' | 'kind'>,
  accessToken: Secret,
): Promise<GroupMembership[] | undefined> {
  const person = await db.selectFrom('users').select(['subject', 'subject_is_sub']).where('id', '=', user_id).executeTakeFirst();
  const client = openId(provider);
  if (!person || !client) return undefined;
  const claims = await client.userinfo(accessToken, person.subject_is_sub ? person.subject : undefined);
  const groups = claims.groups ?? (kind === 'session' ? [] : undefined);
  if (!groups) return undefined;
  await db
    .updateTable('users')
    .set({ groups: JSON.stringify(groups), groups_at: clock.now() })
    .where('id', '=', user_id)
    .execute();
  return groups;
}
