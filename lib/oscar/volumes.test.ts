import { afterAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { startTestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { type Reply, serve } from '@/lib/web/testing/http-server';
import { connectOscar, knownOscar } from './client';
import type { OscarAuth, ServiceWish } from './types';

const at = (address: string) => ({ id: address, name: 'OSCAR here', address, allowPrivate: true });
const ada: OscarAuth = { kind: 'oidc', accessToken: async () => new Secret('ada') };
const people = { ada: { sub: 'ada', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };
const wish: ServiceWish = { name: 'count', clusterId: 'x', image: 'i:1', script: 'x', cpu: '1', memory: '1Gi', input: [], output: [] };
const mounted = (name: string, size = '', lifecycle: '' | 'retain' = '') => ({ name, mountPath: '/data', size, lifecycle });
afterAll(() => closeDoors());

test.each(['4.0', '4.1'] as const)('a volume of %s is made, mounted, kept while it is, and removed', async (dialect) => {
  const oscar = await startTestOscar(dialect, { people });
  const client = await connectOscar(at(oscar.url), ada);
  expect((await client.config()).volumes).toBe(true);
  await client.createVolume({ name: 'data', size: '1Gi' });
  const free = { name: 'data', bytes: 2 ** 30, owner: 'ada', madeBy: null, goesWithService: false, note: null };
  expect(await client.volumes()).toEqual([{ ...free, state: 'ready', mounts: [] }]);
  await client.createService({ ...wish, volume: mounted('data') });
  expect(await client.volumes()).toEqual([{ ...free, state: 'in-use', mounts: [{ service: 'count', path: '/data' }] }]);
  expect(await client.service('count')).toMatchObject({ volume: mounted('data') });
  await expect(client.deleteVolume('data')).rejects.toMatchObject({
    upstream: { status: 400, message: expect.stringContaining('attached') },
  });
  await client.deleteService('count');
  expect(await client.deleteVolume('data')).toBe(true);
  expect(await client.volumes()).toEqual([]);
  await oscar.end();
});

test('a volume that is made with a service goes with it, unless it is to stay; and no service changes its own', async () => {
  const oscar = await startTestOscar('4.1');
  const client = await connectOscar(at(oscar.url), { kind: 'basic', user: 'oscar', password: new Secret(oscar.password) });
  await client.createService({ ...wish, volume: mounted('', '200Mi') });
  await client.createService({ ...wish, name: 'other', volume: mounted('kept', '200Mi', 'retain') });
  expect(await client.volumes()).toMatchObject([
    { name: 'count', madeBy: 'count', goesWithService: true, owner: 'cluster_admin' },
    { name: 'kept', madeBy: 'other', goesWithService: false },
  ]);
  const there = await client.service('count');
  if (!there) throw new Error('the service that was just made');
  expect(there.volume).toEqual({ name: 'count', mountPath: '/data', size: '200Mi', lifecycle: 'delete' });
  await client.updateService({ ...wish, memory: '2Gi' }, there);
  await expect(client.updateService({ ...wish, volume: mounted('kept') }, there)).rejects.toMatchObject({ upstream: { status: 400 } });
  await Promise.all([client.deleteService('count'), client.deleteService('other')]);
  expect((await client.volumes()).map(({ name }) => name)).toEqual(['kept']);
  await oscar.end();
});

test('what a cluster refuses of a volume is said in its words', async () => {
  const oscar = await startTestOscar('4.1', { people });
  const client = await connectOscar(at(oscar.url), ada);
  const refused = (name: string, size: string) =>
    client.createVolume({ name, size }).then(
      () => null,
      ({ upstream }) => upstream.message,
    );
  expect(await refused('Data', '1Gi')).toContain('DNS-1123');
  expect(await refused('data', 'much')).toContain('positive quantity');
  expect(await refused('data', '6Gi')).toContain('maximum storage usage per PersistentVolumeClaim is 5Gi');
  expect(await refused('data', '1Mi')).toContain('minimum storage usage');
  expect(await refused('data', '5Gi')).toBeNull();
  expect(await refused('data', '1Gi')).toContain('already exists');
  expect(await refused('more', '3Gi')).toBe('not enough volume disk quota: requested 3Gi, available 2048Mi');
  await oscar.end();
});

test('releases before 4.0 say that they keep none', async () => {
  const oscar = await startTestOscar('3.6');
  const client = await connectOscar(at(oscar.url), { kind: 'basic', user: 'oscar', password: new Secret(oscar.password) });
  expect((await client.config()).volumes).toBe(false);
  await expect(client.volumes()).rejects.toMatchObject({ code: 'not-found' });
  await oscar.end();
});

test.each<[string, Reply, unknown]>([
  ['nothing at all', { json: null }, []],
  [
    'a volume that is told oddly',
    {
      json: [
        { name: 'a', size: 'much', status: { phase: 'thinking', message: 'no disk' } },
        { name: 'b', status: { phase: 'deleted' } },
      ],
    },
    [
      { name: 'a', bytes: null, state: 'pending', note: 'no disk', owner: '', madeBy: null, goesWithService: false, mounts: [] },
      { name: 'b', bytes: null, state: 'deleting', note: null, owner: '', madeBy: null, goesWithService: false, mounts: [] },
    ],
  ],
])('a cluster that tells %s is read', async (_what, reply, expected) => {
  const server = await serve(() => reply);
  expect(await knownOscar(at(server.url), ada, { dialect: '4.1', version: '4.1.2' }).volumes()).toEqual(expected);
  await server.close();
});
