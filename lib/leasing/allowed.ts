import { MINUTE } from '@/lib/leases/calendar/moments';
import { lintChange } from '@/lib/leases/lint/change';
import type { Lease, LeaseChange, LeaseSite, Moment } from '@/lib/leases/types';
import { type LeaseTextKey, type Said, say } from '@/lib/leases/words/say';
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
  /** the reason by the key of its sentence */
  remark?: Said['remark'];
}

const yes: Allowed = { allowed: true };
const no = (why: LeaseTextKey): Allowed => {
  const { text, remark } = say(why);
  return { allowed: false, reason: text, remark };
};

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
    if (!known) return no('noAnswer');
    const [first] = lintChange(known.lease, wish, known.site, { now, perHour: known.perHour }).filter(
      ({ severity }) => severity === 'error',
    );
    return first ? { allowed: false, reason: first.detail, remark: first.remarks?.detail } : yes;
  };
  const { status } = row;
  const start = row.starts_at.getTime();
  const end = row.ends_at.getTime();
  const grown = known?.lease.reservations.find(({ kind }) => kind !== 'network');
  const more = grown ? { [grown.id]: sizeOf(grown, known?.lease) + 1 } : {};
  return {
    rename: shut ? no(shut) : yes,
    move: status === 'PENDING' ? change({ start: start + MINUTE, end: end + MINUTE }) : no(shut ?? 'onlyPendingMoves'),
    extend: change({ end: end + MINUTE }),
    shorten: change({ end: end - MINUTE }),
    grow: grown ? change({ counts: more }) : no(shut ?? 'nothingMore'),
    'end-now': change({ end: 'now' }),
    delete: shut ? no(shut) : yes,
    repair: status === 'ERROR' ? (shut ? no(shut) : yes) : no('inOrder'),
    'take-over': row.taken_over ? no('yoursAlready') : isOver(row) ? no('over') : yes,
    'auto-extend': byItself(row, shut, known),
  };
}

function byItself(row: KeptLease, shut: LeaseTextKey | undefined, known: { lease: Lease; site: LeaseSite } | null): Allowed {
  const why = shut ?? lastsNoLonger(row);
  if (why !== undefined) return no(why);
  if (row.status === 'ERROR') return no('notInOrderNow');
  return known && isFixed(known.lease, known.site) ? no('notExtendable') : yes;
}

/** Why a lease can't be had extended by itself, whatever its site allows; undefined where it can. */
export function lastsNoLonger({ status, work }: Pick<KeptLease, 'status' | 'work'>): LeaseTextKey | undefined {
  if (isOver({ status })) return 'overNow';
  if (work?.do === 'make') return 'askedFor';
  if (work !== null || status === 'TERMINATING' || status === 'DELETING') return 'aboutToEnd';
  return undefined;
}

/** Why nothing may be done with a lease at all; undefined where something may. */
function shutFor(row: KeptLease): LeaseTextKey | undefined {
  if (row.status === 'GONE') return 'notListed';
  if (!row.taken_over) return 'madeElsewhere';
  if (row.work?.do === 'make') return 'askedFor';
  if (row.work?.do === 'delete' || row.status === 'DELETING') return 'beingDeleted';
  return undefined;
}

const isFixed = ({ reservations }: Lease, { rules }: LeaseSite): boolean =>
  !rules.changeableFlavors && reservations.some(({ kind }) => kind === 'flavor:instance');

function sizeOf({ kind, max, count }: Lease['reservations'][number], lease: Lease | undefined): number {
  const alone = lease?.reservations.filter((one) => one.kind === 'physical:host').length === 1;
  return (kind === 'physical:host' ? (alone && lease?.hosts?.length) || max : count) ?? 1;
}
