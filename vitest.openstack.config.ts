import { defineConfig } from 'vitest/config';

/** The suites that run against a real OpenStack; see e2e/openstack. */
export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: {
    include: ['e2e/openstack/**/*.openstack.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 1,
    // a second try in CI, on machines that are busy with others
    retry: process.env.CI ? 1 : 0,
  },
});
