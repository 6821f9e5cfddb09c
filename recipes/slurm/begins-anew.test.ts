import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine } from '../testing/machine';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  machine.write('etc/mysql/mariadb.conf.d/.keep', '');
  for (const program of ['mysql', 'mysqladmin', 'munge', 'unmunge', 'dpkg-query']) machine.play(program, 'true');
});
afterEach(() => machine.clear());

const given = {
  base: { ROLE: 'controller', MUNGE_KEY: Buffer.from('a key \0 of bytes').toString('base64'), MPI: 'false', PACKAGES: '' },
  accounts: { DATABASE_PASSWORD: `it's "one"` },
};
const run = (script: keyof typeof given, changed = {}) =>
  machine.run(join(import.meta.dirname, `scripts/${script}.sh`), { ...given[script], ...changed });
/** A machine on which this unit can't be begun anew. */
const without = (unit: string) => machine.play('systemctl', `case "$*" in *restart*${unit}) exit 1 ;; esac`);
const whole = () => machine.play('systemctl', 'true');

it('has munge run by the deployment’s key, also where an attempt was cut off before it began anew', () => {
  without('munge');
  expect(run('base').code).not.toBe(0);
  whole();
  const { code, printed, calls } = run('base');
  expect([code, begun({ code, printed, calls, outputs: '' })], printed).toEqual([0, ['munge']]);
  expect(machine.settings()['etc/munge/munge.key']).toBe('400 a key \0 of bytes');
  expect(begun(run('base'))).toEqual([]);
  expect(begun(run('base', { MUNGE_KEY: 'YW5vdGhlcg==' }))).toEqual(['munge']);
});

it('keeps accounts by what its settings say, also where an attempt was cut off before they counted', () => {
  for (const unit of ['mariadb', 'slurmdbd']) {
    without(unit);
    expect(run('accounts', { DATABASE_PASSWORD: unit }).code).not.toBe(0);
    whole();
    expect(begun(run('accounts', { DATABASE_PASSWORD: unit }))).toContain(unit);
  }
  run('accounts');
  const before = machine.settings();
  expect(before['etc/slurm/slurmdbd.conf']?.slice(0, 3)).toBe('600');
  expect([begun(run('accounts')), machine.settings()]).toEqual([[], before]);
  expect(begun(run('accounts', { DATABASE_PASSWORD: 'another' }))).toEqual(['slurmdbd']);
});
