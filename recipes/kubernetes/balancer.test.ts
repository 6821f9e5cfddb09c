import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine } from '../testing/machine';

const script = join(import.meta.dirname, 'scripts/balancer.sh');
const given = { CA_CERT: 'authority', FIRST: '10.0.0.1', PEERS: '10.0.0.2,10.0.0.3' };
const settings = 'etc/transat/kubernetes-api.cfg';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  machine.play('haproxy', '[ ! -e "$R/refuses" ]');
});
afterEach(() => machine.clear());

const run = (changes: Partial<typeof given> = {}) =>
  machine.run(script, { ...given, ...changes }, (text) => text.replaceAll(/(?<!=)\/usr\/sbin\/haproxy/g, machine.at('bin/haproxy')));
const reloads = (calls: string) => [...calls.matchAll(/^systemctl reload /gm)].length;

it('takes what asks on this node alone to each control plane that says it is ready, by the certificate of the authority', () => {
  const ran = run();
  expect([ran.code, begun(ran)], ran.printed).toEqual([0, ['transat-kubernetes-api']]);
  const said = machine.read(settings);
  expect(said.match(/^ {2}server .*/gm)).toEqual([1, 2, 3].map((number) => `  server control-plane-${number} 10.0.0.${number}:6443`));
  expect(said.match(/bind .*/g)).toEqual(['bind 127.0.0.1:7443']);
  expect(said).toContain('check-ssl verify required ca-file');
  expect(machine.read('etc/transat/kubernetes-api.pem')).toBe('authority\n');
});

it('cuts nobody off when it is run again, and takes over other addresses without beginning anew', () => {
  run();
  const again = run();
  expect([again.code, begun(again), reloads(again.calls)]).toEqual([0, [], 0]);
  const other = run({ PEERS: '10.0.0.2,10.0.0.9' });
  expect([other.code, begun(other), reloads(other.calls)]).toEqual([0, [], 1]);
  expect(machine.read(settings)).toContain('10.0.0.9:6443');
});

it('takes over what it was told before it was cut off', () => {
  run();
  machine.play('systemctl', 'case $* in reload*) kill -9 $PPID ;; esac');
  expect(run({ PEERS: '10.0.0.2,10.0.0.9' }).code).not.toBe(0);
  machine.play('systemctl', 'true');
  expect(reloads(run({ PEERS: '10.0.0.2,10.0.0.9' }).calls)).toBe(1);
  expect(reloads(run({ PEERS: '10.0.0.2,10.0.0.9' }).calls)).toBe(0);
});

it('goes on with what it has where the balancer refuses what is new', () => {
  run();
  const stood = machine.read(settings);
  machine.write('refuses', '');
  const ran = run({ PEERS: '10.0.0.2,10.0.0.9' });
  expect([ran.code, begun(ran), reloads(ran.calls)]).toEqual([1, [], 0]);
  expect(machine.read(settings)).toBe(stood);
});
