import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { begun, Machine } from '../testing/machine';

const script = join(import.meta.dirname, 'scripts/dask.sh');
const authority = generateCertificateAuthority('dask', new Date()).reveal();
let machine: Machine;

beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.clear());
const run = (ROLE: 'scheduler' | 'worker', changed: Record<string, string> = {}) =>
  machine.run(script, { ROLE, SCHEDULER: '10.0.0.1', THREADS: '0', CA_CERT: authority.cert, CA_KEY: authority.key, ...changed });

it.each(['scheduler', 'worker'] as const)(
  'a %s is signed for once, keeps no key of the authority, and what computes is left alone the second time',
  (role) => {
    const first = run(role);
    expect([first.code, begun(first)], first.printed).toEqual([0, [`dask-${role}`]]);
    machine.write('authority.pem', authority.cert);
    expect(String(execFileSync('openssl', ['verify', '-CAfile', machine.at('authority.pem'), machine.at('etc/dask/node.pem')]))).toContain(
      'OK',
    );
    const before = machine.settings();
    expect(before['etc/dask/node.pem']).toMatch(/^600 /);
    // the key's own text, however its lines are broken
    const key = authority.key.split('\n')[1] ?? '';
    expect(JSON.stringify([first.calls, first.printed, first.outputs, before])).not.toContain(key);
    const second = run(role);
    expect([second.code, begun(second), machine.settings()]).toEqual([0, [], before]);
  },
);

it('gives people the clients’ certificate, not the scheduler’s', () => {
  const { outputs } = run('scheduler');
  const [, client = ''] = machine.settings()['etc/dask/client.pem']?.split(/^640 /) ?? [];
  expect(client).not.toBe('');
  expect(outputs).toContain(client);
  expect(outputs).not.toContain(machine.read('etc/dask/node.pem').split('\n')[1]);
});

it('is signed for anew, and begins anew, in the month before its certificates end, and says when that is', () => {
  const first = run('scheduler');
  const ends = Date.parse(/^certificate_ends=(.*)$/m.exec(first.outputs)?.[1] ?? '');
  expect(Math.round((ends - Date.now()) / 86_400_000)).toBe(825);
  const before = machine.settings();
  // the openssl of a machine whose clock is so far on that a month is more than is left
  machine.play('openssl', 'case "$*" in *-checkend*) exit 1 ;; *) exec /usr/bin/openssl "$@" ;; esac');
  const second = run('scheduler');
  expect([second.code, begun(second)], second.printed).toEqual([0, ['dask-scheduler']]);
  for (const file of ['node', 'client']) expect(machine.read(`etc/dask/${file}.pem`)).not.toBe(before[`etc/dask/${file}.pem`]?.slice(4));
});

it('begins anew with other threads, with another scheduler, with another authority, and after a start that was cut off', () => {
  run('worker');
  expect(begun(run('worker', { THREADS: '2' }))).toEqual(['dask-worker']);
  expect(begun(run('worker', { THREADS: '2', SCHEDULER: '10.0.0.9' }))).toEqual(['dask-worker']);
  const other = generateCertificateAuthority('other', new Date()).reveal();
  const another = { THREADS: '2', SCHEDULER: '10.0.0.9', CA_CERT: other.cert, CA_KEY: other.key };
  expect(begun(run('worker', another))).toEqual(['dask-worker']);
  expect(begun(run('worker', another))).toEqual([]);
  machine.play('systemctl', '[ "$1" != restart ]');
  expect(run('worker', { THREADS: '4' }).code).not.toBe(0);
  expect(machine.has('etc/dask/.worker-stands')).toBe(false);
});
