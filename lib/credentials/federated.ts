import type { Secret } from '@/lib/core/secret';
import type { CloudAuth } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';

/** What Keystone's documentation calls the protocol, and most sites do. */
const USUAL_PROTOCOL = 'openid';

/**
 * The names under which a site may know an OpenID provider, the likeliest first. Keystone tells its names to administrators only, and
 * operators call a provider by its domain (`egi.eu`), its realm (`chameleon`) or its host.
 */
export function likelyNames(issuer: string): string[] {
  const { hostname, pathname } = new URL(issuer);
  const domain = hostname.split('.').slice(-2).join('.');
  const realm = pathname.split('/').findLast((part) => part !== '');
  return [...new Set([domain, ...(realm ? [realm] : []), hostname])];
}

/** The sign-in at a site by an access token of a provider, under the names that the site is known to use or may use. */
export function federatedAuth(
  { identityProvider, protocol = USUAL_PROTOCOL }: Pick<Site, 'identityProvider' | 'protocol'>,
  issuer: string,
  accessToken: (options?: { renew?: boolean }) => Promise<Secret>,
): CloudAuth {
  if (identityProvider !== undefined) return { kind: 'oidc', identityProvider, protocol, accessToken };
  const [first = issuer, ...otherNames] = likelyNames(issuer);
  return { kind: 'oidc', identityProvider: first, otherNames, protocol, accessToken };
}
