import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { beginChange } from './requests/update/begin';
import { numbered } from './testing/agent-script';
import { clusterOf, proposalFor } from './testing/changed-plan';
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
const nodeOf = async (id: string, key: string) => (await world.ledger(id)).nodes.find((node) => node.key === key);
const isAway = (id: string, key: string) =>
  store.db.updateTable('nodes').set({ state: 'unreachable' }).where('deployment_id', '=', id).where('key', '=', key).execute();

test('a node that was out of reach while others came learns of them when it is back, and is ready only then', async () => {
  const id = await world.deploy(clusterOf(1));
  expect(await world.settle(id)).toBe('ready');
  await isAway(id, 'worker-1');
  await beginChange(world.ports, id, proposalFor(clusterOf(1), clusterOf(1, 2)), { by, revision: 1 });
  await world.settle(id);
  const agent = await world.agentOf(id, 'worker-1');

  const run = await agent?.say([]);
  expect(run).toMatchObject({ only: [], number: 1 });
  expect(await nodeOf(id, 'worker-1')).toMatchObject({ state: 'configuring' });
  expect(Object.keys((await agent?.bundle())?.peers ?? {})).toContain('worker-2');
  const say = numbered((await nodeOf(id, 'worker-1'))?.seq ?? 0, world.clock.now());
  await agent?.say(say({ type: 'finished', run: run?.number, ok: true }));
  expect(await nodeOf(id, 'worker-1')).toMatchObject({ state: 'ready', run_from: null });
  expect(await world.settle(id)).toBe('ready');
});
