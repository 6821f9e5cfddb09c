import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { newId } from '@/lib/core/ids';
import type { Secret } from '@/lib/core/secret';
import type { GrantRow, Schema } from '@/lib/store/schema';
import type { OpenIdClient } from './openid';
import { createRefresher, isFresh, isOver, signInAgainWith } from './refresh';
import type { TokenSet, Vault } from './types';

export type Grant = Selectable<GrantRow>;

export interface GrantParts {
  db: Kysely<Schema>;
  vault: Vault;
  clock: Clock;
  /** the client of a configured provider */
  openId(provider: string): OpenIdClient | undefined;
}

/** What providers granted to people: their tokens, sealed, refreshed where they must be. */
export interface Grants {
  /** Keeps what a sign-in, or a device flow, gave. @returns the grant's id */
  keep(userId: string, provider: string, tokens: TokenSet, kind?: 'session' | 'device'): Promise<string>;
  /** Those of a person with a provider, the newest first. */
  of(userId: string, provider: string): Promise<Pick<Grant, 'id' | 'created_at' | 'state'>[]>;
  /** Keeps the access token that a command-line user sent, in place of the one before. */
  keepBearer(userId: string, provider: string, accessToken: Secret, expiresAt: Date): Promise<void>;
  /** see `Credentials.accessTokenFor` */
  accessTokenFor(userId: string, provider: string, options?: { renew?: boolean }): Promise<Secret>;
  /** Ends the grants of sign-ins whose sessions are over, but for the newest. */
  endForgotten(userId: string, provider: string): Promise<void>;
  /** Whether a sign-in with this provider can be used now (or needs a new sign-in). */
  isGood(userId: string, provider: string): Promise<boolean>;
  /**
   * Ends a grant at the provider and forgets its tokens. A provider that does not answer does not stop the forgetting.
   * @returns the ID token, for the provider's end of session
   */
  end(grantId: string): Promise<{ provider: string; idToken?: Secret } | null>;
}

/** The grants of a database. */
export function createGrants(parts: GrantParts): Grants {
  const { db, vault, clock, openId } = parts;
  const refresh = createRefresher(parts);

  const usable = (userId: string, provider: string) =>
    db
      .selectFrom('grants')
      .selectAll()
      .where('user_id', '=', userId)
      .where('provider', '=', provider)
      .where('state', '=', 'good')
      .orderBy('kind', 'desc') // sessions before bearers
      .orderBy('access_expires_at', 'desc')
      .execute();

  const sealAll = async (userId: string, id: string, tokens: TokenSet) => ({
    access_token: await vault.seal(userId, id, 'access-token', tokens.accessToken),
    refresh_token: tokens.refreshToken ? await vault.seal(userId, id, 'refresh-token', tokens.refreshToken) : null,
    id_token: tokens.idToken ? await vault.seal(userId, id, 'id-token', tokens.idToken) : null,
    access_expires_at: new Date(clock.now().getTime() + tokens.expiresIn * 1000),
  });

  const accessToken = (grant: Grant, use: string) => vault.open(grant.user_id, grant.id, 'access-token', grant.access_token, use);

  const end: Grants['end'] = async (grantId) => {
    const grant = await db.selectFrom('grants').selectAll().where('id', '=', grantId).executeTakeFirst();
    if (!grant) return null;
    const open = async (kind: string, sealed: Buffer | null) =>
      sealed ? await vault.open(grant.user_id, grant.id, kind, sealed, 'sign out') : undefined;
    const idToken = await open('id-token', grant.id_token);
    const refreshToken = await open('refresh-token', grant.refresh_token);
    const client = openId(grant.provider);
    await db.deleteFrom('grants').where('id', '=', grantId).execute();
    await Promise.allSettled([
      refreshToken && client?.revoke(refreshToken, 'refresh_token'),
      client?.revoke(await accessToken(grant, 'sign out'), 'access_token'),
    ]);
    return { provider: grant.provider, idToken };
  };

  return {
    end,

    async endForgotten(userId, provider) {
      const [, ...older] = await db
        .selectFrom('grants')
        .leftJoin('sessions', (join) => join.onRef('sessions.grant_id', '=', 'grants.id').on('sessions.expires_at', '>', clock.now()))
        .select(['grants.id', 'sessions.id as session'])
        .where('grants.user_id', '=', userId)
        .where('grants.provider', '=', provider)
        .where('grants.kind', '=', 'session')
        .orderBy('grants.created_at', 'desc')
        .execute();
      for (const { id, session } of older) if (session === null) await end(id);
    },

    of: (userId, provider) =>
      db
        .selectFrom('grants')
        .select(['id', 'created_at', 'state'])
        .where('user_id', '=', userId)
        .where('provider', '=', provider)
        .orderBy('created_at', 'desc')
        .execute(),

    async keep(userId, provider, tokens, kind = 'session') {
      const id = newId('grant');
      const sealed = await sealAll(userId, id, tokens);
      await db
        .insertInto('grants')
        .values({ id, user_id: userId, provider, kind, ...sealed, created_at: clock.now() })
        .execute();
      return id;
    },

    async keepBearer(userId, provider, token, expiresAt) {
      // one row a person and provider, so the id is made of them: two requests at once write the same row
      const id = `bearer_${provider}_${userId}`;
      const expiresIn = (expiresAt.getTime() - clock.now().getTime()) / 1000;
      const sealed = await sealAll(userId, id, { accessToken: token, expiresIn });
      await db
        .insertInto('grants')
        .values({ id, user_id: userId, provider, kind: 'bearer', ...sealed, created_at: clock.now() })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...sealed, state: 'good' }))
        .execute();
    },

    async accessTokenFor(userId, provider, options = {}) {
      const grants = await usable(userId, provider);
      const use = `act for the person at a site of ${provider}`;
      const fresh = grants.find((grant) => isFresh(grant, clock));
      const renewable = grants.filter((grant) => grant.refresh_token !== null);
      if (fresh && (!options.renew || (fresh.kind === 'bearer' && renewable.length === 0))) return await accessToken(fresh, use);
      let problem: unknown = signInAgainWith(parts, provider);
      for (const grant of renewable) {
        try {
          return await accessToken(await refresh(grant), use);
        } catch (error) {
          problem = error;
          // another sign-in of the same person may still be good
          if (!isOver(error)) break;
        }
      }
      throw problem;
    },

    async isGood(userId, provider) {
      const grants = await usable(userId, provider);
      return grants.some((grant) => grant.refresh_token !== null || grant.access_expires_at > clock.now());
    },
  };
}
