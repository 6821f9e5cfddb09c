import type { Updateable } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DeploymentRow } from '@/lib/store/schema';
import { type CloudsApi, openCloudsApi } from '../testing/clouds';

let api: CloudsApi;
let id: string;
/** of the owner at each site, and of somebody else */
const credentials = { europe: '', america: '', asia: '', stranger: '' };

beforeAll(async () => {
  // the third is another name of one of the two clouds
  api = await openCloudsApi({ europe: 'europe', america: 'america', asia: 'europe' });
  for (const site of ['europe', 'america', 'asia'] as const) credentials[site] = (await api.keep(site)).id;
  credentials.stranger = (await api.keep('asia', 'theirs', api.as.stranger)).id;
});
afterAll(() => api.end());

/** A deployment at two sites, of which one side has failed. */
beforeEach(async () => {
  await api.store.db.deleteFrom('deployments').execute();
  const placement = {
    europe: { site: 'europe', credential: credentials.europe },
    america: { site: 'america', credential: credentials.america },
  };
  const body = { recipe: 'two-shores', name: 'Shores', inputs: { allowed_cidr: '0.0.0.0/0' }, placement };
  const { status, json, text } = await api.call('POST', '/deployments', api.as.owner, body);
  expect(status, text).toBe(202);
  id = json.id;
  const problem = JSON.stringify({ code: 'quota-exceeded', title: 'Full', detail: 'No address is left.' });
  await api.store.db
    .updateTable('resources')
    .set({ phase: 'failed', attempts: 2, problem })
    .where('deployment_id', '=', id)
    .where('key', '=', 'fip-america')
    .execute();
});

const move = (more: object = {}, who = api.as.owner) =>
  api.call('POST', `/deployments/${id}/placement`, who, { set: 'america', placement: { america: inAsia() }, ...more });
const inAsia = (more: object = {}) => ({ site: 'asia', credential: credentials.asia, ...more });
const rows = async () => ({
  deployment: await api.store.db.selectFrom('deployments').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  resources: await api.store.db.selectFrom('resources').selectAll().where('deployment_id', '=', id).orderBy('key').execute(),
  nodes: await api.store.db.selectFrom('nodes').selectAll().where('deployment_id', '=', id).orderBy('key').execute(),
});
const set = (values: Updateable<DeploymentRow>) => api.store.db.updateTable('deployments').set(values).where('id', '=', id).execute();

test('a part that failed is placed at another site: what it had is unwanted, what it is to have is new, the other part stays', async () => {
  const before = await rows();
  expect((await move()).status).toBe(202);
  const { deployment, resources, nodes } = await rows();
  expect(deployment.sites).toEqual(['europe', 'asia']);
  expect(deployment.request).toMatchObject({ placement: { europe: { site: 'europe' }, america: { site: 'asia' } } });
  const at = (site: string) => resources.filter((row) => row.site === site);
  expect(new Set(at('america').map(({ wanted }) => wanted))).toEqual(new Set(['absent']));
  expect(new Set(at('asia').map(({ credential }) => credential))).toEqual(new Set([credentials.asia]));
  expect(at('asia').map(({ key }) => key)).toEqual(
    expect.arrayContaining(['fip-america_2', 'network-asia_2', 'port-america_2', 'router-asia_2', 'server-america_2', 'subnet-asia_2']),
  );
  expect(at('asia')).toHaveLength(at('america').length);
  expect(at('europe').flatMap(({ kind, key, wanted }) => (kind === 'securityRule' ? [`${key} ${wanted}`] : []))).toEqual([
    'rule-europe-answer-from-fip-america absent',
    'rule-europe-answer-from-fip-america_2 present',
  ]);
  const kept = at('europe').filter(({ kind }) => kind !== 'securityRule');
  expect(kept).toEqual(before.resources.filter(({ site, kind }) => site === 'europe' && kind !== 'securityRule'));
  expect(nodes.map(({ key, site }) => `${key} ${site}`)).toEqual(['america asia', 'europe europe']);
  const { json } = await api.call('GET', `/deployments/${id}`, api.as.owner);
  expect(json.sides).toMatchObject([
    { set: 'europe', site: 'europe' },
    { set: 'america', site: 'asia' },
  ]);
});

test.each<[string, () => object, number, string | undefined]>([
  ['a part that is not there', () => ({ set: 'africa' }), 422, 'set'],
  ['a group of another part', () => ({ placement: { europe: inAsia() } }), 422, 'placement.europe'],
  [
    'a site where the other part stands',
    () => ({ placement: { america: { site: 'europe', credential: credentials.europe } } }),
    409,
    undefined,
  ],
  ['a site that nobody knows', () => ({ placement: { america: { site: 'atlantis' } } }), 422, 'placement.america.site'],
  [
    'the site where it is already',
    () => ({ placement: { america: { site: 'america', credential: credentials.america } } }),
    422,
    'placement.america.site',
  ],
  ['no site', () => ({ placement: {} }), 422, 'placement'],
  ['a part that has not failed', () => ({ set: 'europe', placement: { europe: inAsia() } }), 409, undefined],
])('%s is refused, and nothing is changed', async (_name, body, wanted, field) => {
  const before = await rows();
  const { status, json, text } = await move(body());
  expect(status, text).toBe(wanted);
  expect(json.fields?.[0]?.path).toBe(field);
  expect(await rows()).toEqual(before);
});

test.each([
  ['somebody else’s', () => credentials.stranger],
  ['one of another site', () => credentials.america],
  ['one that is not there', () => '00000000-0000-4000-8000-000000000000'],
])('a credential that the person can’t use there is refused: %s', async (_name, credential) => {
  const before = await rows();
  const { status, json, text } = await move({ placement: { america: inAsia({ credential: credential() }) } });
  expect(status, text).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(json.fields?.[0]?.path).toBe('placement.america.site');
  expect(await rows()).toEqual(before);
});

test('it is nobody’s but its owner’s, and a token that reads moves nothing', async () => {
  const before = await rows();
  expect((await move({}, api.as.stranger)).status).toBe(404);
  expect((await move({}, api.as.reader)).status).toBe(403);
  expect((await move({}, api.as.nobody)).status).toBe(401);
  expect(await rows()).toEqual(before);
});

test.each<[string, Updateable<DeploymentRow>, string]>([
  ['a change is under way', { updating: JSON.stringify({ from: 1, to: 2 }) }, 'It is being changed.'],
  ['it is stopped', { wanted: 'stopped' }, 'It is stopped, as a whole or in part. Start it first.'],
  ['it is being deleted', { wanted: 'deleted' }, 'The deployment is being deleted.'],
])('while %s, no part is moved', async (_name, values, detail) => {
  await set(values);
  const before = await rows();
  const { status, json } = await move();
  expect([status, json.detail]).toEqual([409, detail]);
  expect(await rows()).toEqual(before);
});
