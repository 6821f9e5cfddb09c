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
  ['one place', [1], 12],
  ['some places', [5], 12],
  ['a place for each', [12], 12],
  ['named hosts, each with a reservation of its own', [1, 1, 1, 1, 1], 12],
  ['several reservations', [2, 3, 1], 12],
])('of many servers that are booted at once by two processes each place has one: %s', async (_what, each, servers) => {
  const [store] = stores;
  if (!store) throw new Error('no database');
  const id = await new World(store).deploy(clusterPlan(0));
  const reservations = each.map((places) => ({ id: newId('reservation'), places }));
  const all = reservations.flatMap(({ id: reservation, places }) =>
    Array.from({ length: places }, (_, index) => `${reservation} ${index + 1}`),
  );
  for (let round = 0; round < 5; round++) {
    const taken = await Promise.all(
      Array.from({ length: servers }, (_, index) => {
        // no two see the reservations in the same order
        const seen = index % 3 === 0 ? reservations.toReversed() : reservations;
        return takeBerth(stores[index % 2] ?? store, { site: 'lab', reservations: seen }, id, `server-${index}`);
      }),
    );
    expect(taken.filter(Boolean)).toHaveLength(all.length);
    const rows = await store.db.selectFrom('berths').select(['reservation', 'place', 'key']).where('deployment_id', '=', id).execute();
    expect(rows.map(({ reservation, place }) => `${reservation} ${place}`).sort()).toEqual(all.toSorted());
    // each is told on which it has its place, also when it asks again
    for (const { key, reservation } of rows) {
      expect(taken[Number(key.split('-')[1])]).toBe(reservation);
      expect(await takeBerth(store, { site: 'lab', reservations }, id, key)).toBe(reservation);
    }
    await store.db.deleteFrom('berths').execute();
  }
});
