import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, ProviderConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import { Secret } from '@/lib/core/secret';

/** Id of the OpenID provider that the embedded sandbox runs. */
const sandboxProviderId = 'sandbox';

/** The OpenID providers that people sign in with: the configured ones, and the sandbox's where it is on. */
export function openIdProviders(config: Config, env: Record<string, string | undefined>): ProviderConfig[] {
  if (!config.sandbox) return config.providers;
  const secret = env.TRANSAT_SANDBOX_CLIENT_SECRET ?? keptSecret(join(config.dataDir, 'sandbox', 'client-secret'));
  return [
    ...config.providers,
    providerWith({
      id: sandboxProviderId,
      name: 'Sandbox',
      issuer: `${config.sandboxUrl}/oidc`,
      clientId: 'transat',
      clientSecret: secret === undefined ? undefined : new Secret(secret),
      accessTokensOf: ['cli'],
    }),
  ];
}

// The sandbox makes a secret for each machine; one that runs by itself leaves it in the data folder.
function keptSecret(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
