import { Kysely, PostgresDialect } from 'kysely';
import { Client, Pool, types } from 'pg';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { bytea, type Engine, int8, numeric } from './engine';
import { keepStatements } from './kept';
import type { Schema } from './schema';

const reconnectMs = 1000;

/**
 * A PostgreSQL server.
 * @param url as in DATABASE_URL
 * @throws AppError `not-ready` when the server does not answer
 */
export async function openServer(url: Secret): Promise<Engine> {
  const connectionString = url.reveal();
  const pool = new Pool({ connectionString, max: 10, types: { getTypeParser: parserFor } });
  pool.on('connect', keepStatements);
  pool.on('error', () => {}); // an idle connection that broke is replaced at its next use
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw unreachable(error);
  }
  const listener = new Listener(connectionString);
  return {
    kind: 'server',
    db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
    queue: { connectionString, max: 4 },
    async inTransaction(work) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(async (text) => {
          const answer = await client.query(text);
          return (Array.isArray(answer) ? answer.at(-1) : answer).rows;
        });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
    listen: (channel, onPayload) => listener.listen(channel, onPayload),
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

// pg's own signature: the answer's type depends on the format asked for
function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === int8 || oid === numeric) return Number;
  if (oid === bytea) return (text: string) => Buffer.from(text.slice(2), 'hex');
  return types.getTypeParser(oid, format === 'binary' ? 'text' : format);
}

function unreachable(error: unknown): AppError {
  return new AppError({
    code: 'not-ready',
    title: 'The database does not answer',
    detail: `The PostgreSQL server that DATABASE_URL names could not be used: ${error instanceof Error ? error.message : 'no reason given'}.`,
    remedy:
      'Check that the server runs, that the address, user and password in DATABASE_URL are right, and that it may be reached from here.',
  });
}

/** One connection that listens on all channels asked for, and comes back after it was cut. */
class Listener {
  readonly #connectionString: string;
  readonly #subscribers = new Map<string, Set<(payload: string) => void>>();
  #client: Promise<Client> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
  }

  async listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>> {
    const known = this.#subscribers.get(channel);
    const subscribers = known ?? new Set();
    subscribers.add(onPayload);
    this.#subscribers.set(channel, subscribers);
    this.#client ??= this.#connect();
    const client = await this.#client;
    if (!known) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return async () => {
      subscribers.delete(onPayload);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  async #connect(): Promise<Client> {
    const client = new Client({ connectionString: this.#connectionString, keepAlive: true });
    client.on('notification', ({ channel, payload }) => {
      for (const tell of this.#subscribers.get(channel) ?? []) tell(payload ?? '');
    });
    const lost = () => this.#reconnect();
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    for (const channel of this.#subscribers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return client;
  }

  #reconnect(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#client = this.#connect();
      this.#client.catch(() => this.#reconnect());
    }, reconnectMs);
    this.#timer.unref();
  }
}
