import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { root } from '../lib/shell';

const folder = process.env.MUTATION_STATE ?? '';
const code: Record<string, string> = JSON.parse(readFileSync(join(folder, 'code.json'), 'utf8'));

/** Tests of code whose places can be broken one by one, in one process; see scripts/tasks/mutate.ts. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  plugins: [{ name: 'broken', enforce: 'pre', load: (id) => code[id.split('?')[0] ?? ''] }],
  test: {
    include: process.env.MUTATION_TESTS?.split(',') ?? [],
    runner: join(root, 'scripts/mutation/runner.ts'),
    maxWorkers: 1,
    isolate: false,
    // what is kept of one run has other places broken than the next
    fsModuleCache: false,
    testTimeout: 60_000,
    dangerouslyIgnoreUnhandledErrors: true,
  },
});
