import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { loadVersion } from './ledger/plans/versions';
import { beginHold } from './requests/drain';
import { requestAction } from './requests/request-action';
import { beginChange } from './requests/update/begin';
import { clusterOf, proposalFor, withLeaving } from './testing/changed-plan';
import { World } from './testing/world';

let store: Store;
let world: World;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => {
  world = new World(store);
});

const by = { id: 'u1', name: 'Ada' };
const standing = async () => {
  const id = await world.deploy(clusterOf(1, 2));
  expect(await world.settle(id)).toBe('ready');
  return id;
};
const hold = (id: string, drained: boolean) =>
  beginHold(world.ports, { id, revision: 1 }, withLeaving(clusterOf(1, 2), ['worker-1'], drained ? 'finish' : 'stay'), {
    by,
    drained,
    nodes: ['worker-1'],
  });
const drainedOf = async (id: string) => (await world.ledger(id)).nodes.filter(({ drained_at }) => drained_at).map(({ key }) => key);
const leaves = async (id: string) => (await world.events(id)).filter((line) => line === 'front: Leave').length;

test('a node that stays is drained by the step for nodes that leave, is shown so, and takes work again when it is asked to', async () => {
  const id = await standing();
  const before = await world.ledger(id);
  await hold(id, true);
  expect(await world.state(id)).toBe('updating');
  expect(await drainedOf(id)).toEqual([]);
  expect(await world.settle(id)).toBe('ready');
  expect([await leaves(id), await drainedOf(id)]).toEqual([1, ['worker-1']]);

  const after = await world.ledger(id);
  expect(after.deployment).toMatchObject({ revision: 1, updating: null });
  expect(after.deployment.plan.nodes).toEqual(before.deployment.plan.nodes);
  expect(after.resources.map(({ cloud_id }) => cloud_id)).toEqual(before.resources.map(({ cloud_id }) => cloud_id));
  expect(after.nodes.map(({ steps }) => steps.length)).toEqual(before.nodes.map(({ steps }) => steps.length));
  expect(await loadVersion(store.db, id, 1)).toMatchObject({ undone: false, plan: null });

  await hold(id, false);
  expect(await world.settle(id)).toBe('ready');
  expect([await leaves(id), await drainedOf(id)]).toEqual([2, []]);
  expect((await world.events(id)).filter((line) => /worker-1/.test(line) && /drain|rained|again/.test(line))).toEqual([
    'Asked to drain worker-1',
    'Drained, and kept: worker-1',
    'Asked to have worker-1 take work again',
    'Takes work again: worker-1',
  ]);
});

test('called off while its work is waited for, it takes work again, and its version is as it was', async () => {
  const id = await standing();
  world.silent.add('front');
  await hold(id, true);
  await world.settle(id, 60);
  await requestAction(world.ports, id, { action: 'cancel' });
  const { updating, plan } = (await world.ledger(id)).deployment;
  expect(updating).toMatchObject({ back: true, from: 1, to: 1 });
  expect(plan.nodes[0]?.steps.at(-1)).toMatchObject({ name: 'leave', env: { LEAVING_WAY: 'stay' } });
  world.silent.delete('front');
  expect(await world.settle(id)).toBe('ready');
  expect(await drainedOf(id)).toEqual([]);
  const { deployment } = await world.ledger(id);
  expect(deployment).toMatchObject({ revision: 1, updating: null });
  expect(deployment.plan.nodes).toEqual(clusterOf(1, 2).nodes);
  expect(await loadVersion(store.db, id, 1)).toMatchObject({ undone: false });
});

test('one that was drained, was to leave and stays after all takes work again', async () => {
  const id = await standing();
  await hold(id, true);
  await world.settle(id);
  world.silent.add('front');
  await beginChange(world.ports, id, proposalFor((await world.ledger(id)).deployment.plan, clusterOf(2)), { by, revision: 1 });
  await world.settle(id, 60);
  expect(await drainedOf(id)).toEqual(['worker-1']);
  await requestAction(world.ports, id, { action: 'cancel' });
  world.silent.delete('front');
  expect(await world.settle(id)).toBe('ready');
  expect(await drainedOf(id)).toEqual([]);
});

test('nothing is said to be drained by a front-end that is not ready, and nothing is begun while something else is', async () => {
  const id = await standing();
  await store.db.updateTable('nodes').set({ state: 'unreachable' }).where('deployment_id', '=', id).where('key', '=', 'front').execute();
  await expect(hold(id, true)).rejects.toMatchObject({ code: 'conflict', title: 'It can’t be drained now' });
  await store.db.updateTable('nodes').set({ state: 'ready' }).where('deployment_id', '=', id).where('key', '=', 'front').execute();
  await hold(id, true);
  await expect(hold(id, true)).rejects.toMatchObject({ code: 'conflict', title: 'Another change is under way' });
});
