import { join } from 'node:path';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Config } from '@/lib/core/config';
import { openEmbedded } from './embedded';
import type { Engine } from './engine';
import { takeLock } from './lock';
import { migrate, readMigrations } from './migrate';
import { PassQueue } from './queue';
import type { Schema } from './schema';
import { openServer } from './server';
import { keepTidy } from './tidy';
import { isAmongFirst } from './turns';

/**
 * `events` and `logs` carry a deployment's id when it has a new event or log line; `wake` asks its worker to look now; `passes` carries a
 * person's id when something that lets them in has ended (triggers tell it).
 */
export type Channel = 'events' | 'logs' | 'wake' | 'passes';

/** The database, its notifications and its queue. One a process: see `getStore`. */
export interface Store {
  readonly kind: Engine['kind'];
  /** Inside a transaction use only the transaction: the embedded database has one connection. */
  readonly db: Kysely<Schema>;
  readonly queue: PassQueue;
  /**
   * What, selected in the statement by which something is written, tells every listener, of every process, of it: within a transaction at its commit. Payloads
   * stay under 8000 bytes.
   */
  telling(channel: Channel, payload: string): RawBuilder<unknown>;
  /** @returns what ends the listening */
  listen(channel: Channel, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  /** Asks for a look at a deployment, see {@link PassQueue.enqueue}; whether it is one of its owner's first is found out. */
  enqueuePass(deploymentId: string, options?: { after?: number }): Promise<void>;
  /** @throws what the database throws when it does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings it up to date: the PostgreSQL server of `databaseUrl`, else the embedded one at `<dataDir>/db`.
 * @throws AppError `conflict` when another process has the embedded database open, `not-ready` when a server does not answer or the schema does not fit
 */
export async function openStore(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<Store> {
  if (config.databaseUrl) return prepare(await openServer(config.databaseUrl));
  const release = takeLock(join(config.dataDir, 'db.lock'));
  try {
    const store = await prepare(await openEmbedded({ folder: join(config.dataDir, 'db') }), release);
    const stopTidying = keepTidy(store.db);
    return {
      ...store,
      async close() {
        stopTidying();
        await store.close();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function prepare(engine: Engine, release?: () => void): Promise<Store> {
  try {
    await migrate(engine, readMigrations());
  } catch (error) {
    await engine.close();
    throw error;
  }
  return storeOn(engine, release);
}

/** The store on an engine whose schema is up to date. */
export function storeOn(engine: Engine, release: () => void = () => {}): Store {
  const queue = new PassQueue(engine.queue);
  return {
    kind: engine.kind,
    db: engine.db,
    queue,
    telling,
    listen: (channel, onPayload) => engine.listen(nameOf(channel), onPayload),
    async enqueuePass(deploymentId, options) {
      await queue.enqueue(deploymentId, { ...options, first: await isAmongFirst(engine.db, deploymentId) });
      if (!options?.after) await sql`select ${telling('wake', deploymentId)}`.execute(engine.db);
    },
    async ping() {
      await sql`select 1`.execute(engine.db);
    },
    async close() {
      await queue.close();
      await engine.close();
      release();
    },
  };
}

function telling(channel: Channel, payload: string): RawBuilder<unknown> {
  return sql`pg_notify(${nameOf(channel)}, ${payload})`;
}

function nameOf(channel: Channel): string {
  return `transat_${channel}`;
}
