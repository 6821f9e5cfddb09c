import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { connectCloud, listProjects } from '@/lib/openstack';
import { request } from '@/lib/sandbox/testing/cloud-client';
import { answerDevice } from '@/lib/sandbox/testing/device';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let sandbox: TestSandbox;
let api: TestApi;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const common = { methods: ['oidc', 'applicationCredential'] as SiteConfig['methods'], protocol: 'openid', allowPrivate: true };
  const europe = { ...common, id: 'europe', name: 'Europe', kind: 'egi' as const, provider: 'op', identityProvider: 'egi.eu' };
  const america = { ...common, id: 'america', name: 'America', kind: 'chameleon' as const, identityProvider: 'chameleon' };
  const deviceFlow = { name: 'Chameleon', issuer: `${sandbox.url}/america-oidc`, clientId: 'chi-cli-device-token', scopes: 'openid' };
  api = await openTestApi({
    connectCloud,
    listProjects,
    sites: [
      { ...europe, authUrl: `${sandbox.url}/europe/v3`, applicationCredentialMaxDays: 60 },
      { ...america, authUrl: `${sandbox.url}/america/v3`, deviceFlow },
    ],
  });
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});
beforeEach(async () => {
  await api.store.db.deleteFrom('credentials').execute();
  await api.store.db.deleteFrom('grants').execute();
  await signInAs('ada');
});

async function signInAs(person: string): Promise<void> {
  const { access_token } = await signIn(sandbox.url, person);
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access_token), expiresIn: 3600 });
  api.services.desk.forget('owner');
}
const wanted = { site: 'europe', with: 'oidc:europe', name: 'While I am away' };
const make = (more: object = {}) => api.call('POST', '/credentials/make', api.as.owner, { ...wanted, ...more });
const stored = () => api.store.db.selectFrom('credentials').selectAll().execute();
/** Whether the site still knows the application credential of a stored one. */
async function livesAtSite(id: string): Promise<boolean> {
  const auth = { identity: { methods: ['application_credential'], application_credential: { id, secret: 'x' } } };
  return (await request('POST', `${sandbox.url}/europe/v3/auth/tokens`, { auth })).status === 401;
}

describe('a credential that Transat makes for a person', () => {
  test('acts in the project for as long as was chosen, with no secret in the answer', async () => {
    const { status, json, text } = await make({ days: 30 });
    expect(status, text).toBe(201);
    expect(json).toMatchObject({ kind: 'applicationCredential', made: true, project: { name: 'vo.sandbox.eu' }, problem: null });
    expect(Math.ceil((Date.parse(json.expiresAt) - api.clock.now().getTime()) / DAY)).toBe(30);
    expect(json.checks.map(({ what, state }: { what: string; state: string }) => `${what} ${state}`)).toEqual([
      'token good',
      'project good',
      'quota good',
      'servers good',
    ]);
    await api.store.db.deleteFrom('grants').execute();
    const checked = await api.call('POST', `/credentials/${json.id}/check`, api.as.owner, {});
    expect(checked.json).toMatchObject({ problem: null, expiresAt: json.expiresAt });
  });

  test('lives at most as long as the site allows, is made by a sign-in only, and by one’s own', async () => {
    expect((await make({ days: 61 })).json).toMatchObject({ status: 422, fields: [{ path: 'days' }] });
    expect((await make({ with: 'oidc:america' })).json).toMatchObject({ status: 422, fields: [{ path: 'with' }] });
    expect((await make({ project: 'nothing' })).json).toMatchObject({ code: 'project-not-yours' });
    const stranger = await api.call('POST', '/credentials/make', api.as.stranger, wanted);
    expect(stranger.json).toMatchObject({ code: 'session-expired' });
    expect(await stored()).toEqual([]);
  });

  test('is refused with the reason by a site that keeps no roles of federated people, and nothing is stored', async () => {
    const { json: begun } = await api.call('POST', '/credentials/device', api.as.owner, { site: 'america' });
    await answerDevice(begun.verificationUriComplete, 'ada', 'connect');
    api.clock.advance(6_000);
    expect((await api.call('GET', `/credentials/device/${begun.id}`, api.as.owner)).json).toMatchObject({ state: 'connected' });
    const { json } = await make({ site: 'america', with: 'device:america' });
    expect(json).toMatchObject({ code: 'upstream-refused', title: expect.stringContaining('federated') });
    expect(json.cause).toContain('default_authorization_ttl');
    expect(await stored()).toEqual([]);
  });

  test('is renewed: the new one works before the old one is revoked', async () => {
    const { json: first } = await make({ days: 10 });
    api.clock.advance(5 * HOUR);
    await signInAs('ada');
    const { json: second } = await api.call('POST', `/credentials/${first.id}/rotate`, api.as.owner, {});
    expect(second).toMatchObject({ id: first.id, name: first.name, made: true, problem: null });
    expect(second.shown.id).not.toBe(first.shown.id);
    expect(Date.parse(second.expiresAt) - Date.parse(first.expiresAt)).toBe(5 * HOUR);
    expect(await livesAtSite(first.shown.id)).toBe(false);
    expect(await livesAtSite(second.shown.id)).toBe(true);
  });

  test('stays as it is where the new one can’t be made', async () => {
    const { json: first } = await make();
    await api.store.db.deleteFrom('grants').execute();
    const answer = await api.call('POST', `/credentials/${first.id}/rotate`, api.as.owner, {});
    expect(answer.json).toMatchObject({ code: 'session-expired' });
    expect(await livesAtSite(first.shown.id)).toBe(true);
    expect((await stored())[0]?.shown.id).toBe(first.shown.id);
  });

  test('is revoked at the site when it is deleted; where it can’t be, it stays until one says to forget it', async () => {
    const { json } = await make();
    await api.store.db.deleteFrom('grants').execute();
    const path = `/credentials/${json.id}`;
    expect((await api.call('DELETE', path, api.as.owner)).json).toMatchObject({
      code: 'conflict',
      title: expect.stringContaining('revoked'),
    });
    expect(await livesAtSite(json.shown.id)).toBe(true);
    await signInAs('ada');
    expect((await api.call('DELETE', path, api.as.owner)).status).toBe(204);
    expect(await livesAtSite(json.shown.id)).toBe(false);

    const { json: other } = await make();
    await api.store.db.deleteFrom('grants').execute();
    expect((await api.call('DELETE', `/credentials/${other.id}?keepAtSite=true`, api.as.owner)).status).toBe(204);
    expect(await stored()).toEqual([]);
    expect(await livesAtSite(other.shown.id)).toBe(true);
  });

  test('takes over what acts by the sign-in in the same project; deleting it then names what depends on it', async () => {
    const { services, store } = api;
    const plan = clusterPlan(1);
    const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
    const { id } = await createDeployment(services.ports, { person: { id: 'owner' }, name: 'Night shift', request, plan });
    const { json: site } = await api.call('GET', '/sites/europe', api.as.owner);
    const place = { site: 'europe', project: site.projects[0].id, credential: 'oidc:europe' };
    await store.db.updateTable('resources').set(place).execute();
    const { json: made } = await make({ takeOver: true });
    expect(made.usedBy).toMatchObject([{ id, name: 'Night shift' }]);
    const left = await store.db.selectFrom('resources').select('key').where('credential', '=', 'oidc:europe').execute();
    expect(left).toEqual([]);
    const refused = await api.call('DELETE', `/credentials/${made.id}`, api.as.owner);
    expect(refused.json).toMatchObject({ code: 'conflict', detail: expect.stringContaining('“Night shift”') });
    expect((await api.call('DELETE', `/credentials/${made.id}?inUse=true`, api.as.owner)).status).toBe(204);
  });
});

describe('a credential that was given', () => {
  test('gets a new id and secret after they were tried; wrong ones leave it as it is', async () => {
    const { json: first } = await make();
    const { json: next } = await make({ name: 'Next' });
    const next_ = await api.store.db.selectFrom('credentials').selectAll().where('id', '=', next.id).executeTakeFirstOrThrow();
    const login = await api.services.credentials.records.login(next_, 'test');
    const secret = login.kind === 'applicationCredential' ? login.secret.reveal() : '';
    const path = `/credentials/${first.id}`;
    const wrong = await api.call('PATCH', path, api.as.owner, { id: next.shown.id, secret: 'canary-secret' });
    expect(wrong.json).toMatchObject({ code: 'credential-invalid' });
    expect(wrong.text).not.toContain('canary-secret');
    expect((await api.call('PATCH', path, api.as.owner, { id: 'x' })).json).toMatchObject({ fields: [{ path: 'secret' }] });
    expect((await api.call('GET', path, api.as.owner)).json.shown.id).toBe(first.shown.id);
    const changed = await api.call('PATCH', path, api.as.owner, { id: next.shown.id, secret });
    expect(changed.json).toMatchObject({ id: first.id, shown: { id: next.shown.id }, made: false, problem: null });
    expect(changed.json.expiresAt).toBe(next.expiresAt);
    expect(changed.text).not.toContain(secret);
    expect((await api.call('POST', `${path}/rotate`, api.as.owner, {})).json).toMatchObject({ code: 'conflict' });
  });
});

test('a pasted openrc file is recognised, matched with its site, tried and kept without what it does not need', async () => {
  const tryMe = (await request('GET', `${sandbox.url}/europe/try-me`)).body;
  const { id, secret } = tryMe.applicationCredential;
  const openrc = `export OS_AUTH_TYPE=v3applicationcredential\nexport OS_AUTH_URL=${tryMe.authUrl}/\nexport OS_APPLICATION_CREDENTIAL_ID=${id}\n`;
  const read = await api.call('POST', '/credentials/read', api.as.owner, { text: openrc });
  expect(read.json).toMatchObject({ format: 'openrc', clouds: [{ site: 'europe', needs: 'secret', problem: null }] });
  const body = { kind: 'openrc', site: 'europe', name: 'pasted', openrc };
  expect((await api.call('POST', '/credentials', api.as.owner, body)).json).toMatchObject({ status: 422, fields: [{ path: 'secret' }] });
  const kept = await api.call('POST', '/credentials', api.as.owner, { ...body, secret });
  expect(kept.json).toMatchObject({ kind: 'applicationCredential', shown: { id }, made: false, expiresAt: null });
  const elsewhere = await api.call('POST', '/credentials', api.as.owner, { ...body, site: 'america', secret });
  expect(elsewhere.json).toMatchObject({ status: 422, fields: [{ path: 'openrc' }] });
});
