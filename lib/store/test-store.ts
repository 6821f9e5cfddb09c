import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dumpEmbedded, openEmbedded } from './embedded';
import type { Engine } from './engine';
import { migrate, readMigrations } from './migrate';
import { PassQueue } from './queue';
import { type Store, storeOn } from './store';

/** A migrated database in memory, for tests. Starts from a dump kept under node_modules/.cache, made at the first call. */
export async function openTestStore(): Promise<Store> {
  return storeOn(await openTestEngine());
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
