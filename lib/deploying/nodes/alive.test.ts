import type { Updateable } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '@/lib/store';
import type { NodeRow } from '@/lib/store/schema';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { takeMessages } from './agent';
import { hearAlive } from './alive';

let store: Store;
let world: World;
let id: string;
beforeEach(async () => {
  store = await openTestStore();
  world = new World(store);
  id = await world.deploy(clusterPlan(0));
  await world.settle(id);
});
afterEach(() => store.close());

const yes = () => true;
const front = async () => {
  const [node] = (await world.ledger(id)).nodes;
  if (!node) throw new Error('it has no nodes');
  return node;
};
const is = async (change: Updateable<NodeRow>) =>
  store.db
    .updateTable('nodes')
    .set(change)
    .where('id', '=', (await front()).id)
    .execute();

it('of a node that is ready nothing is written but that it was heard, as the long way would', async () => {
  const before = await front();
  world.clock.advance(60_000);
  const answer = await hearAlive(world.ports, before.id, 'callback', yes);
  const short = await front();
  expect([short.version, short.heard_at?.getTime(), short.deadline_at]).toEqual([before.version, world.clock.now().getTime(), null]);
  expect(answer).toEqual(
    await takeMessages(world.ports, before.id, [{ seq: before.seq, at: '', type: 'facts', facts: {} }], 'callback', yes),
  );
  expect(await front()).toEqual(short);
});

it('the next is wanted sooner while its deployment is changed', async () => {
  const { id: nodeId } = await front();
  const next = async () => (await hearAlive(world.ports, nodeId, 'ssh', yes))?.next;
  expect(await next()).toBe(10);
  await store.db.updateTable('deployments').set({ updating: '{}' }).where('id', '=', id).execute();
  expect(await next()).toBe(3);
  expect((await front()).channel).toBe('ssh');
});

it.each<[string, Updateable<NodeRow>]>([
  ['is set up', { state: 'configuring' }],
  ['has failed', { state: 'failed' }],
  ['counted as lost', { state: 'unreachable' }],
  ['is asked to run something again', { run_from: 'set-up' }],
  ['was never heard', { heard_at: null }],
])('of one that %s more may come', async (_, change) => {
  await is({ heard_at: new Date(0), ...change });
  const before = await front();
  expect(await hearAlive(world.ports, before.id, 'callback', yes)).toBeUndefined();
  expect(await front()).toEqual(before);
});

it.each([
  ['another’s', async () => (await front()).id],
  ['nobody’s', async () => 'node_none'],
])('%s is refused, and nothing is written', async (_, nodeOf) => {
  const before = await front();
  await expect(hearAlive(world.ports, await nodeOf(), 'callback', () => false)).rejects.toMatchObject({ code: 'not-found' });
  expect(await front()).toEqual(before);
});
