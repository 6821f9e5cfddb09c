import { sql, type Transaction } from 'kysely';
import { storableText } from '@/lib/core/storable';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import { announceEvents, type NewEvent, storableEvent } from './events';
import type { Node } from './ledger';
import { nodeRowOf } from './write';

/** What the messages of a node's agent made of it, and what they said. */
export interface Heard {
  node: Node;
  lines: { step: string; at: Date; text: string }[];
  events: NewEvent[];
  /** whether anything but output came */
  changed: boolean;
}

/** Keeps what was heard of a node, in the transaction in which its row was read: all by one statement, the same for however much it was. */
export async function writeHeard(
  store: Store,
  trx: Transaction<Schema>,
  { node, lines, events, changed }: Heard,
  channel: Node['channel'],
  now: Date,
): Promise<void> {
  const { id, key, deployment_id } = node;
  const { seq, state, steps, outputs, facts, problem, deadline_at, heard_at } = node;
  const { run_from, run_only, host_key, admissions, events_told, log_bytes, seals } = node;
  const told = events.map(storableEvent);
  const printed = lines.map(({ text, ...line }) => ({ ...line, text: storableText(text) }));
  const tells = [
    ...(events.length > 0 ? [store.telling('events', deployment_id).as('events')] : []),
    ...(lines.length > 0 ? [store.telling('logs', deployment_id).as('logs')] : []),
  ];
  await trx
    .with('heard', (db) =>
      db
        .updateTable('nodes')
        .set(({ eb }) => ({
          ...nodeRowOf({ seq, heard_at, deadline_at, channel, run_from, run_only, events_told, log_bytes, seals }),
          ...(changed
            ? { ...nodeRowOf({ state, steps, outputs, facts, problem, host_key, admissions }), version: eb('version', '+', 1) }
            : {}),
        }))
        .where('id', '=', id),
    )
    .with('told', (db) =>
      db
        .insertInto('events')
        .columns(['deployment_id', 'at', 'level', 'stage', 'subject', 'message', 'data'])
        .expression(
          sql`select ${deployment_id}::text, ${now}::timestamptz, level, stage, subject, message, data
            from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
            as event (level text, stage text, subject text, message text, data jsonb)`,
        ),
    )
    .with('printed', (db) =>
      db
        .insertInto('log_lines')
        .columns(['deployment_id', 'node', 'step', 'at', 'text'])
        .expression(
          sql`select ${deployment_id}::text, ${key}::text, step, at, text
            from jsonb_to_recordset(${JSON.stringify(printed)}::jsonb) as line (step text, at timestamptz, text text)`,
        ),
    )
    .selectNoFrom(tells.length > 0 ? tells : [sql`1`.as('events')])
    .execute();
  announceEvents(events);
}
