import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { fromPglite } from 'pg-boss';
import { bytea, type Engine, int8, numeric } from './engine';
import type { Schema } from './schema';

/**
 * PostgreSQL inside this process.
 * @param source a folder (the caller holds its lock), or nothing for a database in memory; `image` is a dump to start from
 */
export async function openEmbedded(source: { folder?: string; image?: Blob }): Promise<Engine> {
  if (source.folder) mkdirSync(dirname(source.folder), { recursive: true });
  const pglite = await PGlite.create({
    dataDir: source.folder,
    loadDataDir: source.image,
    parsers: {
      [int8]: Number,
      [numeric]: Number,
      [bytea]: (text: string) => Buffer.from(text.slice(2), 'hex'),
    },
  });
  return engineOn(pglite);
}

/** A dump of an embedded database after `prepare`, to start others from. */
export async function dumpEmbedded(prepare: (engine: Engine) => Promise<void>): Promise<Blob> {
  const pglite = await PGlite.create();
  await prepare(engineOn(pglite));
  const image = await pglite.dumpDataDir('none');
  await pglite.close();
  return image;
}

function engineOn(pglite: PGlite): Engine {
  return {
    kind: 'embedded',
    db: new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) }),
    queue: { db: fromPglite(pglite), backend: 'pglite' },
    inTransaction: (work) => pglite.transaction((tx) => work(async (text) => (await tx.exec(text)).at(-1)?.rows ?? [])),
    listen: (channel, onPayload) => pglite.listen(channel, onPayload),
    close: () => pglite.close(),
  };
}
