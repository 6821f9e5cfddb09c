import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from './requests/request-action';
import { clusterOf } from './testing/changed-plan';
import { World } from './testing/world';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('what a list leaves out that is long in coming is not gone by the time at which it came', async () => {
  const world = new World(store);
  const id = await world.deploy(clusterOf(1));
  // until its public address is there
  while (world.cloud.ofKind('floatingIp').length === 0) await world.pass(id);
  let slow = false;
  world.cloud.faults = (call, count) => {
    // the list of ports takes half a minute, and that of addresses, asked for with it, does not show yet what was made just now
    if (slow && call === 'ports') world.clock.advance(30_000);
    return call === 'deleteFloatingIp' && count === 1 ? 'unauthorized' : undefined;
  };
  await requestAction(world.ports, id, { action: 'delete' });
  await world.pass(id);
  expect(world.cloud.calls.get('deleteFloatingIp')).toBe(1);
  slow = true;
  world.cloud.lag = (call) => (call === 'floatingIps' ? 10 : 0);
  world.clock.advance(3000);
  await world.pass(id);
  slow = false;
  const [address] = (await world.ledger(id)).resources.filter(({ kind }) => kind === 'floatingIp');
  expect(address?.phase).toBe('deleting');
  expect(await world.settle(id)).toBe('deleted');
  expect(world.cloud.ofKind('floatingIp')).toEqual([]);
});

test('a site whose lists take it long is left alone for five times as long, three seconds at most', async () => {
  const world = new World(store);
  const id = await world.deploy(clusterOf(1));
  while (world.cloud.ofKind('server').length === 0) await world.pass(id);
  const nextAfter = async (ms: number) => {
    world.cloud.faults = (call) => {
      if (call === 'servers') world.clock.advance(ms);
      return undefined;
    };
    return await world.pass(id);
  };
  expect(await nextAfter(0)).toBe(1);
  expect(await nextAfter(400)).toBe(2);
  expect(await nextAfter(1600)).toBe(3);
});
