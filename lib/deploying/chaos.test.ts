import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { Dice } from './testing/chaos/dice';
import { letGoWrong } from './testing/chaos/faults';
import { livesHold } from './testing/chaos/hold';
import { leftOf } from './testing/chaos/invariants';
import { runSeed } from './testing/chaos/run';
import { clusterPlan } from './testing/fixture-plan';
import { World } from './testing/world';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** The first half; `chaos-more.test.ts` has the second, and `npm run chaos -- --seeds 2000` runs as many as it is told. */
livesHold(1, 100);

test('the same seed gives the same run', async () => {
  const [first, second] = [await runSeed(store, 1), await runSeed(store, 1)];
  expect(second).toEqual(first);
  expect(first.faults.length + first.asked.length).toBeGreaterThan(2);
});

test('what is left at a site, and what went of somebody else’s, is found', async () => {
  const world = new World(store);
  const id = await world.deploy(clusterPlan(0));
  await world.settle(id);
  expect(leftOf(world, new Set(['network-99']))).toEqual(
    expect.arrayContaining([expect.stringContaining('left over: server'), 'somebody else’s network-99 is gone']),
  );
});

test('when it is calm nothing goes wrong any more', async () => {
  const world = new World(store);
  const trouble = letGoWrong(world, new Dice(3));
  world.silent.add('front');
  trouble.calm();
  expect([world.cloud.faults('servers', 1), world.cloud.lag('servers', 1), world.silent.size]).toEqual([undefined, 0, 0]);
});
