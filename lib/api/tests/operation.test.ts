import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

const person = 'ada@egi.eu';
const entitlement = ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'];
const access = `e30.${Buffer.from('{}').toString('base64url')}.canary`;
let api: TestApi;
let oscar: TestOscar;
let older: TestOscar;
const path: Record<string, string> = {};
beforeAll(async () => {
  [oscar, older] = await Promise.all([
    startTestOscar('4.1', {
      definition: { kueue: true, prometheus: true },
      people: { [access]: { sub: person, eduperson_entitlement: entitlement } },
    }),
    startTestOscar('3.5'),
  ]);
  api = await openTestApi({ allowedRanges: ['127.0.0.0/8'], tokenHosts: [new URL(oscar.url).host] });
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access), expiresIn: 30 * 86_400 });
  for (const [name, { url, user, password }] of Object.entries({ newer: oscar, older })) {
    const auth = { kind: 'basic', user, password };
    const made = await api.call('POST', '/clusters', api.as.owner, { name, region: 'eu', endpoint: url, auth });
    path[name] = `/clusters/${made.json.id}`;
  }
  // whoever came once is known there
  await oscar.ask('GET', '/system/config', undefined, { authorization: `Bearer ${access}` });
});
afterAll(async () => {
  await Promise.all([api.store.close(), oscar.end(), older.end(), closeDoors()]);
});
const call = (method: string, part: string, body?: unknown, as = api.as.owner) => api.call(method, path.newer + part, as, body);
const quotas = `/people/${encodeURIComponent(person)}/quotas`;

test('a cluster tells its own user what they may do for everybody there, as far as its release has it', async () => {
  expect((await call('GET', '/status')).json.may).toEqual({ images: true, quotas: true, log: true });
  expect((await api.call('GET', `${path.older}/status`, api.as.owner)).json.may).toEqual({ images: false, quotas: false, log: false });
  for (const part of ['/requests', quotas])
    expect(await api.call('GET', path.older + part, api.as.owner)).toMatchObject({
      status: 409,
      json: { title: expect.stringContaining('does not have that') },
    });
});

test('the images that are taken are changed for everybody, each once, and a service of others is refused then', async () => {
  const images = (allowedImages: string[]) => call('PATCH', '/allowed-images', { allowedImages });
  expect((await images(['ghcr.io/grycap', 'ghcr.io/grycap', 'fish:1'])).json).toEqual({ allowedImages: ['ghcr.io/grycap', 'fish:1'] });
  expect((await call('GET', '/status')).json.allowedImages).toEqual(['ghcr.io/grycap', 'fish:1']);
  const service = { name: 'count', image: 'elsewhere/x:1', script: 'x' };
  expect((await call('POST', '/services?dryRun=true', service)).json.faults).toMatchObject([{ path: 'image' }]);
  expect(await images(['good', 'not good'])).toMatchObject({ status: 422, json: { fields: [{ path: 'allowedImages.1' }] } });
  const { faults } = oscar.cluster.world;
  faults.add({ match: { method: 'PUT', path: '/system/config' }, answer: { status: 502, afterCommit: true }, times: 1 });
  expect(await images([])).toMatchObject({ status: 200, json: { allowedImages: [] } });
});

test('what somebody may use is looked up and changed by their identifier, and a change that can’t be is said at its field', async () => {
  expect((await call('GET', quotas)).json.items).toMatchObject([{ what: 'cpu', used: 0, most: 2000 }, {}, {}, {}, {}]);
  const changed = await call('PATCH', quotas, { cpu: '4', memory: '8Gi', buckets: '2' });
  expect(changed.json.items).toMatchObject([{ most: 4000 }, { most: 8 * 2 ** 30 }, { what: 'volumes' }, { what: 'disk' }, { most: 2 }]);
  for (const [body, at] of [
    [{}, ''],
    [{ cpu: '500m' }, 'cpu'],
    [{ memory: '8' }, 'memory'],
    [{ disk: 'much' }, 'disk'],
    [{ volumes: '1.5' }, 'volumes'],
    [{ buckets: '-1' }, 'buckets'],
  ] as const)
    expect(await call('PATCH', quotas, body)).toMatchObject({ status: 422, json: { fields: [{ path: at }] } });
  for (const unknown of [await call('GET', '/people/nobody/quotas'), await call('PATCH', '/people/nobody/quotas', { disk: '1Gi' })])
    expect(unknown).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'person', message: expect.stringContaining('nobody as “nobody”') }] },
    });
});

test('calls of services are in the log a page at a time, the newest first, and what a service used is told', async () => {
  expect((await call('POST', '/services', { name: 'count', image: 'transat/word-count:1', script: 'x' })).status).toBe(201);
  expect((await call('GET', '/requests')).json).toEqual({ items: [], next: null });
  for (const event of ['a', 'b', 'c']) await call('POST', '/services/count/jobs', { event });
  const { requests } = oscar.cluster.world.state;
  while (requests.length < 60) requests.push({ at: 0, status: 401, method: 'POST', path: '/run/old?token=x', user: '-', milliseconds: 1 });
  const first = (await call('GET', '/requests')).json;
  expect([first.items.length, first.next, first.items[0].kind]).toEqual([50, '50', 'run']);
  const second = (await call('GET', `/requests?cursor=${first.next}`)).json;
  expect([second.items.length, second.next]).toEqual([10, null]);
  expect(second.items.at(-1)).toMatchObject({ kind: 'job', service: 'count', status: 201 });
  expect(JSON.stringify([first, second])).not.toContain('token');

  // by the clock of the product: the cluster of tests has its own
  const use = (await call('GET', '/services/count/use?days=7')).json;
  expect(Date.parse(use.to) - Date.parse(use.from)).toBe(7 * 86_400_000);
  expect(use.use).toMatchObject({ gpuHours: 0, visits: null });
  expect((await call('GET', '/services/none/use')).status).toBe(404);
  expect((await call('GET', '/services/count/use?days=30')).status).toBe(422);
});

const others = [
  ['PATCH', '/allowed-images', { allowedImages: [] }],
  ['GET', quotas, undefined],
  ['PATCH', quotas, { cpu: '1' }],
  ['GET', '/requests', undefined],
] as const;

test('somebody else’s cluster is not there', async () => {
  for (const [method, part, body] of [...others, ['GET', '/services/count/use', undefined] as const])
    expect((await call(method, part, body, api.as.stranger)).status).toBe(404);
});

test('who comes with a sign-in of their own does nothing for others, and is not asked to', async () => {
  expect((await call('DELETE', '')).status).toBe(204);
  const made = await api.call('POST', '/clusters', api.as.owner, {
    name: 'Mine',
    region: 'eu',
    endpoint: oscar.url,
    auth: { kind: 'oidc' },
  });
  expect(made.status, made.text).toBe(201);
  const mine = `/clusters/${made.json.id}`;
  expect((await api.call('GET', `${mine}/status`, api.as.owner)).json.may).toEqual({ images: false, quotas: false, log: false });
  for (const [method, part, body] of others)
    expect(await api.call(method, mine + part, api.as.owner, body)).toMatchObject({
      status: 403,
      json: { title: 'Only the cluster’s own user may do that' },
    });
});
