import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'scripts/controller.sh'), 'utf8');
const program = /slurm\.json\.new <<'PYTHON'\n(.*?)\nPYTHON\n/s.exec(script)?.[1] ?? '';

it.each([
  ['', []],
  ['short 60 10', [['short', '60', '10']]],
  [
    'long\nshort  60',
    [
      ['long', 'INFINITE', '1'],
      ['short', '60', '1'],
    ],
  ],
  ['short 60\n\nshort 30', [['short', '30', '1']]],
  ['main 5', []],
])('of the further partitions %j the controller is told %j', (partitions, told) => {
  const args = ['-c', program, 'c', '10.0.0.1', 'w', '10.0.0.2', 'main', partitions, 'true', 'true', '2', 'false', '5'];
  expect(JSON.parse(execFileSync('python3', args, { encoding: 'utf8' }))).toMatchObject({ partition: 'main', partitions: told });
});
