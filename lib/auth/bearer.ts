import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { type Limit, RecentTries } from '@/lib/core/tries';
import { type CredentialsRoom, issuerOf, type OpenIdClient } from '@/lib/credentials';
import type { Claims } from '@/lib/credentials/types';

/** A checked access token is taken for good this long without asking the provider again. */
const TRUST_MS = 60_000;
const MAX_KEPT = 1000;
/** Each token that is nobody's costs a question to every provider that introspects. */
const guesses: Limit = { name: 'access tokens that are nobody’s', most: 60, seconds: 60 };

/** Whose access token it is, by its provider's word. */
export interface BearerIdentity {
  client: OpenIdClient;
  claims: Claims;
  expiresAt: Date;
}

/** Checks access tokens of the configured providers, for the clients and audiences that the operator named. */
export class BearerCheck {
  readonly #credentials: CredentialsRoom;
  readonly #clock: Clock;
  readonly #known: Cache<BearerIdentity>;
  readonly #guesses: RecentTries;

  constructor(credentials: CredentialsRoom, clock: Clock) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#known = cacheOf(MAX_KEPT, { clock });
    this.#guesses = new RecentTries(clock);
  }

  /**
   * Who a token speaks for. A token in JWT form is checked by signature, another by introspection; what it says of itself is
   * never believed before. Name and memberships come from userinfo, which must name the same person.
   * @param hash of the token, to know it again
   * @param network from which it is brought: who guesses from there is not heard any more for a while
   * @returns null when no provider vouches for it
   * @throws AppError `upstream-failed` when the provider does not answer, `rate-limited`
   */
  async identify(token: Secret, hash: string, network: string): Promise<{ identity: BearerIdentity; isNew: boolean } | null> {
    const known = this.#known.get(hash);
    if (known) return { identity: known, isNew: false };
    // a signature is checked here, and costs nobody a question
    const counted = issuerOf(token) === undefined;
    if (counted) this.#guesses.take(network, guesses);
    const identity = await this.#ask(token);
    if (!identity) return null;
    if (counted) this.#guesses.giveBack(network, guesses);
    const left = identity.expiresAt.getTime() - this.#clock.now().getTime();
    if (left > 0) this.#known.set(hash, identity, { ttl: Math.min(TRUST_MS, left) });
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
      const proof = issuer === undefined ? await client.introspect(token) : await client.verify(token);
      if (!proof || proof.expiresAt <= this.#clock.now()) continue;
      if (!proof.parties.some((party) => client.provider.accessTokensOf.includes(party))) continue;
      // a signed token says whose it is, or is none
      if (issuer !== undefined && proof.subject === undefined) continue;
      try {
        const claims = await client.userinfo(token, proof.subject);
        return { client, claims, expiresAt: proof.expiresAt };
      } catch (error) {
        if (error instanceof AppError && error.code === 'session-expired') continue;
        throw error;
      }
    }
    return null;
  }
}
