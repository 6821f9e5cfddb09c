import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { fromPglite } from 'pg-boss';
import { breather } from '@/lib/core/breathe';
import { bytea, type Engine, int8, numeric } from '../engine';
import type { Schema } from '../schema';
import { inTurn } from './in-turn';
import { type Database, withPrepared } from './prepared';

// PostgreSQL's own 128 MB of buffers are touched one by one and never given back; the files are in the system's cache anyway.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'maintenance_work_mem=16MB'];

// To optimise 9 MB of WebAssembly takes 200 MB and seconds at every start, and makes only searches of many rows quicker, which are not done here.
setFlagsFromString('--liftoff-only');

/** For how long, in milliseconds, statements may follow one another before requests are let in: whoever reads something would wait for the pass of a large deployment. */
const mostMs = 2;

/**
 * PostgreSQL inside this process.
 * @param source a folder (the caller holds its lock), or nothing for a database in memory; `image` is a dump to start from
 */
export async function openEmbedded(source: { folder?: string; image?: Blob }): Promise<Engine> {
  if (source.folder) mkdirSync(dirname(source.folder), { recursive: true });
  const pglite = await PGlite.create({
    dataDir: source.folder,
    startParams,
    loadDataDir: source.image,
    parsers: {
      [int8]: Number,
      [numeric]: Number,
      [bytea]: (text: string) => Buffer.from(text.slice(2), 'hex'),
    },
  });
  // tests keep what they work on in memory, and replay it in the same order
  return engineOn(source.folder ? inTurn(withPrepared(pglite, breather(mostMs))) : withPrepared(pglite));
}

/** A dump of an embedded database after `prepare`, to start others from. */
export async function dumpEmbedded(prepare: (engine: Engine) => Promise<void>): Promise<Blob> {
  const pglite = await PGlite.create({ startParams });
  await prepare(engineOn(withPrepared(pglite)));
  const image = await pglite.dumpDataDir('none');
  await pglite.close();
  return image;
}

/** A copy of the embedded database in a folder, compressed. The caller holds its lock. */
export async function copyEmbedded(folder: string): Promise<Blob> {
  const pglite = await PGlite.create({ dataDir: folder, startParams });
  try {
    return await pglite.dumpDataDir('gzip');
  } finally {
    await pglite.close();
  }
}

function engineOn(database: Database): Engine {
  return {
    kind: 'embedded',
    db: new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: database }) }),
    queue: { db: fromPglite(database), backend: 'pglite' },
    inTransaction: (work) => database.transaction((tx) => work(async (text) => (await tx.exec(text)).at(-1)?.rows ?? [])),
    listen: (channel, onPayload) => database.listen(channel, onPayload),
    close: () => database.close(),
  };
}
