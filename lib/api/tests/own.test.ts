import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { type Bench, furnish } from '@/lib/credentials/vault-server/testing';
import { connectCloud, listProjects } from '@/lib/openstack';
import { credentials as tryMe } from '@/lib/sandbox/testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { type SandboxVault, startSandboxVault } from '@/lib/sandbox/vault';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

let sandbox: TestSandbox;
let vault: SandboxVault;
let bench: Bench;
let api: TestApi;
const common = { kind: 'custom' as const, methods: ['applicationCredential', 'password'] as SiteConfig['methods'], allowPrivate: true };

beforeAll(async () => {
  sandbox = await startTestSandbox();
  vault = await startSandboxVault();
  bench = await furnish({ address: vault.url, rootToken: vault.rootToken });
  const person = {
    provider: 'op',
    auth: bench.jwt,
    role: 'transat',
    mount: bench.kv,
    version: 2 as const,
    path: 'users/{sub}',
    address: vault.url,
  };
  api = await openTestApi({
    connectCloud,
    listProjects,
    sites: [
      { ...common, id: 'europe', name: 'Europe', authUrl: `${sandbox.url}/europe/v3` },
      { ...common, id: 'america', name: 'America', authUrl: `${sandbox.url}/america/v3` },
    ],
    vault: { address: vault.url, person },
  });
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await vault.close();
  await sandbox.end();
});

const keep = (name: string, fields: object) => bench.root('POST', `${bench.kv}/data/users/ada/${name}`, { data: fields });
const add = (secretName: string, site = 'europe') =>
  api.call('POST', '/credentials', api.as.owner, { site, name: `Mine ${secretName}`, kind: 'ownStore', secretName });
const stored = () => api.store.db.selectFrom('credentials').selectAll().execute();
const audit = async () =>
  (await api.store.db.selectFrom('audit').select(['action', 'subject', 'user_id']).orderBy('id').execute()).filter(({ subject }) =>
    subject.startsWith('own-store:'),
  );

beforeEach(async () => {
  for (const table of ['credentials', 'grants', 'audit'] as const) await api.store.db.deleteFrom(table).execute();
  const accessToken = new Secret(await bench.accessToken('ada'));
  await api.services.credentials.grants.keep('owner', 'op', { accessToken, expiresIn: 600 });
  const { authUrl, applicationCredential } = await tryMe(sandbox.url, 'europe');
  const { id, secret } = applicationCredential;
  await keep('europe', { auth_url: authUrl, application_credential_id: id, application_credential_secret: secret });
  await keep('nonsense', { note: 'nothing of use' });
});

describe('a secret that a person keeps in their own secrets store', () => {
  test('is listed by name, becomes a credential, and stays there: the row has its name only', async () => {
    expect((await api.call('GET', '/credentials/own-store', api.as.owner)).json).toEqual({
      available: true,
      names: ['europe', 'nonsense'],
    });
    const { status, json, text } = await add('europe');
    expect({ status, json }).toMatchObject({
      status: 201,
      json: { kind: 'applicationCredential', site: 'europe', shown: { secretName: 'europe' }, problem: null },
    });
    const { applicationCredential } = await tryMe(sandbox.url, 'europe');
    expect(text).not.toContain(applicationCredential.secret);
    const [row] = await stored();
    const { vault: sealing } = api.services.credentials;
    const kept = await sealing.open('owner', row?.id ?? '', 'credential', row?.secret ?? Buffer.of(), 'look');
    expect(JSON.parse(kept.reveal())).toEqual({ kind: 'ownStore', name: 'europe' });
  });

  test('is read anew at each use, with an audit row; one that was deleted there is a problem of the credential', async () => {
    const { json } = await add('europe');
    expect((await api.call('POST', `/credentials/${json.id}/check`, api.as.owner)).json.problem).toBeNull();
    await bench.root('DELETE', `${bench.kv}/metadata/users/ada/europe`);
    const gone = await api.call('POST', `/credentials/${json.id}/check`, api.as.owner);
    expect(gone.json.problem).toMatchObject({ code: 'credential-missing', title: 'Your secrets store has no “europe”' });
    const own = { subject: 'own-store:europe', user_id: 'owner' };
    expect(await audit()).toEqual([
      { ...own, action: 'secret-used' },
      { ...own, action: 'secret-used' },
      { ...own, action: 'secret-use-failed' },
    ]);
  });

  test('can’t be changed here, and deleting the credential leaves it there', async () => {
    const { json } = await add('europe');
    const changed = await api.call('PATCH', `/credentials/${json.id}`, api.as.owner, { secret: 'new' });
    expect(changed).toMatchObject({ status: 422, json: { fields: [{ path: 'secret' }] } });
    expect((await api.call('DELETE', `/credentials/${json.id}`, api.as.owner)).status).toBe(204);
    expect((await bench.root('GET', `${bench.kv}/data/users/ada/europe`)).status).toBe(200);
  });

  test.each([
    ['that is not there', 'missing', 'europe', 422, 'credential-missing'],
    ['that leads out of the folder', '../eve/hers', 'europe', 422, 'credential-missing'],
    ['that is no way in', 'nonsense', 'europe', 422, 'credential-invalid'],
    ['for another site', 'europe', 'america', 422, 'invalid-input'],
  ])('one %s is refused, and nothing is stored', async (_what, name, site, status, code) => {
    expect(await add(name, site)).toMatchObject({ status, json: { code } });
    expect(await stored()).toEqual([]);
  });

  test('without a good sign-in is not read', async () => {
    await api.store.db.deleteFrom('grants').execute();
    expect(await api.call('GET', '/credentials/own-store', api.as.owner)).toMatchObject({ status: 401, json: { code: 'session-expired' } });
    expect(await add('europe')).toMatchObject({ status: 401 });
  });

  test('of one person is nothing to another', async () => {
    const { json } = await add('europe');
    expect((await api.call('POST', `/credentials/${json.id}/check`, api.as.stranger)).status).toBe(404);
    expect(await api.call('GET', '/credentials/own-store', api.as.stranger)).toMatchObject({ status: 401 });
  });
});
