import { checkFileSizes } from '../lib/file-sizes';
import { root, run } from '../lib/shell';

// The rules of the house: types, format and lint, floating promises, floors, dead code, file sizes.
const checks: [name: string, command: () => Promise<number>][] = [
  ['types', () => run('node', ['node_modules/typescript7/bin/tsc', '--noEmit'])],
  ['format and lint', () => run('biome', ['ci', '--error-on-warnings', '.'])],
  ['lint (oxlint)', () => run('oxlint', ['--deny-warnings', '--quiet'])],
  [
    'floors',
    () => run('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'lib', 'app', 'components', 'scripts', 'e2e']),
  ],
  ['dead code', () => run('knip', ['--no-progress'])],
  ['file sizes', async () => checkFileSizes(root)],
];

let failed = 0;
for (const [name, command] of checks) {
  const began = Date.now();
  const code = await command();
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}  (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) failed += 1;
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
