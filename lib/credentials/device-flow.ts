import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { type OpenIdClient, readTokens, refused } from './openid';
import type { TokenSet } from './types';

const webAddress = z.url({ protocol: /^https?$/ });
const startSchema = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1).max(100),
  verification_uri: webAddress,
  verification_uri_complete: webAddress.optional(),
  expires_in: z.coerce.number().positive(),
  interval: z.coerce.number().positive().default(5),
});
const errorSchema = z.object({ error: z.string().max(100) });

/** What a person is shown, and what the provider is asked with meanwhile. */
export interface DeviceStart {
  deviceCode: Secret;
  userCode: string;
  verificationUri: string;
  /** the same with the code in it, for a link or a QR code */
  verificationUriComplete?: string;
  /** seconds */
  expiresIn: number;
  /** seconds between two questions */
  interval: number;
}

/**
 * Begins a device flow (RFC 8628, 3.1).
 * @throws AppError `upstream-refused` where the provider has none for this client; `upstream-failed`
 */
export async function startDevice(client: OpenIdClient): Promise<DeviceStart> {
  const { provider } = client;
  const { device_authorization_endpoint } = await client.discover();
  if (!device_authorization_endpoint) throw notOffered(client, 'It names no device authorization endpoint.');
  const { status, json } = await client.ask(device_authorization_endpoint, { scope: provider.scopes });
  const error = errorSchema.safeParse(json);
  if (status >= 400 && status < 500 && error.success) throw notOffered(client, `It answered ${error.data.error}.`);
  const parsed = startSchema.safeParse(json);
  if (status !== 200 || !parsed.success) throw refused(provider, status, 'It did not begin a device flow.');
  const { device_code, user_code, verification_uri, verification_uri_complete, expires_in, interval } = parsed.data;
  return {
    deviceCode: new Secret(device_code),
    userCode: user_code,
    verificationUri: verification_uri,
    verificationUriComplete: verification_uri_complete,
    expiresIn: expires_in,
    interval,
  };
}

export type DeviceAnswer = { state: 'granted'; tokens: TokenSet } | { state: 'pending' | 'slow-down' | 'expired' | 'denied' };

const known: Record<string, Exclude<DeviceAnswer['state'], 'granted'>> = {
  authorization_pending: 'pending',
  slow_down: 'slow-down',
  expired_token: 'expired',
  // what providers say of a code that they have forgotten
  invalid_grant: 'expired',
  access_denied: 'denied',
};

/**
 * Asks whether the person has approved (RFC 8628, 3.4 and 3.5).
 * @throws AppError `upstream-refused` where asking again is of no use; `upstream-failed` where it may be
 */
export async function redeemDevice(client: OpenIdClient, deviceCode: Secret): Promise<DeviceAnswer> {
  const { token_endpoint } = await client.discover();
  const fields = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode.reveal() };
  const { status, json } = await client.ask(token_endpoint, fields);
  const tokens = status === 200 ? readTokens(json) : undefined;
  if (tokens) return { state: 'granted', tokens };
  const error = errorSchema.safeParse(json);
  const state = error.success ? known[error.data.error] : undefined;
  if (state) return { state };
  if (status >= 400 && status < 500 && error.success) throw notOffered(client, `It answered ${error.data.error}.`);
  throw refused(client.provider, status, 'It did not answer the device flow.');
}

function notOffered({ provider }: OpenIdClient, what: string): AppError {
  return new AppError({
    code: 'upstream-refused',
    title: `${provider.name} does not let Transat connect this way`,
    detail: `The provider at ${provider.issuer} refused the device flow of the client ${provider.clientId}. ${what}`,
    cause: 'The client is not registered for the device flow there, or the provider does not offer it.',
    remedy: 'Use an application credential of the site. The operator should check `deviceFlow` in Transat’s configuration.',
    upstream: { service: 'openid', message: what },
  });
}
