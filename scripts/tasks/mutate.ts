import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isPure, sampleStatements } from '../lib/sample';
import { root, run } from '../lib/shell';

// Breaks code here and there and looks whether a test of its room fails: `npm run mutate -- lib/tosca lib/planning/network/cidr.ts`;
// `--one-in 5` breaks a fifth of the functions, the same ones each time; `--pure` only files that wait for nothing and draw nothing: what decides,
// and asks only tests that wait for nothing either: a decision that only a whole deployment shows has no table of cases.
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
  const files = isRoom ? globSync(`${path}/**/*.ts`, { cwd: root }).filter(isBroken) : [path];
  const mutate = files
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      if (values.pure && !isPure(source)) return [];
      if (oneIn === 1) return [file];
      return sampleStatements(file, source, oneIn).map(({ from, to }) => `${file}:${from}-${to}`);
    })
    .join(',');
  if (mutate === '') continue;
  const room = isRoom ? path : dirname(path);
  const tests = globSync(`${room}/**/*.test.ts`, { cwd: root }).filter(
    (file) => !values.pure || isPure(readFileSync(join(root, file), 'utf8')),
  );
  const env = { ...process.env, MUTATION_TESTS: tests.join(',') };
  if ((await run('stryker', ['run', '--mutate', mutate], { env })) !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);

function isBroken(file: string): boolean {
  return !file.endsWith('.test.ts') && !/(^|\/)(testing|fixtures)(\/|\.ts$)/.test(file);
}
