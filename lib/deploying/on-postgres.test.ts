import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '@/lib/store/store';
import { startTestPostgres, type TestPostgres } from '@/lib/store/test-postgres';
import { writeEvents } from './ledger/events';
import { refresh } from './ledger/state/refresh';
import { clusterPlan } from './testing/fixture-plan';
import { World } from './testing/world';

// What the embedded database, which has one connection, never shows: several transactions at once.
let postgres: TestPostgres;
let store: Store | undefined;
beforeAll(async () => {
  postgres = await startTestPostgres();
  if (postgres.url) store = await openStore({ dataDir: '', databaseUrl: postgres.url });
});
afterAll(async () => {
  await store?.close();
  await postgres.stop();
});

test('nodes of one deployment that are heard at once wait for each other, and none is refused', async ({ skip }) => {
  if (!store) return skip(postgres.missing);
  const on = store;
  const world = new World(on);
  const id = await world.deploy(clusterPlan(2));
  const written = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const heard = written.map(({ resolve }, index) =>
    on.db.transaction().execute(async (trx) => {
      const event = { level: 'info', stage: 'node', subject: `worker-${index + 1}`, message: `heard ${index + 1}` } as const;
      await writeEvents(on, trx, id, [event], world.clock.now());
      resolve();
      await Promise.all(written.map(({ promise }) => promise)); // both have written before either goes on
      await refresh(on, trx, id, world.clock.now());
    }),
  );
  await Promise.all(heard);
  expect((await world.events(id)).filter((message) => message.startsWith('heard')).sort()).toEqual(['heard 1', 'heard 2']);
});

test('no row is locked as if its key would change: whoever has written of it holds that up, and two who have hold up each other', () => {
  const lib = join(import.meta.dirname, '..');
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => /\.forUpdate\(|\bfor update\b/i.test(readFileSync(join(lib, file), 'utf8')))).toEqual([]);
});
