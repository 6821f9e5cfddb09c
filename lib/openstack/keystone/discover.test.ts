import { afterEach, describe, expect, test } from 'vitest';
import { type Reply, serve, type TestServer } from '@/lib/web/testing/http-server';
import { findIdentity } from './discover';

const servers: TestServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const v3 = { id: 'v3.14', status: 'stable' };
const list: Reply = { status: 300, json: { versions: { values: [v3] } } };

async function at(routes: Record<string, Reply>): Promise<TestServer> {
  const server = await serve(({ url }) => routes[url] ?? { status: 404, text: '<h1>Not Found</h1>' });
  servers.push(server);
  return server;
}
const find = (server: TestServer, path = '') =>
  findIdentity({ site: `new-${server.url}`, authUrl: `${server.url}${path}`, allowedRanges: ['127.0.0.0/8'] });

describe('a Keystone v3 is found', () => {
  test('at its own address, with or without a slash at the end', async () => {
    const server = await at({ '/v3': { json: { version: v3 } } });
    expect(await find(server, '/v3')).toEqual({ authUrl: `${server.url}/v3`, version: 'v3.14' });
    expect((await find(server, '/v3//')).authUrl).toBe(`${server.url}/v3`);
  });

  test('where only the address with the slash answers', async () => {
    const server = await at({
      '/identity/v3': { status: 301, headers: { location: '/identity/v3/' } },
      '/identity/v3/': { json: { version: v3 } },
    });
    expect((await find(server, '/identity/v3')).authUrl).toBe(`${server.url}/identity/v3`);
  });

  test('below an address that lists versions', async () => {
    const server = await at({ '/': list, '/v3': { json: { version: v3 } } });
    expect((await find(server)).authUrl).toBe(`${server.url}/v3`);
  });
});

describe('something else is told apart', () => {
  test.each<[string, Record<string, Reply>]>([
    ['a page', { '/v3': { text: '<html>Dashboard</html>' } }],
    ['nothing there', {}],
    ['other JSON', { '/v3': { json: { hello: 'world' } } }],
    ['a redirection to somewhere else', { '/v3': { status: 302, headers: { location: 'http://169.254.169.254/' } } }],
    ['Keystone v2', { '/v3': { json: { version: { id: 'v2.0', status: 'stable' } } } }],
    ['a list of old versions', { '/v3': { status: 300, json: { versions: { values: [{ id: 'v2.0' }] } } } }],
  ])('%s', async (_, routes) => {
    await expect(find(await at(routes), '/v3')).rejects.toMatchObject({ code: 'invalid-input', detail: expect.stringContaining('/v3') });
  });

  test('nobody follows a redirection', async () => {
    const trap = await at({ '/v3': { json: { version: v3 } } });
    const server = await at({ '/v3': { status: 302, headers: { location: `${trap.url}/v3` } } });
    await expect(find(server, '/v3')).rejects.toMatchObject({ code: 'invalid-input' });
    expect(trap.seen).toEqual([]);
  });
});
