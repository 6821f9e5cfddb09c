import { checkFileSizes } from './file-sizes';
import { findLinter, type Linter } from './linters';
import { checkNamedTests } from './named-tests';
import { root, run } from './shell';
import { programsFor } from './sources';
import type { Tally } from './tally';

/** What oxlint is told: its rules stand in .oxlintrc.json, and those about promises know types. */
export const promiseLint = ['--type-aware', '--deny-warnings', '--quiet'];

const tsc = 'node_modules/typescript7/bin/tsc';
const cruised = ['lib', 'app', 'components', 'scripts', 'e2e'];

/** The rules of the house; a check gives an exit code, or null where what it needs is not to be had. */
const checks: [name: string, check: () => Promise<number | null>][] = [
  // a tree whose packages are older than its lock file would be judged by the wrong tools
  ['packages', () => run('node', ['scripts/run.mjs', 'exec', 'true'])],
  ['types', () => run('node', [tsc, '--noEmit'])],
  ['format and lint', () => run('biome', ['ci', '--error-on-warnings', '.'])],
  ['lint, floating promises', () => run('oxlint', promiseLint)],
  ['floors', () => run('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...cruised])],
  ['dead code', () => run('knip', ['--no-progress'])],
  ['file sizes', async () => checkFileSizes(root)],
  ['tests that docs/security.md names', async () => checkNamedTests(root)],
  ['shell scripts', () => lint('shellcheck', [[]], programsFor('shell', root))],
  [
    'Python',
    () =>
      lint(
        'ruff',
        [
          ['check', '--no-cache', '--quiet'],
          ['format', '--no-cache', '--check', '--quiet'],
        ],
        programsFor('python', root),
      ),
  ],
];

/** Holds the project to all of them, one after the other, and shows what is amiss. */
export async function keepHouse(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, check] of checks) {
    const began = Date.now();
    const code = await check();
    const verdict = code === null ? 'skipped' : code === 0 ? 'passed' : 'failed';
    tally[verdict] += 1;
    const word = { passed: 'ok', failed: 'FAILED', skipped: 'SKIPPED' }[verdict];
    console.log(`${word.padEnd(7)}  ${name}  (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  }
  return tally;
}

async function lint(name: Linter, commands: string[][], files: string[]): Promise<number | null> {
  const program = await findLinter(name);
  if (!program) return null;
  let code = 0;
  for (const args of commands) code ||= await run(program, [...args, ...files]);
  return code;
}
