import { Secret } from '@/lib/core/secret';
import { type Reply, type Seen, serve, type TestServer } from '@/lib/web/testing/http-server';
import type { CloudAuth, IdentityEndpoint } from '../types';

/** A server that gives out tokens and has every service at its own address; what else it answers is up to the test. */
export interface SmallCloud extends TestServer {
  endpoint: IdentityEndpoint;
  auth: CloudAuth;
  /** tokens that are no longer taken: every service answers 401 */
  revoked: Set<string>;
  /** how many tokens were given out */
  tokens: number;
}

const PROJECT = { id: 'p1', name: 'testbed' };
let count = 0;

/**
 * @param routes by `METHOD /path` without the query; the paths are `/compute/v2.1/…`, `/network/v2.0/…`, `/image/v2/…`,
 *   `/volume/v3/p1/…`, `/reservation/v1/…`. What is not among them is 404.
 */
export async function smallCloud(routes: Record<string, Reply | ((request: Seen) => Reply | Promise<Reply>)>): Promise<SmallCloud> {
  const revoked = new Set<string>();
  const server = await serve((request) => {
    const key = `${request.method} ${request.url.split('?')[0]}`;
    const route = routes[key] ?? (key === 'GET /compute/v2.1/' ? novaVersions : undefined);
    if (route !== undefined && revoked.has(String(request.headers['x-auth-token']))) return unauthorized;
    if (typeof route === 'function') return route(request);
    if (route !== undefined) return route;
    return key === 'POST /v3/auth/tokens' ? token(cloud, request) : notFound;
  });
  const site = `small-${++count}`; // a site of its own: nothing that is kept of another one may serve it
  const cloud: SmallCloud = Object.assign(server, {
    endpoint: { site, authUrl: `${server.url}/v3`, region: 'R1', allowPrivate: true },
    auth: { kind: 'password' as const, user: { name: 'ann', domain: 'Default' }, password: new Secret('secret') },
    revoked,
    tokens: 0,
  });
  return cloud;
}

const notFound: Reply = { status: 404, json: { itemNotFound: { code: 404, message: 'Not there.' } } };
export const unauthorized: Reply = {
  status: 401,
  headers: { 'www-authenticate': 'Keystone uri="http://keystone"' },
  json: { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
};
const novaVersions: Reply = { json: { version: { id: 'v2.1', version: '2.93', min_version: '2.1', status: 'CURRENT' } } };

/** @returns what Keystone answers to a request for a token, scoped where a project is asked for */
export function token(cloud: SmallCloud, request: Seen, minutes = 60): Reply {
  const scoped = request.body.includes('"project"');
  const id = `token-${++cloud.tokens}`;
  const at = (type: string, path: string) => ({
    type,
    endpoints: [{ interface: 'public', region_id: 'R1', region: 'R1', url: `${cloud.url}${path}` }],
  });
  const catalog = [
    at('compute', '/compute/v2.1'),
    at('network', '/network'),
    at('image', '/image'),
    at('volumev3', '/volume/v3/p1'),
    at('reservation', '/reservation/v1'),
  ];
  return {
    status: 201,
    headers: { 'x-subject-token': id },
    json: {
      token: {
        expires_at: new Date(Date.now() + minutes * 60_000).toISOString(),
        user: { id: 'u1', name: 'ann' },
        ...(scoped ? { project: PROJECT, roles: [{ name: 'member' }], catalog } : {}),
      },
    },
  };
}
