import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keptAnswers } from '@/lib/api/http/sealed-answers';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { deploymentPlaces } from '@/lib/deploying/ledger/secrets/sealed-places';
import { sealStepOutputs } from '@/lib/deploying/ledger/secrets/step-outputs';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { World } from '@/lib/deploying/testing/world';
import { type SandboxVault, startSandboxVault } from '@/lib/sandbox/vault';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { tellingPlaces } from '@/lib/telling/sealed-places';
import { passwordKind } from '@/lib/workloads/clusters/rows';
import { workloadPlaces } from '@/lib/workloads/clusters/sealed-places';
import { pairTokenKind } from '@/lib/workloads/pairs/token';
import { createCredentials } from '../room';
import { openVaultServer } from '../vault-server';
import { type Bench, furnish } from '../vault-server/testing';
import { moveSecrets } from './move';
import { readRing } from './ring';
import { credentialPlaces, type SealedValue } from './sealed-places';

const env = { TRANSAT_KEY: randomBytes(32).toString('base64') };
const clock = new ManualClock(new Date());
const places = [...credentialPlaces, ...deploymentPlaces, ...tellingPlaces, ...workloadPlaces, keptAnswers];
let sandbox: SandboxVault;
let bench: Bench;
let auth: Awaited<ReturnType<Bench['appRole']>>;
let store: Store;

beforeAll(async () => {
  sandbox = await startSandboxVault(clock);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.instead.length = 0;
  bench = await furnish({ address: sandbox.url, rootToken: sandbox.rootToken });
  auth = await bench.appRole({ ttl: 72_000, maxTtl: 864_000 });
  store = await openTestStore();
  await fill();
  return () => store.close();
});

const plain = (): Config => readConfig({ TRANSAT_SANDBOX: '0', TRANSAT_DIRECTORY: '0', TRANSAT_DATA: '/nowhere' }, '/nowhere');
const withKv = (leave = false): Config => ({ ...plain(), ...bench.config(auth, { kv: { mount: bench.kv, path: 'transat', leave } }) });
/** A process that starts now. */
const start = (config: Config) => {
  const server = openVaultServer(config, clock);
  return createCredentials({ db: store.db, clock, config, ring: readRing(config, env, server), server, env });
};
const run = (config: Config) => moveSecrets({ config, env, store, clock }, places);

/** One of everything that is ever sealed. */
async function fill(): Promise<void> {
  const { vault, records, grants } = start(plain());
  const world = new World(store);
  world.ports.vault = vault;
  const told = { stepOutput: 'kubeconfig', node: 'front' };
  const plan = clusterPlan(1);
  const secret = { ...plan.outputs[0], name: 'kubeconfig', label: 'k', kind: 'text' as const, secret: true, value: told };
  const id = await world.deploy({ ...plan, outputs: [...plan.outputs, secret] });
  const seal = (record: string, kind: string) => vault.seal('u1', record, kind, new Secret(`canary ${kind}`));
  const at = { userId: 'u1', deploymentId: id };
  const message = { type: 'outputs' as const, seq: 1, at: '', step: 's', values: { kubeconfig: 'canary output', told: 'AQ==' } };
  const [sealed] = await sealStepOutputs(vault, at, 'front', new Set(['kubeconfig']), [message]);
  const outputs = JSON.stringify(sealed?.type === 'outputs' ? sealed.values : {});
  await store.db.updateTable('nodes').set({ outputs }).where('key', '=', 'front').execute();
  const login = { kind: 'password', user: { name: 'ann', domain: 'd' }, password: new Secret('canary') } as const;
  await records.add('u1', { site: 'lab', name: 'mine', kind: 'password', login, shown: {}, project: null });
  const token = (name: string) => new Secret(`canary ${name}`);
  const tokens = { accessToken: token('access'), refreshToken: token('refresh'), idToken: token('id'), expiresIn: 3600 };
  await grants.keep('u1', 'op', tokens);
  await grants.keep('u1', 'op', { accessToken: token('access'), expiresIn: 3600 });
  const flow = {
    id: 'dev_1',
    user_id: 'u1',
    site: 's',
    provider: 'p',
    user_code: 'c',
    verification_uri: 'https://op',
    interval_seconds: 5,
  };
  const times = { next_poll_at: clock.now(), expires_at: clock.now(), created_at: clock.now() };
  await store.db
    .insertInto('device_logins')
    .values({ ...flow, ...times, device_code: await seal('dev_1', 'device-code') })
    .execute();
  const body = JSON.stringify({ sealed: (await seal('key', 'idempotent-answer')).toString('base64') });
  const answer = { user_id: 'u1', key: 'key', request_hash: 'h', status: 201, created_at: clock.now() };
  await store.db
    .insertInto('idempotency_keys')
    .values({ ...answer, body })
    .execute();
  await store.db
    .insertInto('telling')
    .values({ user_id: 'u1', mail: true, webhook_secret: await seal('u1', 'webhook-secret') })
    .execute();
  const cluster = { name: 'oscar', region: 'eu', endpoint: 'https://oscar', dialect: '4.1', version: '4.1.2', auth: 'basic' } as const;
  await store.db
    .insertInto('clusters')
    .values({ id: 'cl_1', user_id: 'u1', ...cluster, username: 'oscar', secret: await seal('cl_1', passwordKind), created_at: clock.now() })
    .execute();
  const wish = { name: 'fish', image: 'i', script: 's', cpu: '1', memory: '1Gi', input: [], output: [], thresholdSeconds: 60 };
  const pair = { id: 'pair_1', user_id: 'u1', name: 'fish', origin_name: 'eu', worker_name: 'us', state: 'standing' } as const;
  await store.db
    .insertInto('pairs')
    .values({ ...pair, wish: JSON.stringify(wish), token: await seal('pair_1', pairTokenKind), created_at: clock.now() })
    .execute();
}

async function everything(): Promise<SealedValue[]> {
  const found: SealedValue[] = [];
  for (const place of places) for await (const value of place(store.db)) found.push(value);
  return found;
}
/** What all of it says to a process with this configuration. */
async function openAll(config: Config): Promise<string[]> {
  const { vault } = start(config);
  const opened = (await everything()).map(async ({ userId, record, kind, sealed }) =>
    (await vault.open(userId, record, kind, sealed, 'test')).reveal(),
  );
  return await Promise.all(opened);
}
const inKv = async () => (await everything()).filter(({ sealed }) => sealed.includes('kv2:')).length;
const entriesThere = async () => (await bench.root('GET', `${bench.kv}/metadata/transat/u1?list=true`)).json?.data?.keys?.length ?? 0;

test('all secrets go to the KV engine and back, and nothing is left where they were', async () => {
  const before = await openAll(plain());
  expect(before.length).toBeGreaterThan(9);
  expect(before).toContain('canary output');
  expect(await run(withKv())).toEqual({ to: 'kv', moved: before.length, already: 0, failed: [], left: 0 });
  expect(await openAll(withKv())).toEqual(before);
  expect([await inKv(), await entriesThere()]).toEqual([before.length, before.length]);
  expect(await run(withKv())).toMatchObject({ moved: 0, already: before.length });

  expect(await run(withKv(true))).toEqual({ to: 'database', moved: before.length, already: 0, failed: [], left: 0 });
  expect(await openAll(plain())).toEqual(before);
  expect([await inKv(), await entriesThere()]).toEqual([0, 0]);
  const audit = await store.db.selectFrom('audit').select('data').where('action', '=', 'secrets-moved').execute();
  expect(audit.map(({ data }) => data)).toMatchObject([{ to: 'kv', moved: before.length }, { to: 'kv', moved: 0 }, { to: 'database' }]);
});

test('every column that is sealed is moved', async () => {
  await run(withKv());
  const { rows } = await sql<{ table: string; column: string }>`select table_name as table, column_name as column
    from information_schema.columns where table_schema = 'public' and data_type = 'bytea' and table_name <> 'data_keys'`.execute(store.db);
  expect(rows.length).toBeGreaterThan(5);
  for (const { table, column } of rows) {
    const counted = await sql<{ all: number; moved: number }>`select count(${sql.ref(column)})::int as all,
      count(*) filter (where position('kv2:'::bytea in ${sql.ref(column)}) = 2)::int as moved from ${sql.table(table)}`.execute(store.db);
    expect(counted.rows[0]?.moved, `${table}.${column}`).toBe(counted.rows[0]?.all);
    expect(counted.rows[0]?.all, `${table}.${column}`).toBeGreaterThan(0);
  }
});

test.each([0, 1, 4])('cut off after %i of them, all opens, and running it again ends it', async (count) => {
  const before = await openAll(plain());
  const all = places.map((place) => cutAfter(place));
  let passed = 0;
  function cutAfter(place: (typeof places)[number]): (typeof places)[number] {
    return async function* cut(db) {
      for await (const value of place(db)) {
        // the entry is written there, and the process ends before its row is
        const replace = passed++ >= count ? () => new Promise<boolean>((_, reject) => reject(new Error('killed'))) : value.replace;
        yield { ...value, replace };
        if (passed > count) return;
      }
    };
  }
  const cut = await moveSecrets({ config: withKv(), env, store, clock }, all.slice(0, 2));
  expect(cut.moved).toBe(count);
  expect(cut.left).toBeGreaterThan(0);
  expect(await openAll(withKv())).toEqual(before);
  expect(await run(withKv())).toMatchObject({ moved: before.length - count, failed: [] });
  clock.advance(2 * 3600_000);
  expect(await run(withKv())).toMatchObject({ moved: 0, left: 0 });
  expect(await entriesThere()).toBe(before.length);
  expect(await openAll(withKv())).toEqual(before);
});

test('a store that goes away on the way loses nothing', async () => {
  const before = await openAll(plain());
  sandbox.instead.push({ status: 200, body: {} });
  const broken = run(withKv());
  sandbox.instead.push(...Array.from({ length: 20 }, () => ({ status: 503, body: { errors: ['Vault is sealed'] } })));
  await expect(broken).rejects.toMatchObject({ title: 'The secrets store is sealed' });
  sandbox.instead.length = 0;
  expect(await openAll(withKv())).toEqual(before);
  expect(await run(withKv())).toMatchObject({ failed: [] });
  expect(await openAll(withKv())).toEqual(before);
});

test('one that can’t be opened is told of, and the others are moved', async () => {
  await store.db
    .updateTable('credentials')
    .set({ secret: randomBytes(60) })
    .execute();
  const { failed, moved } = await run(withKv());
  expect(failed).toMatchObject([{ name: expect.stringMatching(/^credential cred_/), reason: 'A stored secret can’t be decrypted' }]);
  expect(moved).toBe((await everything()).length - 1);
});

test('what was changed on the way stays as it was changed', async () => {
  const [first] = await everything();
  if (!first) throw new Error('nothing is sealed');
  const { vault } = start(plain());
  const newer = await vault.seal(first.userId, first.record, first.kind, new Secret('newer'));
  expect(await first.replace(newer)).toBe(true);
  expect(await first.replace(Buffer.from('late'))).toBe(false);
  for (const value of await everything()) {
    expect(await value.replace(await vault.seal(value.userId, value.record, value.kind, new Secret('x'))), value.name).toBe(true);
    expect(await value.replace(Buffer.from('late')), value.name).toBe(false);
  }
});

test('without a KV engine it says what to do', async () => {
  await expect(run(plain())).rejects.toThrow(/vault\.kv/);
});
