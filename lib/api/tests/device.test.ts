import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { runErrand } from '@/lib/keeping/errands';
import { connectCloud, listProjects } from '@/lib/openstack';
import { request } from '@/lib/sandbox/testing/cloud-client';
import { answerDevice } from '@/lib/sandbox/testing/device';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

let sandbox: TestSandbox;
let api: TestApi;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const america: SiteConfig = {
    id: 'america',
    name: 'America',
    kind: 'chameleon',
    authUrl: `${sandbox.url}/america/v3`,
    methods: ['applicationCredential', 'password'],
    identityProvider: 'chameleon',
    protocol: 'openid',
    deviceFlow: { name: 'Chameleon', issuer: `${sandbox.url}/america-oidc`, clientId: 'chi-cli-device-token', scopes: 'openid' },
    bareMetalFlavors: ['baremetal'],
    allowPrivate: true,
  };
  const twin = { ...america, id: 'twin', name: 'Twin' };
  const without = { ...america, id: 'without', name: 'Without', deviceFlow: undefined };
  const unregistered = { ...america, id: 'unregistered', name: 'Unregistered' };
  unregistered.deviceFlow = {
    ...unregistered.deviceFlow,
    clientId: 'nobody',
    name: 'X',
    issuer: `${sandbox.url}/america-oidc`,
    scopes: 'openid',
  };
  api = await openTestApi({ sites: [america, twin, without, unregistered], connectCloud, listProjects });
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});

const begin = async (site = 'america', who = api.as.owner) => (await api.call('POST', '/credentials/device', who, { site })).json;
const look = async (id: string, who = api.as.owner) => {
  api.clock.advance(6_000);
  return (await api.call('GET', `/credentials/device/${id}`, who)).json;
};
const credentials = async () => (await api.call('GET', '/credentials', api.as.owner)).json.items;

test('who approves in a browser is let into the site, and into all others of the same provider', async () => {
  const begun = await begin();
  expect(begun).toMatchObject({ state: 'waiting', provider: 'Chameleon', interval: 5, problem: null });
  expect(begun.verificationUriComplete).toContain(begun.userCode);
  expect(await look(begun.id)).toMatchObject({ state: 'waiting' });
  expect(await answerDevice(begun.verificationUriComplete, 'ada', 'connect')).toContain('Connected');
  expect(await look(begun.id)).toMatchObject({ state: 'connected', problem: null });
  const devices = (await credentials()).filter(({ kind }: { kind: string }) => kind === 'device');
  expect(devices.map(({ id }: { id: string }) => id)).toEqual(['device:america', 'device:twin']);
  const { json } = await api.call('GET', '/sites/america', api.as.owner);
  expect(json).toMatchObject({ access: 'ready', projects: [{ name: 'CHI-sandbox', credential: 'device:america' }] });
});

test('who closes the window before approving is connected all the same: the server goes on asking', async () => {
  const errand = (id: string) => runErrand(api.services, `device ${id}`);
  const begun = await begin();
  const { rows } = await sql<{ after: number }>`select extract(epoch from start_after - now())::float8 as after from queue.job
    where singleton_key = ${`device ${begun.id}`}`.execute(api.store.db);
  expect(rows[0]?.after).toBeGreaterThan(3);
  api.clock.advance(6_000);
  expect(await errand(begun.id)).toBe(5);
  const before = (await credentials()).find(({ id }: { id: string }) => id === 'device:america').createdAt;
  await answerDevice(begun.verificationUriComplete, 'ada', 'connect');
  expect(await errand(begun.id)).toBe(5);
  api.clock.advance(6_000);
  expect(await errand(begun.id)).toBe(null);
  const after = (await credentials()).find(({ id }: { id: string }) => id === 'device:america').createdAt;
  expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  expect(await errand(begun.id)).toBe(null);
  expect((await look(begun.id)).state).toBe('connected');
});

test('it is tried line by line: leases, which need a trust, are made by it', async () => {
  const { json } = await api.call('POST', '/credentials/device%3Aamerica/check', api.as.owner, {});
  const lines = Object.fromEntries(json.checks.map(({ what, state }: { what: string; state: string }) => [what, state]));
  expect(lines).toEqual({ token: 'good', project: 'good', quota: 'good', servers: 'good', leases: 'good' });
});

test('its token is renewed when it ends, and nobody’s memberships are read from the other provider', async () => {
  const groups = () => api.store.db.selectFrom('users').select('groups').where('id', '=', 'owner').executeTakeFirstOrThrow();
  const before = await groups();
  api.clock.advance(3600_000);
  const { json } = await api.call('POST', '/credentials/device%3Aamerica/check', api.as.owner, {});
  expect(json.problem).toBeNull();
  expect(await groups()).toEqual(before);
});

test('to others it is not there', async () => {
  const begun = await begin();
  expect(await look(begun.id, api.as.stranger)).toMatchObject({ status: 404 });
  expect((await api.call('GET', '/credentials', api.as.stranger)).json.items).toEqual([]);
  await answerDevice(begun.verificationUriComplete, 'grace', 'connect');
  expect(await look(begun.id)).toMatchObject({ state: 'connected' });
  const { json } = await api.call('GET', '/sites/america', api.as.owner);
  expect(json.projects.map(({ name }: { name: string }) => name)).toEqual(['CHI-compilers']);
});

test('who refuses, who has no project, and who comes too late are told so, and nothing is kept of it', async () => {
  const before = await credentials();
  const refused = await begin();
  expect(await answerDevice(refused.verificationUriComplete, 'ada', 'refuse')).toContain('Refused');
  expect(await look(refused.id)).toMatchObject({ state: 'denied' });
  expect(await look(refused.id)).toMatchObject({ state: 'denied' });

  const nowhere = await begin();
  await answerDevice(nowhere.verificationUriComplete, 'noah', 'connect');
  expect(await look(nowhere.id)).toMatchObject({ state: 'failed', problem: { code: 'vo-not-mapped' } });

  const late = await begin();
  api.clock.advance(601_000);
  expect(await look(late.id)).toMatchObject({ state: 'expired' });
  expect(await credentials()).toEqual(before);
  expect(await api.store.db.selectFrom('grants').select('id').where('kind', '=', 'device').execute()).toHaveLength(1);
});

test('a site without it, one that is not there, and a client that the provider does not know are refused', async () => {
  expect(await begin('without')).toMatchObject({ status: 422, fields: [{ path: 'site' }] });
  expect(await begin('nowhere')).toMatchObject({ status: 422, fields: [{ path: 'site' }] });
  expect(await begin('unregistered')).toMatchObject({ code: 'upstream-refused' });
});

test('deleting it ends it at the provider and at the site', async () => {
  const { vault } = api.services.credentials;
  const grant = await api.store.db.selectFrom('grants').selectAll().where('kind', '=', 'device').executeTakeFirstOrThrow();
  const token = await vault.open('owner', grant.id, 'access-token', grant.access_token, 'test');
  const userinfo = () =>
    request('GET', `${sandbox.url}/america-oidc/protocol/openid-connect/userinfo`, undefined, {
      authorization: `Bearer ${token.reveal()}`,
    });
  expect((await userinfo()).status).toBe(200);
  expect((await api.call('DELETE', '/credentials/device%3Atwin', api.as.owner)).status).toBe(204);
  expect((await userinfo()).status).toBe(401);
  expect(await credentials()).toEqual([]);
  expect(await api.store.db.selectFrom('grants').select('id').where('kind', '=', 'device').execute()).toEqual([]);
});

test('one that nobody approves is asked about until it ends, and of many that one person begins the oldest are given up', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 7; count++) {
    ids.push((await begin()).id);
    api.clock.advance(1000);
  }
  const states = await Promise.all(ids.map(async (id) => (await api.services.credentials.devices.read(id))?.state));
  expect(states).toEqual(['expired', 'expired', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
  api.clock.advance(3600_000);
  expect(await runErrand(api.services, `device ${ids[6]}`)).toBe(null);
  expect((await look(ids[6] ?? '')).state).toBe('expired');
});
