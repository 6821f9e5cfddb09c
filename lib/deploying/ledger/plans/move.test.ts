import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlannedResource } from '@/lib/planning/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../../testing/fixture-plan';
import { World } from '../../testing/world';
import { writeMove } from './move';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a part of more rows than a database takes values for in one statement is placed elsewhere', async () => {
  const world = new World(store);
  const plan = clusterPlan(0);
  const id = await world.deploy(plan);
  const [volume] = plan.resources.filter(({ kind }) => kind === 'volume');
  if (!volume) throw new Error('the plan has no volume');
  const made = Array.from({ length: 4000 }, (_, index): PlannedResource => ({ ...volume, key: `volume-${index}_2`, site: 'asia' }));
  const move = { request: {}, plan: { ...plan, resources: [...plan.resources, ...made] }, gone: new Set([volume.key]), made, nodes: [] };
  await store.db.transaction().execute((trx) => writeMove(trx, id, move, () => ({}), world.clock.now()));
  expect((await world.ledger(id)).resources.filter(({ site }) => site === 'asia')).toHaveLength(4000);
});
