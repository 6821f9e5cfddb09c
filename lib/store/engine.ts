import type { Kysely } from 'kysely';
import type { ConstructorOptions } from 'pg-boss';
import type { Schema } from './schema';

/** Runs SQL text of one or several statements in an open transaction; gives the rows of the last. */
type RunScript = (text: string) => Promise<Record<string, unknown>[]>;

/** What differs between the embedded database and a PostgreSQL server. All else in this room works on both. */
export interface Engine {
  kind: 'embedded' | 'server';
  db: Kysely<Schema>;
  /** how the job queue reaches the database */
  queue: ConstructorOptions;
  inTransaction<T>(work: (run: RunScript) => Promise<T>): Promise<T>;
  /** Calls `onPayload` for each NOTIFY on the channel, until the returned function is called. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** PostgreSQL's type numbers whose JavaScript form differs between PGlite and pg. */
export const int8 = 20;
export const numeric = 1700;
export const bytea = 17;
