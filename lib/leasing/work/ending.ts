import { AppError } from '@/lib/core/errors';
import { HOUR, MINUTE } from '@/lib/leases/calendar/moments';
import type { LeaseWork } from '@/lib/store/schema';
import { forgetLeases } from '../blazar';
import { applyChange } from '../change';
import { doorTo, seeLease } from '../look';
import { findLease, isOver } from '../rows';
import { askToGo, livingOn, stoodOn } from '../standing';
import type { InHand, Outcome } from './errand';

/** A site deletes what runs on a lease, which it may take ten minutes for. */
const LIMIT_MS = 11 * MINUTE;
/** What could not be wound down in this time goes with the lease: its site deletes what is left. */
const WIND_DOWN_MS = 2 * HOUR;
const LOOK_MS = 10_000;
/** What failed to go is asked to go again. */
const AGAIN_MS = MINUTE;

/** Goes on ending or deleting a lease: what stands on it goes first, then the site is asked until it is done. */
export async function goOnEnding(hand: InHand, work: LeaseWork): Promise<Outcome> {
  const { services, row, write } = hand;
  const now = services.clock.now().getTime();
  const soon = new Date(now + LOOK_MS);
  const standing = await livingOn(services, row);
  // it was put there after nothing stood on it
  if (standing.length > 0 && work.withDeployments === false)
    return { dueAt: null, work: null, problem: stoodOn(row, standing).toProblem() };
  if (standing.length > 0 && now < Date.parse(work.since) + WIND_DOWN_MS) {
    await askToGo(services, standing);
    return { dueAt: standing.some(({ state }) => state === 'failed') ? new Date(now + AGAIN_MS) : soon };
  }
  const asked = work.asked ?? new Date(now).toISOString();
  if (!(await write({ work: { ...work, asked } }))) return { dueAt: null };
  const late = now > Date.parse(asked) + LIMIT_MS;
  try {
    const done = work.do === 'delete' ? await deleteNow(hand) : await endNow(hand);
    if (done) return { dueAt: null, work: null, problem: null, ...(work.do === 'delete' && { status: 'GONE' as const }) };
    if (!late) return { dueAt: soon };
    throw new AppError({
      code: 'deadline-passed',
      title:
        work.do === 'delete'
          ? 'The site has not deleted the lease within 11 minutes'
          : 'The site has not ended the lease within 11 minutes',
      remedy: 'Look at it again in a while, or ask the site’s help desk.',
    });
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    // Blazar refuses while it starts or changes a lease, and some sites do not answer for a while
    return late ? { dueAt: null, work: null, problem } : { dueAt: soon, problem };
  }
}

async function deleteNow({ services, person, row }: InHand): Promise<boolean> {
  if (row.lease_id === null) return true;
  const { reservation, entry } = await doorTo(services, person, row);
  const left = await reservation.deleteLease(row.lease_id);
  forgetLeases(services, person, entry);
  return left === 'gone';
}

async function endNow({ services, person, row }: InHand): Promise<boolean> {
  const seen = await seeLease(services, person, row);
  if (!seen) {
    const after = await findLease(services.store.db, row.id);
    return !after || isOver(after);
  }
  if (isOver(seen.row)) return true;
  if (seen.lease.status === 'TERMINATING') return false;
  await applyChange(services, person, seen, { end: 'now' });
  return true;
}
