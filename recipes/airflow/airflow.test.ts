import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { begun, Machine, worstPasswords } from '../testing/machine';

const script = (name: string) => join(import.meta.dirname, `scripts/${name}.sh`);
let machine: Machine;
const given = {
  ADMIN_USER: 'afadmin',
  ADMIN_PASSWORD: 'plain enough',
  SERVER_SECRET: 'a'.repeat(64),
  PEOPLE: 'maria\n\nafadmin\nana',
  ROLE: 'User',
  PARALLELISM: '4',
};
const programs = ['airflow-api', 'airflow-scheduler', 'airflow-dags', 'airflow-triggerer'];

beforeEach(() => {
  machine = new Machine();
  for (const file of ['usr/lib/postgresql/15/.keep', 'opt/airflow/bin/.keep', 'var/lib/airflow/.keep']) machine.write(file, '');
  machine.write('opt/airflow/requirements.txt', 'apache-airflow==3\n');
  machine.play('pg_createcluster', 'touch "$R/cluster"');
  machine.play('pg_lsclusters', '[ ! -e "$R/cluster" ] || echo "15 airflow 5433 online"');
  machine.play('psql', '[ ! -e "$R/database" ] || echo 1');
  machine.play('createdb', 'touch "$R/database"');
  for (const program of ['createuser', 'jq']) machine.play(program, 'true');
  machine.play('curl', 'true');
  // what airflow's own Python does with the accounts that it is asked for
  machine.play(
    'runuser',
    'case "$*" in *accounts.py) cat >"$R/asked"; while IFS=$(printf "\\t") read -r _ name password; do grep -q "^$name " "$R/known" 2>/dev/null || printf "%s %s\\n" "$name" "$password" >>"$R/known"; ! grep -qxF "$name $password" "$R/known" || echo "opens $name"; done <"$R/asked"; [ ! -e "$R/lost" ] ;; *psql*) [ ! -e "$R/database" ] || echo 1 ;; *createdb*) touch "$R/database" ;; esac',
  );
});
afterEach(() => machine.clear());
// programs that are played are found with Airflow's own surroundings, too
const run = (changed: Partial<typeof given> = {}) =>
  machine.run(script('server'), { ...given, ...changed }, (text) =>
    text.replace('PATH="$home/bin', `PATH="${machine.at('bin')}:$home/bin`),
  );

it('gives Airflow whatever password it is, once, writes it nowhere, and begins nothing anew the second time', () => {
  for (const [index, ADMIN_PASSWORD] of worstPasswords.entries()) {
    const first = run({ ADMIN_PASSWORD });
    expect(first.code, first.printed).toBe(0);
    expect(begun(first).filter((unit) => unit !== 'postgresql' && programs.includes(unit))).toEqual(index === 0 ? programs : []);
    expect(machine.read('asked').split('\n')[0]).toBe(`Admin\tafadmin\t${ADMIN_PASSWORD}`);
    const settings = machine.settings();
    expect(JSON.stringify([first.calls, first.printed, first.outputs, settings])).not.toContain(
      JSON.stringify(ADMIN_PASSWORD).slice(1, -1),
    );
    expect([machine.has('owned'), machine.has('o')]).toEqual([false, false]);
    const second = run({ ADMIN_PASSWORD });
    expect([second.code, begun(second).filter((unit) => programs.includes(unit)), machine.settings()]).toEqual([0, [], settings]);
  }
});

it('makes each person’s account once, and shows no password of one that was there', () => {
  machine.write('known', 'ana own\n');
  const first = run();
  expect(machine.read('etc/airflow/accounts')).toMatch(/^maria \S{20}\n$/);
  expect(first.printed).toContain('ana has an account already');
  const accounts = machine.read('etc/airflow/accounts');
  run();
  expect(machine.read('etc/airflow/accounts')).toBe(accounts);
});

it('tells the password of an account that was made as it was cut off', () => {
  machine.write('lost', '');
  expect(run().code).not.toBe(0);
  rmSync(machine.at('lost'));
  const { code, printed } = run({ PEOPLE: 'maria\nmaria\nana' });
  expect(code, printed).toBe(0);
  const told = machine.read('etc/airflow/accounts');
  expect(told).toMatch(/^maria \S{20}\nana \S{20}\n$/);
  expect(machine.read('known')).toContain(told);
  expect(machine.has('etc/airflow/accounts.asked')).toBe(false);
});

it('begins anew where its settings are others, and after a start that was cut off', () => {
  run();
  expect(begun(run({ PARALLELISM: '8' })).filter((unit) => programs.includes(unit))).toEqual(programs);
  machine.play('systemctl', '[ "$1" != restart ]');
  expect(run({ PARALLELISM: '16' }).code).not.toBe(0);
  expect(machine.has('etc/airflow/.stands')).toBe(false);
});

it.skipIf(!existsSync('/usr/bin/jq'))('proves by the API with whatever password it is, and shows it on no command line', () => {
  for (const ADMIN_PASSWORD of worstPasswords) {
    machine.play('jq', 'exec /usr/bin/jq "$@"');
    machine.play(
      'curl',
      `for word; do case $word in @*) cat "\${word#@}" >"$R/login" ;; esac; done
case "$*" in *http_code*) printf 401 ;; *auth/token*) echo '{"access_token": "t"}' ;; *dagRuns/*) echo '{"state": "success"}' ;; *) echo '{"dag_run_id": "manual 1"}' ;; esac`,
    );
    machine.write('mnt/airflow/dags/.keep', '');
    const ran = machine.run(script('proof'), { ...given, ADMIN_PASSWORD });
    expect(ran, ran.printed).toMatchObject({ code: 0, outputs: expect.stringContaining('ended well') });
    expect(JSON.parse(machine.read('login'))).toEqual({ username: 'afadmin', password: ADMIN_PASSWORD });
    expect(JSON.stringify([ran.calls, ran.printed, ran.outputs])).not.toContain(JSON.stringify(ADMIN_PASSWORD).slice(1, -1));
  }
});
