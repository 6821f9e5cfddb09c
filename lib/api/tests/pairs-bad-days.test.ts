import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { canaryWish } from '@/lib/workloads/pairs/canary-wish';
import { openTestApi, type TestApi } from '../fixtures';

// America (3.6) hands on to Europe (4.1), and something comes in between.
const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
let api: TestApi;
let europe: TestOscar;
let america: TestOscar;
const ids = { owner: { us: '', eu: '' }, stranger: { us: '', eu: '' } };

beforeAll(async () => {
  [api, europe, america] = await Promise.all([
    openTestApi({ allowedRanges: ['127.0.0.0/8'] }),
    startTestOscar('4.1', { clock, definition: { id: 'oscar-eu' } }),
    startTestOscar('3.6', { clock, definition: { id: 'oscar-us' } }),
  ]);
  for (const who of ['owner', 'stranger'] as const) {
    ids[who].us = await register(who, 'America', 'us', america);
    ids[who].eu = await register(who, 'Europe', 'eu', europe);
  }
});
afterAll(async () => {
  await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
});
afterEach(async () => {
  for (const oscar of [america, europe]) {
    oscar.cluster.world.faults.clear();
    for (const name of namesOn(oscar)) await oscar.ask('DELETE', `/system/services/${name}`);
  }
  await api.store.db.deleteFrom('pairs').execute();
});

async function register(who: 'owner' | 'stranger', name: string, region: string, oscar: TestOscar): Promise<string> {
  const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
  return (await api.call('POST', '/clusters', api.as[who], { name, region, endpoint: oscar.url, auth })).json.id;
}

const service = {
  name: 'words',
  image: 'transat/word-count:1',
  script: '#!/bin/sh\nwc',
  cpu: '0.5',
  memory: '256Mi',
  input: [{ path: 'words/in' }],
  output: [{ path: 'words/out' }],
};
const make = (who: 'owner' | 'stranger' = 'owner') =>
  api.call('POST', '/pairs', api.as[who], { origin: ids[who].us, worker: ids[who].eu, service, thresholdSeconds: 30 });
const made = async () => `/pairs/${(await make()).json.id}`;
const remove = (path: string, keep = false) => api.call('DELETE', `${path}?keep=${keep}`, api.as.owner);
const look = async (path: string) => (await api.call('GET', path, api.as.owner)).json;
const namesOn = (oscar: TestOscar) => oscar.cluster.world.state.services.map(({ name }) => name);
const onBoth = () => [namesOn(america), namesOn(europe)];
const failing = (oscar: TestOscar, method: string, path = '/system/services') =>
  oscar.cluster.world.faults.add({ match: { method, path }, answer: { status: 503, body: 'later' }, times: 20 });
/** Another process changes something in America. */
const busy = async (until: Date | null) => {
  const { db } = api.store;
  if (until === null) return void (await db.deleteFrom('cluster_turns').execute());
  await db.insertInto('cluster_turns').values({ place: america.url, by: 'another', until }).execute();
};

test('of two people who make the same at once, the one whose call comes second takes nothing of the other’s back', async () => {
  const statuses = (await Promise.all([make(), make('stranger')])).map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(onBoth()).toEqual([['words'], ['words']]);
});

test('a pair that is taken out while it is being made leaves nothing', async () => {
  await busy(new Date(Date.now() + 60_000));
  const making = make();
  await expect.poll(async () => (await api.store.db.selectFrom('pairs').select('undo').execute())[0]?.undo.length).toBe(1);
  const { id } = await api.store.db.selectFrom('pairs').select('id').executeTakeFirstOrThrow();
  const removing = remove(`/pairs/${id}`);
  await expect.poll(async () => (await look(`/pairs/${id}`)).state).toBe('removing');
  for (let turns = 0; turns < 20; turns++) await setImmediate();
  await busy(null);
  expect([(await removing).status, (await making).status]).toEqual([204, 409]);
  expect(onBoth()).toEqual([[], []]);
});

test.each<[what: string, origin: boolean]>([
  ['the origin does not let go of its worker', true],
  ['the worker does not let go of the origin’s storage', false],
])('where both services were to stay and %s, the pair says so, and both can still be removed', async (_what, origin) => {
  const path = await made();
  failing(origin ? america : europe, 'PUT');
  expect((await remove(path, true)).status).toBe(502);
  expect(await look(path)).toMatchObject({ state: 'broken', problem: { upstream: { message: expect.stringContaining('later') } } });
  for (const { cluster } of [america, europe]) cluster.world.faults.clear();
  expect((await remove(path)).status).toBe(204);
  expect(onBoth()).toEqual([[], []]);
});

test('a worker that its owner made another meanwhile stays, without the keys of the origin’s storage', async () => {
  const path = await made();
  const changed = await api.call('POST', `/clusters/${ids.owner.eu}/services?replace=true`, api.as.owner, {
    ...service,
    script: '#!/bin/sh\nmine',
    output: [...service.output, { provider: 'minio.america', path: 'words/out' }],
  });
  expect(changed.status, changed.text).toBe(200);
  expect(JSON.stringify(europe.cluster.world.service('words'))).toContain(america.minio.secretKey);
  expect((await remove(path)).status).toBe(204);
  expect(onBoth()).toEqual([[], ['words']]);
  expect(europe.cluster.world.service('words')?.script).toContain('mine');
  expect(JSON.stringify(europe.cluster.world.service('words'))).not.toContain(america.minio.secretKey);
});

test('what services have of other clusters than the pair’s stays with them', async () => {
  const path = await made();
  const [here, there] = [america.cluster.world.service('words'), europe.cluster.world.service('words')];
  const other = { endpoint: 'https://other.example', auth_user: 'oscar', auth_password: 'another-password', ssl_verify: true };
  const member = { type: 'oscar', cluster_id: 'other', service_name: 'words', url: '', priority: 1, ssl_verify: true, headers: {} };
  Object.assign(here?.clusters ?? {}, { other });
  here?.replicas?.push(member);
  const store = { endpoint: 'https://minio.other.example', region: 'x', access_key: 'a', secret_key: 'another-key', verify: true };
  Object.assign(there?.storage_providers?.minio ?? {}, { other: store });
  there?.output.push({ storage_provider: 'minio.other', path: 'far/out', suffix: [], prefix: [] });
  expect((await remove(path, true)).status).toBe(204);
  expect(america.cluster.world.service('words')).toMatchObject({ clusters: { other }, replicas: [{ cluster_id: 'other' }] });
  const stays = europe.cluster.world.service('words');
  expect(stays?.output.map(({ storage_provider: provider }) => provider)).toEqual(['minio.default', 'minio.other']);
  expect(stays?.storage_providers?.minio).toMatchObject({ other: store });
  expect(JSON.stringify([stays, america.cluster.world.service('words')])).not.toContain('minio.america');
});

test('what a proof that died left is taken out with the pair, or the pair stays', async () => {
  const path = await made();
  const { name, script } = canaryWish({ ...service, input: [], output: [], thresholdSeconds: 1 });
  await america.ask('POST', '/system/services', { ...service, name, script, input: [], output: [] });
  failing(america, 'DELETE', 'words-canary');
  expect((await remove(path)).status).toBe(502);
  expect(await look(path)).toMatchObject({ state: 'broken' });
  america.cluster.world.faults.clear();
  expect((await remove(path)).status).toBe(204);
  expect(onBoth()).toEqual([[], []]);
});

test('a proof ends where its pair is taken out, and leaves nothing', async () => {
  const path = await made();
  const proving = api.call('POST', `${path}/proof`, api.as.owner, {});
  await expect.poll(async () => (await look(path)).proof?.state).toBe('put');
  expect((await remove(path)).status).toBe(204);
  // at once: not when the request has had all of its time
  const soon = new Promise((resolve) => setTimeout(() => resolve('it goes on'), 15_000));
  expect(await Promise.race([proving.then(({ status }) => status), soon])).toBe(404);
  expect(onBoth()).toEqual([[], []]);
});

test.each([
  ['running', 'failed'],
  ['verified', 'verified'],
] as const)('of whoever died at a proof that was %s, it is said to be over', async (state, shown) => {
  const path = await made();
  const proof = { state, startedAt: 0, endedAt: null, reached: {}, evidence: {}, failure: null, problem: null };
  const cut = { proof: JSON.stringify(proof), proving_until: new Date(api.clock.now().getTime() - 1) };
  await api.store.db.updateTable('pairs').set(cut).execute();
  const { endedAt, problem, ...said } = (await look(path)).proof;
  expect([said.state, endedAt, problem?.title]).toEqual([
    shown,
    cut.proving_until.toISOString(),
    shown === 'failed' ? 'It was cut off' : undefined,
  ]);
});
