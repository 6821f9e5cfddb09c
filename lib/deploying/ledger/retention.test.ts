import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { retentionSchema } from '@/lib/core/config/retention';
import type { Store } from '@/lib/store';
import { forgetAudit } from '@/lib/store/forget';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from '../requests/request-action';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { forgetHistory } from './retention';

let store: Store;
const now = new Date('2030-06-01T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const count = async (table: 'events' | 'log_lines' | 'audit') =>
  Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(store.db)).rows[0]?.n);

beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

async function deployment(): Promise<string> {
  const id = await new World(store).deploy(clusterPlan(0));
  await sql`delete from events`.execute(store.db);
  await sql`delete from audit`.execute(store.db);
  return id;
}
const rules = retentionSchema.parse({});

test('what is older than it may be goes, slice after slice, and nothing younger', async () => {
  const id = await deployment();
  await sql`insert into events (deployment_id, at, level, stage, message) select ${id}, ${daysAgo(366)}::timestamptz, 'info', 'node', 'old' from generate_series(1, 6000)`.execute(
    store.db,
  );
  await sql`insert into events (deployment_id, at, level, stage, message) values (${id}, ${daysAgo(364)}, 'info', 'node', 'young')`.execute(
    store.db,
  );
  await sql`insert into log_lines (deployment_id, node, step, at, text) values (${id}, 'n', 's', ${daysAgo(91)}, 'old'), (${id}, 'n', 's', ${daysAgo(89)}, 'young')`.execute(
    store.db,
  );
  expect(await forgetHistory(store.db, rules, now)).toBe(6001);
  expect([await count('events'), await count('log_lines')]).toEqual([1, 1]);
});

test('of a deployment that says too much the newest stays, and others keep what they have', async () => {
  const [much, little] = [await deployment(), await deployment()];
  const some = { ...rules, eventsPerDeployment: 100, logPiecesPerDeployment: 100 };
  for (const [id, most] of [
    [much, 250],
    [little, 99],
  ] as const)
    for (const table of ['events', 'log_lines'])
      await sql`insert into ${sql.table(table)} ${sql.raw(
        table === 'events' ? '(deployment_id, at, level, stage, message)' : '(deployment_id, at, node, step, text)',
      )} select ${id}, ${daysAgo(1)}::timestamptz, 'info', 'node', i::text from generate_series(1, ${most}::int) i`.execute(store.db);
  await forgetHistory(store.db, some, now);
  expect([await count('events'), await count('log_lines')]).toEqual([199, 199]);
  const kept = await store.db.selectFrom('events').select('message').where('deployment_id', '=', much).orderBy('id').execute();
  expect([kept.length, kept[0]?.message]).toEqual([100, '151']);
});

test('of the audit the newest entries stay, for as long as they may', async () => {
  await deployment();
  await sql`insert into audit (at, action, subject) select ${daysAgo(731)}::timestamptz, 'a', 'old' from generate_series(1, 10)`.execute(
    store.db,
  );
  await sql`insert into audit (at, action, subject) select ${daysAgo(1)}::timestamptz, 'a', i::text from generate_series(1, 30) i`.execute(
    store.db,
  );
  expect(await forgetAudit(store.db, { auditDays: 730, auditEntries: 20 }, now)).toBe(20);
  const [first] = await store.db.selectFrom('audit').select('subject').orderBy('id').execute();
  expect([await count('audit'), first?.subject]).toEqual([20, '11']);
});

test('a deleted deployment leaves its history and the end of its logs, and nothing large', async () => {
  const world = new World(store);
  const id = await world.deploy(clusterPlan(1));
  await world.settle(id);
  await sql`insert into log_lines (deployment_id, node, step, at, text) select ${id}, 'front', 'set-up', now(), repeat('x', 16000) || i from generate_series(1, 100) i`.execute(
    store.db,
  );
  const upstream = { service: 'console', message: 'y'.repeat(4000) };
  await sql`insert into events (deployment_id, at, level, stage, message, data) values (${id}, now(), 'error', 'node', 'bad', ${JSON.stringify({ problem: { title: 'bad', upstream } })})`.execute(
    store.db,
  );
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  const { deployment: left, nodes } = await world.ledger(id);
  expect(nodes.map(({ outputs, admissions }) => [outputs, admissions])).toEqual([
    [{}, []],
    [{}, []],
  ]);
  expect(left.plan.nodes.flatMap(({ steps }) => steps.map(({ title, script, env }) => [title, script, env]))).toEqual([
    ['Set up', '', {}],
    ['Set up', '', {}],
  ]);
  const lines = await store.db.selectFrom('log_lines').select('text').where('deployment_id', '=', id).orderBy('id').execute();
  expect([lines.length, lines.at(-1)?.text.slice(-3)]).toEqual([16, '100']);
  const events = await store.db.selectFrom('events').select(['message', 'data']).where('deployment_id', '=', id).execute();
  expect(JSON.stringify(events)).not.toContain('yyyy');
  expect(events.find(({ message }) => message === 'bad')?.data).toEqual({ problem: { title: 'bad' } });
});
