import { setTimeout as sleep } from 'node:timers/promises';
import { cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { inCommon } from '@/lib/core/in-common';
import type { TokenSet } from '../types';
import type { Grant, GrantParts } from './grants';
import { readMemberships } from './memberships';
import { signInAgain } from './sign-in-again';

/** A token is used until this long before its end, so that it does not end on its way. */
const MARGIN_MS = 120_000;
/** How long one process may take for a refresh before another one takes it over. */
const CLAIM_MS = 20_000;
const POLL_MS = 100;
/** A site's 401 does not renew a token that was renewed this shortly before: the fault is then the site's. */
const JUST_NOW_MS = 30_000;
const MOST_RENEWED = 10_000;

/** Whether an access token can be used for a while yet. */
export function isFresh(grant: Pick<Grant, 'access_expires_at'>, clock: Clock): boolean {
  return grant.access_expires_at.getTime() - clock.now().getTime() > MARGIN_MS;
}

/** Whether an error says that the provider has ended a grant. */
export function isOver(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'session-expired' || error.code === 'credential-expired');
}

/** The error for a provider with which the person has no good grant. */
export function signInAgainWith(parts: GrantParts, provider: string): AppError {
  return signInAgain(parts.openId(provider)?.provider ?? { id: provider, name: provider });
}

/**
 * Makes the function that renews a grant's tokens. Providers that rotate refresh tokens take a second use of one for
 * theft and end the whole grant, so there is one refresh at a time: in a process by sharing the promise, between
 * processes by a claim written in the row.
 */
export function createRefresher(parts: GrantParts): (grant: Grant) => Promise<Grant> {
  const { db, clock } = parts;
  const together = inCommon<Grant>();
  const justRenewed = cacheOf<true>(MOST_RENEWED, { clock, lastsMs: JUST_NOW_MS });

  const load = (id: string) => db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();

  const claim = (grant: Grant) =>
    db
      .updateTable('grants')
      .set({ version: grant.version + 1, refreshing_until: new Date(clock.now().getTime() + CLAIM_MS) })
      .where('id', '=', grant.id)
      .where('version', '=', grant.version)
      .where('state', '=', 'good')
      .returningAll()
      .executeTakeFirst();

  const isClaimed = (grant: Grant) => grant.refreshing_until !== null && grant.refreshing_until > clock.now();

  const refreshOnce = async (seen: Grant): Promise<Grant> => {
    let grant = seen;
    for (const giveUp = Date.now() + 2 * CLAIM_MS; Date.now() < giveUp; await sleep(POLL_MS)) {
      const mine = isClaimed(grant) ? undefined : await claim(grant);
      if (mine) return await renew(parts, mine);
      const now = await load(grant.id);
      if (now?.state !== 'good') throw signInAgainWith(parts, seen.provider);
      const done = !isClaimed(now) && now.version > seen.version && isFresh(now, clock);
      if (done) return now;
      grant = now;
    }
    throw new AppError({
      code: 'upstream-failed',
      title: 'Your sign-in could not be renewed in time',
      remedy: 'Try again in a minute.',
    });
  };

  return (grant) =>
    together(grant.id, async () => {
      if (justRenewed.has(grant.id) && isFresh(grant, clock)) return grant;
      const renewed = await refreshOnce(grant);
      justRenewed.set(grant.id, true);
      return renewed;
    });
}

// The grant is claimed by us: ask the provider, and write what came of it.
async function renew(parts: GrantParts, grant: Grant): Promise<Grant> {
  const { db, vault, clock, openId } = parts;
  const client = openId(grant.provider);
  const write = (values: object) => db.updateTable('grants').set(values).where('id', '=', grant.id).returningAll().executeTakeFirst();
  if (!client || !grant.refresh_token) throw signInAgainWith(parts, grant.provider);
  let tokens: TokenSet;
  try {
    const refreshToken = await vault.open(grant.user_id, grant.id, 'refresh-token', grant.refresh_token, 'renew the sign-in');
    tokens = await client.refresh(refreshToken);
  } catch (error) {
    await write({ refreshing_until: null, ...(isOver(error) ? { state: 'needs-login' } : {}) });
    throw error;
  }
  const seal = vault.seal.bind(vault, grant.user_id, grant.id);
  const written = await write({
    refreshing_until: null,
    version: grant.version + 1,
    access_expires_at: new Date(clock.now().getTime() + tokens.expiresIn * 1000),
    access_token: await seal('access-token', tokens.accessToken),
    // a provider that does not rotate sends none, and the old one stays good
    ...(tokens.refreshToken ? { refresh_token: await seal('refresh-token', tokens.refreshToken) } : {}),
    ...(tokens.idToken ? { id_token: await seal('id-token', tokens.idToken) } : {}),
  });
  if (written?.state !== 'good') {
    // signed out meanwhile: what was just granted ends, too
    await Promise.allSettled([
      tokens.refreshToken && client.revoke(tokens.refreshToken, 'refresh_token'),
      client.revoke(tokens.accessToken, 'access_token'),
    ]);
    throw signInAgainWith(parts, grant.provider);
  }
  // a device flow's provider knows nothing of who the person is here
  if (grant.kind !== 'device') await rereadGroups(parts, grant, tokens);
  return written;
}

// Memberships change; a provider that fails here leaves the ones known so far.
async function rereadGroups(parts: GrantParts, grant: Grant, tokens: TokenSet): Promise<void> {
  try {
    await readMemberships(parts, grant, tokens.accessToken);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
