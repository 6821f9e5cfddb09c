import { Turns } from '@/lib/core/precedence';
import type { Database } from './prepared';

/** A database of which a statement, or a whole transaction, that somebody waits for goes before those of what works in the background. */
export function inTurn(database: Database): Database {
  const turns = new Turns();
  return {
    get ready() {
      return database.ready;
    },
    get closed() {
      return database.closed;
    },
    waitReady: database.waitReady,
    query: (text, params) => turns.take(() => database.query(text, params)),
    exec: (text) => turns.take(() => database.exec(text)),
    transaction: (work) => turns.take(() => database.transaction(work)),
    listen: (channel, onPayload) => database.listen(channel, onPayload),
    close: () => database.close(),
  };
}
