import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from './requests/request-action';
import { beginChange } from './requests/update/begin';
import { clusterOf, ofFlavor, proposalFor } from './testing/changed-plan';
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

const flavors = () => world.cloud.ofKind('server').map(({ name, flavorId }) => `${name.slice(name.indexOf('server-'))}: ${flavorId}`);
const lines = async (id: string, of: RegExp) => (await world.events(id)).filter((line) => of.test(line));

async function resized(...workers: number[]): Promise<string> {
  const id = await world.deploy(clusterOf(...workers));
  expect(await world.settle(id)).toBe('ready');
  const { deployment } = await world.ledger(id);
  const proposal = proposalFor(deployment.plan, ofFlavor(deployment.plan, 'larger'), { inTurn: true });
  await beginChange(world.ports, id, proposal, { by: { id: 'u1', name: 'Ada' }, revision: 1 });
  return id;
}
const idsOf = async (id: string) =>
  (await world.ledger(id)).resources.filter(({ kind }) => kind === 'server').map(({ cloud_id }) => cloud_id);

test('machines get another flavor where they stand, one after the other, are confirmed when their node is there, and run their steps again', async () => {
  const id = await resized(1, 2);
  const before = await idsOf(id);
  expect(await world.settle(id)).toBe('ready');
  expect(flavors()).toEqual(['server-front: f', 'server-worker-1: larger', 'server-worker-2: larger']);
  expect(world.cloud.ofKind('server').filter(({ resize }) => resize !== undefined)).toEqual([]);
  expect(await idsOf(id)).toEqual(before);
  expect((await lines(id, /other flavor|another flavor/)).map((line) => line.replace(/The server /, '').split(' ')[0])).toEqual([
    ...Array(4).fill('worker-1'),
    ...Array(4).fill('worker-2'),
  ]);
  expect(await lines(id, /^worker-1: set-up$|^worker-1: Set up$/)).toHaveLength(2);
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 2, updating: null });
});

test('what no host has room for is taken back: every machine is what it was, with its data, and why is told', async () => {
  world.cloud.noRoomFor.add('larger');
  const id = await resized(1, 2);
  const before = await idsOf(id);
  expect(await world.settle(id)).toBe('ready');
  expect(flavors()).toEqual(['server-front: f', 'server-worker-1: f', 'server-worker-2: f']);
  expect(await idsOf(id)).toEqual(before);
  expect(await lines(id, /can’t get another size|is called off/)).toHaveLength(2);
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 1, updating: null, problem: null });
});

test('a machine that is not heard of with its other flavor gets back the one that it had', async () => {
  const id = await resized(1);
  world.silent.add('worker-1');
  await world.settle(id, 60);
  expect(flavors()[1]).toBe('server-worker-1: larger');
  await world.settle(id, 1000);
  world.silent.delete('worker-1');
  expect(await world.settle(id)).toBe('ready');
  expect(flavors()).toEqual(['server-front: f', 'server-worker-1: f']);
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 1, updating: null });
});

test('a change that is called off while machines are resized gives all of them what they had', async () => {
  const id = await resized(1, 2);
  world.silent.add('worker-2');
  await world.settle(id, 120);
  expect(flavors()).toEqual(['server-front: f', 'server-worker-1: larger', 'server-worker-2: larger']);
  await requestAction(world.ports, id, { action: 'cancel' });
  world.silent.delete('worker-2');
  expect(await world.settle(id)).toBe('ready');
  expect(flavors()).toEqual(['server-front: f', 'server-worker-1: f', 'server-worker-2: f']);
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 1, updating: null });
});

test('a quota that is met refuses the resize with its numbers, and nothing is stopped', async () => {
  world.cloud.faults = (call) => (call === 'resizeServer' ? 'quota' : undefined);
  const id = await resized(1, 2);
  expect(await world.settle(id)).toBe('ready');
  expect(flavors()).toEqual(['server-front: f', 'server-worker-1: f', 'server-worker-2: f']);
  expect(await lines(id, /Quota exceeded/)).not.toEqual([]);
});

test.each(['resizeServer', 'confirmResize'])(
  'a worker that is killed at %s, before or after, and an answer that is lost, leave nothing undone',
  async (call) => {
    for (const fault of ['die', 'kill', 'lost', 'cut'] as const) {
      world = new World(store);
      world.cloud.faults = (name, count) => (name === call && count === 1 ? fault : undefined);
      const id = await resized(1);
      expect(await world.settle(id), fault).toBe('ready');
      expect(flavors(), fault).toEqual(['server-front: f', 'server-worker-1: larger']);
      expect(world.faultsSeen).toEqual([]);
    }
  },
);
