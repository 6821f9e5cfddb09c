import { defineConfig } from 'vitest/config';

/** The tests that scripts/tasks/mutate.ts names, those of one room, for a mutation run: broken code must be noticed where it stands. */
export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: { include: process.env.MUTATION_TESTS?.split(',') ?? [], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 1, isolate: false },
});
