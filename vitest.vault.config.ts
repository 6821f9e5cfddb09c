import { defineConfig } from 'vitest/config';

/** What Transat needs of a Vault or OpenBao, against a real one; see scripts/tasks/test-vault.ts. */
export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname } },
  test: { include: ['e2e/vault/*.real.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 1 },
});
