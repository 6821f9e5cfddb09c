import { defineConfig } from 'vitest/config';

/** Rooms that only decide: no test of theirs leaves anything behind, so files share a worker and what it has loaded. */
const pure = 'lib/{core,inputs,tosca,catalog,planning,leases,workloads}/**/*.test.ts';
const drawn = 'components/**/*.test.{ts,tsx}';

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // what is waited for comes; how soon is not what a test says on a machine that others use
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    retry: process.env.CI ? 1 : 0,
    projects: [
      { extends: true, test: { name: 'decide', include: [pure, drawn], isolate: false } },
      {
        extends: true,
        test: {
          name: 'act',
          include: ['{lib,app,components,recipes,scripts}/**/*.test.{ts,tsx}'],
          exclude: [pure, drawn, '**/node_modules/**'],
        },
      },
    ],
  },
});
