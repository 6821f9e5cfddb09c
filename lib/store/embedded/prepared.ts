import { type PGlite, parse, protocol } from '@electric-sql/pglite';

/** What a statement gives: its rows by the names of their columns, of which types these are, and how many rows it has changed. */
interface Result<T> {
  rows: T[];
  fields: { name: string; dataTypeID: number }[];
  affectedRows?: number;
}

interface Statements {
  query<T>(text: string, params?: readonly unknown[]): Promise<Result<T>>;
  /** Several statements without parameters. */
  exec(text: string): Promise<{ rows: Record<string, unknown>[] }[]>;
}

interface Transaction extends Statements {
  rollback(): Promise<void>;
}

/** PostgreSQL with one connection. Statements wait while a transaction is open. */
export interface Database extends Statements {
  readonly ready: boolean;
  readonly closed: boolean;
  readonly waitReady: Promise<void>;
  /** Committed once `work` has come to its end, unless it fails. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** @returns what ends the listening */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

type Messages = Parameters<typeof parse.parseResults>[0];

interface Prepared {
  name: string;
  /** PostgreSQL's numbers of its parameters' types */
  types: number[];
  /** what describes its rows, where it gives any */
  columns: Messages;
}

/** Statements that are kept; each takes the database up to 100 KB. */
const most = 128;
const { serialize } = protocol;
/** What makes statements that are prepared another thing than they were. */
const definition = /\b(?:create|alter|drop)\b/i;

/**
 * PGlite, by which each statement is read and planned once, and then run by one message: its own `query` sends six, and has it read and planned each time, which
 * takes thrice as long. https://www.postgresql.org/docs/17/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 * @param breathe awaited before each: all of PGlite is done by promises that are met at once
 */
export function withPrepared(pglite: PGlite, breathe?: () => Promise<void> | undefined): Database {
  const known = new Map<string, Prepared>();
  let made = 0;

  const send = (...parts: Uint8Array[]): Promise<Messages> =>
    pglite.execProtocolStream(Buffer.concat([...parts, serialize.sync()]), { syncToFs: false });

  async function prepare(text: string): Promise<Prepared> {
    const found = known.get(text);
    if (found) {
      known.delete(text);
      known.set(text, found);
      return found;
    }
    const [oldest] = known.size < most ? [] : known;
    if (oldest) known.delete(oldest[0]);
    made += 1;
    const name = `s${made}`;
    const gone = oldest ? [serialize.close({ type: 'S', name: oldest[1].name })] : [];
    const messages = await send(...gone, serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const statement: Prepared = {
      name,
      types: parse.parseDescribeStatementResults(messages),
      columns: messages.filter((message) => message.name === 'rowDescription'),
    };
    known.set(text, statement);
    return statement;
  }

  const written = (value: unknown, type: number | undefined): string | null =>
    value === null || value === undefined ? null : (pglite.serializers[type ?? 0] ?? String)(value);

  const run = <T>(text: string, params: readonly unknown[] = []): Promise<Result<T>> =>
    pglite.runExclusive(async () => {
      await breathe?.();
      const { name, types, columns } = await prepare(text);
      const values = params.map((value, index) => written(value, types[index]));
      const messages = await send(serialize.bind({ statement: name, values }), serialize.execute({}));
      const [result] = parse.parseResults([...columns, ...messages], pglite.parsers);
      // what its columns hold is known to whoever asks
      return (result ?? { rows: [], fields: [] }) as Result<T>;
    });

  // at once: whoever comes between the two would have a statement that is known and is not there
  const forget = (): Promise<void> =>
    pglite.runExclusive(async () => {
      await send(serialize.query('deallocate all'));
      known.clear();
    });
  // … and not in a transaction of others, which may take nothing more
  const forgetInTurn = () => pglite._runExclusiveTransaction(forget);

  async function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let defines = false;
    try {
      return await pglite.transaction((tx) =>
        work({
          query: async (text, params) => {
            if (tx.closed) throw new Error('The transaction has ended');
            return await run(text, params);
          },
          exec: async (text) => {
            const results = await tx.exec(text);
            if (definition.test(text)) {
              defines = true;
              await forget();
            }
            return results;
          },
          rollback: () => tx.rollback(),
        }),
      );
    } finally {
      // what was defined in it may have been taken back
      if (defines) await forgetInTurn();
    }
  }

  return {
    get ready() {
      return pglite.ready;
    },
    get closed() {
      return pglite.closed;
    },
    waitReady: pglite.waitReady,
    query: (text, params) => pglite._runExclusiveTransaction(() => run(text, params)),
    exec: async (text) => {
      const results = await pglite.exec(text);
      if (definition.test(text)) await forgetInTurn();
      return results;
    },
    transaction,
    listen: (channel, onPayload) => pglite.listen(channel, onPayload),
    close: () => pglite.close(),
  };
}
