import type { Lease, Moment } from '../types';

/** How a lease in ERROR is brought in order. */
export interface Repair {
  /**
   * `touch`: an empty change, on which Blazar looks again; `recreate`: a lease of the same kind for the rest of its time, with other hosts, and delete this
   * one; `delete`: there is nothing left to save; `ask`: somebody at the site has to
   */
  do: 'nothing' | 'touch' | 'recreate' | 'delete' | 'ask';
  why: string;
}

const TRIES = 2;

/**
 * What to do with a lease that is in ERROR. An empty change is harmless, and makes one whose reservations still run ACTIVE again.
 * @param tried how often it was touched before
 */
export function repairOf(lease: Lease, tried: number, now: Moment): Repair {
  if (lease.status !== 'ERROR') return { do: 'nothing', why: 'The lease is in order.' };
  if (lease.end <= now) return { do: 'delete', why: 'Its time is over, and it failed to end.' };
  const live = lease.reservations.filter(({ status }) => status === 'active' || status === 'pending');
  if (live.length === lease.reservations.length && live.length > 0) {
    if (tried < TRIES) return { do: 'touch', why: 'All of its reservations are in order, so only its state is wrong.' };
    return { do: 'ask', why: 'All of its reservations are in order, and the site does not see it.' };
  }
  if (lease.reservations.some(({ status }) => status === 'active'))
    return { do: 'ask', why: 'Some of its reservations run, and others failed.' };
  return { do: 'recreate', why: 'Its reservations failed: nothing runs on it.' };
}
