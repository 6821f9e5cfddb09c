import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { serve } from '@/lib/web/testing/http-server';
import { connectOscar, type OscarClient } from './client';
import { ObjectStore } from './s3/store';
import type { OscarAuth, OscarEndpoint, ServiceWish } from './types';

const place = (path: string) => ({ provider: 'minio.default', path, suffix: [], prefix: [] });
const wish = (more: Partial<ServiceWish> = {}): ServiceWish => ({
  name: 'count',
  clusterId: 'here',
  image: 'transat/word-count:1',
  script: '#!/bin/sh\nwc',
  cpu: '0.5',
  memory: '128Mi',
  input: [place('count/in')],
  output: [place('count/out')],
  ...more,
});
const at = (address: string): OscarEndpoint => ({ id: address, name: 'OSCAR here', address, allowPrivate: true });
const password = (value: string): OscarAuth => ({ kind: 'basic', user: 'oscar', password: new Secret(value) });
afterAll(() => closeDoors());

describe.each(['3.5', '3.6', '4.0', '4.1'] as const)('a cluster of %s', (dialect) => {
  let clock: ManualClock;
  let oscar: TestOscar;
  let client: OscarClient;
  beforeAll(async () => {
    clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
    oscar = await startTestOscar(dialect, { clock });
    client = await connectOscar(at(oscar.url), password(oscar.password));
  });
  afterAll(() => oscar.end());

  test('is known for what it is', async () => {
    expect(client.dialect).toBe(dialect);
    expect(client.info).toMatchObject({ architecture: 'amd64', kubernetes: 'v1.32.9', serverless: 'Knative' });
    expect(await client.isHealthy()).toBe(true);
    const config = await client.config();
    expect(config).toMatchObject({ groups: ['vo.sandbox.eu'], minio: { endpoint: oscar.minioUrl, accessKey: 'minio' } });
    expect(JSON.stringify(config)).not.toContain(oscar.minio.secretKey);
  });

  test('says how busy it is, in one form', async () => {
    expect(await client.status()).toMatchObject({
      nodes: [{ milliCores: 2000, freeMilliCores: 2000, interLink: false, ready: true }],
      mostFree: { milliCores: 2000, memoryBytes: 4 * 1024 ** 3 },
    });
  });

  test('has a service made, changed, run, looked at and removed', async () => {
    await client.createService(wish());
    const made = await client.service('count');
    expect(made).toMatchObject({ name: 'count', cpu: '0.5', input: [{ path: 'count/in' }], visibility: 'private', exposed: false });
    if (!made) return;
    expect(await client.updateService(wish({ cpu: '1.0' }), made)).toBeNull();
    const [changed] = await client.services();
    expect([changed?.name, changed?.cpu, changed?.owner]).toEqual(['count', '1.0', 'cluster_admin']);
    // up to 3.7 a change makes a new token
    const token = changed?.token ?? made.token;
    expect(token.reveal() === made.token.reveal()).toBe(!dialect.startsWith('3'));
    expect(await client.submit({ service: 'count', token, body: { hello: 'x' } })).toBe(true);
    await pass(clock, 10, oscar);
    const { jobs, next } = await client.jobs('count');
    expect([jobs, next]).toMatchObject([[{ state: 'Succeeded', createdAt: expect.any(String), finishedAt: expect.any(String) }], null]);
    const name = jobs[0]?.name ?? '';
    const log = (await client.jobLog('count', name)) ?? '';
    expect(Buffer.from(log.trim().split('\n').at(-1) ?? '', 'base64').toString()).toMatch(/^0 1 13 event-file-/);
    expect(await client.jobLog('count', 'none')).toBeNull();
    expect(Buffer.from(await client.run({ service: 'count', token, body: '' }), 'base64').toString()).toContain('input');
    expect([await client.deleteJob('count', name), await client.deleteJob('count', name)]).toEqual([true, false]);
    await client.deleteJobs('count', 'all');
    expect([await client.deleteService('count'), await client.deleteService('count'), await client.service('count')]).toEqual([
      true,
      false,
      null,
    ]);
  });

  test('a service that was changed, how often ever, hears of files, is told as it was wished, and leaves nothing when it goes', async () => {
    await client.createService(wish({ output: [place('results/out')] }));
    const told = async () => (await client.service('count')) ?? expect.unreachable();
    for (const cpu of ['0.6', '0.7']) {
      expect(await client.updateService(wish({ cpu, output: [place('results/out')] }), await told())).toBeNull();
      expect(await told()).toMatchObject({ cpu, input: [{ path: 'count/in' }], output: [{ path: 'results/out' }] });
    }
    const { minio } = await client.config();
    const store = new ObjectStore(minio, { id: 'here', allowPrivate: true });
    await store.put('count', 'in/a.txt', Buffer.from('one two'), { bytes: 7 });
    await pass(clock, 10, oscar);
    expect((await client.jobs('count')).jobs).toMatchObject([{ state: 'Succeeded' }]);
    await client.deleteService('count');
    expect(await store.buckets()).toEqual([]);
  });

  test('a service that another program has made nobody’s goes with its buckets', async () => {
    await client.createService(wish());
    const there = await client.service('count');
    const { owner: _owner, ...definition } = there?.definition.reveal() ?? {};
    expect((await oscar.ask('PUT', '/system/services', definition)).status).toBe(204);
    expect(await client.deleteService('count')).toBe(true);
    expect([await client.service('count'), oscar.cluster.world.state.buckets]).toEqual([null, []]);
  });

  test('a change that brings a bucket and drops another is done, whatever the cluster says of rights', async () => {
    await client.createService(wish());
    const there = await client.service('count');
    if (there) await client.updateService(wish({ input: [place('fresh/in')], output: [place('fresh/out')] }), there);
    expect(await client.service('count')).toMatchObject({ input: [{ path: 'fresh/in' }], output: [{ path: 'fresh/out' }] });
    await client.deleteService('count');
    oscar.cluster.world.state.buckets = [];
  });

  test('what it can’t do is not asked of it', () => {
    const { buckets, deployments, federation } = client.abilities;
    expect([buckets, deployments, federation].filter(Boolean)).toHaveLength(['3.5', '3.6', '4.0', '4.1'].indexOf(dialect));
  });
});

describe('a cluster of 4.1', () => {
  let oscar: TestOscar;
  let client: OscarClient;
  beforeAll(async () => {
    oscar = await startTestOscar('4.1');
    client = await connectOscar(at(oscar.url), password(oscar.password));
  });
  afterEach(() => {
    oscar.cluster.world.faults.clear();
    oscar.cluster.world.state.services = [];
    oscar.cluster.world.state.buckets = [];
  });
  afterAll(() => oscar.end());

  test.each([
    ['breaks off', { status: 500, body: 'panic' }],
    ['tells of another thing', { status: 200, body: '{"name": 1}' }],
    ['tells nothing that can be read', { status: 200, body: '<html>' }],
  ])('removes a service of which it %s when it is asked what that is', async (_how, answer) => {
    await client.createService(wish());
    oscar.cluster.world.faults.add({ match: { method: 'GET', path: '/system/services/count' }, answer, times: 1 });
    expect(await client.deleteService('count')).toBe(true);
    expect([await client.service('count'), oscar.cluster.world.state.buckets]).toEqual([null, []]);
  });

  test('has buckets', async () => {
    await client.createBucket({ name: 'pictures', visibility: 'private' });
    // with the cluster's password, OSCAR takes the wish and does nothing
    await client.updateBucket({ name: 'pictures', visibility: 'restricted', allowedUsers: ['ada'] });
    expect(await client.buckets()).toEqual([{ name: 'pictures', visibility: 'private', owner: 'oscar', allowedUsers: [], service: null }]);
    const signed = await client.presign({ bucket: 'pictures', key: 'a/b c.txt', operation: 'upload', seconds: 60 });
    expect((await fetch(signed.url, { method: signed.method, body: 'x' })).status).toBe(200);
    await expect(client.createBucket({ name: 'pictures', visibility: 'private' })).rejects.toMatchObject({ code: 'conflict' });
    expect([await client.deleteBucket('pictures'), await client.deleteBucket('pictures')]).toEqual([true, false]);
  });

  test('takes members, and says which it could not reach', async () => {
    const member = { type: 'oscar', clusterId: 'us', serviceName: 'count', priority: 0, verify: true } as const;
    await client.createService(
      wish({ secrets: { refresh_token: new Secret('r') }, sharing: { members: [], delegation: 'static', thresholdSeconds: 60 } }),
    );
    expect(await client.members('count')).toEqual([]);
    const clusters = { us: { endpoint: 'http://127.0.0.1:9', verify: false } };
    expect(await client.changeMembers('count', { kind: 'add', members: [member], clusters })).toContain('us: unreachable');
    await client.changeMembers('count', { kind: 'replace', member, by: { ...member, priority: 7 } });
    expect(await client.members('count')).toMatchObject([{ clusterId: 'us', priority: 7 }]);
    expect(await client.changeMembers('count', { kind: 'remove', members: [member] })).toBeNull();
    expect((await client.service('count'))?.sharing).toEqual({ members: [], delegation: 'static', thresholdSeconds: 60, topology: 'star' });
  });

  test('starts no job twice of one name, so that a lost answer can be asked for again', async () => {
    await client.createService(wish());
    const token = (await client.service('count'))?.token ?? new Secret('');
    oscar.cluster.world.faults.add({ match: { service: 'oscar', path: '/job/' }, answer: { status: 'reset-after-commit' }, times: 1 });
    const submission = { service: 'count', token, body: 'x', name: 'mine-1' };
    await expect(client.submit(submission)).rejects.toMatchObject({ code: 'site-unreachable' });
    expect(await client.submit(submission)).toBe(false);
    expect((await client.jobs('count')).jobs.map(({ name }) => name)).toEqual(['mine-1']);
  });

  test('is asked once for what changes something, however it fails', async () => {
    oscar.cluster.world.faults.add({ match: { service: 'oscar', method: 'POST' }, answer: { status: 503 }, times: 5 });
    await expect(client.createService(wish())).rejects.toMatchObject({ code: 'upstream-failed', title: 'The cluster is not ready' });
    expect(oscar.cluster.world.faults.list()[0]?.times).toBe(4);
  });

  test('a removal that answers 500 is believed only where the service is still there', async () => {
    await client.createService(wish());
    oscar.cluster.world.faults.add({ match: { service: 'oscar', method: 'DELETE' }, answer: { status: 500 }, times: 1 });
    await expect(client.deleteService('count')).rejects.toMatchObject({ code: 'upstream-failed' });
    oscar.cluster.world.state.settings.upstreamBugs = true;
    const service = oscar.cluster.world.service('count');
    service?.output.push({ storage_provider: 'minio.eu', path: 'count/out', suffix: [], prefix: [] });
    expect(await client.deleteService('count')).toBe(true);
    oscar.cluster.world.state.settings.upstreamBugs = false;
  });

  test('how a service without a long-running part is, is said as well', async () => {
    await client.createService(wish());
    expect(await client.deployment('none')).toBeNull();
    expect(await client.deployment('count')).toEqual({ state: 'unavailable', reason: expect.any(String), instances: 0 });
    expect(await client.deploymentLog('count')).toEqual([]);
    await expect(client.setRunning('count', 'stop')).rejects.toMatchObject({ code: 'upstream-refused' });
  });
});

describe('signing in', () => {
  test('a wrong password is said to be one', async () => {
    const oscar = await startTestOscar('4.1');
    await expect(connectOscar(at(oscar.url), password('wrong'))).rejects.toMatchObject({
      code: 'credential-invalid',
      remedy: expect.stringContaining('password'),
    });
    await oscar.end();
  });

  test('an access token that is refused is renewed once', async () => {
    const people = { fresh: { sub: 'ada', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };
    const oscar = await startTestOscar('4.1', { people });
    const asked: boolean[] = [];
    const accessToken = async ({ renew = false } = {}) => {
      asked.push(renew);
      return new Secret(renew ? 'fresh' : 'stale');
    };
    expect((await connectOscar(at(oscar.url), { kind: 'oidc', accessToken })).dialect).toBe('4.1');
    expect(asked).toEqual([false, true]);
    await oscar.end();
  });
});

describe('what a cluster quotes', () => {
  const kept = 'a-password-of-the-worker';
  const service = { ...wish(), cluster_id: 'here', input: [], output: [], storage_providers: { minio: { us: { secret_key: 'its-key' } } } };
  const there = { ...service, clusters: { us: { endpoint: 'https://us.example', auth_user: 'oscar', auth_password: kept } } };
  const quoting = (status: number) =>
    serve(({ method, url }) => {
      if (url === '/system/info') return { json: { version: 'v4.1.0' } };
      if (method === 'GET') return { json: there };
      return { status, text: `us: could not use ${kept}, its-key, a-refresh-token, my-own` };
    });

  test.each([500, 200])('of a service that it had before, its own secrets and mine are not told on (%s)', async (status) => {
    const server = await quoting(status);
    const client = await connectOscar(at(server.url), password('my-own'));
    const found = await client.service('count');
    if (!found) throw new Error('there is none');
    const given = wish({ secrets: { refresh_token: new Secret('a-refresh-token') } });
    const words = await client.updateService(given, found).catch(({ upstream }) => upstream.message);
    expect(words).toBe('us: could not use ***, ***, ***, ***');
    await server.close();
  });

  test('beside a change of members is not told on either', async () => {
    const server = await quoting(200);
    const client = await connectOscar(at(server.url), password('my-own'));
    const secrets = [new Secret('a-refresh-token')];
    const words = await client.changeMembers('count', { kind: 'add', members: [], clusters: {}, secrets });
    expect(words).toMatch(/, \*{3}, \*{3}$/);
    await server.close();
  });
});

describe('what is no OSCAR', () => {
  test.each([
    ['a page', { text: '<html>Welcome</html>' }, 'upstream-failed'],
    ['JSON of something else', { json: ['x'] }, 'upstream-failed'],
    ['a sign-in page', { status: 302, headers: { location: 'http://elsewhere.example/' } }, 'upstream-refused'],
  ])('%s is said to be none', async (_what, reply, code) => {
    const server = await serve(() => reply);
    await expect(connectOscar(at(server.url), password('x'))).rejects.toMatchObject({ code });
    await server.close();
  });

  test('an address inside the operator’s network is not gone to', async () => {
    const endpoint = { ...at('http://127.0.0.1:8080'), allowPrivate: false };
    await expect(connectOscar(endpoint, password('x'))).rejects.toMatchObject({ code: 'site-address-refused' });
  });

  test('a cluster that says no version is known by its routes', async () => {
    const server = await serve(({ url }) => {
      if (url === '/system/info') return { json: { version: 'devel' } };
      return url.startsWith('/system/buckets') ? { status: 401 } : { status: 404, text: '404 page not found' };
    });
    expect((await connectOscar(at(server.url), password('x'))).dialect).toBe('3.6');
    await server.close();
  });
});
