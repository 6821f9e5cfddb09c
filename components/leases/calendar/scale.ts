import type { Moment, Span } from '@/lib/leases/types';

/** Where a moment lies in a view: 0 at its beginning, 1 at its end; beyond them outside of it. */
export const placeOf = (moment: Moment, { start, end }: Span): number => (moment - start) / (end - start);

/** The moment at a place of a view; places outside of it count as its edges. */
export const momentAt = (place: number, { start, end }: Span): Moment => start + Math.min(1, Math.max(0, place)) * (end - start);

/** What is drawn of a span: from one place to another, within the view. */
export interface Bar {
  from: number;
  to: number;
}

/**
 * The bars of spans that a view shows; those that a screen could not tell apart are one.
 * @param spans the first first; they may overlap
 * @param least the shortest time that can be seen, in milliseconds
 */
export function barsOf(spans: readonly Span[], view: Span, least: number): Bar[] {
  const shown: Span[] = [];
  for (const span of spans) {
    if (span.end <= view.start) continue;
    if (span.start >= view.end) break;
    const before = shown.at(-1);
    if (before && span.start - before.end < least) before.end = Math.max(before.end, span.end);
    else shown.push({ start: span.start, end: Math.max(span.end, span.start + least) });
  }
  return shown.map(({ start, end }) => ({ from: Math.max(0, placeOf(start, view)), to: Math.min(1, placeOf(end, view)) }));
}
