import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { promiseLint } from './house';
import { root } from './shell';
import { programsFor } from './sources';

const cases: [what: string, code: string, rule: string | null][] = [
  ['refuses a bare call', 'sleep(10);', 'no-floating-promises'],
  ['refuses a chain that nobody waits for', 'sleep(10).then(() => later(1));', 'no-floating-promises'],
  ['refuses what the right side of an expression leaves', 'const soon = true;\nsoon && sleep(10);', 'no-floating-promises'],
  ['refuses an async callback where nobody looks at its promise', '[1, 2].forEach(async (ms) => sleep(ms));', 'no-misused-promises'],
  ['refuses a promise as a condition', 'if (sleep(10)) later(1).catch(String);', 'no-misused-promises'],
  ['refuses to wait for what is no promise', 'const ten = 10;\nexport const eleven = (await ten) + 1;', 'await-thenable'],
  ['takes one that is waited for', 'await sleep(10);', null],
  ['takes one whose failure is dealt with', 'sleep(10).catch(String);', null],
  ['takes one that says of itself that nobody waits', 'void sleep(10);', null],
];

describe('of promises, the lint of the house', () => {
  const found = new Map<string, string[]>();
  let status: number | null = null;
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'transat-lint-'));
    // as in the project, but for files that are there for this test alone, and know no packages
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions: { types: [] }, include: ['*.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const declared = 'declare function sleep(ms: number): Promise<void>;\nexport const later = sleep;\n';
    cases.forEach(([, code], index) => {
      writeFileSync(join(folder, `${index}.ts`), `${declared}${code}\n`);
    });
    const args = ['-c', join(root, '.oxlintrc.json'), '--disable-nested-config', ...promiseLint, '-f', 'json', '.'];
    const ran = spawnSync(join(root, 'node_modules/.bin/oxlint'), args, { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    status = ran.status;
    const { diagnostics } = JSON.parse(ran.stdout) as { diagnostics: { code: string; filename: string }[] };
    for (const { code, filename } of diagnostics) found.set(filename, [...(found.get(filename) ?? []), code]);
  });

  test.each(cases.map(([what, , rule], index) => ({ what, rule, file: `${index}.ts` })))('$what', ({ rule, file }) => {
    if (rule) expect(found.get(file)).toContain(`typescript(${rule})`);
    else expect(found.get(file)).toBeUndefined();
  });

  test('fails where it refuses', () => expect(status).toBe(1));
});

test('every script that a shell runs, and every Python file, is looked at, whatever its name', () => {
  const shell = programsFor('shell', root);
  expect(shell).toEqual(expect.arrayContaining(['.ci/run', 'lib/nodes/agent/functions.sh', 'recipes/slurm/scripts/base.sh']));
  expect(shell.every((file) => /\.sh$|^\.ci\/run$/.test(file))).toBe(true);
  expect(programsFor('python', root)).toContain('lib/nodes/agent/__main__.py');
});
