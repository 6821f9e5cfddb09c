import { defineConfig } from 'vitest/config';

/** Signing in with OpenID providers that others have written; see scripts/tasks/test-providers.ts. */
export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: { include: ['e2e/providers/*.real.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 1 },
});
