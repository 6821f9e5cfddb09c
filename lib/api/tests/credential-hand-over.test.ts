import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { type CloudsApi, openCloudsApi } from '../testing/clouds';

let api: CloudsApi;
beforeAll(async () => {
  api = await openCloudsApi({ europe: 'europe', america: 'america' });
});
afterAll(() => api.end());
beforeEach(async () => {
  await api.store.db.deleteFrom('deployments').execute();
  await api.store.db.deleteFrom('credentials').execute();
});

const credential = (name: string, site = 'europe') => api.keep(site, name);

/** A deployment that acts by a credential. */
async function acting(by: { id: string; project: { id: string } }, name = 'Night shift'): Promise<string> {
  const asked = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name, request: asked, plan: clusterPlan(1) });
  const place = { site: 'europe', project: by.project.id, credential: by.id };
  const plan = JSON.stringify({ ...clusterPlan(1), placement: { server: place } });
  await api.store.db
    .updateTable('deployments')
    .set({ plan, request: JSON.stringify({ ...asked, placement: { server: place } }) })
    .where('id', '=', id)
    .execute();
  await api.store.db.updateTable('resources').set(place).where('deployment_id', '=', id).execute();
  return id;
}
const stored = (id: string) => api.store.db.selectFrom('deployments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const credentialsOf = async (id: string) => [
  ...new Set(
    (await api.store.db.selectFrom('resources').select('credential').where('deployment_id', '=', id).execute()).map(
      (row) => row.credential,
    ),
  ),
];

test('a deployment that stopped when its credential was deleted goes on by another one of the same project', async () => {
  const [old, fresh] = [await credential('Old'), await credential('New')];
  const id = await acting(old);
  const problem = { code: 'credential-missing', title: 'Gone', detail: 'It is gone.' };
  await api.store.db
    .updateTable('deployments')
    .set({ state: 'failed', problem: JSON.stringify(problem) })
    .where('id', '=', id)
    .execute();
  await api.store.db
    .updateTable('resources')
    .set({ phase: 'failed', attempts: 3, problem: JSON.stringify(problem) })
    .where('deployment_id', '=', id)
    .execute();
  expect((await api.call('DELETE', `/credentials/${old.id}?inUse=true`, api.as.owner)).status).toBe(204);
  const answer = await api.call('POST', `/deployments/${id}/hand-over`, api.as.owner, { from: old.id, to: fresh.id });
  expect(answer).toMatchObject({ status: 200, json: { deployments: [id] } });
  expect(await credentialsOf(id)).toEqual([fresh.id]);
  const row = await stored(id);
  expect(row.state).not.toBe('failed');
  expect(JSON.stringify([row.plan, row.request])).not.toContain(old.id);
  expect(row).toMatchObject({ plan: { placement: { server: { credential: fresh.id } } } });
  const { json } = await api.call('GET', `/deployments/${id}/events?limit=50`, api.as.owner);
  expect(json.items.map((event: { message: string }) => event.message)).toContain('It acts at europe by another credential from now on');
});

test('a deletion that waits for a good credential goes on by another one, and is asked for once only', async () => {
  const [old, fresh] = [await credential('Old'), await credential('New')];
  const id = await acting(old);
  expect((await api.call('DELETE', `/deployments/${id}`, api.as.owner)).status).toBe(202);
  const before = (await stored(id)).state;
  expect((await api.call('POST', `/deployments/${id}/hand-over`, api.as.owner, { from: old.id, to: fresh.id })).status).toBe(200);
  expect([before, (await stored(id)).state, await credentialsOf(id)]).toEqual(['deleting', 'deleting', [fresh.id]]);
});

test('all that act by a credential go on by another one, and then it is free to be deleted', async () => {
  const [old, fresh] = [await credential('Old'), await credential('New')];
  const ids = [await acting(old, 'One'), await acting(old, 'Two')];
  const other = await acting(fresh, 'Three');
  const { json } = await api.call('POST', `/credentials/${old.id}/hand-over`, api.as.owner, { to: fresh.id });
  expect(json.deployments.toSorted()).toEqual(ids.toSorted());
  for (const id of [...ids, other]) expect(await credentialsOf(id)).toEqual([fresh.id]);
  expect((await api.call('DELETE', `/credentials/${old.id}`, api.as.owner)).status).toBe(204);
});

test('one of several that act by a credential goes on by another one alone', async () => {
  const [old, fresh] = [await credential('Old'), await credential('New')];
  const [one, two] = [await acting(old, 'One'), await acting(old, 'Two')];
  await api.call('POST', `/deployments/${one}/hand-over`, api.as.owner, { from: old.id, to: fresh.id });
  expect([await credentialsOf(one), await credentialsOf(two)]).toEqual([[fresh.id], [old.id]]);
});

test.each<[why: string, body: (ids: { old: string; far: string }) => object, field: string]>([
  ['nobody knows', ({ old }) => ({ from: old, to: 'cred_nothing' }), 'to'],
  ['it acts by already', ({ old }) => ({ from: old, to: old }), 'to'],
  ['another site takes', ({ old, far }) => ({ from: old, to: far }), 'to'],
  ['takes over from one that it does not act by', ({ old, far }) => ({ from: far, to: old }), 'from'],
])('a credential that %s is refused, and nothing is changed', async (_, body, field) => {
  const [old, far] = [await credential('Old'), await credential('Far', 'america')];
  const id = await acting(old);
  const answer = await api.call('POST', `/deployments/${id}/hand-over`, api.as.owner, body({ old: old.id, far: far.id }));
  expect(answer).toMatchObject({ status: 422, json: { fields: [{ path: field }] } });
  expect(await credentialsOf(id)).toEqual([old.id]);
});

test('a credential that its site does not take any more takes over nothing', async () => {
  const [old, dead] = [await credential('Old'), await credential('Dead')];
  const id = await acting(old);
  const { project } = old;
  await api.store.db.updateTable('resources').set({ project: 'of-somebody-else' }).where('deployment_id', '=', id).execute();
  await api.store.db.updateTable('credentials').set({ project_id: 'of-somebody-else' }).where('id', '=', dead.id).execute();
  const answer = await api.call('POST', `/deployments/${id}/hand-over`, api.as.owner, { from: old.id, to: dead.id });
  expect(answer.json).toMatchObject({ code: 'project-not-yours' });
  expect([project.id, await credentialsOf(id)]).toEqual([expect.any(String), [old.id]]);
});

test('what is another person’s is not there', async () => {
  const [old, fresh] = [await credential('Old'), await credential('New')];
  const id = await acting(old);
  const body = { from: old.id, to: fresh.id };
  expect((await api.call('POST', `/deployments/${id}/hand-over`, api.as.stranger, body)).status).toBe(404);
  expect((await api.call('POST', `/credentials/${old.id}/hand-over`, api.as.stranger, { to: fresh.id })).status).toBe(404);
  expect((await api.call('POST', `/deployments/${id}/hand-over`, api.as.reader, body)).status).toBe(403);
});
