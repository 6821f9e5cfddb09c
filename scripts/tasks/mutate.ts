import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isPure, sampleStatements, startsNothing } from '../lib/sample';
import { root, run } from '../lib/shell';
import { mutatePure } from '../mutation/pure';

// Breaks code here and there and looks whether a test of its room fails: `npm run mutate -- lib/tosca lib/planning/network/cidr.ts`;
// `--one-in 5` breaks a fifth of the functions, the same ones each time; `--pure` only files that wait for nothing and draw nothing: what decides,
// and asks only tests that start nothing (no database, no sandbox), in one process: a whole room in a minute. Without it, Stryker starts the tests anew for each place.
const { values, positionals } = parseArgs({
  options: { 'one-in': { type: 'string', default: '1' }, pure: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const oneIn = Number(values['one-in']);
const wanted = positionals.map((path) => path.replace(/\/$/, ''));
const missing = wanted.filter((path) => !existsSync(join(root, path)));
if (wanted.length === 0 || missing.length > 0 || !Number.isInteger(oneIn) || oneIn < 1) {
  console.error(
    missing.length > 0 ? `There is no ${missing.join(', ')}.` : 'Name the rooms or files: npm run mutate -- lib/tosca [--one-in 5]',
  );
  process.exit(2);
}
let failed = 0;
for (const path of wanted) {
  const isRoom = statSync(join(root, path)).isDirectory();
  const room = isRoom ? path : dirname(path);
  const tests = globSync(`${room}/**/*.test.ts`, { cwd: root });
  const files = (isRoom ? globSync(`${path}/**/*.ts`, { cwd: root }).filter(isBroken) : [path])
    .filter((file) => !values.pure || isPure(read(file)))
    .map((file) => ({ path: file, lines: sampleStatements(file, read(file), oneIn) }))
    .filter(({ lines }) => lines.length > 0);
  if (files.length === 0) continue;
  if (values.pure) {
    if (
      !(await mutatePure(
        files,
        tests.filter((file) => startsNothing(read(file))),
      ))
    )
      failed += 1;
    continue;
  }
  const mutate = files.flatMap((file) => (oneIn === 1 ? [file.path] : file.lines.map(({ from, to }) => `${file.path}:${from}-${to}`)));
  const env = { ...process.env, MUTATION_TESTS: tests.join(',') };
  if ((await run('stryker', ['run', '--mutate', mutate.join(',')], { env })) !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function isBroken(file: string): boolean {
  return !file.endsWith('.test.ts') && !/(^|\/)(testing|fixtures)(\/|\.ts$)/.test(file);
}
