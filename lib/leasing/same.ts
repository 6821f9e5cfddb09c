import { MINUTE } from '@/lib/leases/calendar/moments';
import type { PlannedLease } from '@/lib/leases/types';
import type { CloudLease } from '@/lib/openstack/types';
import type { KeptLease } from './rows';

/** Blazar's clock and this one differ. */
const CLOCKS_MS = 2 * MINUTE;
const ended = new Set(['TERMINATED', 'TERMINATING', 'DELETING']);

/**
 * Whether a lease that a site lists can be the one that was asked for in a row: a colleague's, or an older one, may have its name. Pure.
 * @param row waits for its lease
 */
export function adoptable(row: Pick<KeptLease, 'name' | 'ends_at' | 'created_at'>, lease: CloudLease): boolean {
  if (lease.name !== row.name || ended.has(lease.status) || Date.parse(lease.end) !== row.ends_at.getTime()) return false;
  return lease.createdAt === undefined || Date.parse(lease.createdAt) >= row.created_at.getTime() - CLOCKS_MS;
}

/** Whether the same was asked for, whatever the order of its keys. */
export const samePlan = (asked: object, plan: PlannedLease): boolean => textOf(asked) === textOf(plan);

function textOf(plan: object): string {
  return JSON.stringify(plan, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
