import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from '../requests/request-action';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { runWorker } from './worker';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a worker deploys what is asked for, wakes for a deletion, and ends what has come to its end', async () => {
  const world = new World(store);
  world.cloud.bootSeconds = 0;
  world.cloud.leaveSeconds = 0;
  const reached = (id: string, wanted: string) =>
    new Promise<void>((resolve) => {
      const look = async () => {
        await world.nodesSpeak(id);
        if ((await world.state(id)) === wanted) resolve();
      };
      void store.listen('events', () => void look()).then(look);
    });
  const expired = await world.deploy(clusterPlan(0), 'Over');
  await store.db.updateTable('deployments').set({ expires_at: world.clock.now() }).where('id', '=', expired).execute();
  const worker = await runWorker(world.ports);
  await reached(expired, 'deleted');
  const id = await world.deploy(clusterPlan(1));
  await reached(id, 'ready');
  await requestAction(world.ports, id, { action: 'delete' });
  await reached(id, 'deleted');
  expect([...world.cloud.things.values()]).toEqual([]);
  expect(world.faultsSeen).toEqual([]);
  await worker.stop();
}, 60_000);
