import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Secret } from '@/lib/core/secret';
import type { GrantRow, GroupMembership, Schema } from '@/lib/store/schema';
import type { OpenIdClient } from '../openid/client';
import type { TokenSet, Vault } from '../types';
import { keptSubjects } from './kept-subjects';
import { readMemberships } from './memberships';
import { createRefresher, isFresh, isOver, signInAgainWith } from './refresh';

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
  /**
   * Reads a person's memberships again, by a sign-in of theirs that is good.
   * @returns undefined where nothing is known of groups
   * @throws AppError as {@link Grants.accessTokenFor}, or as the provider's userinfo
   */
  readMemberships(userId: string, provider: string): Promise<GroupMembership[] | undefined>;
  /** Subjects that the kept ID tokens of a person's sign-ins with a provider name. */
  subjects(userId: string, provider: string): Promise<string[]>;
  /** Ends the grants of sign-ins whose sessions are over, but for the newest. */
  endForgotten(userId: string, provider: string): Promise<void>;
  /** Whether a sign-in with this provider can be used now (or needs a new sign-in). */
  isGood(userId: string, provider: string): Promise<boolean>;
  /**
   * Ends a grant: nobody can use it from now on, and its tokens are revoked at the provider; where that does not answer, later.
   * @returns the ID token, for the provider's end of session
   */
  end(grantId: string): Promise<{ provider: string; idToken?: Secret } | null>;
  /** Goes on with the end of one whose provider did not answer. @returns in how many seconds to try again; null: it is gone */
  finish(grantId: string): Promise<number | null>;
  /** Those whose provider did not answer yet. */
  ending(): Promise<{ id: string; ended_at: Date | null }[]>;
}

/** Longer than any refresh token lives without being used. */
const GIVE_UP_SECONDS = 30 * 86_400;

/** Seconds to the next try to end a grant, when so many have passed since the first: as many again, within reason. */
export const waitAfter = (elapsed: number): number => Math.min(Math.max(elapsed, 60), 12 * 3600);

// a refusal of the provider stays one: it does not know the token, or takes no revocations
function isFinal(error: unknown): boolean {
  const status = error instanceof AppError && error.upstream?.service === 'openid' ? error.upstream.status : undefined;
  return status !== undefined && status >= 400 && status < 500 && status !== 429;
}

/** The grants of a database. */
export function createGrants(parts: GrantParts): Grants {
  const { db, vault, clock, openId } = parts;
  const refresh = createRefresher(parts);

  // one that can be used now, renewed where it must be
  const good = async (userId: string, provider: string, renew: boolean): Promise<Grant> => {
    const grants = await usable(userId, provider);
    const fresh = grants.find((grant) => isFresh(grant, clock));
    const renewable = grants.filter((grant) => grant.refresh_token !== null);
    if (fresh && (!renew || (fresh.kind === 'bearer' && renewable.length === 0))) return fresh;
    let problem: unknown = signInAgainWith(parts, provider);
    for (const grant of renewable) {
      try {
        return await refresh(grant);
      } catch (error) {
        problem = error;
        // another sign-in of the same person may still be good
        if (!isOver(error)) break;
      }
    }
    throw problem;
  };

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

  const finish: Grants['finish'] = async (grantId) => {
    const grant = await db.selectFrom('grants').selectAll().where('id', '=', grantId).where('state', '=', 'ending').executeTakeFirst();
    if (!grant) return null;
    const elapsed = (clock.now().getTime() - (grant.ended_at ?? clock.now()).getTime()) / 1000;
    if (elapsed < GIVE_UP_SECONDS && !(await revokeTokens(grant))) return waitAfter(elapsed);
    await db.deleteFrom('grants').where('id', '=', grantId).execute();
    return null;
  };

  // whether the provider has revoked them, or never will
  const revokeTokens = async (grant: Grant): Promise<boolean> => {
    const client = openId(grant.provider);
    if (!client) return true;
    const revoke = async (kind: 'refresh_token' | 'access_token', record: 'refresh-token' | 'access-token', sealed: Buffer | null) => {
      if (sealed) await client.revoke(await vault.open(grant.user_id, grant.id, record, sealed, 'sign out'), kind);
    };
    const results = await Promise.allSettled([
      revoke('refresh_token', 'refresh-token', grant.refresh_token),
      revoke('access_token', 'access-token', grant.access_token),
    ]);
    return results.every((result) => result.status === 'fulfilled' || isFinal(result.reason));
  };

  const end: Grants['end'] = async (grantId) => {
    // first: whatever happens next, it is not used any more, and it is known that it is to end
    const grant = await db
      .updateTable('grants')
      .set({ state: 'ending', ended_at: clock.now() })
      .where('id', '=', grantId)
      .where('state', '!=', 'ending')
      .returningAll()
      .executeTakeFirst();
    if (!grant) return null;
    const idToken = grant.id_token ? await vault.open(grant.user_id, grant.id, 'id-token', grant.id_token, 'sign out') : undefined;
    await finish(grant.id);
    return { provider: grant.provider, idToken };
  };

  return {
    end,
    finish,
    ending: () => db.selectFrom('grants').select(['id', 'ended_at']).where('state', '=', 'ending').execute(),

    async endForgotten(userId, provider) {
      const [, ...older] = await db
        .selectFrom('grants')
        .leftJoin('sessions', (join) => join.onRef('sessions.grant_id', '=', 'grants.id').on('sessions.expires_at', '>', clock.now()))
        .select(['grants.id', 'sessions.id as session'])
        .where('grants.user_id', '=', userId)
        .where('grants.provider', '=', provider)
        .where('grants.kind', '=', 'session')
        .where('grants.state', '!=', 'ending')
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
        .where('state', '!=', 'ending')
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
      const grant = await good(userId, provider, options.renew ?? false);
      return await accessToken(grant, `act for the person at a site of ${provider}`);
    },

    async readMemberships(userId, provider) {
      const grant = await good(userId, provider, false);
      return await readMemberships(parts, grant, await accessToken(grant, 'read the memberships again'));
    },

    subjects: (userId, provider) => keptSubjects(parts, userId, provider),

    async isGood(userId, provider) {
      const grants = await usable(userId, provider);
      return grants.some((grant) => grant.refresh_token !== null || grant.access_expires_at > clock.now());
    },
  };
}
