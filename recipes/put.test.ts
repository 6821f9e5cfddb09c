import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine } from './testing/machine';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.clear());

/** A script that has a program run by one file, which is to hold this text. */
const run = (text: string) =>
  machine.run(join(import.meta.dirname, 'shared/put.sh'), { TEXT: text }, (functions) =>
    [
      'set -euo pipefail',
      functions,
      `printf '%s\\n' "$TEXT" >"$HOME/new"`,
      'put "$HOME/new" /etc/program somebody:group 640 /etc/.stands',
      'begin_anew /etc/.stands program',
    ].join('\n'),
  );

it('has a program begin anew with a file that is another, and leaves who is at work there alone otherwise', () => {
  expect([begun(run('one')), machine.read('etc/program'), machine.settings()['etc/program']?.slice(0, 3)]).toEqual([
    ['program'],
    'one\n',
    '640',
  ]);
  expect(begun(run('one'))).toEqual([]);
  expect([begun(run('two')), machine.read('etc/program')]).toEqual([['program'], 'two\n']);
});

it('has it begin anew where it does not run', () => {
  run('one');
  machine.run(join(import.meta.dirname, 'shared/put.sh'), {}, () => 'systemctl stop program');
  expect(begun(run('one'))).toEqual(['program']);
});

it('makes up for a beginning that was cut off, and for one that failed', () => {
  run('one');
  for (const fault of ['kill -9 $PPID', 'exit 1']) {
    machine.play('systemctl', `[ "$1" = is-active ] || { [ "$1" != restart ] || ${fault}; }`);
    expect(run(fault).code).not.toBe(0);
    machine.play('systemctl', 'true');
    expect(begun(run(fault))).toEqual(['program']);
    expect(begun(run(fault))).toEqual([]);
  }
});
