import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../../testing/fixture-plan';
import { World } from '../../testing/world';
import { changeDeployment } from '../change';
import { requestAction } from '../request-action';
import { followSchedules } from './follow';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** One that is ready, on a Friday at noon in Madrid, and runs from eight to half past seven on working days. */
async function scheduled(): Promise<{ world: World; id: string; until(iso: string): Promise<string> }> {
  const world = new World(store, new ManualClock(new Date('2026-11-27T11:00:00Z')));
  const id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('ready');
  const schedule = { zone: 'Europe/Madrid', days: [1, 2, 3, 4, 5], start: '08:00', stop: '19:30' };
  await changeDeployment(world.ports, id, { schedule });
  return {
    world,
    id,
    async until(iso) {
      world.clock.advance(Date.parse(iso) - world.clock.now().getTime());
      await followSchedules(world.ports);
      return world.settle(id);
    },
  };
}
const turnOf = async (id: string) => {
  const row = await store.db.selectFrom('deployments').select(['turn', 'turn_at']).where('id', '=', id).executeTakeFirstOrThrow();
  return `${row.turn} ${row.turn_at?.toISOString()}`;
};

test('it is stopped in the evening and started in the morning, and is not started on a day that is not named', async () => {
  const { world, id, until } = await scheduled();
  expect(await turnOf(id)).toBe('stop 2026-11-27T18:30:00.000Z');
  expect(await until('2026-11-27T18:29:00Z')).toBe('ready');
  expect(await until('2026-11-27T18:31:00Z')).toBe('stopped');
  expect(await until('2026-11-29T12:00:00Z')).toBe('stopped');
  expect(await until('2026-11-30T07:00:30Z')).toBe('ready');
  expect(await turnOf(id)).toBe('stop 2026-11-30T18:30:00.000Z');
  expect(await world.events(id)).toEqual(expect.arrayContaining(['Test is stopped by its schedule', 'Test is started by its schedule']));
});

test('who starts it in the night has it until the next stop', async () => {
  const { world, id, until } = await scheduled();
  await until('2026-11-27T18:31:00Z');
  await requestAction(world.ports, id, { action: 'start' });
  expect(await world.settle(id)).toBe('ready');
  expect(await until('2026-11-28T12:00:00Z')).toBe('ready');
});

test('after days without a worker it is as it should be now, and nothing is done twice by two', async () => {
  const { world, id } = await scheduled();
  world.clock.advance(Date.parse('2026-11-29T12:00:00Z') - world.clock.now().getTime());
  await Promise.all([followSchedules(world.ports), followSchedules(world.ports)]);
  expect(await world.settle(id)).toBe('stopped');
  expect((await world.events(id)).filter((line) => line === 'Test is stopped by its schedule')).toHaveLength(1);
});

test('what can’t be done in its state is told, and not done later', async () => {
  const { world, id, until } = await scheduled();
  await store.db.updateTable('deployments').set({ state: 'failed' }).where('id', '=', id).execute();
  await until('2026-11-27T18:31:00Z');
  expect(await world.events(id)).toContain('Test was not stopped by its schedule: It has to be ready first.');
  expect(await turnOf(id)).toBe('start 2026-11-30T07:00:00.000Z');
});

test('without a schedule nothing of it stays', async () => {
  const { world, id, until } = await scheduled();
  await changeDeployment(world.ports, id, { schedule: null });
  expect(await until('2026-11-27T18:31:00Z')).toBe('ready');
  expect(await turnOf(id)).toBe('null undefined');
});
