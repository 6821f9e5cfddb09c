import { afterAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { machines } from '@/lib/sandbox/oscar/definition';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { serve } from '@/lib/web/testing/http-server';
import { connectOscar, knownOscar } from './client';
import type { OscarAuth } from './types';

const at = (address: string) => ({ id: address, name: 'OSCAR here', address, allowPrivate: true });
const ada: OscarAuth = { kind: 'oidc', accessToken: async () => new Secret('ada') };
const people = { ada: { sub: 'ada', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };
const basic = ({ password }: TestOscar): OscarAuth => ({ kind: 'basic', user: 'oscar', password: new Secret(password) });
const gib = 2 ** 30;
afterAll(() => closeDoors());

test.each(['4.0', '4.1'] as const)('the own user of a cluster of %s says whose images it takes, and nobody else does', async (dialect) => {
  const oscar = await startTestOscar(dialect, { people });
  const client = await connectOscar(at(oscar.url), basic(oscar));
  for (const wanted of [['ghcr.io/grycap', 'docker.io/fish'], []]) {
    await client.setAllowedImages(wanted);
    expect((await client.config()).allowedImages).toEqual(wanted);
  }
  const person = await connectOscar(at(oscar.url), ada);
  await expect(person.setAllowedImages(['x'])).rejects.toMatchObject({ code: 'credential-invalid' });
  await oscar.end();
});

test('the own user reads and changes what somebody may use, as far as Kueue is there', async () => {
  const [queued, plain] = await Promise.all([
    startTestOscar('4.1', { people, definition: { kueue: true } }),
    startTestOscar('4.0', { people, definition: { id: 'plain' } }),
  ]);
  await Promise.all([queued, plain].map(async ({ url }) => (await connectOscar(at(url), ada)).config()));
  const client = await connectOscar(at(queued.url), basic(queued));
  expect(await client.quotasOf('ada')).toMatchObject([
    { what: 'cpu', most: 2000 },
    { what: 'memory', most: 4 * gib },
    {},
    {},
    { what: 'buckets', most: null },
  ]);
  const changed = await client.setQuotasOf('ada', { cpu: '3.5', volumes: '2', buckets: '4' });
  expect(changed).toEqual([
    { what: 'cpu', used: 0, most: 3500 },
    { what: 'memory', used: 0, most: 4 * gib },
    { what: 'volumes', used: 0, most: 2 },
    { what: 'disk', used: 0, most: expect.any(Number) },
    { what: 'buckets', used: 0, most: 4 },
  ]);
  expect(await client.setQuotasOf('ada', { disk: '9Gi' })).toMatchObject([{}, {}, { most: 2 }, { what: 'disk', most: 9 * gib }, {}]);
  await expect(client.quotasOf('nobody')).rejects.toMatchObject({ upstream: { message: expect.stringContaining('not found') } });
  const person = await connectOscar(at(queued.url), ada);
  for (const refused of [person.quotasOf('ada'), person.setQuotasOf('ada', { cpu: '9' })])
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });

  const other = await connectOscar(at(plain.url), basic(plain));
  await expect(other.setQuotasOf('ada', { cpu: '1' })).rejects.toMatchObject({ upstream: { status: 503 } });
  expect(await other.setQuotasOf('ada', { disk: '1Gi' })).toMatchObject([{ what: 'volumes' }, { what: 'disk', most: gib }]);
  await Promise.all([queued.end(), plain.end()]);
});

test('a service’s use is told as far as it is counted', async () => {
  for (const prometheus of [true, false]) {
    const oscar = await startTestOscar('4.1', { definition: { prometheus } });
    const client = await connectOscar(at(oscar.url), basic(oscar));
    const wish = {
      name: 'count',
      clusterId: 'x',
      image: 'transat/word-count:1',
      script: 'x',
      cpu: '1',
      memory: '1Gi',
      input: [],
      output: [],
    };
    await client.createService(wish);
    const token = (await client.service('count'))?.token ?? new Secret('');
    await client.submit({ service: 'count', token, body: '{}' });
    const now = oscar.cluster.world.now();
    const use = await client.use('count', new Date(now - 86_400_000), new Date(now + 1000));
    expect(use).toEqual({ cpuHours: prometheus ? 0 : null, gpuHours: prometheus ? 0 : null, calls: 0, jobs: 1, visits: null, people: 1 });
    const [line] = (await client.requests()) ?? [];
    expect(line).toMatchObject({ status: 201, kind: 'job', service: 'count' });
    await oscar.end();
  }
  const older = await startTestOscar('3.6');
  const client = await connectOscar(at(older.url), basic(older));
  await expect(client.use('count', new Date(0), new Date())).rejects.toMatchObject({ code: 'not-found' });
  await older.end();
});

test('a log keeps what may be a token to itself', async () => {
  const line = { timestamp: '2026-11-21T12:00:00.5Z', status: 201, latency: '3ms', client_ip: '10.0.0.1', method: 'POST', raw: 'Bearer s' };
  const logs = [
    { ...line, path: '/job/fish?token=secret', user: 'a'.repeat(64) },
    { ...line, path: '/run/a%20b#secret', user: `ey.${'x'.repeat(60)}.z`, timestamp: 'yesterday' },
    { ...line, path: '/job/%zz', user: 'ada' },
  ];
  const server = await serve(() => ({ json: { logs } }));
  const told = await knownOscar(at(server.url), ada, { dialect: '4.1', version: '4.1.2' }).requests();
  const shown = { status: 201, took: '3ms', address: '10.0.0.1', at: '2026-11-21T12:00:00.500Z' };
  expect(told).toEqual([
    { ...shown, kind: 'job', service: '%zz', user: 'ada' },
    { ...shown, kind: 'run', service: 'a b', user: '***', at: null },
    { ...shown, kind: 'job', service: 'fish', user: '***' },
  ]);
  expect(JSON.stringify(told)).not.toContain('secret');
  await server.close();
  const without = await serve(() => ({ status: 404, text: '' }));
  expect(await knownOscar(at(without.url), ada, { dialect: '4.1', version: '4.1.2' }).requests()).toBeNull();
  await without.close();
});

test('machines behind interLink are among a cluster’s own, and said to be', async () => {
  const oscar = await startTestOscar('4.1', { definition: { interLink: () => machines('vega', 1, 64, 128) } });
  const client = await connectOscar(at(oscar.url), basic(oscar));
  expect((await client.config()).interLink).toBe(true);
  const { nodes } = await client.status();
  expect(nodes.map(({ name, interLink }) => [name, interLink])).toEqual([
    ['oscar-41-worker-1', false],
    ['vega-worker-1', true],
  ]);
  await oscar.end();
});
