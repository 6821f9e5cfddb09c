import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { type CredentialsRoom, meetsRequiredGroups, type OpenIdClient, parseEntitlements } from '@/lib/credentials';
import type { Claims } from '@/lib/credentials/types';

/** A checked access token is taken for good this long without asking the provider again. */
const TRUST_MS = 60_000;
const MAX_KEPT = 1000;
const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/** Whose access token it is, by its provider's word. */
export interface BearerIdentity {
  client: OpenIdClient;
  claims: Claims;
  expiresAt: Date;
}

/** Checks access tokens of the configured providers, for the clients that the operator named. */
export class BearerCheck {
  readonly #credentials: CredentialsRoom;
  readonly #clock: Clock;
  readonly #known = new Map<string, { identity: BearerIdentity; until: number }>();

  constructor(credentials: CredentialsRoom, clock: Clock) {
    this.#credentials = credentials;
    this.#clock = clock;
  }

  /**
   * Who a token speaks for. A token in JWT form is checked by signature, another by introspection; what it says of itself is
   * never believed before. Memberships come from userinfo.
   * @param hash of the token, to know it again
   * @returns null when no provider vouches for it
   * @throws AppError `upstream-failed` when the provider does not answer
   */
  async identify(token: Secret, hash: string): Promise<{ identity: BearerIdentity; isNew: boolean } | null> {
    const now = this.#clock.now().getTime();
    const known = this.#known.get(hash);
    if (known && known.until > now) return { identity: known.identity, isNew: false };
    this.#known.delete(hash);
    const identity = await this.#ask(token);
    if (!identity) return null;
    if (this.#known.size >= MAX_KEPT) this.#known.clear();
    this.#known.set(hash, { identity, until: Math.min(now + TRUST_MS, identity.expiresAt.getTime()) });
    return { identity, isNew: true };
  }

  async #ask(token: Secret): Promise<BearerIdentity | null> {
    const clients = this.#credentials.providers
      .filter((provider) => provider.accessTokensOf.length > 0)
      .flatMap((provider) => this.#credentials.openId(provider.id) ?? []);
    const issuer = issuerOf(token);
    // a JWT names its issuer, which only chooses whom to ask; an opaque token may be anybody's
    const asked = issuer === undefined ? clients : clients.filter(({ provider }) => provider.issuer === issuer);
    for (const client of asked) {
      const proof = issuer === undefined ? await introspect(client, token) : await verify(client, token, this.#clock);
      if (!proof || proof.expiresAt <= this.#clock.now()) continue;
      try {
        const claims = await client.userinfo(token);
        return { client, claims, expiresAt: proof.expiresAt };
      } catch (error) {
        if (error instanceof AppError && error.code === 'session-expired') continue;
        throw error;
      }
    }
    return null;
  }
}

interface Proof {
  expiresAt: Date;
}

function issuerOf(token: Secret): string | undefined {
  try {
    return decodeJwt(token.reveal()).iss?.replace(/\/+$/, '') ?? '';
  } catch {
    return undefined;
  }
}

async function verify(client: OpenIdClient, token: Secret, clock: Clock): Promise<Proof | null> {
  const { jwks_uri, issuer } = await client.discover();
  const keys = keysSchema.parse(await client.fetchJson(jwks_uri));
  let payload: JWTPayload;
  try {
    // the schema has checked what the type says; jose checks each key when it uses it
    const jwks = createLocalJWKSet(keys as JSONWebKeySet);
    const checked = await jwtVerify(token.reveal(), jwks, {
      issuer,
      currentDate: clock.now(),
      clockTolerance: 10,
      requiredClaims: ['exp'],
    });
    payload = checked.payload;
  } catch {
    return null;
  }
  // an ID token is no access token, although the same key signs it
  if (payload.nonce !== undefined || payload.at_hash !== undefined) return null;
  const party = payload.azp ?? payload.client_id;
  if (typeof party !== 'string' || !client.provider.accessTokensOf.includes(party)) return null;
  return { expiresAt: new Date((payload.exp ?? 0) * 1000) };
}

async function introspect(client: OpenIdClient, token: Secret): Promise<Proof | null> {
  const answer = await client.introspect(token);
  if (!answer?.active || !answer.clientId || !client.provider.accessTokensOf.includes(answer.clientId)) return null;
  return answer.expiresAt ? { expiresAt: answer.expiresAt } : null;
}

/** Whether the provider's required groups let a person in. */
export function isLetIn(client: OpenIdClient, claims: Claims): boolean {
  return meetsRequiredGroups(parseEntitlements(claims.entitlements), client.provider.requiredGroups);
}
