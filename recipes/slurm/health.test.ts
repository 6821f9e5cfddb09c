import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const script = readFileSync(join(import.meta.dirname, 'scripts/health.sh'), 'utf8');

// A worker in a folder: what SLURM and the system say of it are files there, and what SLURM is told to do is written down.
let machine: string;
const at = (path: string) => join(machine, path);
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\n${body}\n`, { mode: 0o755 });
const led = (text: string) => text.replaceAll(/(?<![\w./])\/(etc|usr\/local\/sbin|proc)\//g, `${machine}/$1/`);

/** What the machine has: of a disk of 40 GiB and of 8 GiB of memory so many MiB, of a million files so many in a hundred; its mounts. */
function has(free: { disk?: number; files?: number; memory?: number; home?: boolean }): void {
  const { disk = 20_000, files = 50, memory = 4000, home = true } = free;
  writeFileSync(at('blocks'), `head\n/dev/vda ${40 << 20} 0 ${disk << 10} 1% /\n`);
  writeFileSync(at('inodes'), `head\n/dev/vda 1000000 0 ${files * 10_000} 1% /\n`);
  writeFileSync(at('proc/meminfo'), `MemTotal: ${8 << 20} kB\nMemFree: 1 kB\nMemAvailable: ${memory << 10} kB\n`);
  writeFileSync(at('proc/self/mounts'), home ? '10.0.0.1:/home /home nfs4 rw 0 0\n' : '/dev/vda / ext4 rw 0 0\n');
}

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'health-'));
  for (const folder of ['bin', 'etc', 'usr/local/sbin', 'proc/self']) mkdirSync(at(folder), { recursive: true });
  play('sinfo', 'if [ -e "$R/silent" ]; then exit 1; fi; cat "$R/said"');
  play('scontrol', 'printf "%s|" "$@" >>"$R/told"; echo >>"$R/told"');
  play('df', '[ "$1" = -Pk ] && cat "$R/blocks" || cat "$R/inodes"');
  play('stat', 'true');
  play('timeout', 'shift 2; [ "$1" != 20 ] || shift; [ "$1" != stat ] || [ ! -e "$R/hangs" ] || exit 137; exec "$@"');
  has({});
});
afterEach(() => rmSync(machine, { recursive: true }));

function run(text: string, given: Record<string, string>): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { NODE_ENV: 'test', HOME: machine, PATH: `${at('bin')}:${process.env.PATH}`, ...given },
  });
  expect(status, stdout + stderr).toBe(0);
  return stdout + stderr;
}
const install = (given: Record<string, string> = {}) =>
  run(`. ${functions}; ${led(script)}`, { HEALTH_CHECK: 'true', SHARED_HOME: 'nfs', NODE_NAME: 'slurm-worker-1', ...given });

/** What SLURM is told where it says this of the worker. */
function check(state: string, reason = 'none'): string {
  const program = at('usr/local/sbin/transat-slurm-health');
  if (!existsSync(program)) install();
  writeFileSync(at('said'), `${state}|${reason}\n${state}|${reason}\n`);
  rmSync(at('told'), { force: true });
  run(led(readFileSync(program, 'utf8')), {});
  return existsSync(at('told')) ? readFileSync(at('told'), 'utf8').trim() : '';
}
const aside = (why: string) => `update|NodeName=slurm-worker-1|State=DRAIN|Reason=Transat health: ${why}|`;
const back = 'update|NodeName=slurm-worker-1|State=UNDRAIN|';
const ours = 'Transat health: memory is nearly full';

it.each([
  ['a full disk', { disk: 900 }, '/ is nearly full, /tmp is nearly full, /var is nearly full'],
  [
    'a disk with too many files',
    { files: 1 },
    '/ takes hardly any more files, /tmp takes hardly any more files, /var takes hardly any more files',
  ],
  ['full memory', { memory: 100 }, 'memory is nearly full'],
  ['no shared home', { home: false }, 'the shared home folders are not mounted'],
])('sets a worker aside with the reason: %s', (_, free, why) => {
  has(free);
  expect(check('idle')).toBe(aside(why));
  expect(check('allocated')).toBe(aside(why));
});

it('sets a worker aside whose shared home folders do not answer, and does not wait for them', () => {
  writeFileSync(at('hangs'), '');
  expect(check('mixed')).toBe(aside('the shared home folders do not answer'));
});

it('asks for no shared home where there is none', () => {
  install({ SHARED_HOME: 'none' });
  has({ home: false });
  expect(check('idle')).toBe('');
});

it.each(['drained', 'draining', 'drained*'])('never takes back nor renames what an administrator did: %s', (state) => {
  for (const reason of ['mine', 'Transat: leaves the cluster', `see ${ours}`, `x|${ours}`, '$(touch /tmp/x) "', '']) {
    has({});
    expect(check(state, reason)).toBe('');
    has({ disk: 10 });
    expect(check(state, reason)).toBe('');
  }
});

it('takes back what it did itself once twice as much is free, and says so when the reason is another', () => {
  has({ memory: 100 });
  expect(check('drained', ours)).toBe('');
  has({ memory: 200 });
  expect([check('idle'), check('drained', ours)]).toEqual(['', '']);
  has({ memory: 400 });
  expect(check('drained', ours)).toBe(back);
  has({ home: false });
  expect(check('draining', ours)).toBe(aside('the shared home folders are not mounted'));
});

it('does nothing where a worker is well, though its reason of before is still told, or where SLURM does not answer', () => {
  expect(check('idle', ours)).toBe('');
  has({ disk: 1 });
  writeFileSync(at('silent'), '');
  expect(check('idle')).toBe('');
});

it('lets go of what it had kept away when it is switched off, and of nothing else; both as often as one likes', () => {
  install();
  install();
  has({ disk: 1 });
  for (const [reason, told] of [
    [ours, back],
    ['mine', ''],
  ] as const) {
    install();
    writeFileSync(at('said'), `drained|${reason}\n`);
    rmSync(at('told'), { force: true });
    // what is installed reads the folder of this machine, not /etc
    const program = at('usr/local/sbin/transat-slurm-health');
    writeFileSync(program, led(readFileSync(program, 'utf8')));
    install({ HEALTH_CHECK: 'false' });
    expect(existsSync(at('told')) ? readFileSync(at('told'), 'utf8').trim() : '').toBe(told);
    expect(existsSync(program)).toBe(false);
    install({ HEALTH_CHECK: 'false' });
  }
});
