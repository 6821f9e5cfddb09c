import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { runSeed } from './run';

/** How many lives one test tells of: of one that fails the seed is said. */
const atOnce = 20;

/** Registers tests of the lives of deployments by seeds, from one to another. They are shared among files, and so among workers. */
export function livesHold(from: number, to: number): void {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());

  const parts = Array.from({ length: Math.ceil((to - from + 1) / atOnce) }, (_, index) => from + index * atOnce);
  test.each(parts.map((first) => [first, Math.min(to, first + atOnce - 1)]))(
    'the lives of deployments by the seeds %i to %i, with what they let go wrong, end as they were asked for, and leave nothing',
    async (first, last) => {
      for (let seed = first; seed <= last; seed++) expect(await runSeed(store, seed)).toMatchObject({ seed, broken: [] });
    },
    900_000,
  );
}
