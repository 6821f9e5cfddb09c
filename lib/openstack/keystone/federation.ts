import { cacheOf } from '@/lib/core/cache';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { CloudAuth, IdentityEndpoint } from '../types';
import type { Keystone } from './keystone';
import type { Token } from './token';

type Federated = Extract<CloudAuth, { kind: 'oidc' }>;

/** The names that sites give to the protocol, the common one first. */
const PROTOCOLS = ['openid', 'oidc'];
const MOST_NAMES = 1_000;
const protocols = cacheOf<string>(MOST_NAMES);
const providers = cacheOf<string>(MOST_NAMES);

/**
 * Signs in with an access token under whichever names the site has for the identity provider and the protocol, and remembers them. A
 * token that the site finds too old is renewed once.
 * @throws AppError `credential-expired`, `vo-not-mapped`, `protocol-unsupported`, `identity-provider-unknown`
 */
export async function signInByProtocol(
  keystone: Keystone,
  endpoint: IdentityEndpoint,
  auth: Federated,
  accessToken: Secret,
): Promise<Token> {
  try {
    return await tryProviders(keystone, endpoint, auth, accessToken);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'credential-expired') throw error;
    const renewed = await auth.accessToken({ renew: true });
    if (renewed.reveal() === accessToken.reveal()) throw error;
    return tryProviders(keystone, endpoint, auth, renewed);
  }
}

async function tryProviders(keystone: Keystone, endpoint: IdentityEndpoint, auth: Federated, accessToken: Secret): Promise<Token> {
  const own = auth.identityProvider;
  const key = `${endpoint.authUrl} ${own}`;
  let refusal: unknown;
  for (const identityProvider of new Set([providers.get(key) ?? own, own, ...(auth.otherNames ?? [])])) {
    try {
      const token = await tryProtocols(keystone, endpoint, { ...auth, identityProvider }, accessToken);
      providers.set(key, identityProvider);
      return token;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'identity-provider-unknown') throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

async function tryProtocols(keystone: Keystone, endpoint: IdentityEndpoint, auth: Federated, accessToken: Secret): Promise<Token> {
  const key = `${endpoint.authUrl} ${auth.identityProvider} ${auth.protocol}`;
  const names = [...new Set([protocols.get(key) ?? auth.protocol, auth.protocol, ...PROTOCOLS])];
  let refusal: unknown;
  for (const name of names) {
    try {
      const token = await keystone.signInFederated(auth, name, accessToken);
      protocols.set(key, name);
      return token;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'protocol-unsupported') throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}
