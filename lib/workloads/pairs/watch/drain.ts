import { type Selectable, sql } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { KeptDrain, PairRow } from '@/lib/store/rows/pair';
import { openCluster } from '../../clusters/open';
import type { WorkloadPorts } from '../../types';
import { needPair } from '../rows';
import { forgetDrainToken, needsToken, sealToken } from '../token';
import { drillReport } from './drill';
import { noteEvent } from './events';
import { mendErrand, mendOrigin } from './mend';

const DRILL_MS = 5 * 60_000;

/**
 * Leaves a side of a pair in peace: of the origin all new work goes to the worker, to the worker nothing is handed on. What runs already ends where it is.
 * @param drill only for five minutes, with a report of what crossed
 * @param given.refreshToken for an origin of 4.1 where none is kept: kept until the drain is over
 * @throws AppError `not-found`, `conflict`, `invalid-input`. What the clusters refuse is tried again, and said at the pair
 */
export async function beginDrain(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  given: { side: KeptDrain['side']; drill?: boolean; refreshToken?: string },
): Promise<void> {
  const row = await needPair(ports, userId, id);
  const { origin_id: origin } = row;
  if (row.state !== 'standing' || origin === null) throw notDrained(row.name);
  const { side, drill = false } = given;
  const token = side === 'origin' ? await tokenFor(ports, row, origin, given.refreshToken) : null;
  const at = ports.clock.now();
  const drain: KeptDrain = { side, since: at.getTime(), until: drill ? at.getTime() + DRILL_MS : null, drill };
  await ports.store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('pairs')
      .set({ drain: JSON.stringify(drain), ...(token ? { token } : {}) })
      .where('id', '=', id)
      .where('state', '=', 'standing')
      .where('drain', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw isDrained(row.name);
    await noteEvent(trx, [id], at, {
      kind: drill ? 'drill-begun' : 'drain-begun',
      values: { side, ...(drill ? { seconds: DRILL_MS / 1000 } : {}) },
    });
  });
  await atOnce(ports, origin, id);
}

/** What the row is to keep for the end of the drain; null: nothing more than it has. */
async function tokenFor(ports: WorkloadPorts, row: Selectable<PairRow>, origin: string, given: string | undefined): Promise<Buffer | null> {
  const { client } = await openCluster(ports, row.user_id, origin, 'drain a pair');
  if (!client.abilities.federation) return null;
  if (given) return await sealToken(ports, row.user_id, row.id, given);
  if (!row.token) throw needsToken(row.name);
  return null;
}

/** Ends a drain or a drill, at its time or before. Where there is none, nothing is done. @throws AppError `not-found` */
export async function endDrain(ports: WorkloadPorts, userId: string, id: string): Promise<void> {
  await finish(ports, await needPair(ports, userId, id));
}

/** The pairs whose drill is over. */
export async function overdueDrills({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>): Promise<{ id: string; at: number }[]> {
  const rows = await store.db.selectFrom('pairs').select(['id', 'drain']).where('drain', 'is not', null).execute();
  return rows.flatMap(({ id, drain }) =>
    drain?.until ? [{ id, at: Math.max(0, Math.ceil((drain.until - clock.now().getTime()) / 1000)) }] : [],
  );
}

/** The kind of errand that ends a drill. */
export const drillErrand = 'drill';

/** Ends a drill whose time has come. @returns in how many seconds it is to be ended; null: there is none any more */
export async function endDrill(ports: WorkloadPorts, id: string): Promise<number | null> {
  const row = await ports.store.db.selectFrom('pairs').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row?.drain?.until) return null;
  const left = row.drain.until - ports.clock.now().getTime();
  if (left > 0) return Math.ceil(left / 1000);
  await finish(ports, row);
  return null;
}

async function finish(ports: WorkloadPorts, row: Selectable<PairRow>): Promise<void> {
  const { id, drain } = row;
  if (!drain) return;
  const report = drain.drill ? await drillReport(ports, row, drain) : null;
  await ports.store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('pairs')
      .set({ drain: null, ...(report ? { drill: JSON.stringify(report) } : {}) })
      .where('id', '=', id)
      // another may have ended it, and a new one have begun
      .where(sql<boolean>`drain = ${JSON.stringify(drain)}::jsonb`)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await forgetDrainToken(trx, id);
    const values = { side: drain.side };
    await noteEvent(trx, [id], ports.clock.now(), { kind: drain.drill ? 'drill-ended' : 'drain-ended', values });
  });
  if (row.origin_id !== null && row.state === 'standing') await atOnce(ports, row.origin_id, id);
}

/** Does now what is to be done; what fails stays due. */
async function atOnce(ports: WorkloadPorts, origin: string, pair: string): Promise<void> {
  const again = await mendOrigin(ports, origin);
  const { errands } = ports.store.queue;
  if (again !== null) await errands.ensure([{ errand: `${mendErrand} ${origin}`, after: again }]);
  const row = await ports.store.db.selectFrom('pairs').select('drain').where('id', '=', pair).executeTakeFirst();
  const until = row?.drain?.until;
  if (until) await errands.ensure([{ errand: `${drillErrand} ${pair}`, after: Math.max(0, (until - ports.clock.now().getTime()) / 1000) }]);
}

function notDrained(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” does not stand`,
    detail: 'Only of a pair that was made whole work can be moved to one side.',
    remedy: 'Take it out and make it again.',
  });
}

function isDrained(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `A side of “${name}” is being drained already`,
    detail: 'One drain or drill of a pair goes on at a time.',
    remedy: 'End that one first.',
  });
}
