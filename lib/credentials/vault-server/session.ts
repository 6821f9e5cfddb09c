import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import type { VaultAuth, VaultPlace } from '@/lib/core/config/vault';
import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { Secret } from '@/lib/core/secret';
import type { Answer, Ask, VaultCall } from './call';
import { notUnderstood, refusedBy } from './errors';

/** The service's own calls: as {@link VaultCall}, with a token that is good. */
export type VaultSession = (method: 'GET' | 'POST' | 'DELETE', path: string, ask?: Omit<Ask, 'token'>) => Promise<Answer>;

const authSchema = z.object({
  auth: z.object({ client_token: z.string().min(1), lease_duration: z.number(), renewable: z.boolean() }),
});
const selfSchema = z.object({ data: z.object({ ttl: z.number(), renewable: z.boolean().default(false) }) });
const renewedSchema = z.object({ auth: z.object({ lease_duration: z.number() }) });

interface Held {
  token: Secret;
  /** Infinity: it does not end */
  endsAt: number;
  lastsMs: number;
  renewable: boolean;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The service's login (token, AppRole, JWT, Kubernetes). Its token is renewed when half of its time is over, also while nothing
 * is asked of it; where it can't be, or ends for good, Transat logs in anew. Parallel callers share that.
 */
export function openVaultSession(place: VaultPlace, call: VaultCall, auth: VaultAuth, clock: Clock): VaultSession {
  let held: Held | undefined;
  let coming: Promise<Held> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const hold = (token: Secret, seconds: number, renewable: boolean): Held => {
    const lastsMs = seconds > 0 ? seconds * 1000 : Number.POSITIVE_INFINITY;
    held = { token, endsAt: clock.now().getTime() + lastsMs, lastsMs, renewable };
    clearTimeout(timer);
    if (renewable && Number.isFinite(lastsMs)) timer = setTimeout(keepAlive, Math.min(lastsMs / 2, LONGEST_TIMER_MS)).unref();
    return held;
  };

  const logIn = async (): Promise<Held> => {
    if (auth.method === 'token') return hold(auth.token, ...(await lookUp(place, call, auth.token)));
    const { path, body } = loginOf(auth);
    const { status, json, words } = await call('POST', path, { body, safe: true });
    const parsed = authSchema.safeParse(json);
    if (status !== 200) throw refusedBy(place, status, words, `log in by ${auth.method} at ${path}`);
    if (!parsed.success) throw notUnderstood(place, status, 'log in');
    const { client_token, lease_duration, renewable } = parsed.data.auth;
    return hold(new Secret(client_token), lease_duration, renewable);
  };

  const renew = async (now: Held): Promise<Held> => {
    const { status, json } = await call('POST', 'auth/token/renew-self', { token: now.token, body: {}, safe: true });
    const seconds = renewedSchema.safeParse(json).data?.auth.lease_duration ?? 0;
    // one that comes near the longest it may live is given ever less
    const goes = status === 200 && seconds * 1000 >= now.lastsMs / 2;
    if (goes || (status === 200 && seconds > 0 && auth.method === 'token')) return hold(now.token, seconds, true);
    return await logIn();
  };

  const current = (): Promise<Held> => {
    if (coming) return coming;
    const left = held ? held.endsAt - clock.now().getTime() : 0;
    if (held && left > held.lastsMs / 2) return Promise.resolve(held);
    coming = (held?.renewable && left > 0 ? renew(held) : logIn()).finally(() => {
      coming = undefined;
    });
    return coming;
  };

  function keepAlive(): void {
    if (!held || coming) return;
    coming = renew(held).finally(() => {
      coming = undefined;
    });
    coming.catch((error: unknown) => log.warn({ err: AppError.from(error) }, 'the login at the secrets store could not be renewed'));
  }

  return async (method, path, ask = {}) => {
    const { token } = await current();
    const answer = await call(method, path, { ...ask, token });
    if (answer.status !== 403) return answer;
    // either the policy forbids it, or the token was revoked: a new login tells
    if (held?.token === token) held = undefined;
    const again = await current();
    return await call(method, path, { ...ask, token: again.token });
  };
}

// A token that was given ends or lives on by itself: it is asked how long.
async function lookUp(place: VaultPlace, call: VaultCall, token: Secret): Promise<[seconds: number, renewable: boolean]> {
  const { status, json, words } = await call('GET', 'auth/token/lookup-self', { token, safe: true });
  if (status !== 200) throw refusedBy(place, status, words, 'use the token that the configuration gives (it may have ended)');
  const parsed = selfSchema.safeParse(json);
  if (!parsed.success) throw notUnderstood(place, status, 'look up a token');
  return [parsed.data.data.ttl, parsed.data.data.renewable];
}

function loginOf(auth: Exclude<VaultAuth, { method: 'token' }>): { path: string; body: Record<string, string> } {
  const path = `auth/${auth.mount}/login`;
  if (auth.method === 'approle') return { path, body: { role_id: auth.roleId, secret_id: auth.secretId.reveal() } };
  if (!existsSync(auth.jwtFile)) {
    throw new AppError({
      code: 'not-ready',
      title: 'The token for the secrets store is not there',
      detail: `Transat logs in at its secrets store with the token in ${auth.jwtFile}, and there is no such file.`,
      remedy: 'The operator must see to it that the file is there, or name another as `vault.auth.jwtFile`.',
    });
  }
  return { path, body: { role: auth.role, jwt: readFileSync(auth.jwtFile, 'utf8').trim() } };
}
