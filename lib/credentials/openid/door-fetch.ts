import type { CustomFetch } from 'openid-client';
import type { ProviderConfig } from '@/lib/core/config';
import { doorOf } from '@/lib/web/doors';
import type { Peer } from '@/lib/web/types';

const TIMEOUT_MS = 10_000;
/** Statuses whose answers have no body (Fetch standard, "null body status"). */
const BODILESS = new Set([101, 103, 204, 205, 304]);

/** An OpenID provider as the door to the web takes it. The operator names it, so it may be in their own network. */
const peerOf = ({ id, name, issuer, ca, publicOnly }: ProviderConfig): Peer => ({
  id,
  kind: 'provider',
  name,
  address: issuer,
  ca,
  allowPrivate: !publicOnly,
});

/**
 * How the OpenID client reaches its provider: through the guarded door, and nothing else.
 * @throws AppError as the door does, for want of an answer
 */
export function doorFetch(provider: ProviderConfig): CustomFetch {
  const peer = peerOf(provider);
  return async (url, { method, headers, body, signal }) => {
    const form = body instanceof URLSearchParams ? Object.fromEntries(body) : undefined;
    if (body !== undefined && body !== null && !form) throw new TypeError('an OpenID client sends forms only');
    const answer = await doorOf(peer).send({
      service: 'openid',
      method,
      url: new URL(url),
      headers,
      form,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    return new Response(BODILESS.has(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}
