import type { Updateable } from 'kysely';
import { AppError, type Problem } from '@/lib/core/errors';
import type { Visitor } from '@/lib/desk/types';
import type { KeptExtension, LeaseRow, LeaseWork } from '@/lib/store/schema';
import type { LeasingPorts } from '../ports';
import { findLease, type KeptLease, over } from '../rows';
import { secondsUntil, visitorOf } from './due';
import { goOnEnding } from './ending';
import { extendWhenOpen } from './extending';
import { lookForMade } from './making';

/** What becomes of a lease's row by an errand, beside when it is due again. */
export interface Written {
  work?: LeaseWork | null;
  extend?: KeptExtension | null;
  problem?: Problem | null;
  /** it is known not to be there */
  status?: 'GONE';
}

/** What an errand found: when there is something to do again, and what is to be written down. */
export interface Outcome extends Written {
  dueAt: Date | null;
}

/** A lease's errand while this process has it. */
export interface InHand {
  services: LeasingPorts;
  person: Visitor;
  row: KeptLease;
  /** Writes in the midst of it. @returns false: somebody wishes otherwise meanwhile, so nothing was written, and nothing more is to be done */
  write(written: Written): Promise<boolean>;
}

/** A process that died with a lease in its hands is followed by another after this: longer than any one call to a site. */
const HELD_MS = 180_000;
const AGAIN_MS = 60_000;

/**
 * Does what is to be done with a lease by itself. Of several processes the one that moves its moment on does it; what somebody asks for meanwhile moves it,
 * too, and then nothing is written of what was asked for before.
 * @returns in how many seconds there is something to do again; null: nothing is known of
 */
export async function runLeaseErrand(services: LeasingPorts, id: string): Promise<number | null> {
  const { store, clock } = services;
  const row = await findLease(store.db, id);
  if (!row?.due_at) return null;
  const now = clock.now();
  if (row.due_at > now) return secondsUntil(row.due_at, now);
  const held = new Date(now.getTime() + HELD_MS);
  if (!(await update(services, id, row.due_at, { due_at: held }))) return null;
  const write = (written: Written) => update(services, id, held, { due_at: held, ...columnsOf(written, now) });
  const { dueAt, ...written } = await act(services, row, write).catch((error: unknown): Outcome => {
    const problem = AppError.from(error).toProblem();
    return { dueAt: new Date(clock.now().getTime() + AGAIN_MS), problem };
  });
  if (!(await update(services, id, held, { due_at: dueAt, ...columnsOf(written, clock.now()) }))) return null;
  return dueAt && secondsUntil(dueAt, clock.now());
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

async function act(services: LeasingPorts, row: KeptLease, write: InHand['write']): Promise<Outcome> {
  const person = await visitorOf(services, row.user_id);
  if (!person) return { dueAt: null };
  const hand = { services, person, row, write };
  switch (row.work?.do) {
    case 'make':
      return await lookForMade(hand, row.work);
    case 'end':
    case 'delete':
      return await goOnEnding(hand, row.work);
    default:
      return row.extend ? await extendWhenOpen(hand, row.extend) : { dueAt: null };
  }
}

/** Writes to a row whose moment is still this. */
async function update({ store }: LeasingPorts, id: string, due: Date, columns: Updateable<LeaseRow>): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('leases')
    .set(columns)
    .where('id', '=', id)
    .where('due_at', '=', due)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function columnsOf({ work, extend, problem, status }: Written, now: Date): Updateable<LeaseRow> {
  return {
    ...(work !== undefined && { work: work && JSON.stringify(work) }),
    ...(extend !== undefined && { extend: extend && JSON.stringify(extend) }),
    ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
    ...(status !== undefined && { status, extend: null, look_at: null, seen_at: now }),
  };
}
