import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestStore } from './test-store';
import { tidy } from './tidy';

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
