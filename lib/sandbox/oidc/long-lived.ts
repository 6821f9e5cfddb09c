import { createHmac } from 'node:crypto';
import type Provider from 'oidc-provider';

/**
 * The public client of Check-in's token portal. Its refresh tokens are JWTs that say who issued them and to whom, and stay the same when they
 * are used: programs that run for months, such as OSCAR, hold one.
 */
export const portalClient = 'token-portal';

/** Has a provider's refresh tokens for {@link portalClient} be JWTs. What they say is for their holders; the provider looks them up whole. */
export function portalTokens(provider: Provider, secret: string): void {
  // every model of the library makes its id so; its types leave that out
  const prototype = provider.RefreshToken.prototype as unknown as { generateTokenId(): string };
  const opaque = prototype.generateTokenId;
  prototype.generateTokenId = function (this: { clientId?: string; scope?: string }) {
    const id = opaque.call(this);
    if (this.clientId !== portalClient) return id;
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: provider.issuer, azp: portalClient, typ: 'Offline', scope: this.scope, jti: id })}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
}
