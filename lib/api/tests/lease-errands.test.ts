import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { runErrand } from '@/lib/keeping/errands';
import { extendByItself } from '@/lib/leasing/act';
import { type LeaseApi, openLeaseApi, site } from '../testing/leases';

let api: LeaseApi;
beforeAll(async () => {
  api = await openLeaseApi();
});
afterAll(() => api.end());
afterEach(async () => {
  api.broken.clear();
  await api.blazar.cloud.admin('POST', '/_reset', {});
  for (const table of ['resources', 'deployments', 'leases'] as const) await api.store.db.deleteFrom(table).execute();
  api.services.desk.forget('owner');
  await api.blazar.later(0);
});

let names = 0;
async function made(more: object = {}) {
  const reservations = [{ kind: 'physical:host', count: 1, nodeType: 'compute_zen3' }];
  const body = { site, name: `errand-${++names}`, start: 'now', end: api.inHours(6), reservations, ...more };
  const answer = await api.call('POST', '/leases', api.as.owner, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
const get = async (id: string) => (await api.call('GET', `/leases/${id}`, api.as.owner)).json;
const act = (id: string, body: object) => api.call('POST', `/leases/${id}/actions`, api.as.owner, body);
const remove = (id: string, query = '') => api.call('DELETE', `/leases/${id}${query}`, api.as.owner);
const times = (name: string) => api.calls.filter((one) => one === name).length;
const fault = (match: object, answer: object, count = 1) =>
  api.blazar.cloud.admin('POST', '/_faults', { match: { service: 'reservation', ...match }, answer, times: count });
const set = (id: string, values: object) => api.store.db.updateTable('leases').set(values).where('id', '=', id).execute();
const owner = { id: 'owner', provider: 'op', groups: [] };

async function standing(more: object = {}) {
  const { id, cloudId, end } = await made(more);
  if (!('start' in more)) await api.until(id, 'ACTIVE');
  const plan = { ...clusterPlan(1), leases: [{ site, lease: cloudId, end }] };
  const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  const deployment = await createDeployment(api.services.ports, { person: owner, name: 'On it', request, plan });
  return { id, cloudId, deployment: deployment.id };
}
const stateOf = async (id: string) =>
  await api.store.db.selectFrom('deployments').select(['state', 'wanted']).where('id', '=', id).executeTakeFirstOrThrow();
const setDeployment = (id: string, values: object) => api.store.db.updateTable('deployments').set(values).where('id', '=', id).execute();

describe('what stands on a lease that is to go', () => {
  test('is asked to go by whoever follows a process that died before it did, and again when it failed to go', async () => {
    const { id, deployment } = await standing();
    await set(id, {
      work: JSON.stringify({ do: 'delete', since: api.clock.now().toISOString(), withDeployments: true }),
      due_at: api.clock.now(),
    });
    await api.errands(id);
    expect(await stateOf(deployment)).toMatchObject({ wanted: 'deleted', state: 'deleting' });
    await setDeployment(deployment, { state: 'failed' });
    await api.later(0.01);
    await api.errands(id);
    expect(await stateOf(deployment)).toMatchObject({ wanted: 'deleted', state: 'deleting' });
    expect(await get(id)).toMatchObject({ work: 'delete', status: 'ACTIVE' });
  });

  test.each([0, 3])(
    'keeps it, where it came to stand there after nothing did and nobody said that it may go, after %i hours',
    async (hours) => {
      const { id, deployment } = await standing();
      await set(id, {
        work: JSON.stringify({
          do: 'delete',
          since: new Date(api.clock.now().getTime() - hours * 3_600_000).toISOString(),
          withDeployments: false,
        }),
        due_at: api.clock.now(),
      });
      await api.errands(id);
      expect(await stateOf(deployment)).toMatchObject({ wanted: 'running' });
      expect(await get(id)).toMatchObject({ work: null, status: 'ACTIVE', problem: { code: 'conflict' } });
    },
  );

  test('stays, where the site would not end the lease', async () => {
    const { id, deployment } = await standing({ start: api.inHours(2), end: api.inHours(5) });
    const refused = await act(id, { action: 'end-now', withDeployments: true });
    expect(refused).toMatchObject({ status: 409, json: { fields: [{ path: 'end' }] } });
    expect(await stateOf(deployment)).toMatchObject({ wanted: 'running' });
    expect(await get(id)).toMatchObject({ work: null });
  });

  test('is named before a repair that deletes the lease, and goes only where that was said', async () => {
    const { id, cloudId, deployment } = await standing();
    api.broken.add(cloudId);
    const refused = await act(id, { action: 'repair' });
    expect(refused).toMatchObject({ status: 409, json: { code: 'conflict', detail: expect.stringContaining('On it') } });
    expect(await stateOf(deployment)).toMatchObject({ wanted: 'running' });
    expect(await api.store.db.selectFrom('leases').select('id').execute()).toHaveLength(1);
    const { status, json, text } = await act(id, { action: 'repair', withDeployments: true });
    expect(status, text).toBe(200);
    expect(json.id).not.toBe(id);
    expect(await stateOf(deployment)).toMatchObject({ wanted: 'deleted' });
  });
});

describe('a credential with which leases were made', () => {
  test('is deleted only by who knows that they go on and are charged for; those that are over do not count', async () => {
    const { id, name, credential } = await made();
    const over = await made();
    await set(over.id, { status: 'TERMINATED' });
    const { json } = await api.call('GET', `/credentials/${credential}`, api.as.owner);
    expect(json.leases).toMatchObject([{ id, name }]);
    const refused = await api.call('DELETE', `/credentials/${credential}`, api.as.owner);
    expect(refused).toMatchObject({ status: 409, json: { code: 'conflict', detail: expect.stringContaining(`“${name}”`) } });
    expect(refused.json.detail).not.toContain(over.name);
    await set(id, { status: 'TERMINATED' });
    expect((await api.call('GET', `/credentials/${credential}`, api.as.owner)).json.leases).toEqual([]);
  });
});

describe('a lease that its site is slow to delete', () => {
  test('is given up eleven minutes after the site was asked first, not after the wish', async () => {
    const { id, deployment } = await standing();
    await remove(id, '?withDeployments=true');
    await api.later(0.5);
    await setDeployment(deployment, { deleted_at: api.clock.now() });
    await fault({ method: 'DELETE' }, { status: 500, body: { error_code: 500, error_message: 'Invalid lease status.' } }, 100);
    for (const minutes of [0, 5, 5]) {
      await api.later(minutes / 60);
      await api.errands(id);
      expect(await get(id)).toMatchObject({ work: 'delete', problem: { code: 'conflict' } });
    }
    await api.later(3 / 60);
    await api.errands(id);
    expect(await get(id)).toMatchObject({ work: null, status: 'ACTIVE', problem: { code: 'conflict' } });
  });
});

describe('a lease whose making was not answered', () => {
  test('at a site that lists what can’t be read is given up after a while, and its name is free again', async () => {
    const unread = { name: 'without an id' };
    await fault({ method: 'GET', path: '/leases$' }, { status: 200, body: { leases: [unread] } }, 1000);
    const { id } = await lost();
    await api.errands(id);
    await api.later(0.5);
    await api.errands(id);
    expect(await lost()).toMatchObject({ status: 'MAKING' });
    await api.later(5.6);
    await api.errands(id);
    expect(await lost()).toMatchObject({ status: 'GONE', work: null, problem: { title: expect.stringContaining('not known') } });
  });

  test('at a site that can’t be asked is given up after a while, and why is said', async () => {
    await fault({ method: 'GET', path: '/leases$' }, { status: 503, body: {} }, 1000);
    const before = api.clock.now().getTime();
    const { id } = await lost();
    await api.errands(id);
    expect(await lost()).toMatchObject({ status: 'MAKING', work: { asked: new Date(before).toISOString() } });
    await api.later(5.9);
    await api.errands(id);
    expect(await lost()).toMatchObject({ status: 'MAKING' });
    await api.later(0.2);
    await api.errands(id);
    expect(await lost()).toMatchObject({
      status: 'GONE',
      work: null,
      due_at: null,
      problem: { title: expect.stringContaining('not known') },
    });
  });
});

describe('a lease that is to last longer by itself', () => {
  const wish = () => ({ end: api.inHours(24), extendUntil: api.inHours(36) });
  test('is asked for ever more rarely where its site refuses, then no more, and why is said', async () => {
    const { id } = await made(wish());
    await api.until(id, 'ACTIVE');
    await api.later(0.02);
    await fault({ method: 'PUT' }, { status: 403, body: { error_code: 403, error_message: 'Cannot extend this.' } }, 1000);
    api.calls.length = 0;
    const asked: number[] = [];
    for (let minute = 0; minute < 30; minute++) {
      await api.errands(id);
      asked.push(times('changeLease'));
      await api.later(1 / 60);
    }
    expect(asked.at(-1)).toBe(4);
    expect(new Set(asked.slice(0, 9))).toEqual(new Set([1, 2, 3, 4]));
    expect(await get(id)).toMatchObject({ extend: null, problem: { title: 'The lease is not extended by itself any more' } });
  });

  test('is looked at again where its site does not answer, until it ends', async () => {
    const { id } = await made(wish());
    await api.until(id, 'ACTIVE');
    await api.later(0.02);
    await fault({ method: 'GET', path: '/leases$' }, { status: 503, body: {} }, 10_000);
    await api.errands(id);
    expect(await row(id)).toMatchObject({ extend: { tries: 1 }, problem: { code: 'upstream-failed' } });
    await api.later(20);
    await api.errands(id);
    expect((await row(id))?.extend).toMatchObject({ tries: 2 });
    await api.later(5);
    await api.errands(id);
    expect(await row(id)).toMatchObject({ extend: null, due_at: null, problem: { title: expect.stringContaining('any more') } });
  });

  test('stays as it is where that is taken back while its site is being asked', async () => {
    const { id } = await made(wish());
    await api.until(id, 'ACTIVE');
    await api.later(0.02);
    await fault({ method: 'GET', path: '/os-hosts$' }, { status: 'slow', delayMs: 1500 });
    api.calls.length = 0;
    const errand = runErrand(api.services, `lease ${id}`);
    while (times('hosts') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await extendByItself(api.services, owner, id, null);
    await errand;
    expect(times('changeLease')).toBe(0);
    expect(await row(id)).toMatchObject({ extend: null, due_at: null, problem: null });
  });
});

const row = (id: string) => api.store.db.selectFrom('leases').selectAll().where('id', '=', id).executeTakeFirst();

/** The row of a lease that was asked for, and whose making was not answered. */
async function lost() {
  const found = await api.store.db.selectFrom('leases').selectAll().where('name', '=', 'lost').executeTakeFirst();
  if (found) return found;
  const reservations = [{ kind: 'physical:host', count: 1, nodeType: 'compute_zen3' }];
  const now = api.clock.now();
  const [known] = await api.store.db.selectFrom('credentials').select(['id', 'project_id']).where('site', '=', site).execute();
  return await api.store.db
    .insertInto('leases')
    .values({
      id: 'lease_lost',
      user_id: 'owner',
      site,
      project: known?.project_id ?? '',
      credential: known?.id ?? '',
      lease_id: null,
      name: 'lost',
      status: 'MAKING',
      starts_at: now,
      ends_at: new Date(now.getTime() + 6 * 3_600_000),
      taken_over: true,
      asked: JSON.stringify({ reservations }),
      work: JSON.stringify({ do: 'make', since: now.toISOString() }),
      due_at: now,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
