import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { readMigrations } from './migrate';
import { openStore, type Store } from './store';
import { startTestPostgres } from './test-postgres';
import { openTestStore } from './test-store';

const postgres = await startTestPostgres();
const engines: [name: string, open: () => Promise<Store>, missing?: string][] = [
  ['the embedded database', openTestStore],
  ['PostgreSQL', () => openStore({ dataDir: '', databaseUrl: postgres.url }), postgres.missing],
];
afterAll(() => postgres.stop());

describe.for(engines)('on %s', ([, open, missing]) => {
  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const aUser = (id: string) => ({ id, issuer: 'https://op', subject: id, provider: 'op', name: 'Ada', created_at: new Date(0) });
  const aDeployment = (id: string, user: string) => ({
    id,
    user_id: user,
    name: 'Test',
    state: 'planned' as const,
    recipe: 'virtual-machine',
    request: '{}',
    plan: '{"nodes":[1]}',
    sites: ['lab', 'other "site"'],
    created_at: new Date('2026-01-02T03:04:05Z'),
  });

  test('values come back as the schema says', async () => {
    await store.db.insertInto('users').values(aUser('u1')).execute();
    await store.db.insertInto('deployments').values(aDeployment('d1', 'u1')).execute();
    await store.db
      .insertInto('data_keys')
      .values({ user_id: 'u1', kek: 'k', wrapped: Buffer.from([0, 255, 7]) })
      .execute();
    const event = {
      deployment_id: 'd1',
      at: new Date(),
      level: 'info' as const,
      stage: 'plan' as const,
      subject: null,
      message: 'Ünïcode',
    };
    const { id } = await store.db.insertInto('events').values(event).returning('id').executeTakeFirstOrThrow();
    expect(id).toBeTypeOf('number');
    const row = await store.db.selectFrom('deployments').selectAll().where('id', '=', 'd1').executeTakeFirstOrThrow();
    expect(row).toMatchObject({ sites: ['lab', 'other "site"'], plan: { nodes: [1] }, problem: null, version: 1, wanted: 'running' });
    expect(row.created_at).toEqual(new Date('2026-01-02T03:04:05Z'));
    const key = await store.db.selectFrom('data_keys').selectAll().executeTakeFirstOrThrow();
    expect(Buffer.isBuffer(key.wrapped) && key.wrapped.equals(Buffer.from([0, 255, 7]))).toBe(true);
    const count = await store.db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(count.n).toBe(1);
    const [sum] = (await sql<{ n: number }>`select sum(1.5)::numeric as n`.execute(store.db)).rows;
    expect(sum?.n).toBe(1.5);
  });

  test('a transaction that fails leaves nothing, and others at the same time are not part of it', async () => {
    const broken = store.db.transaction().execute(async (trx) => {
      await trx.insertInto('users').values(aUser('u2')).execute();
      throw new Error('no');
    });
    await Promise.all([expect(broken).rejects.toThrow('no'), store.db.insertInto('users').values(aUser('u3')).execute()]);
    const ids = await store.db.selectFrom('users').select('id').where('id', 'in', ['u2', 'u3']).execute();
    expect(ids).toEqual([{ id: 'u3' }]);
  });

  test('a notification reaches listeners at the commit', async () => {
    const heard: string[] = [];
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const stop = await store.listen('events', (payload) => {
      heard.push(payload);
      arrived();
    });
    await store.db.transaction().execute(async (trx) => {
      await trx.selectNoFrom(store.telling('events', 'dep_1').as('told')).execute();
    });
    await arrival;
    expect(heard).toEqual(['dep_1']);
    await stop();
  });

  test('a look that is asked for sooner than the one that waits is brought forward, and a later one is not put off', async () => {
    const dueIn = async () => {
      const { rows } = await sql<{ seconds: number }>`
        select extract(epoch from start_after - now())::float8 as seconds from queue.job where singleton_key = 'sooner' and state = 'created'`.execute(
        store.db,
      );
      return rows.map(({ seconds }) => Math.round(seconds / 10) * 10);
    };
    await store.queue.ensure(['sooner', 'other'], 300);
    expect(await dueIn()).toEqual([300]);
    await store.enqueuePass('sooner', { after: 20 });
    expect(await dueIn()).toEqual([20]);
    await store.enqueuePass('sooner', { after: 100 });
    await store.queue.ensure(['sooner'], 0);
    expect(await dueIn()).toEqual([20]);
  });

  test('a deployment is worked on once at a time, and once more when it was asked for meanwhile', async () => {
    const runs: string[] = [];
    let overlap = 0;
    let active = 0;
    const gate = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const other = Promise.withResolvers<void>();
    await store.queue.work(
      async (id) => {
        runs.push(id);
        if (id === 'b') return other.resolve();
        overlap = Math.max(overlap, ++active);
        await gate.promise;
        active--;
        if (runs.filter((run) => run === 'a').length === 2) second.resolve();
      },
      { any: 4 },
    );
    await store.enqueuePass('a');
    await store.enqueuePass('b');
    await other.promise;
    await store.enqueuePass('a', { after: 3600 });
    await store.enqueuePass('a'); // brought forward, not one more
    gate.resolve();
    await second.promise;
    expect(runs.filter((run) => run === 'a')).toHaveLength(2);
    expect(overlap).toBe(1);
  });

  test('an errand is run when it is due, again when it says so, and a fault of one does not stop the others', async () => {
    const runs: string[] = [];
    const faults: unknown[] = [];
    const done = Promise.withResolvers<void>();
    const run = async (errand: string) => {
      runs.push(errand);
      if (errand === 'bad') throw new Error('a fault');
      if (errand === 'last') done.resolve();
      return errand === 'twice' && runs.filter((each) => each === 'twice').length === 1 ? 1 : null;
    };
    const { errands } = store.queue;
    await errands.ensure([
      { errand: 'bad', after: 0 },
      { errand: 'twice', after: 0 },
      { errand: 'later', after: 3600 },
    ]);
    await errands.ask('later'); // brought forward, not one more
    await errands.ensure([{ errand: 'later', after: 0 }]);
    await errands.work(run, 1, (error) => faults.push(error));
    await expect.poll(() => runs.filter((each) => each === 'twice').length).toBe(2);
    await errands.ask('last');
    await done.promise;
    expect(runs.toSorted()).toEqual(['bad', 'last', 'later', 'twice', 'twice']);
    expect(faults).toMatchObject([{ message: 'a fault' }]);
  });
});

test('two processes that open a new database of one server at once migrate it once', async ({ skip }) => {
  if (!postgres.url) return skip(postgres.missing);
  const databaseUrl = new Secret(Object.assign(new URL(postgres.url.reveal()), { pathname: 'fresh' }).href);
  const client = new Client({ connectionString: postgres.url.reveal() });
  await client.connect();
  await client.query('create database fresh');
  await client.end();
  const stores = await Promise.all([1, 2].map(() => openStore({ dataDir: '', databaseUrl })));
  for (const { db } of stores) {
    const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(db);
    expect(rows.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name));
  }
  await Promise.all(stores.map((store) => store.close()));
});
