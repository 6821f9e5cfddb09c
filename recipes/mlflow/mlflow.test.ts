import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine, worstPasswords } from '../testing/machine';

const script = join(import.meta.dirname, 'scripts/server.sh');
let machine: Machine;
const given = {
  ADMIN_USER: 'mladmin',
  ADMIN_PASSWORD: 'plain enough',
  SERVER_SECRET: 'a'.repeat(64),
  DEFAULT_PERMISSION: 'READ',
  PEOPLE: 'maria\n\nmladmin\nmaria\nana',
};

beforeEach(() => {
  machine = new Machine();
  machine.write('usr/lib/postgresql/15/.keep', '');
  machine.play('pg_createcluster', 'touch "$R/cluster"');
  machine.play('pg_lsclusters', '[ ! -e "$R/cluster" ] || echo "15 mlflow 5433 online"');
  machine.play('psql', '[ ! -e "$R/database" ] || echo 1');
  machine.play('createdb', 'touch "$R/database"');
  machine.play('createuser', 'true');
  machine.play(
    'curl',
    `for word; do case $word in -) ;; --config) config=1 ;; *) [ "\${config:-}" != 1 ] || { cat "$word" >"$R/login"; config=2; } ;; esac; done
case "$*" in
  *users/create*) [ ! -e "$R/there" ] || exit 22; cat >>"$R/made"; [ ! -e "$R/lost" ] || exit 28 ;;
  *'--config - '*) IFS=':"' read -r _ name password _; if [ -e "$R/busy" ]; then printf 503; elif grep -qxF '{"username": "'"$name"'", "password": "'"$password"'"}' "$R/made"; then printf 200; else printf 401; fi ;;
  *users/get*) [ ! -e "$R/lost" ] || exit 28 ;;
esac`,
  );
});
afterEach(() => machine.clear());
const run = (changed: Partial<typeof given> = {}) => machine.run(script, { ...given, ...changed });

it('gives the server whatever password it is, writes it nowhere else, and begins nothing anew the second time', () => {
  for (const [index, ADMIN_PASSWORD] of worstPasswords.entries()) {
    const PEOPLE = `person${index}`;
    const first = run({ ADMIN_PASSWORD, PEOPLE });
    expect([first.code, begun(first)], first.printed).toEqual([0, expect.arrayContaining(['mlflow'])]);
    // systemd takes out of a value in double quotes what a shell does
    const read = spawnSync('bash', ['-c', `. ${machine.at('etc/mlflow/secrets')}; printf %s "$MLFLOW_AUTH_ADMIN_PASSWORD"`], {
      encoding: 'utf8',
      cwd: machine.root,
    });
    expect(read.stdout).toBe(ADMIN_PASSWORD);
    expect(machine.read('login')).toBe(`user = "mladmin:${ADMIN_PASSWORD.replaceAll(/[\\"]/g, '\\$&')}"\n`);
    const { 'etc/mlflow/secrets': secrets = '', ...others } = machine.settings();
    expect(secrets).toMatch(/^600 /);
    expect(JSON.stringify([first.calls, first.printed, first.outputs, others])).not.toContain(JSON.stringify(ADMIN_PASSWORD).slice(1, -1));
    expect([machine.has('owned'), machine.has('o')]).toEqual([false, false]);

    const settings = machine.settings();
    const second = run({ ADMIN_PASSWORD, PEOPLE });
    expect([second.code, begun(second).filter((unit) => unit === 'mlflow'), machine.settings()]).toEqual([0, [], settings]);
  }
});

it('makes each person’s account once, and keeps what it was made with', () => {
  const told = run().outputs;
  expect([...told.matchAll(/^(\w+) \S{20}$/gm)].map(([, name]) => name)).toEqual(['maria', 'ana']);
  expect(machine.read('made').match(/"username": "\w+"/g)).toEqual(['"username": "maria"', '"username": "ana"']);
  const accounts = machine.read('etc/mlflow/accounts');
  run({ PEOPLE: 'ana\nmaria\njo' });
  expect(machine.read('etc/mlflow/accounts')).toMatch(new RegExp(`^${accounts}jo \\S{20}\\n$`));
});

it('tells the password of an account that was made as it was cut off, and none of one that was there', () => {
  const PEOPLE = 'maria';
  machine.write('lost', '');
  expect(run({ PEOPLE }).code).not.toBe(0);
  rmSync(machine.at('lost'));
  machine.write('there', '');
  machine.write('busy', '');
  expect(run({ PEOPLE })).toMatchObject({ code: 1, printed: expect.stringContaining('the program answered 503') });
  rmSync(machine.at('busy'));
  const { code, printed, calls } = run({ PEOPLE });
  expect(code, printed).toBe(0);
  const [, password = ''] = /^maria (\S{20})\n$/.exec(machine.read('etc/mlflow/accounts')) ?? [];
  expect(JSON.parse(machine.read('made'))).toEqual({ username: 'maria', password });
  expect([calls.includes(password), machine.has('etc/mlflow/accounts.asked')]).toEqual([false, false]);
  const before = machine.read('etc/mlflow/accounts');
  expect(run({ PEOPLE: 'maria\nana' }).printed).toContain('ana has an account already');
  expect(machine.read('etc/mlflow/accounts')).toBe(before);
});
