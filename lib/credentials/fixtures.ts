import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** A small OpenID provider on this machine, for tests: it can be told what to answer, and counts what it was asked. */
export interface TestProvider {
  issuer: string;
  /** answers of the token endpoint, used up one by one; `null`: invalid_grant */
  refreshes: ({ access_token: string; expires_in: number; refresh_token?: string } | { error: string } | null | 'down')[];
  /** access token → claims */
  people: Map<string, Record<string, unknown>>;
  /** access token → client that it was given to */
  clients: Map<string, string>;
  /** statuses of the revocation endpoint, used up one by one; left out: 200 */
  revocations: number[];
  /** what happens before the token endpoint answers */
  meanwhile?: () => Promise<unknown>;
  asked: Record<string, number>;
  bodies: string[];
  /** a token signed by this provider's key, or by another one */
  sign(claims: JWTPayload, by?: 'own' | 'stranger'): Promise<string>;
  close(): Promise<void>;
}

/** Starts one. */
export async function startTestProvider(): Promise<TestProvider> {
  const [own, stranger] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const provider: Omit<TestProvider, 'issuer' | 'sign' | 'close'> = {
    refreshes: [],
    revocations: [],
    people: new Map(),
    clients: new Map(),
    asked: {},
    bodies: [],
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void reply(request, Buffer.concat(chunks).toString(), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // a TCP server that listens has an address of this form
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;

  async function reply(request: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    provider.asked[path] = (provider.asked[path] ?? 0) + 1;
    provider.bodies.push(text);
    if (path === '/token') await provider.meanwhile?.();
    const [status, body] = answer(path, new URLSearchParams(text), request.headers.authorization ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  function answer(path: string, form: URLSearchParams, authorization: string): [number, unknown] {
    if (path === '/.well-known/openid-configuration') return [200, discovery()];
    if (path === '/jwks') return [200, { keys: [jwk] }];
    if (path === '/revoke') return [provider.revocations.shift() ?? 200, {}];
    if (path === '/userinfo') {
      const claims = provider.people.get(authorization.replace('Bearer ', ''));
      return claims ? [200, claims] : [401, { error: 'invalid_token' }];
    }
    if (path === '/introspect') {
      const client = provider.clients.get(form.get('token') ?? '');
      return [200, client ? { active: true, client_id: client, exp: Math.floor(Date.now() / 1000) + 3600 } : { active: false }];
    }
    if (path === '/token') {
      const next = provider.refreshes.shift();
      if (next === 'down' || next === undefined) return [503, { error: 'temporarily_unavailable' }];
      if (next !== null && 'error' in next) return [400, next];
      return next === null ? [400, { error: 'invalid_grant' }] : [200, { token_type: 'Bearer', ...next }];
    }
    if (path === '/device') {
      return [200, { device_code: 'device-code-of-op', user_code: 'ABCD-EFGH', verification_uri: `${issuer}/d`, expires_in: 600 }];
    }
    return [404, {}];
  }

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    introspection_endpoint: `${issuer}/introspect`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/end`,
    device_authorization_endpoint: `${issuer}/device`,
  });

  return Object.assign(provider, {
    issuer,
    sign: (claims: JWTPayload, by: 'own' | 'stranger' = 'own') =>
      new SignJWT({ iss: issuer, exp: Math.floor(Date.now() / 1000) + 3600, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'own' })
        .sign((by === 'own' ? own : stranger).privateKey),
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  });
}

/** A master key of random bytes, as TRANSAT_KEY takes it. */
export const testKey = (): string => createHash('sha256').update(randomBytes(32)).digest('base64');
