import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from '../requests/request-action';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { hostKeysOf } from './admission';

let store: Store;
let world: World;
let id: string;
beforeEach(async () => {
  store = await openTestStore();
  world = new World(store);
});
afterEach(() => store.close());

const front = async () => {
  const node = (await world.ledger(id)).nodes.find(({ key }) => key === 'front');
  if (!node) throw new Error('no node front');
  return node;
};

/** From each of these moments on the machine is none of the deployment's any more. */
const ends: [string, () => Promise<void>][] = [
  [
    'was lost at its site',
    async () => {
      for (const { id: server } of world.cloud.ofKind('server')) world.cloud.things.delete(server);
      world.clock.advance(600_000);
      await world.pass(id, true);
    },
  ],
  [
    'stayed silent and is to be made anew',
    async () => {
      await world.settle(id, 1200);
      await requestAction(world.ports, id, { action: 'retry' });
    },
  ],
  [
    'went into an error and is being replaced',
    async () => {
      await store.db.updateTable('resources').set({ phase: 'waiting' }).where('key', '=', 'server-front').execute();
      for (const server of world.cloud.ofKind('server')) server.fault = 'No valid host';
      await world.pass(id);
    },
  ],
  [
    'is being deleted',
    async () => {
      await requestAction(world.ports, id, { action: 'delete' });
      await world.pass(id);
    },
  ],
];

test.each(ends)('nobody comes in from a machine that %s, by its one-time token, its identity or its host keys', async (_what, happens) => {
  world.silent.add('front');
  id = await world.deploy(clusterPlan(0));
  await world.settle(id, 60);
  const agent = await world.agentOf(id, 'front');
  const taken = await world.agentOf(id, 'front');
  if (_what !== 'stayed silent and is to be made anew') await taken?.introduce();
  expect(hostKeysOf(await front())).not.toEqual([]);
  await happens();
  await expect(agent?.introduce()).rejects.toMatchObject({ code: 'not-found' });
  await expect(taken?.bundle()).rejects.toMatchObject({ code: 'not-found' });
  await expect(taken?.say([])).rejects.toMatchObject({ code: 'not-found' });
  expect(hostKeysOf(await front())).toEqual([]);
});
