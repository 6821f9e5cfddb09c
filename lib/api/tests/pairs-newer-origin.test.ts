import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { dueForPairs, runPairErrand } from '@/lib/workloads/pairs/watch/errands';
import { openTestApi, type TestApi } from '../fixtures';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.canary`;
const access = jwt({ iss: 'https://issuer.example', azp: 'token-portal' });
/** the sandbox of tests makes the rest of it its access token */
const refresh = `refresh-${access}`;
const ada = { sub: 'ada@egi.eu', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] };
const ids = { eu: '', us: '' };
let api: TestApi;
let europe: TestOscar;
let america: TestOscar;

beforeAll(async () => {
  const people = { [access]: ada };
  [europe, america] = await Promise.all([
    startTestOscar('4.1', { clock, people, definition: { id: 'oscar-eu' } }),
    startTestOscar('4.1', { clock, people, definition: { id: 'oscar-us' } }),
  ]);
  const tokenHosts = [europe, america].map(({ url }) => new URL(url).host);
  api = await openTestApi({ allowedRanges: ['127.0.0.0/8'], tokenHosts, clock });
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access), expiresIn: 30 * 86_400 });
  const register = async (name: string, region: string, { url: endpoint }: TestOscar) =>
    (await call('POST', '/clusters', { name, region, endpoint, auth: { kind: 'oidc' } })).json.id;
  ids.eu = await register('Europe', 'eu', europe);
  ids.us = await register('America', 'us', america);
});
afterAll(async () => {
  await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
});
afterEach(async () => {
  for (const { cluster } of [europe, america]) {
    cluster.world.faults.clear();
    cluster.world.state.settings.unreachable = false;
  }
  for (const { id } of await api.store.db.selectFrom('pairs').select('id').execute()) {
    await call('DELETE', `/pairs/${id}/drain`);
    expect((await call('DELETE', `/pairs/${id}`)).status).toBe(204);
  }
  await api.store.db.deleteFrom('peers').execute();
});

const call = (method: string, path: string, body?: unknown) => api.call(method, path, api.as.owner, body);
const look = async (id: string) => (await call('GET', `/pairs/${id}`)).json;
const at = (oscar: TestOscar) => oscar.cluster.world.service('words');
const members = () => (at(europe)?.federation?.members ?? []).map(({ cluster_id }) => cluster_id);
const kept = async () => (await api.store.db.selectFrom('pairs').select('token').executeTakeFirst())?.token ?? null;
/** of both, but for a cluster's own storage, which it adds to what it shows and takes back with a change */
const definitions = () =>
  [europe, america].map((oscar) => {
    const { storage_providers: stores, ...definition } = structuredClone(at(oscar)) ?? {};
    const { default: _own, ...others } = stores?.minio ?? {};
    return { ...definition, stores: others };
  });

async function make(more: object = {}): Promise<string> {
  const service = {
    name: 'words',
    image: 'transat/word-count:1',
    script: '#!/bin/sh\nwc',
    cpu: '0.5',
    memory: '256Mi',
    input: [{ path: 'words/in' }],
    output: [{ path: 'words/out' }],
  };
  const body = { origin: ids.eu, worker: ids.us, service, thresholdSeconds: 30, refreshToken: refresh, ...more };
  const made = await call('POST', '/pairs', body);
  expect(made.status, made.text).toBe(201);
  expect(made.text).not.toContain('canary');
  return made.json.id;
}
async function errandsFor(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    for (const { errand, after } of await dueForPairs(api.services)) {
      const [kind = '', id = ''] = errand.split(' ');
      if (after === 0) await runPairErrand(api.services, kind, id);
    }
    await pass(clock, 1, europe, america);
  }
}
async function put(key: string): Promise<void> {
  const path = `http://transat.test/api/v1/clusters/${ids.eu}/buckets/words/objects?key=in/${key}`;
  const request = new Request(path, { method: 'POST', body: 'one two', headers: { ...api.as.owner, 'content-length': '7' } });
  expect((await api.raw(request)).status).toBe(201);
}

test('an origin of 4.1 is drained with a refresh token that is kept, sealed, until it works as before', async () => {
  const id = await make();
  await errandsFor(2);
  const before = definitions();
  expect((await call('POST', `/pairs/${id}/drain`, {})).json.detail).toContain('refresh token');
  expect((await call('POST', `/pairs/${id}/drain`, { refreshToken: 'opaque' })).json.fields[0].path).toBe('refreshToken');
  const drained = await call('POST', `/pairs/${id}/drain`, { refreshToken: refresh });
  expect(drained.json, drained.text).toMatchObject({ sharing: 'away', settled: true, token: 'for-drain', problem: null });
  expect(drained.text).not.toContain('canary');
  expect((await kept())?.toString('latin1')).not.toContain('canary');
  // the origin asks for more than it has, the worker for as much as before
  expect([Number(at(europe)?.cpu) > 2, at(america)?.cpu, members()]).toEqual([true, '0.5', ['america']]);
  await put('f1.txt');
  await errandsFor(10);
  const ranAt = ({ cluster }: TestOscar) => cluster.world.state.runs.filter(({ service }) => service === 'words').length;
  expect([ranAt(europe), ranAt(america)]).toEqual([0, 1]);
  expect((await call('DELETE', `/pairs/${id}/token`)).status).toBe(409);
  expect((await call('DELETE', `/pairs/${id}/drain`)).json).toMatchObject({ sharing: 'whole', settled: true, token: null, drain: null });
  expect([definitions(), await kept()]).toEqual([before, null]);
});

test('while it is drained and its worker falls silent, it runs what comes, and is drained again by itself', async () => {
  const id = await make({ keepToken: true });
  await errandsFor(2);
  await call('POST', `/pairs/${id}/drain`, {});
  america.cluster.world.state.settings.unreachable = true;
  await errandsFor(30);
  expect([at(europe)?.cpu, members()]).toEqual(['0.5', []]);
  america.cluster.world.state.settings.unreachable = false;
  await errandsFor(40);
  expect(await look(id)).toMatchObject({ sharing: 'away', settled: true, token: 'kept' });
  expect([Number(at(europe)?.cpu) > 2, at(america)?.cpu, members()]).toEqual([true, '0.5', ['america']]);
});

test.each([
  ['its worker was taken out', 'PUT', '/system/services'],
  ['its own size was changed', 'POST', '/system/federation/words'],
])('a drain that is cut off after %s is brought to its end', async (_what, method, path) => {
  const id = await make({ keepToken: true });
  await errandsFor(2);
  const before = definitions();
  const world = europe.cluster.world;
  world.faults.add({ match: { method, path }, answer: { status: 'reset' }, times: 1 });
  expect((await call('POST', `/pairs/${id}/drain`, {})).json).toMatchObject({ settled: false, problem: expect.anything() });
  await errandsFor(20);
  expect(await look(id)).toMatchObject({ sharing: 'away', settled: true, problem: null });
  expect([at(america)?.cpu, members()]).toEqual(['0.5', ['america']]);
  await call('DELETE', `/pairs/${id}/drain`);
  expect(definitions()).toEqual(before);
});

test('a drain that is ended before its origin was ever reached leaves nothing of its refresh token', async () => {
  const id = await make();
  await errandsFor(2);
  const { world } = europe.cluster;
  world.faults.add({ match: { method: 'GET', path: '/system/services' }, answer: { status: 'reset' }, times: 50 });
  expect((await call('POST', `/pairs/${id}/drain`, { refreshToken: refresh })).json).toMatchObject({
    sharing: 'whole',
    token: 'for-drain',
    problem: expect.anything(),
  });
  expect((await call('DELETE', `/pairs/${id}/drain`)).json).toMatchObject({ sharing: 'whole', drain: null, token: null });
  expect(await kept()).toBeNull();
});

test('of a pair that is being taken out no refresh token is kept, and that is said', async () => {
  const id = await make();
  await api.store.db.updateTable('pairs').set({ state: 'removing' }).where('id', '=', id).execute();
  expect((await call('POST', `/pairs/${id}/token`, { refreshToken: refresh })).status).toBe(409);
  expect(await kept()).toBeNull();
});

test('where its person lets it be kept, it is drilled and proved at night, until they have it forgotten', async () => {
  const id = await make({ keepToken: true });
  await errandsFor(2);
  expect(await look(id)).toMatchObject({ token: 'kept' });
  clock.advance(36 * 3_600_000);
  const nights = async () => (await dueForPairs(api.services)).filter(({ errand }) => errand.startsWith('night '));
  expect(await nights()).toEqual([{ errand: `night ${id}`, after: 0 }]);
  expect((await call('POST', `/pairs/${id}/drill`)).json).toMatchObject({ sharing: 'away', settled: true, drain: { drill: true } });
  await call('DELETE', `/pairs/${id}/drain`);
  expect(await look(id)).toMatchObject({ sharing: 'whole', token: 'kept', drill: expect.anything() });
  expect((await call('DELETE', `/pairs/${id}/token`)).json).toMatchObject({ token: null });
  expect([await nights(), await kept()]).toEqual([[], null]);
  expect(
    (await call('POST', `/pairs/${id}/token`, { refreshToken: jwt({ iss: 'x', azp: 'y', exp: 1 }) })).json.fields[0].message,
  ).toContain('has ended');
  expect((await call('POST', `/pairs/${id}/token`, { refreshToken: refresh })).json).toMatchObject({ token: 'kept' });
  expect(await nights()).toHaveLength(1);
  const audited = await api.store.db.selectFrom('audit').selectAll().execute();
  expect(JSON.stringify(audited)).toContain('drain a pair');
});

test('its threshold is set with its refresh token, and its worker is told again', async () => {
  const id = await make();
  await errandsFor(2);
  const path = `/pairs/${id}`;
  expect((await call('PATCH', path, { thresholdSeconds: 45 })).status).toBe(409);
  const change = [{ field: 'threshold', from: '30', to: '45' }];
  const body = { thresholdSeconds: 45, refreshToken: refresh };
  expect((await call('PATCH', `${path}?dryRun=true`, body)).json.changes).toEqual(change);
  expect(at(europe)?.federation?.rescheduler_threshold).toBe(30);
  const set = await call('PATCH', path, body);
  expect(set.json.changes, set.text).toEqual(change);
  expect([at(europe)?.federation?.rescheduler_threshold, members(), await kept()]).toEqual([45, ['america'], null]);
  expect(await look(id)).toMatchObject({ thresholdSeconds: 45, sharing: 'whole', settled: true });
});

test('taken out while it is drained, an origin that stays asks for as much as before, and nothing of the token is kept', async () => {
  const id = await make({ keepToken: true });
  await errandsFor(2);
  await call('POST', `/pairs/${id}/drain`, {});
  expect(Number(at(europe)?.cpu)).toBeGreaterThan(2);
  expect((await call('DELETE', `/pairs/${id}?keep=true`)).status).toBe(204);
  expect([at(europe)?.cpu, at(america)?.cpu, members()]).toEqual(['0.5', '0.5', []]);
  expect([at(europe)?.environment.secrets, await kept()]).toEqual([{}, null]);
  for (const oscar of [europe, america]) await oscar.ask('DELETE', '/system/services/words');
});
