import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { ProviderConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { readJson } from './json-body';
import { signInAgain } from './sign-in-again';
import type { Claims, TokenSet } from './types';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
const DISCOVERY_MS = 3600_000;

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url(),
  jwks_uri: z.url(),
  revocation_endpoint: z.url().optional(),
  introspection_endpoint: z.url().optional(),
  end_session_endpoint: z.url().optional(),
  device_authorization_endpoint: z.url().optional(),
});
type Discovery = z.infer<typeof discoverySchema>;

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(3600),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
});
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const claimsSchema = z.object({
  sub: z.string().min(1),
  voperson_id: z.string().min(1).optional(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  entitlements: texts.optional(),
  eduperson_entitlement: texts.optional(),
});
const introspectionSchema = z.object({
  active: z.boolean(),
  client_id: z.string().optional(),
  exp: z.number().optional(),
});

/** The server-to-server side of one OpenID provider (Discovery 1.0, RFC 6749, 7009, 7662). Errors are AppErrors. */
export interface OpenIdClient {
  provider: ProviderConfig;
  /** its discovery document, kept for an hour */
  discover(): Promise<Discovery>;
  /** its keys, by a fetch that trusts the provider's certificate authority; for `jose` */
  fetchJson(url: string): Promise<unknown>;
  /** @throws AppError `session-expired` when the provider no longer honours the refresh token */
  refresh(refreshToken: Secret): Promise<TokenSet>;
  userinfo(accessToken: Secret): Promise<Claims>;
  /** what the provider says of a token; null when it has no introspection */
  introspect(accessToken: Secret): Promise<{ active: boolean; clientId?: string; expiresAt?: Date } | null>;
  /** posts a form to one of its endpoints, with the client's own proof; for grants that are not told of here */
  ask(endpoint: string, fields: Record<string, string>): Promise<{ status: number; json: unknown }>;
  /** ends a token at the provider, where it offers that */
  revoke(token: Secret, kind: 'refresh_token' | 'access_token'): Promise<void>;
}

/** A client for a configured provider. It keeps connections, so one a provider and process is enough. */
export function openIdClient(provider: ProviderConfig, now: () => number = Date.now): OpenIdClient {
  const agent = new Agent({ connect: provider.ca ? { ca: [...rootCertificates, provider.ca] } : {} });
  let discovery: { document: Promise<Discovery>; until: number } | undefined;

  const call = async (url: string, options: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }) => {
    try {
      const answer = await request(url, {
        ...options,
        headers: { accept: 'application/json', ...options.headers },
        dispatcher: agent,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: answer.statusCode, json: await readJson(answer.body, MAX_ANSWER_BYTES) };
    } catch (error) {
      throw noAnswer(provider, error);
    }
  };

  // a form with the client's own proof; RFC 6749 2.3.1 wants id and secret form-encoded inside of Basic
  const form = async (url: string, fields: Record<string, string>) => {
    const secret = provider.clientSecret?.reveal();
    const basic =
      secret && `Basic ${Buffer.from(`${encodeURIComponent(provider.clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
    const body = new URLSearchParams(basic ? fields : { ...fields, client_id: provider.clientId }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(basic ? { authorization: basic } : {}) };
    return await call(url, { method: 'POST', headers, body });
  };

  const read = async (): Promise<Discovery> => {
    const { status, json } = await call(`${provider.issuer}/.well-known/openid-configuration`, { method: 'GET' });
    const parsed = discoverySchema.safeParse(json);
    if (status !== 200 || !parsed.success) throw refused(provider, status, 'It did not answer with a discovery document.');
    if (parsed.data.issuer.replace(/\/+$/, '') !== provider.issuer) {
      throw refused(provider, status, `It calls itself ${parsed.data.issuer}, not ${provider.issuer}.`);
    }
    return parsed.data;
  };
  const discover = (): Promise<Discovery> => {
    if (discovery && discovery.until > now()) return discovery.document;
    const document = read();
    discovery = { document, until: now() + DISCOVERY_MS };
    document.catch(() => {
      discovery = undefined;
    });
    return document;
  };

  return {
    provider,
    discover,
    ask: form,

    async fetchJson(url) {
      const { status, json } = await call(url, { method: 'GET' });
      if (status !== 200) throw refused(provider, status, `${url} did not answer with a document.`);
      return json;
    },

    async refresh(refreshToken) {
      const { token_endpoint } = await discover();
      const fields = { grant_type: 'refresh_token', refresh_token: refreshToken.reveal() };
      const { status, json } = await form(token_endpoint, fields);
      const tokens = status === 200 ? readTokens(json) : undefined;
      if (tokens) return tokens;
      const code = z.object({ error: z.string() }).safeParse(json);
      if (status === 400 && code.data?.error === 'invalid_grant') throw signInAgain(provider);
      throw refused(provider, status, `It did not renew the sign-in${code.success ? ` (${code.data.error})` : ''}.`);
    },

    async userinfo(accessToken) {
      const { userinfo_endpoint } = await discover();
      const { status, json } = await call(userinfo_endpoint, {
        method: 'GET',
        headers: { authorization: `Bearer ${accessToken.reveal()}` },
      });
      if (status === 401 || status === 403) throw signInAgain(provider);
      const parsed = claimsSchema.safeParse(json);
      if (status !== 200 || !parsed.success) throw refused(provider, status, 'It did not tell who you are.');
      return readClaims(parsed.data);
    },

    async introspect(accessToken) {
      const { introspection_endpoint } = await discover();
      if (!introspection_endpoint) return null;
      const { status, json } = await form(introspection_endpoint, { token: accessToken.reveal(), token_type_hint: 'access_token' });
      const parsed = introspectionSchema.safeParse(json);
      if (status !== 200 || !parsed.success) throw refused(provider, status, 'It did not say whether an access token is valid.');
      const { active, client_id, exp } = parsed.data;
      return { active, clientId: client_id, expiresAt: exp === undefined ? undefined : new Date(exp * 1000) };
    },

    async revoke(token, kind) {
      const { revocation_endpoint } = await discover();
      if (!revocation_endpoint) return;
      const { status } = await form(revocation_endpoint, { token: token.reveal(), token_type_hint: kind });
      if (status !== 200) throw refused(provider, status, 'It did not revoke the sign-in.');
    },
  };
}

/** The tokens in an answer of the token endpoint (RFC 6749, 5.1); undefined when there are none. */
export function readTokens(json: unknown): TokenSet | undefined {
  const parsed = tokenSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { access_token, expires_in, refresh_token, id_token } = parsed.data;
  return {
    accessToken: new Secret(access_token),
    expiresIn: expires_in,
    refreshToken: refresh_token === undefined ? undefined : new Secret(refresh_token),
    idToken: id_token === undefined ? undefined : new Secret(id_token),
  };
}

/** Claims of userinfo or of an ID token as they are used here. @throws AppError `upstream-refused` when there is no subject */
export function parseClaims(claims: unknown): Claims {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) {
    throw new AppError({ code: 'upstream-refused', title: 'The sign-in provider did not tell who you are', remedy: 'Sign in again.' });
  }
  return readClaims(parsed.data);
}

function readClaims(claims: z.infer<typeof claimsSchema>): Claims {
  const full = [claims.given_name, claims.family_name].filter(Boolean).join(' ');
  return {
    subject: claims.voperson_id ?? claims.sub,
    name: (claims.name || full || claims.preferred_username || claims.email || 'Unnamed person').slice(0, 200),
    email: claims.email?.slice(0, 320) ?? null,
    entitlements: claims.entitlements ?? claims.eduperson_entitlement ?? [],
  };
}

function noAnswer(provider: ProviderConfig, error: unknown): AppError {
  const reason = error instanceof Error ? ('code' in error && String(error.code)) || error.name : 'unknown';
  return new AppError({
    code: 'upstream-failed',
    title: `${provider.name} does not answer`,
    detail: `The sign-in provider at ${provider.issuer} did not answer within ${TIMEOUT_MS / 1000} s (${reason}).`,
    remedy: 'Try again in a minute. If it stays, its operators must be told.',
    upstream: { service: 'openid', message: reason },
  });
}

export function refused(provider: ProviderConfig, status: number, what: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: `${provider.name} answered with something else`,
    detail: `The sign-in provider at ${provider.issuer} answered with status ${status}. ${what}`,
    remedy: 'Try again. If it stays, the operator should check the provider’s settings in Transat’s configuration.',
    upstream: { service: 'openid', status, message: what },
  });
}
