import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import type { Fault } from '@/lib/sandbox/cloud/faults';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const said: string[] = [];
let api: TestApi;
let europe: TestOscar;
let america: TestOscar;
const ids = { eu: '', us: '' };

beforeAll(async () => {
  [api, europe, america] = await Promise.all([
    openTestApi({ allowedRanges: ['127.0.0.0/8'] }),
    startTestOscar('4.1', { clock, definition: { id: 'oscar-eu' } }),
    startTestOscar('3.6', { clock, definition: { id: 'oscar-us' } }),
  ]);
  ids.eu = await register('Europe', 'eu', europe);
  ids.us = await register('America', 'us', america);
});
afterAll(async () => {
  await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
});
afterEach(() => {
  for (const { cluster } of [europe, america]) {
    cluster.world.faults.clear();
    cluster.world.state.settings.unreachable = false;
  }
});

async function register(name: string, region: string, oscar: TestOscar): Promise<string> {
  const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
  const made = await api.call('POST', '/clusters', api.as.owner, { name, region, endpoint: oscar.url, auth });
  return made.json.id;
}

const call = async (method: string, path: string, body?: unknown, as = api.as.owner) => {
  const answer = await api.call(method, path, as, body);
  said.push(answer.text);
  return answer;
};
const service = {
  name: 'words',
  image: 'transat/word-count:1',
  script: '#!/bin/sh\nwc',
  cpu: '0.5',
  memory: '256Mi',
  input: [{ path: 'words/in' }],
  output: [{ path: 'words/out' }],
};
const body = (more: object = {}) => ({ origin: ids.us, worker: ids.eu, service, thresholdSeconds: 30, ...more });
const failing = (method: string, status: number, text: string): Fault => ({
  match: { method, path: '/system/services' },
  answer: { status, body: text },
  times: 20,
});
const namesOn = (oscar: TestOscar) => oscar.cluster.world.state.services.map(({ name }) => name);
const keysIn = (oscar: TestOscar, bucket: string) => Object.keys(oscar.cluster.world.bucket(bucket)?.objects ?? {});
const listed = async (as = api.as.owner) => (await call('GET', '/pairs', undefined, as)).json.items;
const nothingMade = async () => expect([namesOn(america), namesOn(europe), await listed()]).toEqual([[], [], []]);

describe('what stands against a pair is said before anything is made', () => {
  test.each<[string, object, string]>([
    ['an origin of 4.1 that is given no refresh token', { origin: 'eu', worker: 'us' }, 'no-refresh-token'],
    [
      'an origin of 4.1 that is signed in to with a password',
      { origin: 'eu', worker: 'us', refreshToken: 'canary-token' },
      'needs-sign-in',
    ],
    ['a cluster with itself', { origin: 'eu', worker: 'eu' }, 'same-cluster'],
  ])('%s', async (_, more, refused) => {
    const { origin, worker, ...rest } = { origin: 'us', worker: 'eu', ...more } as { origin: 'us' | 'eu'; worker: 'us' | 'eu' };
    const given = body({ origin: ids[origin], worker: ids[worker], ...rest });
    expect((await call('POST', '/pairs?dryRun=true', given)).json).toMatchObject({ ready: false, refused, calls: [] });
    expect(await call('POST', '/pairs', given)).toMatchObject({ status: 409, json: { cause: expect.stringContaining(refused) } });
    await nothingMade();
  });

  test('what either side would refuse', async () => {
    const given = body({ service: { ...service, cpu: '500m', input: [{ path: 'words' }] } });
    const plan = await call('POST', '/pairs?dryRun=true', given);
    expect(plan.json.ready).toBe(false);
    for (const { findings } of plan.json.sides)
      expect(findings.map(({ about }: { about: string }) => about)).toEqual(expect.arrayContaining(['cpu', 'input-folder']));
    expect((await call('POST', '/pairs', given)).status).toBe(409);
    await nothingMade();
  });

  test('a side that does not answer', async () => {
    europe.cluster.world.state.settings.unreachable = true;
    const plan = await call('POST', '/pairs?dryRun=true', body());
    expect(plan.json).toMatchObject({
      ready: false,
      sides: [{ problem: null }, { side: 'worker', problem: { code: 'site-unreachable' } }],
    });
    expect((await call('POST', '/pairs', body())).status).toBe(409);
    expect(namesOn(america)).toEqual([]);
  });

  test('clocks that are apart', async () => {
    const headers = { date: new Date(Date.now() - 600_000).toUTCString() };
    const answer = { status: 200, body: 'Ok', headers };
    europe.cluster.world.faults.add({ match: { method: 'GET', path: '/health' }, answer, times: 1 });
    const { json } = await call('POST', '/pairs?dryRun=true', body());
    expect(json).toMatchObject({ ready: false, sides: [{ findings: [] }, { findings: [{ severity: 'error', about: 'clock' }] }] });
    expect(Math.abs(json.sides[1].findings[0].values.seconds + 600)).toBeLessThan(3);
    await nothingMade();
  });

  test('somebody else’s cluster is none', async () => {
    expect((await call('POST', '/pairs', body(), api.as.stranger)).status).toBe(404);
    expect((await call('POST', '/pairs?dryRun=true', body(), api.as.stranger)).status).toBe(404);
  });
});

describe('a call that fails', () => {
  test('on the second cluster takes back what the first was given', async () => {
    europe.cluster.world.faults.add(failing('POST', 500, 'disk full'));
    expect((await call('POST', '/pairs', body())).status).toBe(502);
    await nothingMade();
  });

  test('after it was carried out counts as done', async () => {
    for (const oscar of [america, europe])
      oscar.cluster.world.faults.add({
        match: { method: 'POST', path: '/system/services' },
        answer: { status: 'reset-after-commit' },
        times: 1,
      });
    const made = await call('POST', '/pairs', body());
    expect(made).toMatchObject({ status: 201, json: { state: 'standing' } });
    expect((await call('DELETE', `/pairs/${made.json.id}`)).status).toBe(204);
    await nothingMade();
  });

  test('and can’t be taken back leaves a broken pair, which is taken out later', async () => {
    europe.cluster.world.faults.add(failing('POST', 500, 'disk full'));
    america.cluster.world.faults.add(failing('DELETE', 503, 'later'));
    expect((await call('POST', '/pairs', body())).status).toBe(502);
    const [broken] = await listed();
    expect(broken).toMatchObject({ state: 'broken', problem: { upstream: { message: expect.stringContaining('disk full') } } });
    america.cluster.world.faults.clear();
    expect((await call('DELETE', `/pairs/${broken.id}`)).status).toBe(204);
    await nothingMade();
  });
});

describe('a pair of America (3.6), which hands on, and Europe (4.1)', () => {
  let path = '';
  beforeAll(async () => {
    const plan = await call('POST', '/pairs?dryRun=true', body());
    expect(plan.json).toMatchObject({
      ready: true,
      refused: null,
      calls: [
        { side: 'origin', cluster: 'America', does: 'create' },
        { side: 'worker', cluster: 'Europe', does: 'create' },
        { side: 'origin', cluster: 'America', does: 'update' },
      ],
    });
    await nothingMade();
    const made = await call('POST', '/pairs', body());
    expect(made.status, made.text).toBe(201);
    path = `/pairs/${made.json.id}`;
  });

  test('is the owner’s alone, and stands on both sides', async () => {
    expect(await listed()).toMatchObject([
      { name: 'words', state: 'standing', origin: { name: 'America', dialect: '3.6' }, worker: { name: 'Europe' }, thresholdSeconds: 30 },
    ]);
    expect((await call('GET', `${path}/status`)).json.sides).toMatchObject([{ is: 'open' }, { is: 'there' }]);
    expect(await listed(api.as.stranger)).toEqual([]);
    for (const [method, part] of [
      ['GET', ''],
      ['GET', '/status'],
      ['POST', '/proof'],
      ['DELETE', ''],
    ] as const)
      expect((await call(method, path + part, method === 'GET' ? undefined : {}, api.as.stranger)).status).toBe(404);
    expect(await call('POST', '/pairs', body())).toMatchObject({ status: 409 });
  });

  test('hands on a job that waits longer than was asked for, and the result is in both buckets', async () => {
    await america.ask('POST', '/system/services', {
      name: 'fill',
      image: 'transat/wait:1',
      script: 'sleep',
      cpu: '1.9',
      memory: '128Mi',
      environment: { variables: { SECONDS: '600' } },
    });
    await america.ask('POST', '/job/fill', 'x', { authorization: `Bearer ${america.cluster.world.service('fill')?.token}` });
    const put = new Request(`http://transat.test/api/v1/clusters/${ids.us}/buckets/words/objects?key=in/a.txt`, {
      method: 'POST',
      body: 'one two',
      headers: { ...api.as.owner, 'content-length': '7' },
    });
    expect((await api.raw(put)).status).toBe(201);
    await pass(clock, 90, america, europe);
    expect([keysIn(america, 'words'), keysIn(europe, 'words')].map((keys) => keys.filter((key) => key.startsWith('out/a')))).toEqual([
      ['out/a.txt.count.txt'],
      ['out/a.txt.count.txt'],
    ]);
    await america.ask('DELETE', '/system/services/fill');
  });

  test('is proved: the file crosses, each hop with its time, and nothing of the proof stays', async () => {
    const proof = call('POST', `${path}/proof`, {});
    let ended = false;
    void proof.then(() => (ended = true));
    while (!ended) {
      await setImmediate();
      await pass(clock, 0.5, america, europe);
    }
    const { status, json } = await proof;
    expect(status).toBe(200);
    expect(json.proof).toMatchObject({ state: 'verified', failure: null, problem: null });
    expect(json.proof.hops.at(-1).to).toBe('verified');
    expect(Object.keys(json.proof.evidence)).toEqual(expect.arrayContaining(['workerJob', 'workerOutput', 'originOutput']));
    expect([namesOn(america), namesOn(europe)]).toEqual([['words'], ['words']]);
    expect((await call('GET', path)).json.proof.endedAt).not.toBeNull();
  });

  test('can be taken out so that both services stay, each for itself', async () => {
    expect((await call('DELETE', `${path}?keep=true`)).status).toBe(204);
    expect(america.cluster.world.service('words')).toMatchObject({ replicas: [], clusters: {} });
    expect(europe.cluster.world.service('words')?.output).toMatchObject([{ storage_provider: 'minio.default' }]);
    expect(JSON.stringify(europe.cluster.world.service('words'))).not.toContain(america.minio.secretKey);
    expect(await listed()).toEqual([]);
    for (const oscar of [america, europe]) await oscar.ask('DELETE', '/system/services/words');
  });
});

test('a pair that was made elsewhere is known by its definitions', async () => {
  const made = { ...service, cluster_id: 'usa', input: [], output: [] };
  const replicas = [{ type: 'oscar', cluster_id: 'far', service_name: 'words', priority: 0 }];
  const clusters = { far: { endpoint: europe.url, auth_user: europe.user, auth_password: europe.password } };
  await america.ask('POST', '/system/services', { ...made, replicas, clusters, delegation: 'static', rescheduler_threshold: 45 });
  expect(await listed()).toMatchObject([
    { id: null, name: 'words', origin: { name: 'America' }, worker: { name: 'Europe', id: ids.eu }, thresholdSeconds: 45 },
  ]);
  await america.ask('DELETE', '/system/services/words');
});

test('no password, key or token was in any answer', () => {
  const all = said.join('\n');
  for (const { password, minio } of [europe, america]) {
    expect(all).not.toContain(password);
    expect(all).not.toContain(minio.secretKey);
  }
  expect(all).not.toContain('canary-token');
});
