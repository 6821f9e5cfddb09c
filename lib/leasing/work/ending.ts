import { AppError } from '@/lib/core/errors';
import type { Visitor } from '@/lib/desk/types';
import type { LeaseWork } from '@/lib/store/schema';
import { forgetLeases } from '../blazar';
import { applyChange } from '../change';
import { livingOn } from '../end';
import { doorTo, seeLease } from '../look';
import type { LeasingPorts } from '../ports';
import { isOver, type KeptLease } from '../rows';
import type { Outcome } from './errand';

/** A site deletes what runs on a lease, which it may take ten minutes for. */
const LIMIT_MS = 11 * 60_000;
const LOOK_MS = 10_000;

/** Goes on ending or deleting a lease: what stands on it goes first, at most for a while; then the site is asked until it is done. */
export async function goOnEnding(services: LeasingPorts, person: Visitor, row: KeptLease, work: LeaseWork): Promise<Outcome> {
  const { store, clock } = services;
  const now = clock.now().getTime();
  const soon = new Date(now + LOOK_MS);
  const late = now > Date.parse(work.since) + LIMIT_MS;
  if (!late && (await livingOn(services, row)).length > 0) return { dueAt: soon };
  try {
    const over = work.do === 'delete' ? await deleteNow(services, person, row) : await endNow(services, person, row);
    if (!over && !late) return { dueAt: soon };
    if (!over) throw new AppError({ code: 'deadline-passed', title: 'The site has not deleted the lease within 11 minutes' });
    await store.db.updateTable('leases').set({ work: null }).where('id', '=', row.id).execute();
    return { dueAt: null, problem: null };
  } catch (error) {
    // Blazar refuses while it starts or changes a lease, and some sites do not answer for a while
    if (!late) return { dueAt: soon, problem: AppError.from(error).toProblem() };
    await store.db.updateTable('leases').set({ work: null }).where('id', '=', row.id).execute();
    return { dueAt: null, problem: AppError.from(error).toProblem() };
  }
}

async function deleteNow(services: LeasingPorts, person: Visitor, row: KeptLease): Promise<boolean> {
  if (row.lease_id === null) return true;
  const { reservation, entry } = await doorTo(services, person, row);
  const left = await reservation.deleteLease(row.lease_id);
  forgetLeases(services, person, entry);
  if (left === 'going-on') return false;
  const now = services.clock.now();
  await services.store.db.updateTable('leases').set({ status: 'GONE', seen_at: now }).where('id', '=', row.id).execute();
  return true;
}

async function endNow(services: LeasingPorts, person: Visitor, row: KeptLease): Promise<boolean> {
  const seen = await seeLease(services, person, row);
  if (!seen || isOver(seen.row)) return true;
  if (seen.lease.status === 'TERMINATING') return false;
  await applyChange(services, person, seen, { end: 'now' });
  return true;
}
