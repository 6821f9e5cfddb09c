import * as oidc from 'openid-client';
import { z } from 'zod';
import type { ProviderConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { signInAgain } from '../grants/sign-in-again';
import type { Claims, TokenSet } from '../types';
import { type AccessToken, endOf, headerOf, isBearerToken, readPayload } from './access-token';
import { readClaims } from './claims';
import { configure } from './configure';
import { doorFetch } from './door-fetch';
import { createVerifier } from './keys';
import { explain, notUnderstood, statusIn } from './refusals';

const KEPT_MS = 3600_000;
const DEFAULT_SECONDS = 3600;
/** An introspection may leave out when a token ends: it is then asked about again after this. */
const UNTOLD_SECONDS = 600;

/** What a sign-in gave. */
export interface SignedIn {
  tokens: TokenSet;
  claims: Claims;
  /** when the person proved who they are, where the provider tells */
  authenticatedAt?: Date;
}

/** What the browser brought back from the provider, and what was put down when it went there. */
export interface Redemption {
  /** the redirect address with all its parameters */
  url: URL;
  codeVerifier?: string;
  state?: string;
  nonce?: string;
}

/** The server-to-server side of one OpenID provider, by `openid-client` through the guarded door. Errors are AppErrors. */
export interface OpenIdClient {
  provider: ProviderConfig;
  /** its discovery document, kept for an hour */
  discover(): Promise<oidc.ServerMetadata>;
  /** Redeems an authorization code, checks the ID token, and asks userinfo. */
  redeem(redemption: Redemption): Promise<SignedIn>;
  /** @throws AppError `session-expired` when the provider no longer honours the refresh token */
  refresh(refreshToken: Secret): Promise<TokenSet>;
  /**
   * Who an access token speaks for.
   * @param subject whose it must be; left out: anybody's
   * @throws AppError `session-expired` where the provider does not honour it, or it is somebody else's
   */
  userinfo(accessToken: Secret, subject?: string): Promise<Claims>;
  /** A token in JWT form that the provider signed to be borne as an access token; null: it is none. */
  verify(accessToken: Secret): Promise<AccessToken | null>;
  /** What the provider says of an opaque token; null: not good, or it has no introspection. */
  introspect(accessToken: Secret): Promise<AccessToken | null>;
  /** Asks with a client's proof, for what is not told of here. @throws what `openid-client` throws */
  ask<T>(call: (config: oidc.Configuration) => Promise<T>): Promise<T>;
  /** ends a token at the provider, where it offers that */
  revoke(token: Secret, kind: 'refresh_token' | 'access_token'): Promise<void>;
}

/** A client for a configured provider: one a provider and process is enough. */
export function openIdClient(provider: ProviderConfig, now: () => number = Date.now): OpenIdClient {
  let kept: { config: Promise<oidc.Configuration>; until: number } | undefined;

  const configured = (): Promise<oidc.Configuration> => {
    if (kept && kept.until > now()) return kept.config;
    const config = configure(provider).catch((error: unknown) => {
      kept = undefined;
      throw explain(error, provider, 'read its discovery document');
    });
    kept = { config, until: now() + KEPT_MS };
    return config;
  };

  const ask = async <T>(doing: string, call: (config: oidc.Configuration) => Promise<T>): Promise<T> => {
    const config = await configured();
    try {
      return await call(config);
    } catch (error) {
      throw explain(error, provider, doing);
    }
  };

  const verifyJwt = createVerifier(async () => {
    const { jwks_uri } = (await configured()).serverMetadata();
    if (!jwks_uri) throw notUnderstood(provider, 'It names no keys (jwks_uri).');
    try {
      const answer = await doorFetch(provider)(jwks_uri, { method: 'GET', headers: {}, body: undefined, redirect: 'manual' });
      return await answer.json();
    } catch (error) {
      throw explain(error, provider, 'read its keys');
    }
  }, now);

  const tell = async (config: oidc.Configuration, accessToken: Secret) => {
    if (config.serverMetadata().userinfo_endpoint === undefined) return undefined;
    try {
      return await oidc.fetchUserInfo(config, accessToken.reveal(), oidc.skipSubjectCheck);
    } catch (error) {
      if (statusIn(error) === 401) throw signInAgain(provider);
      throw error;
    }
  };

  const claimsIn = (said: unknown): Claims => {
    const claims = readClaims(provider, said);
    if (!claims) throw notUnderstood(provider, 'It did not tell who you are: there is no subject (`sub`) in what it says.');
    return claims;
  };

  return {
    provider,
    discover: async () => (await configured()).serverMetadata(),
    ask: async (call) => call(await configured()),

    redeem: ({ url, codeVerifier, state, nonce }) =>
      ask('sign you in', async (config) => {
        const answer = await oidc.authorizationCodeGrant(config, url, {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const proven = answer.claims();
        if (!proven) throw notUnderstood(provider, 'It gave no ID token: the scope `openid` is missing.');
        const told = await tell(config, new Secret(answer.access_token));
        // OpenID Connect Core 1.0, 5.3.4: userinfo that speaks of somebody else is not to be used
        if (told && told.sub !== proven.sub) throw notUnderstood(provider, 'Its ID token and its userinfo name different persons (`sub`).');
        const since = proven.auth_time;
        return {
          tokens: readTokens(answer),
          // what is null in userinfo does not hide what the ID token says
          claims: claimsIn({ ...proven, ...withoutNulls(told ?? {}) }),
          authenticatedAt: typeof since === 'number' ? endOf(since, new Date(now())) : undefined,
        };
      }),

    async refresh(refreshToken) {
      const config = await configured();
      try {
        return readTokens(await oidc.refreshTokenGrant(config, refreshToken.reveal()));
      } catch (error) {
        if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') throw signInAgain(provider);
        throw explain(error, provider, 'renew the sign-in');
      }
    },

    userinfo: (accessToken, subject) =>
      ask('read who you are', async (config) => {
        const told = await tell(config, accessToken);
        if (!told) throw notUnderstood(provider, 'It has no userinfo endpoint.');
        const claims = claimsIn(told);
        if (subject !== undefined && claims.subject !== subject) throw signInAgain(provider);
        return claims;
      }),

    async verify(accessToken) {
      const said = (await configured()).serverMetadata();
      const options = { issuer: said.issuer, currentDate: new Date(now()), clockTolerance: 10, requiredClaims: ['exp'] };
      const payload = await verifyJwt(accessToken.reveal(), options);
      if (!payload || !isBearerToken(headerOf(accessToken), payload)) return null;
      return readPayload(payload, new Date(now()));
    },

    introspect: (accessToken) =>
      ask('ask whether an access token is good', async (config) => {
        if (!config.serverMetadata().introspection_endpoint) return null;
        const said = await oidc.tokenIntrospection(config, accessToken.reveal(), { token_type_hint: 'access_token' });
        const payload = introspectionSchema.parse(said);
        if (!said.active || !isBearerToken({}, { ...payload, exp: undefined })) return null;
        return readPayload({ ...payload, exp: payload.exp ?? now() / 1000 + UNTOLD_SECONDS }, new Date(now()));
      }),

    revoke: (token, kind) =>
      ask('end the sign-in', async (config) => {
        if (!config.serverMetadata().revocation_endpoint) return;
        await oidc.tokenRevocation(config, token.reveal(), { token_type_hint: kind });
      }),
  };
}

const introspectionSchema = z.looseObject({
  sub: z.string().optional().catch(undefined),
  exp: z.coerce.number().optional().catch(undefined),
  aud: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
});

/** The tokens in an answer of the token endpoint (RFC 6749, 5.1). */
export function readTokens(answer: oidc.TokenEndpointResponse): TokenSet {
  const { access_token, expires_in, refresh_token, id_token } = answer;
  if (answer.token_type !== 'bearer') {
    throw new AppError({
      code: 'upstream-refused',
      title: 'The sign-in provider gave a token of another kind',
      detail: `It gave an access token of the type ${answer.token_type}, and Transat uses bearer tokens.`,
      remedy: 'The operator must turn off DPoP or token binding for this client at the provider.',
    });
  }
  return {
    accessToken: new Secret(access_token),
    expiresIn: expires_in ?? DEFAULT_SECONDS,
    refreshToken: refresh_token === undefined ? undefined : new Secret(refresh_token),
    idToken: id_token === undefined ? undefined : new Secret(id_token),
  };
}

const withoutNulls = (said: object) =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== undefined));
