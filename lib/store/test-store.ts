import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Secret } from '@/lib/core/secret';
import { dumpEmbedded, openEmbedded } from './embedded';
import type { Engine } from './engine';
import { migrate, readMigrations } from './migrate';
import { PassQueue } from './queue';
import { openStore, type Store, storeOn } from './store';

/**
 * A migrated database in memory, for tests. Starts from a dump kept under node_modules/.cache, made at the first call. With
 * TRANSAT_TEST_DATABASE_URL it is a new database of that PostgreSQL server, dropped when the store is closed.
 */
export async function openTestStore(): Promise<Store> {
  const server = process.env.TRANSAT_TEST_DATABASE_URL;
  return server ? await openOnServer(server) : storeOn(await openTestEngine());
}

async function openOnServer(server: string): Promise<Store> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  const store = await openStore({ dataDir: '', databaseUrl: new Secret(Object.assign(new URL(server), { pathname: name }).href) });
  return {
    ...store,
    async close() {
      await store.close();
      await run(`drop database ${name} with (force)`);
    },
  };
}

/** The same, below the store. */
export async function openTestEngine(): Promise<Engine> {
  return openEmbedded({ image: await template() });
}

async function template(): Promise<Blob> {
  const migrations = readMigrations();
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const { sha256 } of migrations) hash.update(sha256);
  const folder = 'node_modules/.cache/transat';
  const file = join(folder, `${hash.digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(file)) {
    const image = await dumpEmbedded(async (engine) => {
      await migrate(engine, migrations);
      const queue = new PassQueue(engine.queue);
      await queue.open();
      await queue.close();
    });
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, Buffer.from(await image.arrayBuffer()));
    renameSync(`${file}.${process.pid}`, file);
  }
  return new Blob([readFileSync(file)]);
}
