import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { checkRing, rotateKey } from './data-keys';
import { nextKeyFile } from './key';
import { readRing } from './ring';
import { rotate } from './rotate';
import { createVault } from './vault';

type Environment = Record<string, string>;
const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const people = ['ann', 'bob', 'cleo'];
let folder: string;
let store: Store;

const configIn = (dataDir: string): Config => readConfig({ TRANSAT_DATA: dataDir, TRANSAT_SANDBOX: '0' }, '/nowhere');
/** what a process that starts now has */
const start = (env: Environment = {}, dataDir = folder) => createVault({ db: store.db, clock, ring: readRing(configIn(dataDir), env) });
const run = (env: Environment = {}) => rotate({ config: configIn(folder), env, store, clock });
const sealFor = (vault: ReturnType<typeof start>) =>
  Promise.all(people.map((id) => vault.seal(id, `cred_${id}`, 'credential', new Secret(`canary of ${id}`))));
const openWith = (vault: ReturnType<typeof start>, sealed: Buffer[]) =>
  Promise.all(
    people.map(async (id, index) => (await vault.open(id, `cred_${id}`, 'credential', sealed[index] ?? Buffer.of(), 'try it')).reveal()),
  );
const all = people.map((id) => `canary of ${id}`);
const newKey = () => randomBytes(32).toString('base64');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transat-rotate-'));
  store = await openTestStore();
  for (const id of [...people, 'dora']) {
    const row = { id, issuer: 'i', subject: id, provider: 'p', name: id, email: null, locale: null, created_at: clock.now() };
    await store.db.insertInto('users').values(row).execute();
  }
});
afterEach(() => store.close());

describe('with a key file', () => {
  test('a new key takes its place, all secrets open with it, and the former key opens none', async () => {
    const sealed = await sealFor(start());
    const former = mkdtempSync(join(tmpdir(), 'transat-former-'));
    copyFileSync(join(folder, 'key'), join(former, 'key'));
    expect(await run()).toMatchObject({ wrapped: 3, source: 'file' });
    expect(readFileSync(join(folder, 'key'), 'utf8')).not.toBe(readFileSync(join(former, 'key'), 'utf8'));
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, 'key.next'))).toBe(false);
    expect(await openWith(start(), sealed)).toEqual(all);
    for (const id of people) {
      const opened = start({}, former).open(id, `cred_${id}`, 'credential', sealed[people.indexOf(id)] ?? Buffer.of(), 'try it');
      await expect(opened).rejects.toThrow(/can’t be decrypted/);
    }
    await expect(checkRing(store.db, readRing(configIn(former), {}))).rejects.toMatchObject({ code: 'not-ready' });
  });

  test('cut off before or after the database took it, everything opens, and running it again ends it', async () => {
    const sealed = await sealFor(start());
    nextKeyFile(configIn(folder), {}); // cut off after the file was made
    expect(await openWith(start(), sealed)).toEqual(all);
    const next = readRing(configIn(folder), {}, undefined, nextKeyFile(configIn(folder), {}));
    await rotateKey(store.db, next, clock.now()); // cut off after the commit
    expect(await openWith(start(), sealed)).toEqual(all);
    await start().seal('dora', 'cred_dora', 'credential', new Secret('x'));
    expect(await run()).toMatchObject({ kek: next.current.id });
    expect(existsSync(join(folder, 'key.next'))).toBe(false);
    expect(await openWith(start(), sealed)).toEqual(all);
    await checkRing(store.db, readRing(configIn(folder), {}));
  });

  test('one data key that does not open leaves all as they were', async () => {
    const sealed = await sealFor(start());
    const spoilt = await store.db.selectFrom('data_keys').selectAll().where('user_id', '=', 'cleo').executeTakeFirstOrThrow();
    await store.db
      .updateTable('data_keys')
      .set({ wrapped: Buffer.from('spoilt') })
      .where('user_id', '=', 'cleo')
      .execute();
    await expect(run()).rejects.toMatchObject({ code: 'internal' });
    await store.db.updateTable('data_keys').set({ wrapped: spoilt.wrapped }).where('user_id', '=', 'cleo').execute();
    expect(await openWith(start(), sealed)).toEqual(all);
    expect(await run()).toMatchObject({ wrapped: 3 });
    expect(await openWith(start(), sealed)).toEqual(all);
  });
});

describe('with TRANSAT_KEY', () => {
  const [former, next] = [newKey(), newKey()];
  const both = { TRANSAT_KEY: next, TRANSAT_KEY_PREVIOUS: former };

  test('processes that have both keys go on, before and after; then the new key alone is enough', async () => {
    const [notRestarted, restarted] = [start({ TRANSAT_KEY: former }), start(both)];
    const sealed = await sealFor(notRestarted);
    expect(await openWith(restarted, sealed)).toEqual(all);
    // a person who first comes while processes are being restarted one by one
    const dora = await restarted.seal('dora', 'cred_dora', 'credential', new Secret('canary of dora'));
    expect((await notRestarted.open('dora', 'cred_dora', 'credential', dora, 'try it')).reveal()).toBe('canary of dora');
    const warm = start(both);
    expect(await run(both)).toMatchObject({ wrapped: 4, source: 'environment' });
    for (const vault of [restarted, warm, start({ TRANSAT_KEY: next })]) expect(await openWith(vault, sealed)).toEqual(all);
    await checkRing(store.db, readRing(configIn(folder), { TRANSAT_KEY: next }));
    await expect(openWith(start({ TRANSAT_KEY: former }), sealed)).rejects.toThrow(/can’t be decrypted/);
  });

  test('who comes after it is sealed with the new key', async () => {
    await sealFor(start({ TRANSAT_KEY: former }));
    await run(both);
    await start(both).seal('dora', 'cred_dora', 'credential', new Secret('x'));
    const keks = await store.db.selectFrom('data_keys').select('kek').distinct().execute();
    expect(keks).toHaveLength(1);
  });

  test('without another key than the one that rules it says what to do', async () => {
    await sealFor(start({ TRANSAT_KEY: former }));
    await expect(run({ TRANSAT_KEY: former })).rejects.toThrow(/rules already.*TRANSAT_KEY_PREVIOUS/);
  });

  test('a process with the wrong key alone does not start', async () => {
    await sealFor(start({ TRANSAT_KEY: former }));
    await expect(checkRing(store.db, readRing(configIn(folder), { TRANSAT_KEY: next }))).rejects.toMatchObject({
      code: 'not-ready',
    });
  });
});

test('a rotation is in the audit', async () => {
  await sealFor(start());
  const { kek } = await run();
  const rows = await store.db.selectFrom('audit').selectAll().where('action', '=', 'key-rotated').execute();
  expect(rows).toMatchObject([{ subject: kek, user_id: null, data: { kek, dataKeys: 3 } }]);
});
