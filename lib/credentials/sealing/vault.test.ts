import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { ConfigError } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { rotateKey } from './data-keys';
import { readMasterKeys } from './key';
import { createVault } from './vault';
import { localRing } from './wrap';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const newKeys = (env: Record<string, string> = {}) =>
  localRing(readMasterKeys({ databaseUrl: undefined, dataDir: '/nowhere' }, { TRANSAT_KEY: randomBytes(32).toString('base64'), ...env }));
let store: Store;

const forgetKeys = async () => {
  await store.db.deleteFrom('data_keys').execute();
  await store.db.deleteFrom('ruling_key').execute();
};
beforeEach(forgetKeys);
beforeAll(async () => {
  store = await openTestStore();
  for (const id of ['ann', 'bob', 'cleo']) {
    await store.db
      .insertInto('users')
      .values({ id, issuer: 'i', subject: id, provider: 'p', name: id, email: null, locale: null, created_at: clock.now() })
      .execute();
  }
});

describe('a sealed secret', () => {
  test('opens for its owner, record and kind, and leaves an audit row', async () => {
    const vault = createVault({ db: store.db, clock, ring: newKeys() });
    const sealed = await vault.seal('ann', 'cred_1', 'credential', new Secret('canary-ä'));
    expect(sealed.toString('latin1')).not.toContain('canary');
    expect((await vault.open('ann', 'cred_1', 'credential', sealed, 'try it')).reveal()).toBe('canary-ä');
    const rows = await store.db.selectFrom('audit').selectAll().where('subject', '=', 'cred_1').execute();
    expect(rows).toMatchObject([{ user_id: 'ann', action: 'secret-used', data: { kind: 'credential', use: 'try it' }, at: clock.now() }]);
  });

  test('opens nowhere else, and not when a bit was changed', async () => {
    const vault = createVault({ db: store.db, clock, ring: newKeys() });
    const sealed = await vault.seal('bob', 'cred_2', 'credential', new Secret('canary'));
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (const [user, record, kind, bytes] of [
      ['cleo', 'cred_2', 'credential', sealed],
      ['bob', 'cred_3', 'credential', sealed],
      ['bob', 'cred_2', 'access-token', sealed],
      ['bob', 'cred_2', 'credential', changed],
      ['bob', 'cred_2', 'credential', Buffer.from('short')],
    ] as const) {
      await expect(vault.open(user, record, kind, bytes, 'try it')).rejects.toMatchObject({ code: 'internal' });
    }
    const rows = await store.db
      .selectFrom('audit')
      .select(['user_id', 'subject', 'data'])
      .where('action', '=', 'secret-use-failed')
      .execute();
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({ user_id: 'cleo', subject: 'cred_2', data: { kind: 'credential', use: 'try it', code: 'internal' } });
  });

  test('two seals of one secret differ', async () => {
    const vault = createVault({ db: store.db, clock, ring: newKeys() });
    const [a, b] = await Promise.all([1, 2].map(() => vault.seal('ann', 'r', 'k', new Secret('same'))));
    expect(a).not.toEqual(b);
  });
});

test('after a rotation the old key is not needed, and secrets stay as they are', async () => {
  const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const before = newKeys({ TRANSAT_KEY: oldKey });
  const sealed = await createVault({ db: store.db, clock, ring: before }).seal('ann', 'r', 'k', new Secret('canary'));
  const both = newKeys({ TRANSAT_KEY: newKey, TRANSAT_KEY_PREVIOUS: oldKey });
  expect((await createVault({ db: store.db, clock, ring: both }).open('ann', 'r', 'k', sealed, 'x')).reveal()).toBe('canary');
  expect(await rotateKey(store.db, both, clock.now())).toEqual({ wrapped: 1, kek: both.current.id });
  expect(await rotateKey(store.db, both, clock.now())).toEqual({ wrapped: 0, kek: both.current.id });
  const after = newKeys({ TRANSAT_KEY: newKey });
  expect((await createVault({ db: store.db, clock, ring: after }).open('ann', 'r', 'k', sealed, 'x')).reveal()).toBe('canary');
  await expect(createVault({ db: store.db, clock, ring: before }).open('ann', 'r', 'k', sealed, 'x')).rejects.toThrow(/can’t be decrypted/);
});

test('two processes that first meet a person at once agree on one data key', async () => {
  const keys = newKeys();
  const vaults = [1, 2, 3].map(() => createVault({ db: store.db, clock, ring: keys }));
  const sealed = await Promise.all(vaults.map((vault) => vault.seal('bob', 'r', 'k', new Secret('canary'))));
  for (const bytes of sealed)
    expect((await createVault({ db: store.db, clock, ring: keys }).open('bob', 'r', 'k', bytes, 'x')).reveal()).toBe('canary');
});

describe('the master key', () => {
  test('with a database server it must be given', () => {
    const config = { databaseUrl: new Secret('postgres://x'), dataDir: '/nowhere' };
    expect(() => readMasterKeys(config, {})).toThrow(ConfigError);
    expect(() => readMasterKeys(config, {})).toThrow(/TRANSAT_KEY is not set/);
  });

  test.each(['short', Buffer.alloc(31).toString('base64')])('%j is refused without being quoted', (text) => {
    expect(() => newKeys({ TRANSAT_KEY: text })).toThrow(/not 32 bytes in base64/);
    expect(() => newKeys({ TRANSAT_KEY_PREVIOUS: 'canary' })).toThrow(/TRANSAT_KEY_PREVIOUS/);
    expect(() => newKeys({ TRANSAT_KEY_PREVIOUS: 'canary' })).not.toThrow(/canary/);
  });

  test('on a single machine it is made once, readable by its owner only', () => {
    const config = { databaseUrl: undefined, dataDir: join(mkdtempSync(join(tmpdir(), 'transat-key-')), 'data') };
    const first = readMasterKeys(config, {});
    expect(readMasterKeys(config, {}).current.key.reveal()).toEqual(first.current.key.reveal());
    expect(statSync(join(config.dataDir, 'key')).mode & 0o777).toBe(0o600);
    chmodSync(join(config.dataDir, 'key'), 0o640);
    expect(() => readMasterKeys(config, {})).toThrow(/chmod 600/);
  });
});
