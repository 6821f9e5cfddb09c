import type { Moment, Span } from '@/lib/leases/types';

/** Something of which is known what is taken within a time, and nothing beyond it. */
export interface Read {
  read: Span;
}

/** Whether all of a span has been read. */
export const isRead = ({ read }: Read, { start, end }: Span): boolean => read.start <= start && end <= read.end;

/** Whether a moment has been read. */
export const isReadAt = (one: Read, at: Moment): boolean => isRead(one, { start: at, end: at });

/** What of a view has been read of all of these; null: nothing. */
export function readOf(all: readonly Read[], view: Span): Span | null {
  const start = Math.max(view.start, ...all.map(({ read }) => read.start));
  const end = Math.min(view.end, ...all.map(({ read }) => read.end));
  return end > start ? { start, end } : null;
}

/** What of a view has not been read: what lies before and after what was. */
export function unreadOf(read: Span | null, view: Span): Span[] {
  if (read === null) return [view];
  return [
    { start: view.start, end: Math.min(read.start, view.end) },
    { start: Math.max(read.end, view.start), end: view.end },
  ].filter(({ start, end }) => end > start);
}
