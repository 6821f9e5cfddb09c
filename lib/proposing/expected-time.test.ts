import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { expectedTime } from './expected-time';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const created_at = new Date('2026-11-01T00:00:00Z');
  await store.db
    .insertInto('users')
    .values({ id: 'ada', issuer: 'https://op', subject: 'ada', provider: 'op', name: 'Ada', created_at })
    .execute();
  const row = (id: string, recipe: string, sites: string[], seconds: number | null) => ({
    id,
    user_id: 'ada',
    name: id,
    state: 'ready' as const,
    recipe,
    request: '{}',
    plan: '{}',
    sites,
    created_at,
    ready_at: seconds === null ? null : new Date(created_at.getTime() + seconds * 1000),
  });
  await store.db
    .insertInto('deployments')
    .values([
      row('a', 'slurm', ['europe'], 60),
      row('b', 'slurm', ['europe'], 80),
      row('c', 'slurm', ['europe'], 500),
      row('d', 'slurm', ['europe'], null),
      row('e', 'slurm', ['america', 'europe'], 900),
      row('f', 'kubernetes', ['europe'], 300),
    ])
    .execute();
});
afterAll(() => store.close());

test.each([
  ['the median of what it took there before', 'slurm', ['europe'], 80],
  ['only of deployments at the same sites', 'slurm', ['europe', 'america'], 900],
  ['nothing where it never became ready', 'slurm', ['america'], null],
  ['nothing for a recipe that nobody deployed', 'oscar', ['europe'], null],
])('%s', async (_name, recipe, sites, seconds) => {
  expect(await expectedTime(store, recipe, sites)).toBe(seconds);
});
