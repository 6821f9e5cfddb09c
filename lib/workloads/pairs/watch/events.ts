import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { AppError, type Problem } from '@/lib/core/errors';
import type { PairEventKind } from '@/lib/store/rows/peer';
import type { Schema } from '@/lib/store/schema';
import type { WorkloadPorts } from '../../types';
import { needPair } from '../rows';

/** So many are kept of a pair. */
const MOST_EVENTS = 200;

/** Something that happened to a pair. `at` is ISO 8601. */
interface PairEvent {
  id: string;
  at: string;
  kind: PairEventKind;
  values: Record<string, string | number>;
  problem: Problem | null;
}

export interface Happening {
  kind: PairEventKind;
  values?: Record<string, string | number>;
  error?: unknown;
}

/** Writes down what happened to pairs, and forgets what is older than the newest {@link MOST_EVENTS} of each. */
export async function noteEvent(
  db: Kysely<Schema>,
  pairs: readonly string[],
  at: Date,
  { kind, values = {}, error }: Happening,
): Promise<void> {
  if (pairs.length === 0) return;
  const problem = error === undefined ? null : JSON.stringify(AppError.from(error).toProblem());
  await db
    .insertInto('pair_events')
    .values(pairs.map((pair_id) => ({ pair_id, at, kind, values: JSON.stringify(values), problem })))
    .execute();
  await db
    .deleteFrom('pair_events')
    .where('pair_id', 'in', pairs)
    .where(
      sql<boolean>`id < (select min(id) from (select id from pair_events kept where kept.pair_id = pair_events.pair_id order by id desc limit ${MOST_EVENTS}) newest)`,
    )
    .execute();
}

/** What happened to a person's pair, the newest first. @throws AppError `not-found` */
export async function pairEvents(ports: Pick<WorkloadPorts, 'store'>, userId: string, id: string): Promise<PairEvent[]> {
  await needPair(ports, userId, id);
  const rows = await ports.store.db
    .selectFrom('pair_events')
    .select(['id', 'at', 'kind', 'values', 'problem'])
    .where('pair_id', '=', id)
    .orderBy('id', 'desc')
    .limit(MOST_EVENTS)
    .execute();
  return rows.map((row) => ({ ...row, id: String(row.id), at: row.at.toISOString() }));
}
