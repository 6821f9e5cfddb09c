import { AppError, type Problem } from '@/lib/core/errors';
import type { LeasingPorts } from '../ports';
import { findLease, type KeptLease, over } from '../rows';
import { secondsUntil, visitorOf } from './due';
import { goOnEnding } from './ending';
import { extendWhenOpen } from './extending';
import { lookForMade } from './making';

/** What an errand found: when there is something to do again, and what went wrong. */
export interface Outcome {
  dueAt: Date | null;
  problem?: Problem | null;
}

/** A process that died with a lease in its hands is followed by another after this: longer than any one call to a site. */
const HELD_MS = 180_000;
const AGAIN_MS = 60_000;

/**
 * Does what is to be done with a lease by itself. Of several processes the one that moves its moment on does it.
 * @returns in how many seconds there is something to do again; null: nothing is known of
 */
export async function runLeaseErrand(services: LeasingPorts, id: string): Promise<number | null> {
  const { store, clock } = services;
  const row = await findLease(store.db, id);
  if (!row?.due_at) return null;
  const now = clock.now();
  if (row.due_at > now) return secondsUntil(row.due_at, now);
  const held = new Date(now.getTime() + HELD_MS);
  if (!(await hold(services, row, held))) return null;
  const outcome = await act(services, row).catch((error: unknown): Outcome => {
    const problem = AppError.from(error).toProblem();
    return { dueAt: new Date(clock.now().getTime() + AGAIN_MS), problem };
  });
  await store.db
    .updateTable('leases')
    .set({ due_at: outcome.dueAt, ...(outcome.problem !== undefined && { problem: outcome.problem && JSON.stringify(outcome.problem) }) })
    .where('id', '=', id)
    // what somebody asked for meanwhile stays
    .where('due_at', '=', held)
    .execute();
  return outcome.dueAt && secondsUntil(outcome.dueAt, clock.now());
}

/** Leases with which something is to be done, each with its errand's moment in seconds from now. */
export async function dueLeases({ store, clock }: LeasingPorts): Promise<{ id: string; after: number }[]> {
  const rows = await store.db.selectFrom('leases').select(['id', 'due_at']).where('due_at', 'is not', null).execute();
  return rows.map(({ id, due_at }) => ({ id, after: due_at ? secondsUntil(due_at, clock.now()) : 0 }));
}

/** So long after its end a lease is still in the history of whose it was. */
const REMEMBERED_MS = 180 * 86_400_000;

/** Forgets leases that have been over for half a year. */
export async function forgetOldLeases({ store, clock }: LeasingPorts): Promise<void> {
  const before = new Date(clock.now().getTime() - REMEMBERED_MS);
  await store.db
    .deleteFrom('leases')
    .where('status', 'in', [...over])
    .where('ends_at', '<', before)
    .execute();
}

async function act(services: LeasingPorts, row: KeptLease): Promise<Outcome> {
  const person = await visitorOf(services, row.user_id);
  if (!person) return { dueAt: null };
  switch (row.work?.do) {
    case 'make':
      return await lookForMade(services, person, row);
    case 'end':
    case 'delete':
      return await goOnEnding(services, person, row, row.work);
    default:
      return row.extend ? await extendWhenOpen(services, person, row, row.extend) : { dueAt: null };
  }
}

async function hold({ store }: LeasingPorts, { id, due_at }: KeptLease, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('leases')
    .set({ due_at: until })
    .where('id', '=', id)
    .where('due_at', '=', due_at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
