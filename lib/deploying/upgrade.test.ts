import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { identitySchema } from '@/lib/nodes/protocol';
import { openEmbedded } from '@/lib/store/embedded';
import { migrate, readMigrations } from '@/lib/store/migrate';
import type { Schema } from '@/lib/store/schema';
import { storeOn } from '@/lib/store/store';
import { requestAction } from './requests/request-action';
import { leftOf, standingWrong } from './testing/chaos/invariants';
import { World } from './testing/world';

/**
 * All that a version of 28 November 2026 had kept of five deployments under way, with what then stood at the site: as `to_jsonb` gave each row. The first was only asked for; of the
 * second a port had been made and the answer was lost; the nodes of the third booted; the fourth was being changed, its front-end at work; the last was being deleted.
 */
const recorded = z
  .object({
    now: z.coerce.date(),
    ids: z.object({ asked: z.string(), making: z.string(), booting: z.string(), changing: z.string(), going: z.string() }),
    agents: z.array(z.object({ id: z.string(), node: z.string(), token: z.string(), identity: identitySchema })),
    things: z.array(
      z.looseObject({ id: z.string(), name: z.string(), kind: z.string(), madeAt: z.number(), userData: z.string().optional() }),
    ),
    tables: z.record(z.string(), z.array(z.looseObject({}))),
  })
  .parse(JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, 'testing/recorded/2026-11-28.json.gz'))).toString('utf8')));

// The database makes the others of what stands in these.
async function writable(db: Kysely<Schema>, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'`.execute(db);
  return rows.map(({ name }) => name);
}

/** The world in which that version was stopped, with its database brought up to this one. */
async function goOn(): Promise<World> {
  const then = new Set(recorded.tables.migrations?.map(({ name }) => name));
  const engine = await openEmbedded({});
  const migrations = readMigrations();
  await migrate(
    engine,
    migrations.filter(({ name }) => then.has(name)),
  );
  await engine.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx); // rows come in any order
    for (const [table, rows] of Object.entries(recorded.tables)) {
      if (table === 'migrations') continue;
      const columns = sql.join((await writable(trx, table)).map((name) => sql.id(name)));
      const from = sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::text::jsonb)`;
      await sql`insert into ${sql.table(table)} (${columns}) overriding system value select ${columns} from ${from}`.execute(trx);
      const { rows: numbered } = await sql<{ name: string }>`select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = ${table} and is_identity = 'YES'`.execute(trx);
      for (const { name } of numbered) {
        await sql`select setval(pg_get_serial_sequence(${table}, ${name}), max(${sql.id(name)})) from ${sql.table(table)}`.execute(trx);
      }
    }
  });
  const applied = await migrate(engine, migrations);
  expect(applied.length).toBeGreaterThan(5);
  const world = new World(storeOn(engine), new ManualClock(recorded.now));
  world.cloud.keep(
    recorded.things.map(({ userData, ...thing }) => ({ ...thing, ...(userData && { userData: new Secret(gzipSync(userData)) }) })),
  );
  for (const { id, node, token, identity } of recorded.agents) {
    Object.assign((await world.agentOf(id, node)) ?? {}, { token: new Secret(token), identity });
  }
  return world;
}

test('deployments that an earlier version was in the middle of go on as they were asked for, and leave nothing', async () => {
  const world = await goOn();
  const { asked, making, booting, changing, going } = recorded.ids;
  const stand = [asked, making, booting, changing];
  for (const id of stand) expect([id, await world.settle(id)]).toEqual([id, 'ready']);
  for (const id of stand) expect([id, await standingWrong(world, id)]).toEqual([id, []]);
  expect((await world.ledger(changing)).nodes.map(({ key }) => key)).toEqual(['front', 'worker-2']);
  expect(await world.settle(going)).toBe('deleted');
  for (const id of stand) {
    await requestAction(world.ports, id, { action: 'delete' });
    expect([id, await world.settle(id)]).toEqual([id, 'deleted']);
  }
  expect(leftOf(world, new Set())).toEqual([]);
  expect(world.faultsSeen).toEqual([]);
  await world.ports.store.close();
});
