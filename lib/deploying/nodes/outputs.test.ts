import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { readOutputs } from './outputs';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

test.each([
  ['https://hub.example.org/', 'url'],
  ['javascript:fetch("/api/v1/tokens")', 'text'],
  ['data:text/html,<script>1</script>', 'text'],
] as const)('what a node hands back as a link is one only if it leads to the web: %s', async (value, kind) => {
  const world = new World(store);
  const plan = clusterPlan(0);
  plan.outputs = [{ name: 'told', label: '', kind: 'url', secret: false, value: { stepOutput: 'told', node: 'front' } }];
  const id = await world.deploy(plan);
  await store.db
    .updateTable('nodes')
    .set({ outputs: JSON.stringify({ told: value }) })
    .execute();
  expect(await readOutputs(world.ports, id, false)).toMatchObject([{ name: 'told', kind, value }]);
});
