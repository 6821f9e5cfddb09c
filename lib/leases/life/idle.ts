import type { LeaseRules } from '@/lib/sites/types';
import { HOUR } from '../calendar/moments';
import type { Lease, Moment } from '../types';

/** How a running lease stands on which nothing runs. */
export interface Idle {
  state: 'used' | 'idle' | 'warned' | 'doomed';
  /** when the site warns of it, and ends it; null: it does not */
  warnAt: Moment | null;
  endsAt: Moment | null;
}

/**
 * Sites end leases on which nothing was ever started.
 * @param firstServerAt when the first server was started on it; null: none was
 */
export function idleOf(lease: Lease, firstServerAt: Moment | null, { idle }: LeaseRules, now: Moment): Idle {
  if (!idle || lease.status !== 'ACTIVE' || firstServerAt !== null) return { state: 'used', warnAt: null, endsAt: null };
  const warnAt = lease.start + idle.warnHours * HOUR;
  const endsAt = lease.start + idle.endHours * HOUR;
  // it ends before anyway
  if (endsAt >= lease.end) return { state: 'idle', warnAt: warnAt < lease.end ? warnAt : null, endsAt: null };
  return { state: now >= endsAt ? 'doomed' : now >= warnAt ? 'warned' : 'idle', warnAt, endsAt };
}
