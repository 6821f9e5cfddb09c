import type { LeaseView } from '@/lib/api/contract/leases';
import { HOUR } from '@/lib/leases/time/units';
import type { Moment } from '@/lib/leases/types';
import { hasBegun, isOver, warnings } from '../states';

/** Something on the way of a lease that a bar marks. */
export interface Mark {
  is: 'opens' | 'warning' | 'limit';
  at: Moment;
  /** hours before the end, of a warning */
  hours?: number;
}

/** How far a lease is, and what lies on its way. */
export interface Course {
  start: Moment;
  end: Moment;
  /** to where the bar goes: the end, or until when the lease could be extended */
  until: Moment;
  /** 0 to 1 of the lease, not of the bar */
  done: number;
  marks: Mark[];
}

/** What lies further away would press the lease itself together. */
const mostBeyond = 1;

/** The course of a lease: how much of it has passed, when its window opens, when one is warned, and how far it could go. */
export function courseOf(lease: Pick<LeaseView, 'start' | 'end' | 'status' | 'extensionOpensAt' | 'extendableLater'>, now: Moment): Course {
  const [start, end] = [Date.parse(lease.start), Date.parse(lease.end)];
  const length = Math.max(1, end - start);
  const done = isOver(lease) ? 1 : hasBegun(lease) ? Math.min(1, Math.max(0, (now - start) / length)) : 0;
  const limit = lease.extendableLater ? Date.parse(lease.extendableLater.at) : end;
  const until = isOver(lease) ? end : Math.min(Math.max(limit, end), end + length * mostBeyond);
  const opens = lease.extensionOpensAt === null ? [] : [{ is: 'opens' as const, at: Date.parse(lease.extensionOpensAt) }];
  const warned = warnings.map((before) => ({ is: 'warning' as const, at: end - before, hours: before / HOUR }));
  const marks: Mark[] = [...opens, ...warned, ...(limit > end && limit <= until ? [{ is: 'limit' as const, at: limit }] : [])];
  return {
    start,
    end,
    until,
    done,
    marks: isOver(lease) ? [] : marks.filter(({ at }) => at > start && at <= until).sort((a, b) => a.at - b.at),
  };
}
