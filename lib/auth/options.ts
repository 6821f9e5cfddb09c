import type { AuthOptions } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { ProviderConfig } from '@/lib/core/config';
import { log } from '@/lib/core/log';
import { Secret } from '@/lib/core/secret';
import { meetsRequiredGroups, parseClaims, parseEntitlements } from '@/lib/credentials';
import { ProvidersAgent } from './agent';
import { isSecure, sessionCookie } from './cookie';
import { keepPerson } from './people';
import type { AuthServices } from './services';
import { beginSession, SESSION_SECONDS } from './sessions';

/** The page where people choose how to sign in; refusals arrive there as `?error=`. */
export const signInPage = '/signin';
const TIMEOUT_MS = 10_000;

/** next-auth's settings: any OpenID provider, PKCE with state and nonce, and a cookie that holds nothing but a session's id. */
export function authOptions(services: AuthServices): AuthOptions {
  const { config, cookieSecret, credentials } = services;
  const agent = new ProvidersAgent(credentials.providers);
  const secure = isSecure(config);
  return {
    secret: cookieSecret.reveal(),
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: signInPage, error: signInPage },
    providers: credentials.providers.map((provider) => openIdProvider(provider, agent)),
    cookies: { sessionToken: { name: sessionCookie(config), options: { httpOnly: true, sameSite: 'lax', path: '/', secure } } },
    callbacks: {
      signIn({ account, profile }) {
        const provider = credentials.providers.find(({ id }) => id === account?.provider);
        if (!provider) return false;
        const groups = parseEntitlements(parseClaims(profile).entitlements);
        return meetsRequiredGroups(groups, provider.requiredGroups) || `${signInPage}?error=RequiredGroup`;
      },
      async jwt({ token, account, profile }) {
        if (!account) return typeof token.sid === 'string' ? { sid: token.sid } : {};
        return { sid: (await begin(services, account, profile)).reveal() };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
    logger: {
      // never the metadata: it holds tokens and profiles
      error: (code, metadata) => log.warn({ code, reason: reasonOf(metadata) }, 'a sign-in failed'),
      warn: () => {},
      debug: () => {},
    },
  };
}

interface SignedIn {
  provider: string;
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
  expires_at?: number;
}

async function begin({ db, clock, credentials, onSignIn }: AuthServices, account: SignedIn, profile: unknown): Promise<Secret> {
  const provider = credentials.providers.find(({ id }) => id === account.provider);
  if (!provider || !account.access_token) throw new Error('OAuthCallback');
  const person = await keepPerson(db, clock, provider, parseClaims(profile));
  const secret = (text: string | undefined) => (text === undefined ? undefined : new Secret(text));
  const grant = await credentials.grants.keep(person.id, provider.id, {
    accessToken: new Secret(account.access_token),
    refreshToken: secret(account.refresh_token),
    idToken: secret(account.id_token),
    expiresIn: account.expires_at === undefined ? 3600 : account.expires_at - clock.now().getTime() / 1000,
  });
  const sid = await beginSession(db, clock, person.id, grant);
  await onSignIn(person.id);
  // the answer does not wait for the provider to revoke what is left of earlier sessions
  credentials.grants
    .endForgotten(person.id, provider.id)
    .catch((error: unknown) => log.warn({ err: error }, 'old grants could not be ended'));
  return sid;
}

function openIdProvider(provider: ProviderConfig, agent: ProvidersAgent): OAuthConfig<Record<string, unknown>> {
  const secret = provider.clientSecret?.reveal();
  const offline = provider.scopes.split(' ').includes('offline_access');
  return {
    id: provider.id,
    name: provider.name,
    type: 'oauth',
    wellKnown: `${provider.issuer}/.well-known/openid-configuration`,
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: secret,
    client: { token_endpoint_auth_method: secret ? 'client_secret_basic' : 'none' },
    // OpenID Connect Core 11: offline access is given only with consent
    authorization: { params: { scope: provider.scopes, ...(offline ? { prompt: 'consent' } : {}) } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    // memberships are promised in userinfo only
    userinfo: {
      async request({ client, tokens }) {
        const claims = claimsOf(tokens);
        const told = await client.userinfo(tokens.access_token ?? '');
        // OpenID Connect Core 5.3.4: userinfo that speaks of somebody else is not to be used
        if (claims.sub !== told.sub) throw new Error('userinfo and ID token name different persons');
        return { ...claims, ...told };
      },
    },
    profile: (profile) => {
      const { subject, name, email } = parseClaims(profile);
      return { id: subject, name, email };
    },
    httpOptions: { agent, timeout: TIMEOUT_MS },
  };
}

function claimsOf(tokens: object): Record<string, unknown> {
  return 'claims' in tokens && typeof tokens.claims === 'function' ? tokens.claims() : {};
}

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
