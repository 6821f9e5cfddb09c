import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
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

// Docker's part: what was imported is kept, and a container of it says what a test has it say
const proof = (said: string) => {
  machine.play(
    'docker',
    `case "$1 $2" in 'image ls') echo transat/proof:left ;; esac; case $1 in import) cat >"$R/image.tar" ;; run) cat "$R/said" ;; esac`,
  );
  machine.write('said', said);
  return machine.run(join(import.meta.dirname, 'scripts/proof.sh'), {});
};
const own = (...addresses: string[]) =>
  ['Local:', ...addresses.flatMap((address) => [`           |-- ${address}`, '              /32 host LOCAL'])].join('\n');

it('proves Docker by a program of the machine’s own with all that it needs, and by an address of the container’s own', () => {
  const ran = proof(own('127.0.0.1', '172.17.0.2'));
  expect([ran.code, ran.outputs], ran.printed).toEqual([0, expect.stringContaining('with an address of its own')]);
  const files = String(execFileSync('tar', ['-tf', machine.at('image.tar')])).split('\n');
  expect(files).toContain('./bin/cat');
  for (const library of String(execFileSync('/usr/bin/ldd', ['/bin/cat'])).match(/\/[^ )]+/g) ?? []) expect(files).toContain(`.${library}`);
  // a package that a proof brings would stay, and one of them has the machine's boot image made anew
  expect(readFileSync(join(import.meta.dirname, 'scripts/proof.sh'), 'utf8')).not.toContain('apt_install');
  expect(ran.calls).toMatch(/docker image rm --force transat\/proof:left *$/m);
  expect(ran.calls).toMatch(/docker image rm --force transat\/proof:\d+ *$/m);
});

it.each([own('127.0.0.1'), '', 'standard_init_linux.go: exec user process caused: no such file or directory'])(
  'proves nothing of a container that says %j',
  (said) => expect(proof(said)).toMatchObject({ code: 1, outputs: '', printed: expect.stringContaining('The container has no address') }),
);

const compose = (given: Partial<Record<'REPOSITORY' | 'BRANCH' | 'FOLDER', string>> = {}) =>
  machine.run(join(import.meta.dirname, 'scripts/compose.sh'), { REPOSITORY: '', BRANCH: '', FOLDER: '', ...given });
const calledOf = (calls: string, program: string) => calls.match(new RegExp(`^${program} .*?(?= *$)`, 'gm')) ?? [];

it('brings Docker Compose, and nothing up where no repository is named', () => {
  machine.play('apt-get', 'true');
  for (const [there, program] of [
    ['true', 'docker'],
    ['exit 100', 'docker-compose'],
  ] as const) {
    machine.play('apt-cache', there);
    machine.play('docker', program === 'docker' ? 'echo v2' : 'exit 1');
    machine.play('docker-compose', 'echo v1');
    const { code, calls, printed } = compose();
    expect([code, printed.includes(program === 'docker' ? 'v2' : 'v1')], printed).toEqual([0, true]);
    expect([calledOf(calls, 'git'), calls.includes(' up ')]).toEqual([[], false]);
  }
});

it.skipIf(!existsSync('/usr/bin/jq'))('keeps an administrator’s settings whole where it is cut off as it writes them', () => {
  const text = '{"debug": true}';
  machine.write(settings, text);
  chmodSync(machine.at(settings), 0o600);
  machine.play('mv', 'kill -9 $PPID');
  expect(run().code).not.toBe(0);
  expect(machine.read(settings)).toBe(text);
  machine.play('mv', 'exec /bin/mv "$@"');
  expect(run().code).toBe(0);
  expect([JSON.parse(machine.read(settings)).debug, statSync(machine.at(settings)).mode & 0o777]).toEqual([true, 0o600]);
});

it('brings up what a folder of a repository’s branch describes, and its newest when it is run again', () => {
  machine.play('apt-get', 'true');
  machine.play('apt-cache', 'true');
  machine.play('docker', 'pwd');
  machine.play('git', 'for last; do :; done; if [ "$1" = clone ]; then mkdir -p "$last/.git" "$last/app"; fi');
  const given = { REPOSITORY: "https://example.org/it's $(touch owned).git", BRANCH: '-x', FOLDER: 'app' };
  const first = compose(given);
  expect([first.code, machine.has('owned')], first.printed).toEqual([0, false]);
  const work = machine.at('opt/docker_compose');
  expect(calledOf(first.calls, 'git')).toEqual([`git clone --quiet --depth 1 --branch -x -- ${given.REPOSITORY} ${work}.new`]);
  expect(calledOf(first.calls, 'docker compose up')).toEqual(['docker compose up --detach --remove-orphans']);
  expect(first.printed).toContain(`${work}/app\n`);
  // as git leaves it where it is cut off
  machine.write('opt/docker_compose/.git/index.lock', '');
  // of the repository that is named now, whichever it was before
  const REPOSITORY = 'https://example.org/other.git';
  expect(calledOf(compose({ ...given, REPOSITORY }).calls, 'git')).toEqual([
    `git -C ${work} fetch --quiet --depth 1 -- ${REPOSITORY} -x`,
    `git -C ${work} checkout --quiet --force FETCH_HEAD`,
  ]);
  expect(machine.has('opt/docker_compose/.git/index.lock')).toBe(false);
  expect(calledOf(compose({ ...given, BRANCH: '' }).calls, 'git')[0]).toContain(`-- ${given.REPOSITORY} HEAD`);
});
