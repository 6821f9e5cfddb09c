import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machine } from './testing/machine';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  machine.write('usr/lib/postgresql/15/.keep', '');
  machine.write('mnt/shop/.keep', '');
  // as the distribution's: what it finds it takes as it is, and it is listed by its configuration
  machine.play(
    'pg_createcluster',
    `mkdir -p "$R/etc/postgresql/15/shop" "$R/mnt/shop/postgresql"
[ -e "$R/mnt/shop/postgresql/whole" ] || touch "$R/mnt/shop/postgresql/half"
[ ! -e "$R/cut" ] || kill -9 $PPID
[ -e "$R/taken" ] || mv "$R/mnt/shop/postgresql/half" "$R/mnt/shop/postgresql/whole"
touch "$R/etc/postgresql/15/shop/postgresql.conf"
[ ! -e "$R/cut-after" ] || kill -9 $PPID`,
  );
  machine.play('pg_lsclusters', '[ ! -e "$R/etc/postgresql/15/shop/postgresql.conf" ] || echo "15 shop 5433 online"');
  machine.play('psql', `! grep -qx "\${*: -1}" "$R/there" 2>/dev/null || echo 1`);
  for (const program of ['createuser', 'createdb']) machine.play(program, 'true');
});
afterEach(() => machine.clear());

const run = () =>
  machine.run(
    join(import.meta.dirname, 'shared/database.sh'),
    {},
    (text) => `set -euo pipefail\n${text}\ndata=${machine.at('mnt/shop')}; own_database shop shop shop_auth; log "port $port"`,
  );
const made = ({ calls }: ReturnType<typeof run>) =>
  [...calls.matchAll(/^(pg_createcluster|createuser|createdb)\b.*?(\S+) $/gm)].map(([, program, last]) => [program, last]);

it('is made once, with its user and each of its databases, and tells where it answers', () => {
  const ran = run();
  expect([ran.code, ran.printed]).toEqual([0, expect.stringContaining('port 5433')]);
  expect(made(ran)).toEqual([
    ['pg_createcluster', '--locale=C.UTF-8'],
    ['createuser', 'shop'],
    ['createdb', 'shop'],
    ['createdb', 'shop_auth'],
  ]);
  expect(ran.calls).toContain('systemctl start postgresql@15-shop');
  machine.write(
    'there',
    ["SELECT 1 FROM pg_roles WHERE rolname = 'shop'", "SELECT 1 FROM pg_database WHERE datname = 'shop'", ''].join('\n'),
  );
  expect(made(run())).toEqual([['createdb', 'shop_auth']]);
});

it.each(['cut', 'cut-after'])('is made from its beginning where it was cut off while it was made (%s)', (how) => {
  machine.write(how, '');
  expect(run().code).not.toBe(0);
  rmSync(machine.at(how));
  const ran = run();
  expect([ran.code, ran.printed]).toEqual([0, expect.stringContaining('not made to its end')]);
  expect(ran.calls.indexOf('systemctl stop postgresql@*-shop')).toBeLessThan(ran.calls.indexOf('pg_createcluster'));
  expect([machine.has('mnt/shop/postgresql/whole'), machine.has('mnt/shop/postgresql/half')]).toEqual([true, false]);
  expect(made(run())).not.toContainEqual(['pg_createcluster', '--locale=C.UTF-8']);
});

it('that a volume brings along is kept, also where it was cut off as it was taken', () => {
  machine.write('mnt/shop/postgresql/whole', 'somebody’s');
  for (const file of ['taken', 'cut']) machine.write(file, '');
  expect(run().code).not.toBe(0);
  rmSync(machine.at('cut'));
  expect(run().code).toBe(0);
  expect(machine.read('mnt/shop/postgresql/whole')).toBe('somebody’s');
});
