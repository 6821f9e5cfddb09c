import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { World } from '@/lib/deploying/testing/world';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { getMetrics } from '../metrics';
import { countStanding } from '../standing';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('deployments, nodes and what is amiss are counted, what is deleted is not; lines of histories are, by the code that they tell of', async () => {
  const { registry } = getMetrics();
  const world = new World(store);
  expect(await countStanding(store.db)).toEqual({ deployments: [], nodes: [], problems: [] });
  world.failing.add('front');
  const failed = await world.deploy(clusterPlan(0), 'Fails');
  expect(await world.settle(failed)).toBe('failed');
  world.failing.clear();
  const ready = await world.deploy(clusterPlan(1), 'Stands');
  expect(await world.settle(ready)).toBe('ready');
  const gone = await world.deploy(clusterPlan(0), 'Gone');
  await store.db.updateTable('deployments').set({ deleted_at: world.clock.now() }).where('id', '=', gone).execute();
  const counted = await countStanding(store.db);
  expect(counted.deployments).toEqual(
    expect.arrayContaining([
      { state: 'failed', count: 1 },
      { state: 'ready', count: 1 },
    ]),
  );
  expect(counted.nodes).toEqual(
    expect.arrayContaining([
      { state: 'failed', count: 1 },
      { state: 'ready', count: 2 },
    ]),
  );
  expect([counted.deployments.length, counted.nodes.length, counted.problems]).toEqual([2, 2, [{ code: 'node-step-failed', count: 1 }]]);
  expect(await registry.metrics()).toMatch(/transat_events_total\{level="error",code="node-step-failed"\} [1-9]/);
  expect(await registry.metrics()).toMatch(/transat_events_total\{level="info",code="none"\} [1-9]/);
});
