import { afterAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { startTestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { type Reply, serve } from '@/lib/web/testing/http-server';
import { connectOscar } from './client';
import type { OscarAuth } from './types';

const at = (address: string) => ({ id: address, name: 'OSCAR here', address, allowPrivate: true });
const ada: OscarAuth = { kind: 'oidc', accessToken: async () => new Secret('ada') };
const people = { ada: { sub: 'ada', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };
const gib = 2 ** 30;
afterAll(() => closeDoors());

test('somebody with a sign-in of their own is told what they may have of a cluster of 4.1', async () => {
  const oscar = await startTestOscar('4.1', { people });
  const client = await connectOscar(at(oscar.url), ada);
  await client.config();
  expect(await client.quotas()).toEqual([
    { what: 'volumes', used: 0, most: 5 },
    { what: 'disk', used: 0, most: 7 * gib },
    { what: 'buckets', used: 0, most: null },
  ]);
  await oscar.end();
});

test('the cluster’s own user has no quotas, and older releases have none at all', async () => {
  for (const dialect of ['4.1', '3.6'] as const) {
    const oscar = await startTestOscar(dialect);
    const client = await connectOscar(at(oscar.url), { kind: 'basic', user: 'oscar', password: new Secret(oscar.password) });
    expect(await client.quotas()).toBeNull();
    await oscar.end();
  }
});

const queue = {
  user_id: 'ada',
  cluster_queue: 'oscar-cq-ada',
  resources: {
    cpu: { max: 2000, used: 500 },
    memory: { max: 4 * gib, used: gib },
    'ephemeral-storage': { max: 10 * gib, used: 0 },
    gpu: { max: 0, used: 0 },
    constructor: { max: 1, used: 1 },
  },
  minio: { buckets: { max: 3, used: 2 }, storage_per_bucket: { max: '0' }, storage_total: { used: '10' } },
};
test.each<[string, Reply, unknown]>([
  [
    'a queue and its buckets',
    { json: queue },
    [
      { what: 'cpu', used: 500, most: 2000 },
      { what: 'memory', used: gib, most: 4 * gib },
      { what: 'scratch', used: 0, most: 10 * gib },
      { what: 'buckets', used: 2, most: 3 },
    ],
  ],
  [
    'volumes that are written oddly',
    { json: { volumes: { disk: { max: '', used: '1Gi' }, volumes: { max: '2', used: 'some' } } } },
    [
      { what: 'volumes', used: 0, most: 2 },
      { what: 'disk', used: gib, most: null },
    ],
  ],
  ['nothing of any', { json: { user_id: 'ada' } }, []],
  ['that Kueue is not there', { status: 503, text: 'kueue API is not available' }, null],
  ['something else', { json: { resources: 'many' } }, null],
  ['no JSON', { text: 'many' }, null],
])('a cluster tells %s', async (_what, reply, expected) => {
  const server = await serve(({ url }) => (url === '/system/info' ? { json: { version: 'v4.1.2' } } : reply));
  const client = await connectOscar(at(server.url), ada);
  expect(await client.quotas()).toEqual(expected);
  expect(server.seen.at(-1)).toMatchObject({ method: 'GET', url: '/system/quotas/user' });
  await server.close();
});
