import { defineConfig } from 'vitest/config';

/** The tests of one room, for a mutation run: broken code must be noticed where it stands; see scripts/tasks/mutate.ts. */
export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: { include: [`${process.env.MUTATED_ROOM}/**/*.test.ts`], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 1, isolate: false },
});
