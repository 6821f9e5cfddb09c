import type { Config, ProviderConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';

/** Id of the OpenID provider that the embedded sandbox runs. */
export const sandboxProviderId = 'sandbox';

/** The OpenID providers that people sign in with: the configured ones, and the sandbox's where it is on. */
export function openIdProviders(config: Config, env: Record<string, string | undefined>): ProviderConfig[] {
  if (!config.sandbox) return config.providers;
  const secret = env.TRANSAT_SANDBOX_CLIENT_SECRET ?? 'sandbox-secret-of-this-machine';
  return [
    ...config.providers,
    {
      id: sandboxProviderId,
      name: 'Sandbox sign-in',
      issuer: `${config.sandboxUrl}/oidc`,
      clientId: 'transat',
      clientSecret: new Secret(secret),
      requiredGroups: [],
      accessTokensOf: ['cli'],
      scopes: 'openid profile email offline_access voperson_id eduperson_entitlement entitlements',
    },
  ];
}
