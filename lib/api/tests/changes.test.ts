import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { beginChange } from '@/lib/deploying/requests/update/begin';
import { clusterOf, proposalFor } from '@/lib/deploying/testing/changed-plan';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await openTestApi();
  const request = { recipe: 'slurm', addOns: [], inputs: { worker_count: 1, munge_key: '***' }, placement: {} };
  const plan = clusterOf(1);
  const { ports } = api.services;
  ({ id } = await createDeployment(ports, { person: { id: 'owner' }, name: 'Mine', plan, request }));
  await api.store.db.updateTable('deployments').set({ state: 'ready', ready_at: api.clock.now() }).where('id', '=', id).execute();
});
afterAll(() => api.store.close());

const patch = (body: object, query = '') => api.call('PATCH', `/deployments/${id}${query}`, api.as.owner, body);

test.each([
  ['a group that is not there', { groups: { gpus: { count: 1 } } }, ['groups.gpus']],
  ['a number that is none', { groups: { workers: { count: -1 } } }, ['groups.workers.count']],
  ['a node that is not there', { removeNodes: ['workers-9'] }, ['removeNodes.0']],
  ['a secret that is in use', { inputs: { munge_key: 'another' } }, ['inputs.munge_key']],
  ['a version that there never was', { revertTo: 7 }, ['revertTo']],
  ['answers beside those of the version to go back to', { revertTo: 1, inputs: { worker_count: 2 } }, ['inputs']],
  ['another name with a number that is none', { name: 'Other', groups: { gpus: { count: 1 } } }, ['groups.gpus']],
  ['two numbers for one group', { groups: { workers: { count: 2 } }, inputs: { worker_count: 3 } }, ['inputs.worker_count']],
  ['what nobody knows', { colour: 'red' }, ['colour']],
])('%s is refused by its field, in a dry run as well, and nothing is changed', async (_name, body, fields) => {
  for (const query of ['', '?dryRun=true']) {
    const { status, json } = await patch(body, query);
    expect(status).toBe(422);
    expect(json.fields.map(({ path }: { path: string }) => path)).toEqual(fields);
  }
  expect((await api.call('GET', `/deployments/${id}`, api.as.owner)).json).toMatchObject({
    name: 'Mine',
    revision: 1,
    updating: null,
    state: 'ready',
  });
});

test('a second change is told who began the one that is under way, and when; its versions tell of both', async () => {
  const proposal = proposalFor(clusterOf(1), clusterOf(1, 2));
  await beginChange(api.services.ports, id, proposal, { by: { id: 'owner', name: 'Ada' }, revision: 1 });
  const { json: view } = await api.call('GET', `/deployments/${id}`, api.as.owner);
  expect(view).toMatchObject({ state: 'updating', revision: 2, updating: { to: 2, by: 'Ada', stage: 'making', back: false } });
  expect(view.actions).toMatchObject({ change: { allowed: false }, cancel: { allowed: true } });
  const { status, json } = await patch({ groups: { workers: { count: 3 } } });
  expect(status).toBe(409);
  expect(json.detail).toContain(`Ada began a change at ${view.updating.since}`);

  const { json: versions } = await api.call('GET', `/deployments/${id}/versions`, api.as.owner);
  expect(versions.items).toMatchObject([
    { number: 2, change: { added: ['worker-2'], removed: [] }, current: true },
    { number: 1, change: null, current: false },
  ]);
  expect((await api.call('GET', `/deployments/${id}/versions`, api.as.stranger)).status).toBe(404);

  await api.call('POST', `/deployments/${id}/actions`, api.as.owner, { action: 'cancel' });
  const { json: back } = await api.call('GET', `/deployments/${id}`, api.as.owner);
  expect(back).toMatchObject({ revision: 1, updating: { back: true } });
  expect(back.actions.cancel).toMatchObject({ allowed: false });
});
