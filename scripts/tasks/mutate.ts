import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from '../lib/shell';

// Breaks code here and there and looks whether a test of its room fails: `npm run mutate -- lib/tosca lib/planning/cidr.ts`.
const wanted = process.argv.slice(2).map((path) => path.replace(/\/$/, ''));
const missing = wanted.filter((path) => !existsSync(join(root, path)));
if (wanted.length === 0 || missing.length > 0) {
  console.error(missing.length > 0 ? `There is no ${missing.join(', ')}.` : 'Name the rooms or files: npm run mutate -- lib/tosca');
  process.exit(2);
}
let failed = 0;
for (const path of wanted) {
  const isRoom = statSync(join(root, path)).isDirectory();
  const mutate = [isRoom ? `${path}/**/*.ts` : path, '!**/*.test.ts', '!**/fixtures/**', '!**/fixtures.ts'].join(',');
  const env = { ...process.env, MUTATED_ROOM: isRoom ? path : dirname(path) };
  if ((await run('stryker', ['run', '--mutate', mutate], { env })) !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
