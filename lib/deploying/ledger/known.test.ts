import type { Transaction } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import { openTestStore } from '@/lib/store/test-store';
import { takeMessages } from '../nodes/agent';
import { requestAction } from '../requests/request-action';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { offerAdmission } from './admissions';
import { goOn } from './again';
import type { Ledger } from './ledger';
import { trimDeleted } from './leftovers';
import { loadStanding } from './load';
import { markUnreachable, wantPower, writeDrained, writeHanded, writeNodeProblem } from './node-rows';
import { commit } from './write';

let store: Store;
let world: World;
let before: Ledger;
beforeEach(async () => {
  store = await openTestStore();
  world = new World(store);
  const id = await world.deploy(clusterPlan(1));
  await world.settle(id);
  before = await world.ledger(id);
});
afterEach(() => store.close());

const within = (work: (trx: Transaction<Schema>) => Promise<unknown>) => store.db.transaction().execute(work);
const problem = { code: 'deadline-passed', title: 'Nothing', detail: 'Nothing is heard of it' } as const;
const one = () => {
  const [node] = before.nodes;
  if (!node) throw new Error('it has no nodes');
  return node;
};
const hears = (messages: object[]) =>
  takeMessages(world.ports, one().id, messages as Parameters<typeof takeMessages>[2], 'callback', () => true);
const at = '2030-01-01T00:00:00Z';

// What of a node is large is read again only where its version is another: whoever changes it, and gives it none, is not seen by a pass that is at work.
it.each<[string, () => Promise<unknown>]>([
  ['nobody has done anything', async () => {}],
  ['its machine was given a token', () => offerAdmission(store, one().id, { hash: 'h', firstKey: 'k', taken: null })],
  [
    'its machine can’t be reached',
    async () => {
      await store.db.updateTable('nodes').set({ state: 'booting', version: 99 }).where('id', '=', one().id).execute();
      await writeNodeProblem(store, one().id, problem);
    },
  ],
  ['it fell silent', () => markUnreachable(store, { ...before }, one(), problem, world.clock.now())],
  ['it says that it lives', () => hears([])],
  ['it prints something', () => hears([{ type: 'output', seq: one().seq + 1, at, step: 'set-up', text: 'line' }])],
  ['it says what it is', () => hears([{ type: 'facts', seq: one().seq + 1, at, facts: { cores: 4 } }])],
  ['it hands something back', () => hears([{ type: 'outputs', seq: one().seq + 1, at, values: { told: 'this' } }])],
  ['its steps were handed over', () => writeHanded(store, one().id, 5)],
  ['it is to go on', () => within((trx) => goOn(trx, one(), { state: 'configuring', problem, run_from: 'set-up', run_only: ['set-up'] }))],
  ['it takes no work', () => within((trx) => writeDrained(trx, before.deployment.id, [one().key], world.clock.now()))],
  ['it is to be stopped', () => within((trx) => wantPower(trx, before.deployment.id, 'stop', [one().key], true))],
  ['its deployment is to end', () => requestAction(world.ports, before.deployment.id, { action: 'delete' })],
  ['its deployment is gone', () => within((trx) => trimDeleted(trx, before.deployment.id, before.deployment.plan))],
  [
    'its server was written',
    async () => {
      const resource = before.resources.find(({ kind }) => kind === 'server');
      if (!resource) throw new Error('it has no server');
      const change = { state: 'booting', facts: { cores: 8 }, outputs: { a: 'b' } } as const;
      const writes = [{ resource, change: { phase: 'ready' as const }, node: { key: one().key, change } }];
      expect(await commit(world.ports, { ...before, resources: structuredClone(before.resources) }, writes)).toBe(true);
    },
  ],
])('what is known of a deployment is what is stored once %s', async (_, work) => {
  await work();
  const { id } = before.deployment;
  const stored = await loadStanding(store.db, id);
  expect(await loadStanding(store.db, id, { known: before })).toEqual(stored);
});

it('rows that came and went are seen', async () => {
  const { id } = before.deployment;
  const [first, ...others] = before.nodes;
  await store.db
    .deleteFrom('nodes')
    .where('id', '=', first?.id ?? '')
    .execute();
  expect((await loadStanding(store.db, id, { known: before })).nodes).toEqual(others);
  expect((await loadStanding(store.db, id, { known: { ...before, nodes: [one()] } })).nodes).toEqual(others);
});
