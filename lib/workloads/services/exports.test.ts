import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportForms } from './export-words';
import { exportService } from './exports';
import type { GivenService } from './wish';

const one = (changes: Partial<GivenService>): GivenService => ({
  name: 'fish',
  image: 'fish:1',
  script: '#!/bin/sh\nfish\n',
  cpu: '0.5',
  memory: '256Mi',
  gpu: false,
  logLevel: '',
  vo: '',
  visibility: 'private',
  allowedUsers: [],
  interLinkNode: '',
  input: [],
  output: [],
  variables: {},
  secrets: {},
  ...changes,
});
const evil = 'touch pwned';
/** What a cluster may tell as a service, so that its export does more than it says. */
const hostile: [what: string, given: GivenService, clusterId: string][] = [
  ['a name that ends the command', one({ name: `fish; ${evil}` }), 'eu'],
  ['a name that ends the comment', one({ name: `fish\n${evil}\n` }), 'eu'],
  ['a name with a quote', one({ name: `fish'; ${evil}; '` }), 'eu'],
  ['a name that a shell would work out', one({ name: `$(${evil})\`${evil}\`` }), 'eu'],
  ['a name that is another folder', one({ name: '../../fish' }), 'eu'],
  ['a cluster that ends the comment', one({}), `eu\n${evil}\n`],
  ['a script that ends the file it stands in', one({ script: `FDL\n${evil}\nFDL_\nSERVICE\n${evil}\n` }), 'eu'],
  ['folders with a quote', one({ input: [{ provider: 'minio.default', path: `a'; ${evil}; '`, suffix: [], prefix: [] }] }), 'eu'],
];
const cluster = { endpoint: 'https://oscar.example', auth: { kind: 'basic' as const, user: 'oscar' }, dialect: '4.1' as const };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transat-export-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'here'));
  for (const program of ['oscar-cli', 'curl', 'jq', 'base64']) {
    writeFileSync(join(folder, 'bin', program), '#!/bin/sh\nexit 0\n');
    chmodSync(join(folder, 'bin', program), 0o755);
  }
  writeFileSync(join(folder, 'here', 'input'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, text: string) =>
  execFileSync(program, program === 'sh' ? ['-s'] : ['-c', text], {
    cwd: join(folder, 'here'),
    input: program === 'sh' ? text : '',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, OSCAR_PASSWORD: 'p' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });

test.each(hostile)('the export of %s runs what it says alone', (_what, given, clusterId) => {
  for (const form of ['oscar-cli', 'curl'] as const) run('sh', exportService(form, given, cluster, clusterId).text);
  expect(readdirSync(join(folder, 'here'))).not.toContain('pwned');
  expect(readdirSync(folder).toSorted()).toEqual(['bin', 'here']);
});

test.each(['oscar-cli', 'curl', 'oscar-python'] as const)(
  '%s tells of releases in which a change keeps files from starting jobs',
  (form) => {
    const told = (['3.5', '3.6', '4.0'] as const).map((dialect) => exportService(form, one({}), { ...cluster, dialect }, 'eu').text);
    expect(told.map((text) => text.includes('files start no jobs after a change'))).toEqual([false, true, false]);
  },
);

test.each(hostile)('%s is one text in Python', (_what, given, clusterId) => {
  const { text } = exportService('oscar-python', given, cluster, clusterId);
  expect(text.split('\n').filter((line) => line.startsWith(evil))).toEqual([]);
  // without what it needs: only whether it can be read
  run('python3', `import ast; ast.parse(${JSON.stringify(text)})`);
});

test.each(hostile)('the files of %s lie beside each other', (_what, given, clusterId) => {
  for (const form of exportForms) expect(exportService(form, given, cluster, clusterId).name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
});
