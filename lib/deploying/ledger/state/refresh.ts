import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import { storable } from '@/lib/core/storable';
import type { Store } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import { kindOf } from '../../kinds';
import { writeEvents } from '../events';
import { soonest } from '../insert';
import type { Standing } from '../ledger';
import { loadStanding, type Rows } from '../load';
import { summarise } from './state';
import { stateEvent } from './state-event';

/**
 * Derives the state of a deployment anew and keeps it, with an event when it is another. Call it in the transaction of
 * whatever changed the ledger: the row is locked first, so that of two changes at once the later sees the earlier.
 * @param known rows as they were read, or written in this transaction: they need not be read again
 */
export async function refresh(store: Store, trx: Transaction<Schema>, deploymentId: string, now: Date, known?: Rows): Promise<Standing> {
  const ledger = await loadStanding(trx, deploymentId, { lock: true, known });
  const { deployment } = ledger;
  const summary = summarise(ledger);
  const { state, progress, nodes, problem } = summary;
  const leaseEndsAt = leaseEndOf(ledger);
  const same =
    leaseEndsAt?.getTime() === deployment.lease_ends_at?.getTime() &&
    state === deployment.state &&
    progress.done === deployment.progress_done &&
    progress.total === deployment.progress_total &&
    nodes.total === deployment.nodes_total &&
    nodes.ready === deployment.nodes_ready &&
    nodes.failed === deployment.nodes_failed &&
    isDeepStrictEqual(problem, deployment.problem);
  if (same) return ledger;
  const readyAt = state === 'ready' && !deployment.ready_at ? now : deployment.ready_at;
  await trx
    .with('written', (db) =>
      db
        .updateTable('deployments')
        .set(({ eb }) => ({
          state,
          progress_done: progress.done,
          progress_total: progress.total,
          nodes_total: nodes.total,
          nodes_ready: nodes.ready,
          nodes_failed: nodes.failed,
          problem: problem && JSON.stringify(storable(problem)),
          ready_at: readyAt,
          lease_ends_at: leaseEndsAt,
          version: eb('version', '+', 1),
        }))
        .where('id', '=', deploymentId),
    )
    .selectNoFrom(store.telling('events', deploymentId).as('told'))
    .execute();
  if (state !== deployment.state) await writeEvents(store, trx, deploymentId, [stateEvent(summary, deployment)], now);
  return { ...ledger, deployment: { ...deployment, state, problem, ready_at: readyAt } };
}

// A lease that was made for it may be extended or cut short at its site.
function leaseEndOf({ deployment, resources }: Standing): Date | null {
  const ends = resources.map(({ kind, wanted, observed }) => (wanted === 'present' ? kindOf(kind).endOf?.(observed) : undefined));
  return soonest(ends.filter((end) => end !== undefined)) ?? deployment.lease_ends_at;
}
