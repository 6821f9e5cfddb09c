import { genericGrantRequest, initiateDeviceAuthorization, ResponseBodyError } from 'openid-client';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { type OpenIdClient, readTokens } from '../openid/client';
import { explain, notUnderstood } from '../openid/refusals';
import type { TokenSet } from '../types';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const DEFAULT_INTERVAL_SECONDS = 5;

const webAddress = z.url({ protocol: /^https?$/ });
const shownSchema = z.object({
  user_code: z.string().min(1).max(100),
  verification_uri: webAddress,
  verification_uri_complete: webAddress.optional().catch(undefined),
});

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
  try {
    const start = await client.ask((config) => initiateDeviceAuthorization(config, { scope: provider.scopes }));
    const shown = shownSchema.safeParse(start);
    if (!shown.success) throw notUnderstood(provider, 'It gave no code that a person can be shown.');
    return {
      deviceCode: new Secret(start.device_code),
      userCode: shown.data.user_code,
      verificationUri: shown.data.verification_uri,
      verificationUriComplete: shown.data.verification_uri_complete,
      expiresIn: start.expires_in,
      interval: start.interval ?? DEFAULT_INTERVAL_SECONDS,
    };
  } catch (error) {
    throw refusalOf(client, error) ?? explain(error, provider, 'begin a device flow');
  }
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
  try {
    const answer = await client.ask((config) => genericGrantRequest(config, GRANT, { device_code: deviceCode.reveal() }));
    return { state: 'granted', tokens: readTokens(answer) };
  } catch (error) {
    const state = error instanceof ResponseBodyError ? known[error.error] : undefined;
    if (state) return { state };
    throw refusalOf(client, error) ?? explain(error, client.provider, 'ask about the device flow');
  }
}

function refusalOf(client: OpenIdClient, error: unknown): AppError | undefined {
  if (!(error instanceof ResponseBodyError) || error.status >= 500 || error.status === 429) return undefined;
  return notOffered(client, `It answered ${[error.error, error.error_description].filter(Boolean).join(': ').slice(0, 300)}.`);
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
