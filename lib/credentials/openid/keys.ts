import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { z } from 'zod';

const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });
/** Signatures by a provider's key pair; none by a shared secret, and none at all. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const KEPT_MS = 600_000;
/** A token of an unknown key makes the keys be read again, but not by every token. */
const AGAIN_MS = 30_000;

/** Checks the signature, the issuer and the times of a JWT. @returns null where they are not right */
export type VerifyJwt = (jwt: string, options: JWTVerifyOptions) => Promise<JWTPayload | null>;

/**
 * Checks by the keys that a provider publishes; they are kept, and read again when a token names a new one.
 * @param read the document behind `jwks_uri`
 */
export function createVerifier(read: () => Promise<unknown>, now: () => number): VerifyJwt {
  let kept: { keys: Promise<ReturnType<typeof createLocalJWKSet>>; at: number } | undefined;

  const load = () => {
    // the schema has checked what the type says; jose checks each key when it uses it
    const keys = read().then((document) => createLocalJWKSet(keysSchema.parse(document) as JSONWebKeySet));
    kept = { keys, at: now() };
    keys.catch(() => {
      kept = undefined;
    });
    return keys;
  };

  const check = async (jwt: string, options: JWTVerifyOptions, keys: ReturnType<typeof createLocalJWKSet>) =>
    (await jwtVerify(jwt, keys, { ...options, algorithms: ALGORITHMS })).payload;

  return async (jwt, options) => {
    const fresh = kept !== undefined && now() - kept.at < KEPT_MS;
    const keys = await (fresh && kept ? kept.keys : load());
    try {
      return await check(jwt, options, keys);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || (kept && now() - kept.at < AGAIN_MS)) return null;
    }
    const again = await load();
    return await check(jwt, options, again).catch(() => null);
  };
}
