import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { serve } from '@/lib/web/testing/http-server';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let europe: TestOscar;
let america: TestOscar;
beforeAll(async () => {
  [api, europe, america] = await Promise.all([
    openTestApi({ allowedRanges: ['127.0.0.0/8'] }),
    startTestOscar('4.1', { definition: { id: 'oscar-eu' } }),
    startTestOscar('3.6', { definition: { id: 'oscar-us' } }),
  ]);
});
afterAll(async () => {
  await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
});

const given = (oscar: TestOscar, more: object = {}) => ({
  name: 'Europe',
  region: 'eu',
  endpoint: oscar.url,
  auth: { kind: 'basic', user: oscar.user, password: oscar.password },
  ...more,
});
const add = (body: unknown, as = api.as.owner) => api.call('POST', '/clusters', as, body);
const listed = async (as = api.as.owner) => (await api.call('GET', '/clusters', as)).json.items;

describe('what stands against a cluster is said at its field, and nothing is kept', () => {
  test.each<[string, object, string, string]>([
    ['a wrong password', { auth: { kind: 'basic', user: 'oscar', password: 'canary-wrong' } }, 'credential-invalid', 'auth'],
    ['an address inside', { endpoint: 'http://10.0.0.1' }, 'site-address-refused', 'endpoint'],
    ['the metadata service', { endpoint: 'https://169.254.169.254' }, 'site-address-refused', 'endpoint'],
    ['a password in the address', { endpoint: 'https://u:canary-pass@oscar.example.org' }, 'site-address-refused', 'endpoint'],
    ['no address', { endpoint: 'oscar' }, 'invalid-input', 'endpoint'],
    ['a place that is none', { region: 'moon' }, 'invalid-input', 'region'],
    ['no certificate', { ca: 'canary' }, 'invalid-input', 'ca'],
    ['their own sign-in, to a host that nobody named', { auth: { kind: 'oidc' } }, 'invalid-input', 'auth'],
    ['a name with markup', { name: '<b>' }, 'invalid-input', 'name'],
  ])('%s', async (_, more, code, path) => {
    const answer = await add(given(europe, more));
    expect(answer).toMatchObject({ status: 422, json: { code, fields: [{ path }] } });
    expect(answer.text).not.toContain('canary-');
    expect(await listed()).toEqual([]);
  });

  test('a certificate that nobody knows: the password does not go there', async () => {
    const foreign = await serve(() => ({ status: 200, text: 'Ok' }), { tls: true });
    const answer = await add(given(europe, { endpoint: foreign.url }));
    await foreign.close();
    expect(answer.json, answer.text).toMatchObject({ code: 'site-tls-untrusted', fields: [{ path: 'endpoint' }] });
    expect([foreign.seen, await listed()]).toEqual([[], []]);
  });

  test('something that is no OSCAR', async () => {
    const answer = await add(given(europe, { endpoint: europe.minioUrl }));
    expect(answer.json.fields).toMatchObject([{ path: 'endpoint' }]);
    expect(await listed()).toEqual([]);
  });
});

test('two clusters of two releases are registered, looked at, renamed and forgotten, and are nobody else’s', async () => {
  const eu = await add(given(europe));
  expect(eu).toMatchObject({
    status: 201,
    json: { dialect: '4.1', version: '4.1.2', region: 'eu', auth: { kind: 'basic', user: 'oscar' } },
  });
  api.clock.advance(1000);
  const us = await add(given(america, { name: 'America', region: 'us' }));
  expect(us.json).toMatchObject({ dialect: '3.6', problem: null, deployment: null });
  expect(await add(given(america, { name: 'Europe' }))).toMatchObject({ status: 422, json: { fields: [{ path: 'name' }] } });
  expect(await add(given(america, { name: 'Again' }))).toMatchObject({ status: 422, json: { fields: [{ path: 'endpoint' }] } });
  expect((await listed()).map(({ name }: { name: string }) => name)).toEqual(['Europe', 'America']);
  expect(await listed(api.as.stranger)).toEqual([]);
  const path = `/clusters/${us.json.id}`;
  const status = await api.call('GET', `${path}/status`, api.as.owner);
  expect(status.json).toMatchObject({ healthy: true, version: '3.6.5', services: 0, capacity: { nodes: [{ milliCores: 2000 }] } });
  for (const part of ['', '/status']) expect((await api.call('GET', path + part, api.as.stranger)).status).toBe(404);

  const moved = await api.call('PATCH', path, api.as.owner, { endpoint: 'http://127.0.0.1:9' });
  expect(moved, 'a password goes nowhere else').toMatchObject({ status: 422, json: { fields: [{ path: 'auth' }] } });
  expect((await api.call('PATCH', path, api.as.owner, { name: 'Over there' })).json.name).toBe('Over there');
  expect((await api.call('DELETE', path, api.as.owner)).status).toBe(204);
  expect((await api.call('GET', path, api.as.owner)).status).toBe(404);
  const all = [eu, us, status].map(({ text }) => text).join('') + JSON.stringify(await listed());
  for (const secret of [europe.password, europe.minio.secretKey]) expect(all).not.toContain(secret);
});

test('of two changes at once of how a cluster is reached one is made, so that no password goes where it was not given for', async () => {
  const [{ id }] = await listed();
  const change = (body: object) => api.call('PATCH', `/clusters/${id}`, api.as.owner, body);
  const { endpoint, auth } = given(europe);
  const elsewhere = { endpoint: america.url, auth: given(america).auth };
  const answers = await Promise.all([change({ auth }), change(elsewhere)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect((await api.call('GET', `/clusters/${id}/status`, api.as.owner)).json).toMatchObject({ healthy: true, problem: null });
  expect((await change({ endpoint, auth })).status).toBe(200);
});

test('a cluster whose machines nobody measures is well, and why it does not tell how busy it is, is told', async () => {
  const [{ id }] = await listed();
  // in the words of 4.1.2 on a Kubernetes without metrics-server
  const body = '{"error":"Error getting metrics info: the server could not find the requested resource (get nodes.metrics.k8s.io)"}';
  europe.cluster.world.faults.add({ match: { method: 'GET', path: '/system/status' }, answer: { status: 500, body }, times: 1 });
  const { json } = await api.call('GET', `/clusters/${id}/status`, api.as.owner);
  expect(json).toMatchObject({ healthy: true, services: 0, capacity: null, problem: { title: 'Nobody measures the cluster’s machines' } });
  expect((await listed())[0].problem).toBeNull();
});

test('a cluster that has stopped answering says so when it is looked at, and in the list from then on', async () => {
  const [{ id }] = await listed();
  europe.cluster.world.state.settings.unreachable = true;
  const { json } = await api.call('GET', `/clusters/${id}/status`, api.as.owner);
  europe.cluster.world.state.settings.unreachable = false;
  expect(json).toMatchObject({ healthy: false, capacity: null, problem: { code: 'site-unreachable' } });
  expect((await listed())[0].problem).toMatchObject({ code: 'site-unreachable' });
  expect((await api.call('GET', `/clusters/${id}/status`, api.as.owner)).json.healthy).toBe(true);
  expect((await listed())[0].problem).toBeNull();
});

test('of a deployment with two OSCARs one that is silent does not hold up the other, and a name that is taken does not keep it away', async () => {
  await api.store.db.deleteFrom('clusters').execute();
  await api.store.db.deleteFrom('deployments').execute();
  expect((await api.call('POST', '/clusters', api.as.owner, { ...given(europe), name: 'Both (west)' })).status).toBe(201);
  const output = (name: string, value: string) => ({ name, label: name, kind: 'text' as const, secret: name.endsWith('password'), value });
  const part = (name: string, url: string, { user, password }: TestOscar) => [
    output(`${name}_oscar_url`, url),
    output(`${name}_oscar_user`, user),
    output(`${name}_oscar_password`, password),
  ];
  const plan = { ...clusterPlan(1), outputs: [...part('east', 'http://127.0.0.1:9', america), ...part('west', america.url, america)] };
  const request = { recipe: 'oscar', addOns: [], inputs: {}, placement: {} };
  const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Both', request, plan });
  await api.store.db.updateTable('deployments').set({ state: 'ready' }).where('id', '=', id).execute();
  await expect
    .poll(async () => (await listed()).map(({ name }: { name: string }) => name).toSorted())
    .toEqual(['Both (west)', `Both (west) ${id.slice(-6)}`]);
  await api.store.db.deleteFrom('deployments').execute();
});

test('the OSCAR of a ready deployment is there by itself, can’t be forgotten, and goes with its deployment', async () => {
  await api.store.db.deleteFrom('clusters').execute();
  const output = (name: string, value: string) => ({ name, label: name, kind: 'text' as const, secret: name.endsWith('password'), value });
  const outputs = [output('oscar_url', america.url), output('oscar_user', america.user), output('oscar_password', america.password)];
  const request = { recipe: 'oscar', addOns: [], inputs: {}, placement: {} };
  const plan = { ...clusterPlan(1), outputs };
  const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Mine', request, plan });
  expect(await listed(), 'not before it is ready').toEqual([]);
  const change = (what: object) => api.store.db.updateTable('deployments').set(what).where('id', '=', id).execute();
  await change({ state: 'ready' });
  const [cluster] = await listed();
  expect(cluster).toMatchObject({ name: 'Mine', dialect: '3.6', deployment: id, endpoint: america.url });
  expect(await listed()).toHaveLength(1);
  expect((await api.call('DELETE', `/clusters/${cluster.id}`, api.as.owner)).status).toBe(409);
  expect(await listed(api.as.stranger)).toEqual([]);

  // its machine is made anew, with another address and password
  const anew = [output('oscar_url', europe.url), output('oscar_user', europe.user), output('oscar_password', europe.password)];
  await change({ plan: JSON.stringify({ ...plan, outputs: anew }) });
  api.clock.advance(61_000);
  expect(await listed(), 'while nothing is amiss it is left alone').toEqual([cluster]);
  const silent = JSON.stringify({ code: 'site-unreachable', title: 'It does not answer', detail: 'Nothing answers.' });
  await api.store.db.updateTable('clusters').set({ problem: silent }).where('id', '=', cluster.id).execute();
  await expect.poll(() => listed()).toMatchObject([{ id: cluster.id, name: 'Mine', dialect: '4.1', endpoint: europe.url, problem: null }]);
  expect((await api.call('GET', `/clusters/${cluster.id}/status`, api.as.owner)).json.healthy).toBe(true);
  await change({ state: 'deleted', deleted_at: new Date() });
  expect(await listed()).toEqual([]);
});
