import type { ProviderConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import type { DeviceFlow } from '@/lib/sites/types';

const prefix = 'device ';

/** Under which name grants of a device flow are kept: sites that share issuer and client share one. */
export const deviceProviderId = ({ issuer, clientId }: DeviceFlow): string => `${prefix}${issuer} ${clientId}`;

/** Whether grants of this provider came by the device flow, not by a sign-in to Transat. */
export const isDeviceProvider = (id: string): boolean => id.startsWith(prefix);

/** The provider behind a site's device flow, as the OpenID client takes it. */
export function deviceProvider(flow: DeviceFlow): ProviderConfig {
  const { name, issuer, clientId, clientSecret, scopes, ca, builtIn } = flow;
  return providerWith({ id: deviceProviderId(flow), name, issuer, clientId, clientSecret, scopes, ca, publicOnly: builtIn });
}
