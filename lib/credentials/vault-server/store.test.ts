import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { createCredentials } from '@/lib/credentials/room';
import { type SandboxVault, startSandboxVault } from '@/lib/sandbox/vault';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { readRing } from '../sealing/ring';
import { rotate } from '../sealing/rotate';
import { openVaultServer } from './index';
import { destroyReleased } from './kept';
import { type Bench, furnish } from './testing';

const clock = new ManualClock(new Date());
const key = randomBytes(32).toString('base64');
let sandbox: SandboxVault;
let bench: Bench;
let store: Store;
let auth: Awaited<ReturnType<Bench['appRole']>>;
const base = () => readConfig({ TRANSAT_SANDBOX: '0', TRANSAT_DIRECTORY: '0', TRANSAT_DATA: '/nowhere' }, '/nowhere');

beforeAll(async () => {
  sandbox = await startSandboxVault(clock);
  bench = await furnish({ address: sandbox.url, rootToken: sandbox.rootToken });
  auth = await bench.appRole({ ttl: 7200, maxTtl: 86_400 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  store = await openTestStore();
  const row = { id: 'ann', issuer: 'i', subject: 's', provider: 'p', name: 'Ann', email: null, locale: null, created_at: clock.now() };
  await store.db.insertInto('users').values(row).execute();
  return () => store.close();
});

/** A process that starts now. */
function start(config: Config, env: Record<string, string> = {}) {
  const server = openVaultServer(config, clock);
  return { ...createCredentials({ db: store.db, clock, config, ring: readRing(config, env, server), server, env }), server };
}
const withTransit = (leave = false): Config => ({
  ...base(),
  ...bench.config(auth, { transit: { mount: bench.transit, key: 'transat', leave } }),
});
const withKv = (): Config => ({ ...base(), ...bench.config(auth, { kv: { mount: bench.kv, path: 'transat', leave: false } }) });
const open = (room: ReturnType<typeof start>, sealed: Buffer) => room.vault.open('ann', 'cred_1', 'credential', sealed, 'try it');
const seal = (room: ReturnType<typeof start>) => room.vault.seal('ann', 'cred_1', 'credential', new Secret('canary'));
const dump = async () =>
  JSON.stringify([
    await store.db.selectFrom('data_keys').selectAll().execute(),
    await store.db.selectFrom('credentials').selectAll().execute(),
  ]);

describe('with Transit', () => {
  test('no key is needed here: data keys are wrapped there, and a new process opens with its login alone', async () => {
    const sealed = await seal(start(withTransit()));
    expect((await store.db.selectFrom('data_keys').select('kek').executeTakeFirst())?.kek).toBe(`transit:${bench.transit}/transat`);
    expect((await open(start(withTransit()), sealed)).reveal()).toBe('canary');
    await start(withTransit()).check();
  });

  test('one command brings data keys there from a master key, rotates them there, and brings them back', async () => {
    const env = { TRANSAT_KEY: key };
    const sealed = await seal(start(base(), env));
    expect(await rotate({ config: withTransit(), env, store, clock })).toMatchObject({ wrapped: 1, source: 'transit' });
    expect((await open(start(withTransit()), sealed)).reveal()).toBe('canary');
    await expect(open(start(base(), env), sealed)).rejects.toMatchObject({ code: 'internal' });
    const before = await store.db.selectFrom('data_keys').select('wrapped').executeTakeFirstOrThrow();
    expect(await rotate({ config: withTransit(), env: {}, store, clock })).toMatchObject({ wrapped: 1 });
    const after = await store.db.selectFrom('data_keys').select('wrapped').executeTakeFirstOrThrow();
    expect([before, after].map(({ wrapped }) => Number(/^vault:v(\d+)/.exec(wrapped.toString())?.[1]))).toEqual([2, 3]);
    expect((await open(start(withTransit()), sealed)).reveal()).toBe('canary');
    expect(await rotate({ config: withTransit(true), env, store, clock })).toMatchObject({ wrapped: 1, source: 'environment' });
    expect((await open(start(base(), env), sealed)).reveal()).toBe('canary');
  });

  test('a store that is gone leaves all data keys as they were', async () => {
    const env = { TRANSAT_KEY: key };
    const sealed = await seal(start(base(), env));
    sandbox.instead.push({ status: 503, body: { errors: ['Vault is sealed'] } });
    await expect(rotate({ config: withTransit(), env, store, clock })).rejects.toMatchObject({ title: 'The secrets store is sealed' });
    expect((await open(start(base(), env), sealed)).reveal()).toBe('canary');
  });
});

test('a store that is sealed or gone is not ready, and says which', async () => {
  const room = start(withKv(), { TRANSAT_KEY: key });
  await room.check();
  await bench.root('POST', 'sys/seal', {});
  await expect(room.check()).rejects.toMatchObject({ code: 'upstream-failed', title: 'The secrets store is sealed' });
  await bench.root('POST', 'sys/unseal', { key: sandbox.unsealKey });
  await room.check();
  sandbox.instead.push('reset', 'reset', 'reset');
  await expect(room.check()).rejects.toMatchObject({ code: 'upstream-failed', title: 'The secrets store does not answer' });
});

describe('with KV', () => {
  const env = { TRANSAT_KEY: key };
  const addCredential = async (room: ReturnType<typeof start>) =>
    await room.records.add('ann', {
      site: 'lab',
      name: 'mine',
      kind: 'password',
      login: { kind: 'password', user: { name: 'ann', domain: 'd' }, password: new Secret('canary-password') },
      shown: {},
      project: null,
    });
  const entries = async () => (await bench.root('GET', `${bench.kv}/metadata/transat/ann?list=true`)).json?.data?.keys ?? [];

  test('the database has a reference only, and the row’s way in is read there', async () => {
    const room = start(withKv(), env);
    const record = await addCredential(room);
    expect(record.secret.toString()).toContain(`kv2:${bench.kv} transat/ann/secret_`);
    expect(await dump()).not.toMatch(/canary|63616e617279|Y2FuYXJ5/);
    const login = await start(withKv(), env).records.login(record, 'try it');
    expect(login.kind === 'password' && login.password.reveal()).toBe('canary-password');
    const audit = await store.db.selectFrom('audit').select(['action', 'subject', 'data']).execute();
    expect(audit).toEqual([{ action: 'secret-used', subject: record.id, data: { kind: 'credential', use: 'try it' } }]);
  });

  test('a reference moved to another row opens nothing, and the try is in the audit', async () => {
    const room = start(withKv(), env);
    const record = await addCredential(room);
    await expect(room.vault.open('ann', 'cred_other', 'credential', record.secret, 'try it')).rejects.toMatchObject({ code: 'internal' });
    const audit = await store.db.selectFrom('audit').select(['action', 'subject']).execute();
    expect(audit).toEqual([{ action: 'secret-use-failed', subject: 'cred_other' }]);
  });

  test('a secret that is replaced or deleted is destroyed there, and so is one that never got a row', async () => {
    const room = start(withKv(), env);
    const kv = room.server?.kv;
    if (!kv) throw new Error('no KV');
    const before = await entries();
    const record = await addCredential(room);
    const [first] = (await entries()).filter((name: string) => !before.includes(name));
    const login = { kind: 'password', user: { name: 'ann', domain: 'd' }, password: new Secret('second') } as const;
    await room.records.replaceLogin(record, { login, shown: {} });
    expect(await destroyReleased({ db: store.db, clock, kv })).toBe(1);
    expect((await bench.root('GET', `${bench.kv}/metadata/transat/ann/${first}`)).status).toBe(404);
    await seal(room); // a process that ends before it writes the row
    expect(await destroyReleased({ db: store.db, clock, kv })).toBe(0);
    clock.advance(2 * 3_600_000);
    expect(await destroyReleased({ db: store.db, clock, kv })).toBe(1);
    await store.db.deleteFrom('users').where('id', '=', 'ann').execute(); // and with the person all that is theirs
    expect(await destroyReleased({ db: store.db, clock, kv })).toBe(1);
    expect(await entries()).toEqual(before);
    expect(await store.db.selectFrom('vault_entries').selectAll().execute()).toEqual([]);
  });

  test('a reference in JSON is followed, too', async () => {
    const room = start(withKv(), env);
    const sealed = await room.vault.seal('ann', 'k', 'idempotent-answer', new Secret('x'));
    const body = JSON.stringify({ sealed: sealed.toString('base64') });
    const row = { user_id: 'ann', key: 'k', request_hash: 'h', status: 200, body, created_at: clock.now() };
    await store.db.insertInto('idempotency_keys').values(row).execute();
    expect((await store.db.selectFrom('vault_entries').selectAll().executeTakeFirstOrThrow()).attached_at).not.toBeNull();
    await store.db.deleteFrom('idempotency_keys').execute();
    expect((await store.db.selectFrom('vault_entries').selectAll().executeTakeFirstOrThrow()).released_at).not.toBeNull();
  });

  test('every table that has sealed columns is followed', async () => {
    const { rows } = await sql<{ table_name: string; followed: boolean }>`
      select distinct c.table_name, exists (
        select 1 from information_schema.triggers t where t.event_object_table = c.table_name and t.trigger_name = 'vault_entries') as followed
      from information_schema.columns c
      where c.table_schema = 'public' and c.data_type = 'bytea' and c.table_name <> 'data_keys' order by 1`.execute(store.db);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ followed }) => !followed)).toEqual([]);
  });

  test('what was sealed before still opens', async () => {
    const sealed = await seal(start(base(), env));
    expect((await open(start(withKv(), env), sealed)).reveal()).toBe('canary');
  });

  test('a store that is gone stops the storing: nothing half-made is left', async () => {
    const room = start(withKv(), env);
    await room.server?.session('GET', 'auth/token/lookup-self');
    sandbox.instead.push('reset');
    await expect(addCredential(room)).rejects.toMatchObject({ code: 'upstream-failed' });
    expect(await store.db.selectFrom('credentials').selectAll().execute()).toEqual([]);
  });
});
