import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { FakeLeases } from '../../testing/fake-leases';
import { onLease } from '../../testing/fixture-plan';
import { World } from '../../testing/world';
import { watchLeases } from './leases';

let store: Store;
let world: World;
let leases: FakeLeases;
let asked: string[];
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => {
  asked = [];
  world = new World({ ...store, enqueuePass: async (id) => void asked.push(id) });
  leases = new FakeLeases(world.clock);
  world.cloud.leases = leases;
});

const hour = 3_600_000;
const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();

test('a lease that was changed at its site has its deployment looked at, others not', async () => {
  const [first, second] = [await world.deploy(onLease('now', inMs(8 * hour))), await world.deploy(onLease('now', inMs(8 * hour)))];
  for (const id of [first, second]) expect(await world.settle(id)).toBe('ready');
  asked.length = 0;
  await watchLeases(world.ports);
  expect(asked).toEqual([]);
  Object.assign(leases.leases.get('lease-2') ?? {}, { end: inMs(hour) });
  world.clock.advance(60_000);
  await watchLeases(world.ports);
  expect(asked).toEqual([second]);
});

test('leases of one place are listed with one call, once a minute, whichever worker looks', async () => {
  const ids = [await world.deploy(onLease('now', inMs(8 * hour))), await world.deploy(onLease('now', inMs(8 * hour)))];
  for (const id of ids) await world.settle(id);
  const before = world.cloud.calls.get('leases') ?? 0;
  await Promise.all([watchLeases(world.ports), watchLeases(world.ports)]);
  await watchLeases(world.ports);
  expect((world.cloud.calls.get('leases') ?? 0) - before).toBe(1);
});
