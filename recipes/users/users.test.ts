import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const functions = join(import.meta.dirname, '../../lib/nodes/agent/functions.sh');
const script = readFileSync(join(import.meta.dirname, 'scripts/users.sh'), 'utf8');

// A machine in a folder: its lists of accounts are files there, and what changes them is told of.
let machine: string;
const at = (path: string) => join(machine, path);
const play = (program: string, body: string) =>
  writeFileSync(at(`bin/${program}`), `#!/bin/bash\nR=${machine}\necho "${program} $*" >>"$R/calls"\n${body}\n`, { mode: 0o755 });

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'users-'));
  for (const folder of ['bin', 'var/lib/transat', 'home']) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('passwd'), `root:x:0:0::/root:\ndebian:x:1000:1000::${at('home/debian')}:\n`);
  writeFileSync(at('group'), 'root:x:0:\ndocker:x:999:\n');
  play('getent', 'awk -F: -v asked="$2" \'$1 == asked || $3 == asked {print; found = 1} END {exit !found}\' "$R/$1"');
  play('groupadd', 'grep -q "^$3:" "$R/group" && exit 9; echo "$3:x:$2:" >>"$R/group"');
  play('useradd', 'echo "$8:x:$2:$4::$R/home/$8:" >>"$R/passwd"; mkdir -p "$R/home/$8"');
  play('usermod', 'true');
  play('runuser', 'shift 3; exec "$@"');
});
afterEach(() => rmSync(machine, { recursive: true }));

function run(...users: string[]): { code: number | null; printed: string; calls: string[] } {
  writeFileSync(at('calls'), '');
  const text = script.replace('/var/lib/', at('var/lib/')).replace('%T /home', `%T ${at('home')}`);
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `. ${functions}; ${text}`], {
    encoding: 'utf8',
    env: { NODE_ENV: 'test', PATH: `${at('bin')}:${process.env.PATH}`, USERS: users.join('\n') },
  });
  const calls = readFileSync(at('calls'), 'utf8').split('\n');
  return { code: status, printed: stdout + stderr, calls: calls.filter((call) => /^(?:user|group)/.test(call)) };
}
const keysOf = (name: string) => readFileSync(at(`home/${name}/.ssh/authorized_keys`), 'utf8');

it('makes each account once with all its keys, keeps what the person added, and is the same when it is run again', () => {
  expect(run('ada ssh-ed25519 AAAA one', 'grace ssh-ed25519 BBBB', 'ada ssh-ed25519 CCCC two')).toMatchObject({ code: 0 });
  appendFileSync(at('home/ada/.ssh/authorized_keys'), 'ssh-ed25519 DDDD own\n');
  const { code, calls } = run('ada ssh-ed25519 AAAA one');
  expect(code).toBe(0);
  expect(calls.toSorted()).toEqual(['usermod --expiredate  ada', 'usermod --lock --expiredate 1 grace']);
  expect(
    keysOf('ada')
      .split('\n')
      .filter((line) => line.startsWith('ssh-')),
  ).toEqual(['ssh-ed25519 DDDD own', 'ssh-ed25519 AAAA one']);
  expect(keysOf('grace')).toBe('');
});

it.each([
  ['the login user', 'debian', /another account or group debian/],
  ['root', 'root', /another account or group root/],
  ['a group of the system', 'docker', /another account or group docker/],
])('refuses the name of %s, touches nothing of it, and never locks it out', (_, name, said) => {
  const { code, printed, calls } = run(`${name} ssh-ed25519 AAAA`);
  expect([code, calls]).toEqual([1, []]);
  expect(printed).toMatch(said);
  expect(run()).toMatchObject({ code: 0, calls: [] });
});

it('goes on where it was cut off after the group', () => {
  run('ada ssh-ed25519 AAAA');
  writeFileSync(at('passwd'), '');
  expect(run('ada ssh-ed25519 AAAA')).toMatchObject({ code: 0, calls: [expect.stringMatching(/^useradd .* ada$/)] });
});

it('locks out who is to go though others, and they themselves, are in the way of their keys', () => {
  run('ada ssh-ed25519 AAAA', 'grace ssh-ed25519 BBBB');
  for (const name of ['ada', 'grace']) {
    rmSync(at(`home/${name}/.ssh`), { recursive: true });
    writeFileSync(at(`home/${name}/.ssh`), 'in the way');
  }
  const { code, printed, calls } = run('ada ssh-ed25519 AAAA', 'mary ssh-ed25519 CCCC');
  expect(calls).toContain('usermod --lock --expiredate 1 grace');
  expect(existsSync(at('home/mary/.ssh/authorized_keys'))).toBe(true);
  expect(printed).toContain('The keys of ada could not be written');
  expect(code).toBe(1);
});

it('waits for no pipe that a person put where the keys are written', () => {
  run('ada ssh-ed25519 AAAA');
  spawnSync('mkfifo', [at('home/ada/.ssh/authorized_keys.new')]);
  expect(run('ada ssh-ed25519 BBBB').code).toBe(0);
  expect(keysOf('ada')).toContain('BBBB');
});

it('leaves lines out that are no name in small letters with a key, and keeps to the others', () => {
  const bad = ['-r', '../ada', '$(touch "$R")', 'a]b', 'Ada', 'ada\'"'].map((name) => `${name} ssh-ed25519 AAAA`);
  const { code, printed, calls } = run(...bad, 'mary', 'grace ssh-ed25519 BBBB');
  expect(code).toBe(1);
  expect(calls.toSorted()).toEqual([expect.stringMatching(/^groupadd .* grace$/), expect.stringMatching(/^useradd .* grace$/)]);
  expect(printed.match(/it is left out/g)).toHaveLength(7);
});

it('never locks out an account that the system has since made under the name of who goes', () => {
  run('ada ssh-ed25519 AAAA');
  writeFileSync(at('passwd'), `ada:x:120:120::${at('home/ada')}:\n`);
  expect(run()).toMatchObject({ code: 0, calls: [] });
});
