import { type Selectable, sql } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { PairRow } from '@/lib/store/rows/pair';
import type { WorkloadPorts } from '../../types';
import { aliveUntil } from '../alive';
import { keepToItself, servicesOf, takeOut } from '../perform';
import { takeOutPair } from '../remove';
import { cutOff } from '../rows';
import { openSides } from '../sides';
import { noteEvent } from './events';

type Stored = Selectable<PairRow>;

/** The kind of errand that goes on with a pair of which nobody takes care any more. */
export const recoverErrand = 'pair';
/** Of rows from before it was written down who is at work: it takes four calls, each of which may wait for others. */
const LONGEST_MAKING_MINUTES = 20;

/** The pairs whose maker or remover died, and those that lost a cluster. */
export async function duePairs({ store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>): Promise<string[]> {
  const rows = await store.db.selectFrom('pairs').select('id').where(dead(clock.now())).execute();
  return rows.map(({ id }) => id);
}

const dead = (now: Date) => sql<boolean>`case state
  when 'standing' then origin_id is null or worker_id is null
  when 'broken' then false
  when 'undone' then false
  else coalesce(alive_until, created_at + make_interval(mins => ${LONGEST_MAKING_MINUTES})) < ${now}
end`;

/**
 * Goes on with a pair of which nobody takes care: one that was being made is taken back, one that was being taken out is taken out, and of one whose cluster is gone
 * the other is told. Nothing is thrown: what could not be done is said at the pair.
 */
export async function recoverPair(ports: WorkloadPorts, id: string): Promise<void> {
  const { db } = ports.store;
  const now = ports.clock.now();
  const row = await db.selectFrom('pairs').selectAll().where('id', '=', id).where(dead(now)).executeTakeFirst();
  if (!row) return;
  if (row.state === 'standing') return await bereft(ports, row);
  const begun = await db
    .updateTable('pairs')
    .set({
      state: 'removing',
      token: null,
      token_stays: false,
      alive_until: aliveUntil(ports),
      ...(row.state === 'making' ? { cut_off: true, keeps: false } : {}),
    })
    .where('id', '=', id)
    .where(dead(now))
    .returningAll()
    .executeTakeFirst();
  if (!begun) return;
  const stays = await openSides(ports, begun, 'take back a pair').then(
    (open) => takeOutPair(ports, open, begun),
    (error: unknown) => AppError.from(error),
  );
  if (stays) return;
  if (!begun.cut_off) return void (await db.deleteFrom('pairs').where('id', '=', id).execute());
  const problem = JSON.stringify(cutOff('What was made of it was taken back. Make it again, if it is still wanted.').toProblem());
  await db.updateTable('pairs').set({ state: 'undone', undo: '[]', problem }).where('id', '=', id).execute();
}

/** Of a pair whose cluster is gone: an origin would end again and again with a worker that is none, and a worker would keep keys that open nothing. */
async function bereft(ports: WorkloadPorts, row: Stored): Promise<void> {
  const { db } = ports.store;
  if (row.origin_id === null && row.worker_id === null) return void (await db.deleteFrom('pairs').where('id', '=', row.id).execute());
  const problem = clusterGone(row.origin_id === null ? row.origin_name : row.worker_name);
  try {
    const open = await openSides(ports, row, 'let go of a cluster that is gone');
    const services = servicesOf(row);
    const { problem: stays } = await takeOut(ports, open, services, [{ side: 'origin', undo: 'unshare' }]);
    if (stays) throw stays;
    await keepToItself(ports, open, services);
  } catch (error) {
    const said = { problem: JSON.stringify(AppError.from(error).toProblem()) };
    return void (await db.updateTable('pairs').set(said).where('id', '=', row.id).where('state', '=', 'standing').execute());
  }
  await db.transaction().execute(async (trx) => {
    const columns = { state: 'broken', problem: JSON.stringify(problem.toProblem()) } as const;
    const { numUpdatedRows } = await trx
      .updateTable('pairs')
      .set(columns)
      .where('id', '=', row.id)
      .where('state', '=', 'standing')
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await noteEvent(trx, [row.id], ports.clock.now(), { kind: 'cluster-gone' });
  });
}

function clusterGone(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The cluster “${name}” is gone`,
    detail: 'It went with its deployment. The service on the other cluster stays, for itself: nothing is handed on any more.',
    remedy: 'Take the pair out, and say then whether that service stays.',
  });
}
