import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from '../requests/request-action';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { attend } from './session';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** Attends to a deployment as the worker does; its waits take no time but on the world's clock. */
async function attendTo(world: World, id: string): Promise<number> {
  const began = world.clock.now().getTime();
  await attend(world.ports, id, new AbortController().signal, async (seconds) => {
    world.clock.advance(seconds * 1000);
    await world.nodesSpeak(id);
  });
  return (world.clock.now().getTime() - began) / 1000;
}

test('a deployment whose passes meet a mistake in the program fails soon, says that it is ours, and is deployed by a retry once that is mended', async () => {
  const world = new World(store);
  const { findSite } = world.ports;
  world.ports.findSite = async () => {
    throw new TypeError('x is not a function');
  };
  const id = await world.deploy(clusterPlan(0));
  expect(await attendTo(world, id)).toBeLessThan(60);
  expect((await world.ledger(id)).deployment).toMatchObject({
    state: 'failed',
    problem: { code: 'internal', detail: expect.stringContaining('a fault in Transat'), remedy: expect.stringContaining('operator') },
  });
  expect(world.faultsSeen).toHaveLength(3);
  world.ports.findSite = findSite;
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
});

test('what is not there for a while is no mistake: the deployment goes on when it is back', async () => {
  const world = new World(store);
  const { findSite } = world.ports;
  let tries = 0;
  world.ports.findSite = async (...asked) => {
    if (++tries <= 5) throw new AppError({ code: 'not-ready', title: 'The database is not there' });
    return findSite(...asked);
  };
  const id = await world.deploy(clusterPlan(0));
  await attendTo(world, id);
  expect((await world.ledger(id)).resources.map(({ phase }) => phase)).not.toContain('failed');
  expect(await world.settle(id)).toBe('ready');
});
