import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine } from '../testing/machine';

const script = join(import.meta.dirname, 'scripts/docker.sh');
const settings = 'etc/docker/daemon.json';
let machine: Machine;

beforeEach(() => {
  machine = new Machine();
  machine.play('docker', 'echo 24.0.5');
});
afterEach(() => machine.clear());
const run = (WITHOUT_SUDO = 'false') => machine.run(script, { WITHOUT_SUDO });

it.skipIf(!existsSync('/usr/bin/jq'))(
  'keeps what an administrator has set, whatever is in it, and begins anew where something has changed alone',
  () => {
    const theirs = { 'insecure-registries': ['a"b', "it's $(touch owned) `id`", 'x\ny', '%s \\'], 'log-driver': 'json-file' };
    machine.write(settings, JSON.stringify(theirs));
    expect(begun(run())).toEqual(['docker']);
    expect(JSON.parse(machine.read(settings))).toEqual({ ...theirs, 'live-restore': true });
    const before = machine.settings();
    expect([begun(run()), machine.settings(), machine.has('owned')]).toEqual([[], before, false]);
    machine.write(settings, JSON.stringify({ ...theirs, debug: true }));
    expect(begun(run())).toEqual(['docker']);
  },
);

it.skipIf(!existsSync('/usr/bin/jq')).each(['{"debug": tru', '[1]', '"text"'])(
  'leaves settings that are none, %s, to whoever wrote them, and says so by failing',
  (text) => {
    machine.write(settings, text);
    expect(run().code).not.toBe(0);
    expect(machine.read(settings)).toBe(text);
  },
);

it.skipIf(!existsSync('/usr/bin/jq'))('lets the login user in and puts out again whom it let in alone, as often as one likes', () => {
  const groups = (calls: string) => calls.match(/^(?:usermod|gpasswd) .*?(?= *$)/gm) ?? [];
  expect(groups(run('false').calls)).toEqual([]);
  expect(groups(run('true').calls)).toEqual(['usermod --append --groups docker debian']);
  expect(groups(run('true').calls)).toEqual(['usermod --append --groups docker debian']);
  expect(groups(run('false').calls)).toEqual(['gpasswd --delete debian docker']);
  expect(groups(run('false').calls)).toEqual([]);
});
