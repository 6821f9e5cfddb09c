import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '@/lib/planning/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../../testing/fixture-plan';
import { World } from '../../testing/world';
import { loadDeployment } from '../load-deployment';
import { frozen, keptPlans } from './kept';

/** a plan of so many nodes */
const planOf = (nodes: number) => ({ ...clusterPlan(1), nodes: Array.from({ length: nodes }, () => clusterPlan(1).nodes[0]) }) as Plan;

it('plans are kept of 400 nodes together: what was asked for longest ago makes room', () => {
  const plans = keptPlans();
  const keep = (id: string, nodes: number) => plans.set(id, { version: 1, plan: planOf(nodes) });
  const are = () => [...plans.keys()].sort();
  for (const id of ['a', 'b', 'c', 'd']) keep(id, 99);
  expect(are()).toEqual(['a', 'b', 'c', 'd']);
  plans.get('a');
  keep('e', 0);
  expect(are()).toEqual(['a', 'c', 'd', 'e']);
  keep('e', 400);
  expect(are()).toEqual(['a', 'c', 'd']);
  keep('f', 399);
  expect(are()).toEqual(['f']);
});

it('a plan that others have too is nobody’s to change', () => {
  const { nodes } = frozen(planOf(1));
  expect(() => nodes.pop()).toThrow(TypeError);
  expect(() => Object.assign(nodes[0] ?? {}, { key: 'other' })).toThrow(TypeError);
});

describe('a deployment', () => {
  let store: Store;
  let id: string;
  beforeEach(async () => {
    store = await openTestStore();
    id = await new World(store).deploy(clusterPlan(1));
  });
  afterEach(() => store.close());
  const planNow = async () => (await loadDeployment(store.db, id))?.plan;
  const write = (db: Pick<Store['db'], 'updateTable'>, plan: Plan) =>
    db
      .updateTable('deployments')
      .set({ plan: JSON.stringify(plan) })
      .where('id', '=', id)
      .execute();

  it('has the plan that is stored, read once while it stays', async () => {
    const first = await planNow();
    expect(first).toEqual(clusterPlan(1));
    await store.db.updateTable('deployments').set({ name: 'other' }).where('id', '=', id).execute();
    expect(await planNow()).toBe(first);
    expect((await loadDeployment(store.db, id))?.name).toBe('other');
    await write(store.db, clusterPlan(2));
    expect(await planNow()).toEqual(clusterPlan(2));
    expect(await loadDeployment(store.db, 'dep_none')).toBeUndefined();
  });

  it('has the plan of a transaction in it alone', async () => {
    await planNow();
    await store.db
      .transaction()
      .execute(async (trx) => {
        await write(trx, clusterPlan(2));
        expect((await loadDeployment(trx, id))?.plan).toEqual(clusterPlan(2));
        throw new Error('taken back');
      })
      .catch(() => {});
    await write(store.db, clusterPlan(3));
    expect(await planNow()).toEqual(clusterPlan(3));
  });
});
