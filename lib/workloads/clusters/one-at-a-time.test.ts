import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { whileAlone } from './one-at-a-time';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** Two changes at once. @returns whether they were made at the same time */
async function meet(one: string, other: string): Promise<boolean> {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    for (let turn = 0; turn < 20; turn++) await store.db.selectFrom('clusters').select('id').execute();
    inside -= 1;
  };
  await Promise.all([one, other].map((endpoint) => whileAlone({ store, clock }, { endpoint }, work)));
  return most === 2;
}

test.each([
  ['of one address that two people have', 'https://oscar.example', 'https://oscar.example/', false],
  ['of one address in other letters', 'https://oscar.example', 'https://OSCAR.example:443', false],
  ['of two addresses', 'https://oscar.example', 'https://other.example', true],
  ['of two paths of a host', 'https://oscar.example/one', 'https://oscar.example/two', true],
])('changes %s: at the same time?', async (_what, one, other, together) => {
  expect(await meet(one, other)).toBe(together);
});

test('whoever died while they changed something holds up nobody for long', async () => {
  const until = new Date(clock.now().getTime() - 1);
  await store.db.insertInto('cluster_turns').values({ place: 'https://dead.example', by: 'dead', until }).execute();
  await expect(whileAlone({ store, clock }, { endpoint: 'https://dead.example' }, async () => 'done')).resolves.toBe('done');
  expect(await store.db.selectFrom('cluster_turns').selectAll().execute()).toEqual([]);
});
