import { MINUTE } from '@/lib/leases/calendar/moments';
import { lintChange } from '@/lib/leases/lint/change';
import type { Lease, LeaseChange, LeaseSite, Moment } from '@/lib/leases/types';
import { isOver, type KeptLease } from './rows';

export const leaseActions = [
  'rename',
  'move',
  'extend',
  'shorten',
  'grow',
  'end-now',
  'delete',
  'repair',
  'take-over',
  'auto-extend',
] as const;
export type LeaseAction = (typeof leaseActions)[number];

export interface Allowed {
  allowed: boolean;
  reason?: string;
}

const yes: Allowed = { allowed: true };
const no = (reason: string): Allowed => ({ allowed: false, reason });

/**
 * What may be done with a lease now, and why not. Pure.
 * @param known the lease as its site tells it, and the site; null where it could not be asked: then only what needs no look is allowed
 */
export function allowedActions(
  row: KeptLease,
  known: { lease: Lease; site: LeaseSite; perHour?: number } | null,
  now: Moment,
): Record<LeaseAction, Allowed> {
  const shut = shutFor(row);
  const change = (wish: LeaseChange): Allowed => {
    if (shut) return no(shut);
    if (!known) return no('The site does not answer now.');
    const [first] = lintChange(known.lease, wish, known.site, { now, perHour: known.perHour }).filter(
      ({ severity }) => severity === 'error',
    );
    return first ? no(first.detail) : yes;
  };
  const { status } = row;
  const start = row.starts_at.getTime();
  const end = row.ends_at.getTime();
  const grown = known?.lease.reservations.find(({ kind }) => kind !== 'network');
  const more = grown ? { [grown.id]: sizeOf(grown, known?.lease) + 1 } : {};
  return {
    rename: shut ? no(shut) : yes,
    move:
      status === 'PENDING' ? change({ start: start + MINUTE, end: end + MINUTE }) : no(shut ?? 'Only a lease that has not begun moves.'),
    extend: change({ end: end + MINUTE }),
    shorten: change({ end: end - MINUTE }),
    grow: grown ? change({ counts: more }) : no(shut ?? 'It holds nothing of which there can be more.'),
    'end-now': change({ end: 'now' }),
    delete: shut ? no(shut) : yes,
    repair: status === 'ERROR' ? (shut ? no(shut) : yes) : no('It is in order.'),
    'take-over': row.taken_over ? no('It is yours to change already.') : isOver(row) ? no('It is over.') : yes,
    'auto-extend': byItself(row, shut, known),
  };
}

function byItself(row: KeptLease, shut: string | undefined, known: { lease: Lease; site: LeaseSite } | null): Allowed {
  const why = shut ?? lastsNoLonger(row);
  if (why !== undefined) return no(why);
  if (row.status === 'ERROR') return no('It is not in order. Have it repaired first.');
  return known && isFixed(known.lease, known.site) ? no('The site does not extend such leases.') : yes;
}

/** Why a lease can't be had extended by itself, whatever its site allows; undefined where it can. */
export function lastsNoLonger({ status, work }: Pick<KeptLease, 'status' | 'work'>): string | undefined {
  if (isOver({ status })) return 'The lease is over.';
  if (work?.do === 'make') return 'It is being asked for.';
  if (work !== null || status === 'TERMINATING' || status === 'DELETING') return 'The lease is about to end.';
  return undefined;
}

/** Why nothing may be done with a lease at all; undefined where something may. */
function shutFor(row: KeptLease): string | undefined {
  if (row.status === 'GONE') return 'The site does not list it any more.';
  if (!row.taken_over) return 'It was made elsewhere. Take it over to change it here.';
  if (row.work?.do === 'make') return 'It is being asked for.';
  if (row.work?.do === 'delete' || row.status === 'DELETING') return 'It is being deleted.';
  return undefined;
}

const isFixed = ({ reservations }: Lease, { rules }: LeaseSite): boolean =>
  !rules.changeableFlavors && reservations.some(({ kind }) => kind === 'flavor:instance');

function sizeOf({ kind, max, count }: Lease['reservations'][number], lease: Lease | undefined): number {
  const alone = lease?.reservations.filter((one) => one.kind === 'physical:host').length === 1;
  return (kind === 'physical:host' ? (alone && lease?.hosts?.length) || max : count) ?? 1;
}
