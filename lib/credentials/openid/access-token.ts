import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import type { Secret } from '@/lib/core/secret';

/** No access token is taken to live longer than this, whatever it says: times beyond it no calendar can hold. */
const LONGEST_MS = 366 * 86_400_000;

/** The issuer that a token in JWT form names; undefined for an opaque one. Nothing is proven by it. */
export function issuerOf(token: Secret): string | undefined {
  try {
    return decodeJwt(token.reveal()).iss?.replace(/\/+$/, '') ?? '';
  } catch {
    return undefined;
  }
}

/** What a provider vouches for of an access token. */
export interface AccessToken {
  /** client it was given to, and whom it is for */
  parties: string[];
  subject?: string;
  expiresAt: Date;
  /** what it says of the person besides */
  claims: Record<string, unknown>;
}

/**
 * Whether a signed token is an access token that its bearer may use: no ID, refresh or logout token of the same key, and none that is bound
 * to a key of its holder's (which a bearer can't prove to have).
 */
export function isBearerToken(header: Pick<ProtectedHeaderParameters, 'typ'>, payload: JWTPayload): boolean {
  const form = header.typ?.toLowerCase().replace(/^application\//, '');
  if (form !== undefined && form !== 'jwt' && form !== 'at+jwt') return false;
  // Keycloak says in the claim `typ` what a token is, Cognito in `token_use`
  if (payload.typ !== undefined && (typeof payload.typ !== 'string' || payload.typ.toLowerCase() !== 'bearer')) return false;
  if (payload.token_use !== undefined && payload.token_use !== 'access') return false;
  // RFC 9068, 2.1 marks what is surely one; of the others, these claims are an ID token's, a logout token's or a bound token's
  const foreign = ['at_hash', 'c_hash', 's_hash', 'nonce', 'events', 'cnf'];
  return foreign.every((claim) => payload[claim] === undefined || payload[claim] === null);
}

/** The access token in a payload whose signature, issuer and time were checked. */
export function readPayload(payload: JWTPayload, now: Date): AccessToken {
  const parties = [payload.azp, payload.client_id, payload.aud].flat().filter((party): party is string => typeof party === 'string');
  return { parties, subject: payload.sub, expiresAt: endOf(payload.exp ?? 0, now), claims: payload };
}

/**
 * The end of a token, from seconds of any size (also fractions).
 * @returns a year from now at most
 */
export function endOf(seconds: number, now: Date): Date {
  const most = now.getTime() + LONGEST_MS;
  return new Date(Math.max(0, Math.min(Number.isNaN(seconds) ? 0 : seconds * 1000, most)));
}

/** The form of a token's header; an empty one where it can't be read. */
export function headerOf(token: Secret): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token.reveal());
  } catch {
    return {};
  }
}
