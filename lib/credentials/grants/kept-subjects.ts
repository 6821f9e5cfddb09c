import { decodeJwt } from 'jose';
import type { GrantParts } from './grants';

/**
 * The subjects in the ID tokens that are kept of a person's sign-ins with a provider. Each was checked when it was kept, so it proves who
 * signed in then.
 */
export async function keptSubjects({ db, vault }: Pick<GrantParts, 'db' | 'vault'>, userId: string, provider: string): Promise<string[]> {
  const grants = await db
    .selectFrom('grants')
    .select(['id', 'id_token'])
    .where('user_id', '=', userId)
    .where('provider', '=', provider)
    .where('id_token', 'is not', null)
    .execute();
  const found = new Set<string>();
  for (const { id, id_token } of grants) {
    if (!id_token) continue;
    const token = await vault.open(userId, id, 'id-token', id_token, 'see whose the sign-in was');
    const { sub } = decodeJwt(token.reveal());
    if (sub !== undefined) found.add(sub);
  }
  return [...found];
}
