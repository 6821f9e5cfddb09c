import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let europe: TestOscar;
let america: TestOscar;
const ids = { eu: '', us: '' };
beforeAll(async () => {
  [api, europe, america] = await Promise.all([
    openTestApi({ allowedRanges: ['127.0.0.0/8'], locality: [{ bucket: 'patients', folder: 'raw', rule: 'stay', region: 'eu' }] }),
    startTestOscar('3.6', { definition: { id: 'oscar-eu' } }),
    startTestOscar('3.6', { definition: { id: 'oscar-us' } }),
  ]);
  ids.eu = await register('Europe', 'eu', europe);
  ids.us = await register('America', 'us', america);
});
afterAll(async () => {
  await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
});

async function register(name: string, region: string, oscar: TestOscar): Promise<string> {
  const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
  return (await api.call('POST', '/clusters', api.as.owner, { name, region, endpoint: oscar.url, auth })).json.id;
}
const call = (method: string, path: string, body?: unknown, as = api.as.owner) => api.call(method, path, as, body);
/** Without what the operator set. */
const own = async (as = api.as.owner) =>
  (await call('GET', '/locality', undefined, as)).json.items.filter(({ by }: { by: string }) => by === 'person');
const rule = (more: object = {}) => ({ bucket: 'fish', kind: 'stay', region: 'eu', ...more });
const service = {
  name: 'fish',
  image: 'transat/word-count:1',
  script: 'x',
  cpu: '0.5',
  memory: '256Mi',
  input: [{ path: 'fish/in' }],
  output: [{ path: 'fish/out' }],
};
const pair = () => ({ origin: ids.eu, worker: ids.us, service, thresholdSeconds: 20 });
async function put(cluster: string, key: string) {
  const path = `http://transat.test/api/v1/clusters/${cluster}/buckets/fish/objects?key=${key}`;
  return await api.raw(new Request(path, { method: 'POST', body: 'x', headers: { ...api.as.owner, 'content-length': '1' } }));
}

test.each([
  ['a rule that data stays, without a shore', rule({ region: null }), 'region'],
  ['a free rule with a shore', rule({ kind: 'free' }), 'region'],
  ['a bucket that is none', rule({ bucket: 'Fish Bay' }), 'bucket'],
])('%s is refused at its field', async (_, body, path) => {
  expect((await call('POST', '/locality', body)).json).toMatchObject({ code: 'invalid-input', fields: [{ path }] });
});

test('a rule is its owner’s alone, one a place, and of one’s own clusters', async () => {
  const made = await call('POST', '/locality', rule());
  expect(made.status, made.text).toBe(201);
  expect((await call('POST', '/locality', rule({ kind: 'free', region: null }))).status).toBe(409);
  expect((await call('POST', '/locality', rule({ cluster: 'clu_none' }))).status).toBe(404);
  expect(await own(api.as.stranger)).toEqual([]);
  expect((await call('DELETE', `/locality/${made.json.id}`, undefined, api.as.stranger)).status).toBe(404);
  expect(await own()).toEqual([made.json]);
});

test('what must stay in Europe is refused before anything moves: a pair, and a file', async () => {
  const plan = (await call('POST', '/pairs?dryRun=true', pair())).json;
  expect(plan).toMatchObject({
    ready: false,
    sides: [
      { findings: [] },
      { findings: [{ severity: 'error', about: 'stays-by-rule', values: { place: 'fish' } }, { about: 'handed-on-waits' }] },
    ],
  });
  expect((await call('POST', '/pairs', pair())).status).toBe(409);
  for (const oscar of [europe, america]) expect(oscar.cluster.world.state.services).toEqual([]);
  await america.ask('POST', '/system/buckets', { bucket_name: 'fish' });
  expect((await put(ids.us, 'in/a')).status).toBe(403);
  expect(america.cluster.world.bucket('fish')?.objects).toEqual({});
  const { data } = await api.store.db
    .selectFrom('audit')
    .select('data')
    .where('action', '=', 'locality-refused')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(data).toMatchObject({ bucket: 'fish', key: 'in/a', stays: 'eu', by: 'person' });
  await america.ask('DELETE', '/system/buckets/fish');
});

test('what is better near may go, and says how far; what is free just goes', async () => {
  const [{ id }] = await own();
  expect((await call('DELETE', `/locality/${id}`)).status).toBe(204);
  await call('POST', '/locality', rule({ kind: 'prefer-near', region: null }));
  const { ready, sides } = (await call('POST', '/pairs?dryRun=true', pair())).json;
  expect([ready, sides[1].findings[0].about, sides[1].findings[0].values.kilometres > 6000]).toEqual([true, 'far-by-rule', true]);
  expect((await call('POST', '/pairs', pair())).status).toBe(201);
});

test('a rule that a pair that stands would break is refused, and names it', async () => {
  const answer = await call('POST', '/locality', rule({ prefix: 'in/secret' }));
  expect(answer).toMatchObject({ status: 409, json: { detail: expect.stringContaining('fish') } });
  expect(await own()).toHaveLength(1);
});

test('what the operator set holds for everybody: it is shown, can’t be removed or loosened, and what it refuses is in the audit', async () => {
  const [theirs] = (await call('GET', '/locality', undefined, api.as.stranger)).json.items;
  expect(theirs).toMatchObject({ bucket: 'patients', prefix: 'raw', kind: 'stay', region: 'eu', by: 'operator' });
  expect((await call('DELETE', `/locality/${theirs.id}`)).status).toBe(404);
  const loose = await call('POST', '/locality', rule({ bucket: 'patients', prefix: 'raw/mine', kind: 'free', region: null }));
  expect(loose.status, loose.text).toBe(201);
  const given = { ...pair(), service: { ...service, name: 'scan', input: [{ path: 'patients/raw/mine' }], output: [] } };
  const plan = (await call('POST', '/pairs?dryRun=true', given)).json;
  expect(plan.sides[1].findings).toMatchObject([
    { about: 'stays-by-rule', values: { place: 'patients/raw' } },
    { about: 'handed-on-waits' },
  ]);
  expect((await call('POST', '/pairs', given)).status).toBe(409);
  const path = `http://transat.test/api/v1/clusters/${ids.us}/buckets/patients/objects?key=raw/mine/a`;
  const put = new Request(path, { method: 'POST', body: 'x', headers: { ...api.as.owner, 'content-length': '1' } });
  const refused = await api.raw(put);
  expect([refused.status, (await refused.json()).title]).toEqual([403, 'A rule of the operator keeps this data elsewhere']);
  const rows = await api.store.db.selectFrom('audit').select('data').where('action', '=', 'locality-refused').orderBy('id').execute();
  expect(rows.slice(-2).map(({ data }) => data)).toMatchObject([
    { bucket: 'patients', pair: 'scan', by: 'operator', stays: 'eu' },
    { bucket: 'patients', key: 'raw/mine/a', by: 'operator', stays: 'eu' },
  ]);
  // a rule of one’s own that is stricter holds beside it
  expect((await call('POST', '/locality', rule({ bucket: 'patients', prefix: 'open' }))).status).toBe(201);
});

test('a rule that the operator sets later does not take out a pair that stands, whose page says that it breaks it', async () => {
  const { items } = (await call('GET', '/pairs')).json;
  const status = async () => (await call('GET', `/pairs/${items.find(({ name }: { name: string }) => name === 'fish').id}/status`)).json;
  expect(await status()).toMatchObject({ against: null, sides: [{ is: 'open' }, { is: 'there' }] });
  const { locality } = api.services.config;
  Object.assign(api.services.config, { locality: [...locality, { bucket: 'fish', folder: 'in', rule: 'stay', region: 'eu' }] });
  expect(await status()).toMatchObject({
    against: { by: 'operator', bucket: 'fish', prefix: 'in', stays: 'eu' },
    sides: [{ is: 'open' }, { is: 'there' }],
  });
  Object.assign(api.services.config, { locality });
});
