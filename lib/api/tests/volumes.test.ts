import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let oscar: TestOscar;
let older: TestOscar;
const path: Record<string, string> = {};
beforeAll(async () => {
  api = await openTestApi({ allowedRanges: ['127.0.0.0/8'] });
  [oscar, older] = await Promise.all([startTestOscar('4.1'), startTestOscar('3.6')]);
  for (const [name, { url, user, password }] of Object.entries({ newer: oscar, older })) {
    const auth = { kind: 'basic', user, password };
    const made = await api.call('POST', '/clusters', api.as.owner, { name, region: 'eu', endpoint: url, auth });
    path[name] = `/clusters/${made.json.id}`;
  }
});
afterAll(async () => {
  await Promise.all([api.store.close(), oscar.end(), older.end(), closeDoors()]);
});
const call = (method: string, part: string, body?: unknown, as = api.as.owner) => api.call(method, path.newer + part, as, body);
const service = { name: 'count', image: 'i:1', script: 'x', input: [], output: [] };

test('a volume is made, and what would be refused is said at its field', async () => {
  expect((await call('GET', '/status')).json.volumes).toBe(true);
  expect((await call('POST', '/volumes', { name: 'data', size: '1Gi' })).status).toBe(201);
  expect((await call('GET', '/volumes')).json.items).toMatchObject([{ name: 'data', bytes: 2 ** 30, state: 'ready', mounts: [] }]);
  for (const [body, at] of [
    [{ name: 'data', size: '1Gi' }, 'name'],
    [{ name: 'Data', size: '1Gi' }, 'name'],
    [{ name: 'more', size: 'much' }, 'size'],
  ] as const)
    expect(await call('POST', '/volumes', body)).toMatchObject({ status: 422, json: { fields: [{ path: at }] } });
});

test('one whose answer was lost is there once, and one that was made meanwhile is a conflict', async () => {
  const { faults, state } = oscar.cluster.world;
  faults.add({ match: { method: 'POST', path: '/system/volumes' }, answer: { status: 502, afterCommit: true }, times: 1 });
  expect((await call('POST', '/volumes', { name: 'lost', size: '1Gi' })).status).toBe(201);
  expect(state.volumes.filter(({ name }) => name === 'lost')).toHaveLength(1);
  faults.add({ match: { method: 'GET', path: '/system/volumes' }, answer: { status: 200, body: '[]' }, times: 1 });
  expect(await call('POST', '/volumes', { name: 'lost', size: '1Gi' })).toMatchObject({
    status: 409,
    json: { fields: [{ path: 'name' }] },
  });
});

test('a service mounts one, which is shown before, stays in its file, and can’t be changed', async () => {
  const volume = { name: 'data', mountPath: '/data' };
  const none = await call('POST', '/services?dryRun=true', { ...service, volume: { ...volume, name: 'none' } });
  expect(none.json.faults).toMatchObject([{ path: 'volume.name' }]);
  expect((await call('POST', '/services', { ...service, volume })).status).toBe(201);
  expect((await call('GET', '/services/count')).json.volume).toEqual({ ...volume, size: '', lifecycle: '' });
  const fdl = await call('GET', '/services/count/export?as=fdl');
  expect((await call('POST', '/services/read', { fdl: fdl.text })).json.items).toMatchObject([{ volume }]);
  for (const as of ['curl', 'oscar-python']) expect((await call('GET', `/services/count/export?as=${as}`)).text).toContain('mount_path');
  const moved = await call('POST', '/services?dryRun=true', { ...service, volume: { ...volume, mountPath: '/other' } });
  expect(moved.json).toMatchObject({
    changes: [{ field: 'volume', from: 'data /data', to: 'data /other' }],
    faults: [{ path: 'volume.name' }],
  });
  expect((await call('POST', '/services?replace=true', { ...service, memory: '512Mi' })).json.volume).toMatchObject(volume);
});

test('a volume that is mounted stays, one that is free goes, and none that is not there', async () => {
  expect((await call('GET', '/volumes')).json.items[0]).toMatchObject({ state: 'in-use', mounts: [{ service: 'count', path: '/data' }] });
  const refused = await call('DELETE', '/volumes/data');
  expect(refused).toMatchObject({ status: 409, json: { detail: 'It is in use by: count.' } });
  expect((await call('DELETE', '/services/count')).status).toBe(204);
  expect((await call('DELETE', '/volumes/data')).status).toBe(204);
  expect((await call('DELETE', '/volumes/data')).status).toBe(404);
});

test('a cluster of before says that it has none, and somebody else’s cluster is not there', async () => {
  expect((await api.call('GET', `${path.older}/status`, api.as.owner)).json.volumes).toBe(false);
  expect(await api.call('GET', `${path.older}/volumes`, api.as.owner)).toMatchObject({
    status: 409,
    json: { title: 'This cluster has no volumes' },
  });
  for (const [method, part] of [
    ['GET', '/volumes'],
    ['POST', '/volumes'],
    ['DELETE', '/volumes/lost'],
  ] as const)
    expect((await call(method, part, method === 'POST' ? { name: 'a', size: '1Gi' } : undefined, api.as.stranger)).status).toBe(404);
});
