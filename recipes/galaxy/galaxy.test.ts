import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateCertificateAuthority } from '@/lib/nodes/secrets/certificate-authority';
import { begun, Machine, worstPasswords } from '../testing/machine';

const script = (name: string) => join(import.meta.dirname, `scripts/${name}.sh`);
const { cert, key } = generateCertificateAuthority('galaxy', new Date()).reveal();
let machine: Machine;
const given = {
  ADMIN_USER: 'gxadmin',
  ADMIN_PASSWORD: 'plain enough',
  SERVER_SECRET: 'a'.repeat(64),
  PEOPLE: 'maria\n\ngxadmin\nana',
  JOBS: '2',
  CA_CERT: cert,
  CA_KEY: key,
};
const programs = ['galaxy', 'galaxy-tasks'];
const ours = (ran: Parameters<typeof begun>[0]) => begun(ran).filter((unit) => programs.includes(unit));

beforeEach(() => {
  machine = new Machine();
  for (const file of ['usr/lib/postgresql/15/.keep', 'etc/nginx/conf.d/.keep', 'known']) machine.write(file, '');
  for (const list of ['libraries', 'requirements']) machine.write(`opt/galaxy/${list}.txt`, `${list}==1\n`);
  machine.play('pg_createcluster', 'touch "$R/cluster"');
  machine.play('pg_lsclusters', '[ ! -e "$R/cluster" ] || echo "15 galaxy 5433 online"');
  machine.play(
    'psql',
    'case "$*" in *to_regclass*) [ -e "$R/half" ] && echo t || echo f ;; *count*) cat "$R/half" ;; *) [ ! -e "$R/database" ] || echo 1 ;; esac',
  );
  machine.play('createdb', 'touch "$R/database"');
  machine.play('dropdb', 'rm "$R/database" "$R/half"');
  for (const program of ['createuser', 'nginx']) machine.play(program, 'true');
  // Galaxy's users, of whom some are there, a line each: name and address. It finds those in which what is asked for stands.
  machine.play(
    'curl',
    `for word; do case $word in @*) body="\${word#@}" ;; */login) login=$word ;; esac; done
case "$*" in
  *users?f_any=*) all=$*; grep "\${all##*f_any=}" "$R/known" | /usr/bin/jq --raw-input --slurp --compact-output 'split("\\n") | map(select(. != "") | split(" ") | {username: .[0], email: (.[1] // "-"), id: "id-\\(.[0])"})' ;;
  *authenticate/baseauth) /usr/bin/jq -r '"user = \\"\\(.username):\\(.password)\\""' "$R/asked" | grep -qxFf "$login" && printf 200 || { IFS=':"' read -r _ name _ <"$login"; grep -q "^$name\\b" "$R/known" && printf 401 || printf 404; } ;;
  *api_key*) echo '"0123456789abcdef"' ;;
  *http_code*) /usr/bin/jq -c . "$body" >>"$R/asked"; /usr/bin/jq -r '.username + " " + .email' "$body" >>"$R/known"; [ -e "$R/lost" ] || printf 200 ;;
esac`,
  );
  machine.play('jq', 'exec /usr/bin/jq "$@"');
});
afterEach(() => machine.clear());
const run = (changed: Partial<typeof given> = {}) => machine.run(script('server'), { ...given, ...changed });
const asked = () =>
  machine
    .read('asked')
    .trim()
    .split('\n')
    .map((text): unknown => JSON.parse(text));

it.skipIf(!existsSync('/usr/bin/jq'))(
  'gives Galaxy whatever password it is, once, writes it nowhere, and begins nothing anew the second time',
  () => {
    for (const [index, ADMIN_PASSWORD] of worstPasswords.entries()) {
      machine.write('known', '');
      machine.write('asked', '');
      const first = run({ ADMIN_PASSWORD });
      expect(first.code, first.printed).toBe(0);
      expect(ours(first)).toEqual(index === 0 ? programs : []);
      expect(asked()[0]).toEqual({ username: 'gxadmin', email: 'gxadmin@transat.invalid', password: ADMIN_PASSWORD });
      const settings = machine.settings();
      expect(JSON.stringify([first.calls, first.printed, first.outputs, settings])).not.toContain(
        JSON.stringify(ADMIN_PASSWORD).slice(1, -1),
      );
      expect([machine.has('owned'), machine.has('o')]).toEqual([false, false]);
      const second = run({ ADMIN_PASSWORD });
      expect([second.code, ours(second), machine.settings()]).toEqual([0, [], settings]);
    }
  },
);

it.skipIf(!existsSync('/usr/bin/jq'))('makes each person’s account once, and shows no password of one that was there', () => {
  machine.write('known', 'ana\nmariana\n');
  const first = run();
  expect(machine.read('etc/galaxy/accounts')).toMatch(/^maria \S{20}\n$/);
  expect(first.printed).toContain('ana has an account already');
  expect(first.outputs).toContain('0123456789abcdef');
  const accounts = machine.read('etc/galaxy/accounts');
  run();
  expect(machine.read('etc/galaxy/accounts')).toBe(accounts);
});

it.skipIf(!existsSync('/usr/bin/jq'))('tells the password of an account that was made as it was cut off', () => {
  const PEOPLE = 'maria';
  run({ PEOPLE: '' });
  machine.write('lost', '');
  expect(run({ PEOPLE }).code).not.toBe(0);
  rmSync(machine.at('lost'));
  const { code, printed } = run({ PEOPLE });
  expect(code, printed).toBe(0);
  expect(asked().at(-1)).toEqual({
    username: 'maria',
    email: 'maria@transat.invalid',
    password: /^maria (.*)\n$/.exec(machine.read('etc/galaxy/accounts'))?.[1],
  });
  expect(asked()).toHaveLength(2);
  expect(machine.has('etc/galaxy/accounts.asked')).toBe(false);
});

it.skipIf(!existsSync('/usr/bin/jq'))('goes on with people who call themselves otherwise now, the administrator too', () => {
  machine.write('known', 'boss gxadmin@transat.invalid\nana maria@transat.invalid\ngxadmin somebody@example.org\n');
  const { code, printed, calls } = run({ PEOPLE: 'maria' });
  expect([code, machine.has('asked'), printed], printed).toEqual([0, false, expect.stringContaining('maria has an account already')]);
  expect([machine.read('etc/galaxy/administrator'), calls]).toEqual(['id-boss\n', expect.stringContaining('users/id-boss/api_key')]);
});

it.skipIf(!existsSync('/usr/bin/jq'))(
  'makes a database anew whose tables were not made to their end, and none in which somebody has an account',
  () => {
    const dropped = () => [...run().calls.matchAll(/^(?:dropdb|createdb) .*/gm)].map(([call]) => call.trim());
    run();
    machine.write('half', '1');
    expect(dropped()).toEqual([]);
    machine.write('half', '0');
    expect(dropped()).toEqual(['dropdb --port=5433 galaxy', 'createdb --port=5433 --owner=galaxy galaxy']);
    expect(dropped()).toEqual([]);
  },
);

it.skipIf(!existsSync('/usr/bin/jq'))('keeps its keys to itself, of which none stands on a command line', () => {
  const { calls, printed, outputs } = run();
  const settings = machine.settings();
  const [, bootstrap = ''] = /bootstrap_admin_api_key: (\w{48})/.exec(settings['etc/galaxy/galaxy.yml'] ?? '') ?? [];
  expect(bootstrap).not.toBe('');
  expect(calls + printed + outputs).not.toContain(bootstrap);
  expect(
    [settings['etc/galaxy/galaxy.yml'], settings['etc/galaxy/bootstrap'], settings['etc/galaxy/tls/key.pem']].map((text) =>
      text?.slice(0, 3),
    ),
  ).toEqual(['640', '600', '600']);
});

it.skipIf(!existsSync('/usr/bin/jq'))('begins anew where its settings are others, and after a start that was cut off', () => {
  run();
  expect(ours(run({ JOBS: '8' }))).toEqual(programs);
  machine.play('systemctl', '[ "$1" != restart ]');
  expect(run({ JOBS: '16' }).code).not.toBe(0);
  expect(machine.has('etc/galaxy/.stands')).toBe(false);
});

it.skipIf(!existsSync('/usr/bin/jq'))(
  'proves by the API with the key that the administrator has, which it shows on no command line',
  () => {
    machine.write('etc/galaxy/bootstrap', '');
    machine.write('etc/galaxy/administrator', 'id-of-it\n');
    machine.play(
      'curl',
      `case "$*" in
  *http_code*) cat "$R/nobody" ;;
  *users/id-of-it/api_key*) echo '"0123456789abcdef"' ;;
  *DELETE*) grep -oE '[a-z]+[?]purge=true' <<<"$*" >>"$R/removed" ;;
  */display) cat "$R/made" ;;
  */datasets/*) cat "$R/state" ;;
  *--data*/histories) echo '{"id": "h"}' ;;
  */histories) echo '[{"id": "left", "name": "Proof by Transat 0123456789ab"}, {"id": "theirs", "name": "Proof by Transat and me"}]' ;;
  *) echo '{"outputs": [{"id": "d"}]}' ;;
esac`,
    );
    const proof = (state: string, made: string, nobody = '403') => {
      machine.write('state', JSON.stringify({ state }));
      machine.write('made', made);
      machine.write('nobody', nobody);
      rmSync(machine.at('removed'), { force: true });
      const ran = machine.run(script('proof'), given);
      expect(ran.calls).not.toContain('0123456789abcdef');
      // its own, and what one has left that was cut off
      expect(machine.has('removed') && machine.read('removed')).toBe(nobody === '403' && 'left?purge=true\nh?purge=true\n');
      return ran;
    };
    expect(proof('ok', 'HELLO FROM TRANSAT\n')).toMatchObject({ code: 0, outputs: expect.stringContaining('a tool made another') });
    expect(proof('ok', 'hello from transat\n').code).not.toBe(0);
    expect(proof('error', 'HELLO FROM TRANSAT\n').code).not.toBe(0);
    expect(proof('ok', 'HELLO FROM TRANSAT\n', '200')).toMatchObject({ code: 1, outputs: '' });
  },
);
