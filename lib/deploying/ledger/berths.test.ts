import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '@/lib/core/ids';
import { openStore, type Store } from '@/lib/store/store';
import { startTestPostgres, type TestPostgres } from '@/lib/store/test-postgres';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { takeBerth } from './berths';

// Several processes that share a database, each with connections of its own: only such can meet at the same place.
let postgres: TestPostgres;
const stores: Store[] = [];
beforeAll(async () => {
  postgres = await startTestPostgres();
  const { url } = postgres;
  for (let count = 0; url && count < 2; count++) stores.push(await openStore({ dataDir: '', databaseUrl: url }));
}, 60_000);
afterAll(async () => {
  for (const store of stores) await store.close();
  await postgres.stop();
});
beforeEach(({ skip }) => {
  if (stores.length === 0) skip(postgres.missing);
});

test.each([
  ['one place', 1, 12],
  ['some places', 5, 12],
  ['a place for each', 12, 12],
])('of many servers that are booted at once by two processes each place has one: %s', async (_what, places, servers) => {
  const [store] = stores;
  if (!store) throw new Error('no database');
  const id = await new World(store).deploy(clusterPlan(0));
  const reserved = { site: 'lab', reservation: newId('reservation'), places };
  for (let round = 0; round < 5; round++) {
    const taken = await Promise.all(
      Array.from({ length: servers }, (_, index) => takeBerth(stores[index % 2] ?? store, reserved, id, `server-${index}`)),
    );
    expect(taken.filter(Boolean)).toHaveLength(places);
    const rows = await store.db.selectFrom('berths').select(['place', 'key']).where('reservation', '=', reserved.reservation).execute();
    expect(rows.map(({ place }) => place).sort((a, b) => a - b)).toEqual(Array.from({ length: places }, (_, index) => index + 1));
    expect(new Set(rows.map(({ key }) => key)).size).toBe(places);
    await store.db.deleteFrom('berths').execute();
  }
});
