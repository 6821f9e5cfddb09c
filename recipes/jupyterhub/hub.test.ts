import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine, worstPasswords } from '../testing/machine';

let machine: Machine;
const given = {
  ADMIN_USER: 'hubadmin',
  ADMIN_PASSWORD: 'plain enough',
  PEOPLE: 'ana\n\nhubadmin\nana\nmaria',
  HTTPS: 'true',
  MEMORY_LIMIT: '2 GiB',
  CPU_LIMIT: '1.5',
  IDLE_HOURS: '0',
};

beforeEach(() => {
  machine = new Machine();
  machine.write('opt/jupyterhub/requirements.txt', 'jupyterhub==5\n');
  for (const path of ['etc/pam.d/jupyterhub', 'usr/local/sbin/other']) machine.write(path, '');
  machine.play('groupadd', 'true');
  // accounts and their passwords, as the machine would keep them
  machine.play('id', `[ -e "$R/accounts/\${!#}" ] || exit 1; [ "$1" != -nG ] || echo "\${!#} jupyterhub"`);
  machine.play('useradd', `mkdir -p "$R/accounts" "$R/mnt/home/\${!#}"; touch "$R/accounts/\${!#}"`);
  machine.play('chpasswd', `IFS= read -r line; printf %s "\${line#*:}" >"$R/accounts/\${line%%:*}"`);
  machine.play(
    'curl',
    `for word; do case $word in */cookies) : >"$word" ;; password@*) cat "\${word#password@}" >"$R/typed" ;; esac; done
case "$*" in *http_code*) cmp -s "$R/typed" "$R/accounts/hubadmin" && printf 200 || printf 403 ;; esac`,
  );
  machine.play('jupyterhub-account', 'exec bash "$R/usr/local/sbin/jupyterhub-account" "$@"');
});
afterEach(() => machine.clear());
const run = (changed: Partial<typeof given> = {}) => machine.run(join(import.meta.dirname, 'scripts/hub.sh'), { ...given, ...changed });

it.each(worstPasswords)('gives the administrator the password %s as it is, proves it, and writes it nowhere', (ADMIN_PASSWORD) => {
  const { code, printed, calls, outputs } = run({ ADMIN_PASSWORD });
  expect([code, machine.read('accounts/hubadmin'), machine.read('typed')], printed).toEqual([0, ADMIN_PASSWORD, ADMIN_PASSWORD]);
  expect([machine.has('owned'), machine.has('o')]).toEqual([false, false]);
  for (const text of [printed, calls, outputs, ...Object.values(machine.settings())]) expect(text).not.toContain(ADMIN_PASSWORD);
});

it('says so where the administrator can’t log in', () => {
  machine.play('chpasswd', `read -r line; echo another >"$R/accounts/\${line%%:*}"`);
  expect(run()).toMatchObject({ code: 1, printed: expect.stringContaining("can't log in") });
});

it('cuts nobody off by a second run, keeps everybody’s password, and begins anew where what it reads has changed', () => {
  expect(begun(run())).toEqual(['jupyterhub']);
  const accounts = machine.read('etc/jupyterhub/accounts');
  expect(accounts).toMatch(/^ana \S{20}\nmaria \S{20}\n$/);
  machine.write('accounts/ana', 'her own by now');
  const before = machine.settings();
  const again = run();
  expect([again.code, begun(again), machine.settings()]).toEqual([0, [], before]);
  expect(machine.read('accounts/ana')).toBe('her own by now');
  expect(begun(run({ IDLE_HOURS: '4' }))).toEqual(['jupyterhub']);
  machine.write('opt/jupyterhub/requirements.txt', 'jupyterhub==6\n');
  expect(begun(run({ IDLE_HOURS: '4' }))).toEqual(['jupyterhub']);
  // one more person is none who must wait
  expect(begun(run({ IDLE_HOURS: '4', PEOPLE: 'ana\njo' }))).toEqual([]);
  expect(machine.read('etc/jupyterhub/accounts')).toMatch(/jo \S{20}\n$/);
});

it('tells the password of an account that was made as it was cut off, and leaves one alone that the administrator made', () => {
  machine.write('accounts/jo', 'given by hand');
  machine.play(
    'chpasswd',
    `IFS= read -r line; printf %s "\${line#*:}" >"$R/accounts/\${line%%:*}"; [[ "$line" != ana:* ]] || kill -9 $PPID`,
  );
  expect(run().code).not.toBe(0);
  const made = machine.read('accounts/ana');
  machine.play('chpasswd', `IFS= read -r line; printf %s "\${line#*:}" >"$R/accounts/\${line%%:*}"`);
  const { code, printed } = run({ PEOPLE: 'ana\njo' });
  expect([code, machine.read('etc/jupyterhub/accounts')], printed).toEqual([0, `ana ${made}\n`]);
  expect([printed, machine.read('accounts/jo'), machine.has('etc/jupyterhub/accounts.asked')]).toEqual([
    expect.stringContaining('jo has an account already'),
    'given by hand',
    false,
  ]);
});
