import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { requestAction } from './request-action';
import { resumeWork } from './resume';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a deletion that stopped when the person signed out goes on when they are back', async () => {
  const world = new World(store);
  const id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('ready');
  await requestAction(world.ports, id, { action: 'delete' });
  const { openCloud } = world.ports;
  world.ports.openCloud = async () => {
    throw new AppError({ code: 'session-expired', title: 'Your sign-in has ended' });
  };
  expect(await world.settle(id)).toBe('failed');
  expect((await world.ledger(id)).deployment.problem?.code).toBe('session-expired');
  world.ports.openCloud = openCloud;

  await resumeWork(world.ports, 'somebody-else');
  expect(await world.state(id)).toBe('failed');
  await resumeWork(world.ports, 'u1');
  expect(await world.settle(id)).toBe('deleted');
});
