import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from './store';
import { openTestStore } from './test-store';
import { firstFew, isAmongFirst } from './turns';
import { sayAlive, sayGone } from './workers';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  for (const id of ['ada', 'bob', 'eve']) {
    const user = { id, issuer: 'https://op', subject: id, provider: 'op', name: id, created_at: new Date(0) };
    await store.db.insertInto('users').values(user).execute();
  }
});
afterAll(() => store.close());

/** Deployments of a person in the order of their numbers. */
async function deployments(person: string, states: string[]): Promise<string[]> {
  const ids = states.map((_, index) => `dep_${person}${index}`);
  await store.db.deleteFrom('deployments').where('user_id', '=', person).execute();
  for (const [index, state] of states.entries()) {
    await sql`
      insert into deployments (id, user_id, name, recipe, request, plan, state, wanted, sites, created_at)
      values (${ids[index]}, ${person}, 'Test', 'r', '{}', '{}', ${state}, 'running', '{}', to_timestamp(${index}))`.execute(store.db);
  }
  return ids;
}

test('the first few that a person has under way are first; what is at rest or waits for a lease is not counted', async () => {
  const ids = await deployments('eve', ['ready', 'deploying', 'waiting-for-lease', 'failed', 'updating', 'deleting', 'planned']);
  const first = await Promise.all(ids.map((id) => isAmongFirst(store.db, id)));
  expect(first).toEqual([false, true, false, false, true, true, false]);
  expect(await isAmongFirst(store.db, 'dep_nobody')).toBe(false);
});

test('many deployments of one person, all of which take their time, do not hold up another’s', async () => {
  const places = { any: 2, first: firstFew + 1, others: 2 };
  const many = await deployments(
    'ada',
    Array.from({ length: 16 }, () => 'deploying'),
  );
  const [own = ''] = await deployments('bob', ['deploying']);
  for (const id of many) await store.enqueuePass(id);
  const started: string[] = [];
  const full = Promise.withResolvers<void>();
  const bobs = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  await store.queue.work(async (id) => {
    started.push(id);
    if (id === own) return bobs.resolve();
    if (started.length === places.any + places.others) full.resolve();
    await end.promise;
  }, places);
  await full.promise;
  await store.enqueuePass(own);
  await bobs.promise;
  // her many have places of their own all the while
  expect(started.filter((id) => many.slice(firstFew).includes(id)).length).toBeGreaterThan(0);
  end.resolve();
}, 60_000);

test('one of the first is found among very many others that are due, for all of which no place is free', async () => {
  const store = await openTestStore();
  const end = Promise.withResolvers<void>();
  const bobs = Promise.withResolvers<void>();
  const others = Promise.withResolvers<void>();
  await store.queue.ensure(
    Array.from({ length: 40 }, (_, index) => `dep_other${index}`),
    0,
  );
  await store.queue.work(
    async (id) => {
      if (id === 'dep_bob') return bobs.resolve();
      others.resolve();
      await end.promise;
    },
    { any: 0, first: 1, others: 1 },
  );
  await others.promise;
  await store.queue.enqueue('dep_bob', { first: true });
  const began = Date.now();
  await bobs.promise;
  // by the next beat at the latest, where a place looks by itself but once a minute
  expect(Date.now() - began).toBeLessThan(20_000);
  end.resolve();
  await store.close();
}, 60_000);

test('workers that live are counted; one that ended or has been silent for long is not', async () => {
  expect(await sayAlive(store.db, 'one')).toBe(1);
  expect(await sayAlive(store.db, 'two')).toBe(2);
  expect(await sayAlive(store.db, 'one')).toBe(2);
  await store.db.updateTable('workers').set({ seen_at: sql<Date>`now() - interval '31 seconds'` }).where('id', '=', 'two').execute();
  expect(await sayAlive(store.db, 'one')).toBe(1);
  await sayGone(store.db, 'one');
  expect(await sayAlive(store.db, 'two')).toBe(1);
});
