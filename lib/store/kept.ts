import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** Statements that a process gives names to; those whose lists differ in length are each another one. */
const most = 256;
/** From its third time on: of what is asked once, nothing is kept. */
const from = 3;
/** A newer version of the product may let them give more columns than when they were planned, which PostgreSQL then refuses. */
const all = /\*/;

/**
 * Names for the statements that come again and again. Those that give all columns have none: beside this one a newer version may work, which adds some
 * (`cached plan must not change result type`, https://www.postgresql.org/docs/17/sql-prepare.html).
 * @returns the name of a statement, or undefined for one that is to be read and planned each time
 */
export function namer(): (text: string) => string | undefined {
  const times = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known || names.size >= most || all.test(text)) return known;
    const time = (times.get(text) ?? 0) + 1;
    if (time < from) {
      if (times.size >= 4 * most) times.clear();
      times.set(text, time);
      return undefined;
    }
    times.delete(text);
    const name = createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  };
}

// of the process: each connection of the pool comes to know what others know
const nameOf = namer();

/** Has PostgreSQL read and plan once what comes on a connection again and again: that takes it longer than to run it. */
export function keepStatements(client: ClientBase): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  // the one of `query`'s ways by which statements with parameters come; the others are as they were
  const named = (text: unknown, values: unknown, ...more: unknown[]) => {
    const name = typeof text === 'string' && Array.isArray(values) && more.length === 0 ? nameOf(text) : undefined;
    return name === undefined ? query(text, values, ...more) : query({ name, text, values });
  };
  client.query = named as ClientBase['query'];
}
