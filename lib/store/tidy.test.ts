import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestStore } from './test-store';
import { keepTidy, tidy } from './tidy';

test('once it is tidied, the embedded database reads the first of many deployments by their index', async () => {
  const { db, close } = await openTestStore();
  const user = { id: 'u1', issuer: 'https://op', subject: 's', provider: 'op', name: 'Ada', created_at: new Date(0) };
  await db.insertInto('users').values(user).execute();
  await sql`insert into deployments (id, user_id, name, state, recipe, request, plan, sites, created_at)
    select 'd' || i, 'u1', 'Test', 'ready', 'r', '{}', '{}', '{a}', now() - i * interval '1 minute' from generate_series(1, 1000) i`.execute(
    db,
  );
  const believed = async () => {
    const all = await sql<Record<string, string>>`explain select id from deployments where user_id = 'u1'`.execute(db);
    return Number(/rows=(\d+)/.exec(all.rows[0]?.['QUERY PLAN'] ?? '')?.[1]);
  };
  const wayOfList = async () => {
    const list = sql<Record<string, string>>`explain select id from deployments where user_id = 'u1' and state != 'deleted'
      order by created_at desc, id desc limit 51`;
    return (await list.execute(db)).rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  expect(await believed()).toBeLessThan(100);
  await tidy(db);
  expect(await believed()).toBe(1000);
  expect(await wayOfList()).toContain('Index Scan using deployments_user');
  expect(await wayOfList()).not.toContain('Sort');
  await close();
});

test('a table is looked after once, and again where enough of it has changed', async () => {
  const { db, close } = await openTestStore();
  await sql`create table kept (i integer, t text)`.execute(db);
  await sql`insert into kept select i, 'x' from generate_series(1, 100) i`.execute(db);
  const counts = async () => {
    // PostgreSQL counts at most once a second
    await sleep(1100);
    await sql`select 1`.execute(db);
    const told = sql<{ v: number; a: number }>`select vacuum_count v, analyze_count a from pg_stat_user_tables where relname = 'kept'`;
    return Object.values((await told.execute(db)).rows[0] ?? {});
  };
  expect(await counts()).toEqual([0, 0]);
  let pauses = 0;
  await tidy(db, async () => pauses++);
  expect(await counts()).toEqual([1, 1]);
  // each of two words for each table, PostgreSQL's own among them
  expect(pauses).toBeGreaterThan(150);
  await tidy(db);
  expect(await counts()).toEqual([1, 1]);
  await sql`update kept set t = 'y' where i <= 65`.execute(db);
  await counts();
  await tidy(db);
  expect(await counts()).toEqual([1, 2]);
  await sql`update kept set t = 'z' where i <= 40`.execute(db);
  await counts();
  await tidy(db);
  expect(await counts()).toEqual([2, 2]);
  await close();
});

test('it is kept tidy until that is ended, between two tables too', async () => {
  const { db, close } = await openTestStore();
  const done = async () => (await sql`select 1 from pg_stat_user_tables where last_vacuum is not null`.execute(db)).rows.length;
  const end = keepTidy(db, { firstAfterMs: 0, everyMs: 0, pauseMs: 20 });
  await expect.poll(done).toBeGreaterThan(1);
  end();
  const before = await done();
  await sleep(200);
  expect(await done()).toBe(before);
  const { rows } = await sql`select 1 from pg_stat_user_tables`.execute(db);
  expect(rows.length).toBeGreaterThan(before);
  await close();
});
