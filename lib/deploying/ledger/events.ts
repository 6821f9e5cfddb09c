import type { Kysely, Transaction } from 'kysely';
import { errorCodes } from '@/lib/core/errors';
import { announce } from '@/lib/core/signals';
import { storable, storableText } from '@/lib/core/storable';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';

/** One line of a deployment's history, before it has a number and a time. */
export interface NewEvent {
  level: 'info' | 'warning' | 'error';
  stage: 'plan' | 'resource' | 'node' | 'step' | 'deployment' | 'person';
  /** key of the resource or node */
  subject: string | null;
  message: string;
  data?: Record<string, unknown>;
}

/** Writes events in the transaction of what they tell, and tells listeners at its commit. */
export async function writeEvents(
  store: Store,
  trx: Transaction<Schema>,
  deploymentId: string,
  events: NewEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events
    .map(storableEvent)
    .map(({ data, ...event }) => ({ ...event, deployment_id: deploymentId, at, data: JSON.stringify(data) }));
  await trx
    .with('written', (db) => db.insertInto('events').values(rows))
    .selectNoFrom(store.telling('events', deploymentId).as('told'))
    .execute();
  announceEvents(events);
}

/** An event as the database can keep it: clouds and consoles are quoted in it. */
export function storableEvent({ level, stage, subject, message, data }: NewEvent) {
  return { level, stage, subject, message: storableText(message), data: storable(data ?? {}) };
}

/** Counts events once they are written. */
export function announceEvents(events: readonly NewEvent[]): void {
  for (const { level, data } of events) announce('event', { level, code: codeOf(data?.problem) });
}

/** Number of the newest event; 0 where there is none. */
export async function lastEventId(db: Kysely<Schema>, deploymentId: string): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max('id').as('last'))
    .where('deployment_id', '=', deploymentId)
    .executeTakeFirst();
  return row?.last ?? 0;
}

// Of the closed set, so that no text makes a series of its own.
function codeOf(problem: unknown): string {
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
  return typeof code === 'string' && code in errorCodes ? code : 'none';
}
