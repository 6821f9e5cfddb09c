import { EventEmitter, once } from 'node:events';
import pkgcloud from 'pkgcloud';
import { afterEach, expect, test } from 'vitest';
import { serve, type TestServer } from '@/lib/web/testing/http-server';

/*
 * What pkgcloud does when it makes requests by itself: the reason why Transat lets it make none (verbs.ts). If one of these tests
 * fails after an update, pkgcloud has been mended, and the reason may be gone.
 */

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function clientAt(status: number) {
  const server = await serve(() => ({ status, json: {} }));
  servers.push(server);
  class Identity extends EventEmitter {
    token = { id: 't', expires: new Date(Date.now() + 3_600_000), tenant: { id: 'p1' } };
    authorize = (done: () => void) => done();
    getServiceEndpointUrl = () => server.url;
  }
  return pkgcloud.compute.createClient({ provider: 'openstack', authUrl: 'https://unused.invalid', identity: Identity });
}

test.each([429, 502, 504])('a delete that is answered %s counts as done', async (status) => {
  const client = await clientAt(status);
  const result = await new Promise((resolve, reject) => {
    client.destroyServer('s1', (error, done) => (error ? reject(error) : resolve(done)));
  });
  expect(result).toEqual({ ok: 's1' });
});

test.each([429, 502, 504])('a look that is answered %s never ends', async (status) => {
  const client = await clientAt(status);
  // pkgcloud's clients are emitters, which its surface here leaves out; it tells of an answer and then handles it at once
  const answered = once(client as unknown as EventEmitter, 'log::trace', { signal: AbortSignal.timeout(5_000) });
  let ended = false;
  client.getServer('s1', () => {
    ended = true;
  });
  let event = await answered;
  while (event[0] !== 'Provider Response') event = await once(client as unknown as EventEmitter, 'log::trace');
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
});
