import type { AuthOptions } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { ProviderConfig } from '@/lib/core/config';
import { log } from '@/lib/core/log';
import type { Secret } from '@/lib/core/secret';
import { meetsRequiredGroups, type SignedIn } from '@/lib/credentials';
import { isSecure, readSessionId, sessionCookie } from './cookie';
import { keepPerson } from './people';
import type { AuthServices } from './services';
import { beginSession, endSession, findSession, SESSION_SECONDS } from './sessions';
import { refusalOf, type SignInRefusal } from './sign-in-refusal';
import { surroundingsOf } from './surroundings';

/** The page where people choose how to sign in; refusals arrive there as `?refusal=` or `?error=`. */
export const signInPage = '/signin';

/** A sign-in that was proven this long ago at most counts when the provider is asked to prove it again. */
const AGAIN_SECONDS = 300;

/** One request to next-auth, and what comes of it beside its answer. */
export interface Visit {
  headers: Headers;
  /** the provider that the path names, and its authorization endpoint */
  provider?: ProviderConfig;
  authorizationEndpoint?: string;
  /** the person shall prove again who they are, though the provider still knows them */
  again: boolean;
  refusal?: SignInRefusal;
  signedIn?: SignedIn;
  /** ends what else belongs to a session that ends by next-auth's own route */
  onSignOut(sid: string): Promise<void>;
}

/**
 * next-auth's settings: any OpenID provider, PKCE with state and nonce, and a cookie that holds nothing but a session's id. It keeps the
 * state of a sign-in between its two requests; what is said to the provider is said by our own client, through the guarded door.
 */
export function authOptions(services: AuthServices, visit: Visit): AuthOptions {
  const { config, cookieSecret, credentials } = services;
  const secure = isSecure(config);
  return {
    secret: cookieSecret.reveal(),
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: signInPage, error: signInPage },
    providers: credentials.providers.map((provider) => openIdProvider(services, provider, visit)),
    cookies: { sessionToken: { name: sessionCookie(config), options: { httpOnly: true, sameSite: 'lax', path: '/', secure } } },
    callbacks: {
      signIn() {
        const { provider, signedIn } = visit;
        if (!provider || !signedIn) return false;
        if (meetsRequiredGroups(signedIn.claims.groups ?? [], provider.requiredGroups)) return true;
        visit.refusal = { reason: 'group', provider: provider.name, namespaces: signedIn.claims.unreadNamespaces };
        return false;
      },
      async jwt({ token, account }) {
        if (!account) return typeof token.sid === 'string' ? { sid: token.sid } : {};
        return { sid: (await begin(services, visit)).reveal() };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await visit.onSignOut(token.sid);
      },
    },
    logger: {
      // never the metadata: it holds tokens and profiles
      error: (code, metadata) => log.warn({ code, reason: reasonOf(metadata) }, 'a sign-in failed'),
      warn: () => {},
      debug: () => {},
    },
  };
}

async function begin(services: AuthServices, { provider, signedIn, headers }: Visit): Promise<Secret> {
  const { db, clock, config, credentials, cookieSecret, onSignIn } = services;
  if (!provider || !signedIn) throw new Error('OAuthCallback');
  const { tokens, claims, authenticatedAt } = signedIn;
  const person = await keepPerson(services, provider, claims, 'sign-in');
  const grant = await credentials.grants.keep(person.id, provider.id, tokens);
  const before = await readSessionId(headers, config, cookieSecret);
  const replaced = before && (await findSession(db, clock, before));
  const sid = await beginSession(db, clock, person.id, grant, { authenticatedAt, surroundings: surroundingsOf(headers) });
  // the cookie of the session before is overwritten, so nobody could end it any more
  if (replaced && replaced.person.id === person.id) await endSession(db, replaced);
  await onSignIn(person.id);
  // the answer does not wait for the provider to revoke what is left of earlier sessions
  credentials.grants
    .endForgotten(person.id, provider.id)
    .catch((error: unknown) => log.warn({ err: error }, 'old grants could not be ended'));
  return sid;
}

function openIdProvider({ credentials }: AuthServices, provider: ProviderConfig, visit: Visit): OAuthConfig<{ sub: string }> {
  const named = visit.provider?.id === provider.id;
  return {
    id: provider.id,
    name: provider.name,
    type: 'oauth',
    issuer: provider.issuer,
    clientId: provider.clientId,
    client: { token_endpoint_auth_method: 'none' },
    authorization: { url: (named && visit.authorizationEndpoint) || provider.issuer, params: authorizationParams(provider, visit.again) },
    checks: ['pkce', 'state', 'nonce'],
    token: {
      async request({ params, checks, provider: { callbackUrl } }) {
        const client = credentials.openId(provider.id);
        if (!client) throw new Error('OAuthCallback');
        try {
          const url = new URL(`${callbackUrl}?${new URLSearchParams(textsOf(params))}`);
          // its type leaves out the nonce, which it checks all the same
          const { code_verifier: codeVerifier, state, nonce }: typeof checks & { nonce?: string } = checks;
          visit.signedIn = await client.redeem({ url, codeVerifier, state, nonce });
        } catch (error) {
          visit.refusal = refusalOf(error, provider);
          throw error;
        }
        return { tokens: {} };
      },
    },
    userinfo: { request: async () => ({ sub: visit.signedIn?.claims.subject ?? '' }) },
    profile: ({ sub }) => ({ id: sub }),
  };
}

function authorizationParams({ scopes }: ProviderConfig, again: boolean): Record<string, string> {
  // OpenID Connect Core 11: offline access is given only with consent
  const prompt = [...(again ? ['login'] : []), ...(scopes.split(' ').includes('offline_access') ? ['consent'] : [])].join(' ');
  // with max_age the provider must say when the person proved who they are (Core 3.1.2.1)
  return { scope: scopes, ...(prompt ? { prompt } : {}), ...(again ? { max_age: String(AGAIN_SECONDS) } : {}) };
}

const textsOf = (params: object) => Object.entries(params).filter((param): param is [string, string] => typeof param[1] === 'string');

/** An address of this Transat, else its home: a sign-in leads nowhere else. */
export function ownAddress(url: string, baseUrl: string): string {
  try {
    const address = new URL(url, baseUrl);
    return address.origin === new URL(baseUrl).origin ? address.href : baseUrl;
  } catch {
    return baseUrl;
  }
}

function reasonOf(metadata: unknown): string {
  const error =
    metadata instanceof Error ? metadata : typeof metadata === 'object' && metadata && 'error' in metadata ? metadata.error : undefined;
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}
