import type { Insertable, Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { batched } from '@/lib/store/batch';
import type { Schema } from '@/lib/store/schema';

interface Use {
  userId: string;
  /** id of the row that holds the secret, or where else it is kept */
  subject: string;
  kind: string;
  /** why it is needed now; null: that is in the audit already */
  use: string | null;
}

/**
 * Opens a secret with a row in the audit: `secret-used`, or `secret-use-failed` with the error's code. A secret is handed
 * out only when its row is written, now or before.
 */
export async function audited<T>(parts: { db: Kysely<Schema>; clock: Clock }, of: Use, open: () => Promise<T>): Promise<T> {
  const note = (action: string, more: object = {}) =>
    writerOf(parts.db)({
      at: parts.clock.now(),
      user_id: of.userId,
      action,
      subject: of.subject,
      data: JSON.stringify({ kind: of.kind, use: of.use, ...more }),
    });
  let value: T;
  try {
    value = await open();
  } catch (error) {
    await note('secret-use-failed', { code: AppError.from(error).code });
    throw error;
  }
  if (of.use !== null) await note('secret-used');
  return value;
}

type Row = Insertable<Schema['audit']>;
const writers = new WeakMap<Kysely<Schema>, (row: Row) => Promise<void>>();

// A person with credentials for forty sites opens forty secrets at once.
function writerOf(db: Kysely<Schema>): (row: Row) => Promise<void> {
  const writer = writers.get(db) ?? batched((rows: Row[]) => db.insertInto('audit').values(rows).execute());
  writers.set(db, writer);
  return writer;
}
