import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { resumeWork } from '@/lib/deploying/requests/resume';
import { runErrand, sweep } from '@/lib/keeping/errands';
import { connectCloud, findIdentity, listProjects } from '@/lib/openstack';
import { request } from '@/lib/sandbox/testing/cloud-client';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

const MINUTE = 60_000;
let sandbox: TestSandbox;
let api: TestApi;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const europe: SiteConfig = {
    id: 'europe',
    name: 'Europe',
    kind: 'egi',
    authUrl: `${sandbox.url}/europe/v3`,
    methods: ['oidc', 'applicationCredential'],
    provider: 'op',
    identityProvider: 'egi.eu',
    protocol: 'openid',
    allowPrivate: true,
  };
  api = await openTestApi({ connectCloud, listProjects, findIdentity, sites: [europe], allowedRanges: ['127.0.0.0/8'] });
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});
beforeEach(async () => {
  for (const table of ['credentials', 'grants', 'revocations', 'custom_sites'] as const) await api.store.db.deleteFrom(table).execute();
  for (const path of ['_reset', '_faults']) await request(path === '_reset' ? 'POST' : 'DELETE', `${sandbox.url}/europe/${path}`, {});
  await signInAs('ada');
});

async function signInAs(person: string): Promise<void> {
  const { access_token } = await signIn(sandbox.url, person);
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access_token), expiresIn: 3600 });
  api.services.desk.forget('owner');
}
const make = (name = 'Away') => api.call('POST', '/credentials/make', api.as.owner, { site: 'europe', with: 'oidc:europe', name });
const rotate = (id: string) => api.call('POST', `/credentials/${id}/rotate`, api.as.owner, {});
const owed = async (who = api.as.owner) => (await api.call('GET', '/credentials/revocations', who)).json.items;
const rows = () => api.store.db.selectFrom('revocations').selectAll().orderBy('created_at').execute();
const stored = () => api.store.db.selectFrom('credentials').selectAll().execute();
const goWrong = async (method: string, answer: object, times = 1) => {
  const fault = { match: { service: 'identity', method, path: 'application_credentials' }, answer, times };
  expect((await request('POST', `${sandbox.url}/europe/_faults`, fault)).status).toBe(201);
};
/** Ids of the application credentials that were made at the site and live. */
const atSite = async (): Promise<string[]> =>
  (await request('GET', `${sandbox.url}/europe/_inventory`)).body.applicationCredentials.map(({ id }: { id: string }) => id);
/** Everything that is to be done for people, done now. */
const doErrands = async () => {
  for (const { id } of await rows()) await runErrand(api.services, `revocation ${id}`);
};

describe('what a renewal leaves at the site', () => {
  test('because it could not be revoked is shown, tried again after ever longer waits, and is gone in the end', async () => {
    const { json: first } = await make();
    await goWrong('DELETE', { status: 500 }, 3);
    const { json: second } = await rotate(first.id);
    expect(second).toMatchObject({ id: first.id, problem: null });
    expect(await atSite()).toEqual([first.shown.id, second.shown.id]);
    const shown = { site: 'europe', siteName: 'Europe', name: 'Away', atSite: first.shown.atSite, expiresAt: first.expiresAt };
    const until = (minutes: number) => new Date(api.clock.now().getTime() + minutes * MINUTE).toISOString();
    expect(await owed()).toMatchObject([{ ...shown, attempts: 1, nextTryAt: until(1), problem: { upstream: { status: 500 } } }]);
    expect(await owed(api.as.stranger)).toEqual([]);
    await doErrands();
    expect(await owed()).toMatchObject([{ attempts: 2, nextTryAt: until(5) }]);
    await doErrands();
    expect(await owed()).toMatchObject([{ attempts: 3, nextTryAt: until(15) }]);
    await doErrands();
    expect(await owed()).toEqual([]);
    expect(await atSite()).toEqual([second.shown.id]);
  });

  test('is forgotten when it has ended by itself', async () => {
    const { json: first } = await make();
    await goWrong('DELETE', { status: 503 }, 9);
    await rotate(first.id);
    await api.store.db
      .updateTable('revocations')
      .set({ expires_at: new Date(0) })
      .execute();
    await doErrands();
    expect(await owed()).toEqual([]);
  });

  test('for want of a sign-in is revoked when the person is back', async () => {
    const { json: first } = await make();
    await goWrong('DELETE', { status: 500 });
    await rotate(first.id);
    await api.store.db.deleteFrom('grants').execute();
    await doErrands();
    expect(await owed()).toMatchObject([{ attempts: 2, problem: { code: 'session-expired' } }]);
    api.clock.advance(MINUTE);
    await signInAs('ada');
    await resumeWork(api.services.ports, 'owner');
    expect((await rows())[0]?.next_try_at).toEqual(api.clock.now());
    await doErrands();
    expect(await owed()).toEqual([]);
  });

  test('that was put in its place by hand is revoked, too', async () => {
    const [{ json: first }, { json: other }] = [await make(), await make('Other')];
    const record = (await stored()).find(({ id }) => id === other.id);
    const login = record && (await api.services.credentials.records.login(record, 'test'));
    const secret = login?.kind === 'applicationCredential' ? login.secret.reveal() : '';
    const changed = await api.call('PATCH', `/credentials/${first.id}`, api.as.owner, { id: other.shown.id, secret });
    expect(changed.json).toMatchObject({ made: false });
    expect(await atSite()).toEqual([other.shown.id]);
  });
});

describe('a site that makes one, and whose answer is lost', () => {
  test.each([{ status: 500, afterCommit: true }, { status: 'reset-after-commit' }])(
    '%j: it is found by its name and revoked',
    async (answer) => {
      await goWrong('POST', answer);
      expect((await make()).status).toBeGreaterThanOrEqual(500);
      expect(await stored()).toEqual([]);
      expect(await atSite()).toHaveLength(1);
      await doErrands();
      expect(await atSite()).toEqual([]);
      expect(await rows()).toEqual([]);
    },
  );

  test('a refusal leaves nothing to look for', async () => {
    await goWrong('POST', { status: 403 });
    expect((await make()).json.upstream).toMatchObject({ status: 403 });
    expect(await rows()).toEqual([]);
  });

  test('one that works and can’t be stored is revoked at once', async () => {
    const { add } = api.services.credentials.records;
    api.services.credentials.records.add = () => Promise.reject(new Error('the secrets store is sealed'));
    expect((await make()).status).toBe(500);
    api.services.credentials.records.add = add;
    expect([await atSite(), await rows()]).toEqual([[], []]);
  });

  test('a process that ended between making and keeping leaves nothing behind', async () => {
    const { add } = api.services.credentials.records;
    const reached = Promise.withResolvers<void>();
    api.services.credentials.records.add = () => {
      reached.resolve();
      return new Promise(() => {});
    };
    void make();
    await reached.promise;
    api.services.credentials.records.add = add;
    expect(await atSite()).toHaveLength(1);
    expect(await owed()).toMatchObject([{ attempts: 0 }]);
    await sweep(api.services);
    const [row] = await rows();
    const { rows: waiting } = await sql<{ after: number }>`select extract(epoch from start_after - now())::float8 as after
      from queue.job where name = 'errands' and state = 'created' and singleton_key = ${`revocation ${row?.id}`}`.execute(api.store.db);
    expect(waiting[0]?.after).toBeGreaterThan(500);
    await doErrands();
    expect([await atSite(), await rows()]).toEqual([[], []]);
  });
});

test('of two renewals at once one wins, and what the other made is revoked', async () => {
  const { json: first } = await make();
  const answers = await Promise.all([rotate(first.id), rotate(first.id)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [record] = await stored();
  expect(await atSite()).toEqual([record?.shown.id]);
  expect((await api.call('POST', `/credentials/${first.id}/check`, api.as.owner, {})).json).toMatchObject({ problem: null });
  expect(await rows()).toEqual([]);
});

test('a renewal while it is deleted leaves nothing at the site', async () => {
  const { json: first } = await make();
  const { replaceLogin } = api.services.credentials.records;
  api.services.credentials.records.replaceLogin = async (...given) => {
    api.services.credentials.records.replaceLogin = replaceLogin;
    expect((await api.call('DELETE', `/credentials/${first.id}`, api.as.owner)).status).toBe(204);
    return await replaceLogin(...given);
  };
  expect((await rotate(first.id)).json).toMatchObject({ code: 'conflict' });
  expect([await stored(), await atSite(), await rows()]).toEqual([[], [], []]);
});

test('a renewal of one whose end is not known makes one that lives a month', async () => {
  const { json: first } = await make();
  await goWrong('GET', { status: 500 }, 5);
  expect((await api.call('POST', `/credentials/${first.id}/check`, api.as.owner, {})).json.expiresAt).toBe(first.expiresAt);
  await request('DELETE', `${sandbox.url}/europe/_faults`);
  await api.store.db.updateTable('credentials').set({ expires_at: null }).execute();
  const { json: second } = await rotate(first.id);
  expect(Math.round((Date.parse(second.expiresAt) - api.clock.now().getTime()) / (1440 * MINUTE))).toBe(30);
});

describe('a site of one’s own that is deleted', () => {
  const addSite = async () => {
    const body = {
      name: 'Mine',
      authUrl: `${sandbox.url}/europe/v3`,
      methods: ['oidc', 'applicationCredential'],
      identityProvider: 'egi.eu',
    };
    return (await api.call('POST', '/sites', api.as.owner, body)).json.id;
  };
  const makeAt = (site: string) => api.call('POST', '/credentials/make', api.as.owner, { site, with: `oidc:${site}`, name: 'There' });

  test('takes with it what Transat made there', async () => {
    const id = await addSite();
    expect((await makeAt(id)).status).toBe(201);
    expect((await api.call('DELETE', `/sites/${id}`, api.as.owner)).status).toBe(204);
    expect([await stored(), await atSite(), await rows()]).toEqual([[], [], []]);
  });

  test('says what could not be revoked, which is tried again though the site is gone', async () => {
    const id = await addSite();
    const { json: made } = await makeAt(id);
    await goWrong('DELETE', { status: 500 });
    const { status, json } = await api.call('DELETE', `/sites/${id}`, api.as.owner);
    expect(status).toBe(200);
    expect(json.notRevoked).toMatchObject([
      { name: 'There', siteName: 'Mine', atSite: made.shown.atSite, problem: { upstream: { status: 500 } } },
    ]);
    expect((await api.call('GET', `/sites/${id}`, api.as.owner)).status).toBe(404);
    expect([await stored(), await atSite()]).toEqual([[], [made.shown.id]]);
    expect(await owed()).toMatchObject(json.notRevoked);
    await doErrands();
    expect([await atSite(), await rows()]).toEqual([[], []]);
  });
});
