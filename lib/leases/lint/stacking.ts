import { DAY } from '../calendar/moments';
import type { Span } from '../types';

/**
 * The largest share of a stretch of days that leases fill which follow each other, as a site sees it that objects to such stacks.
 * @param spans the leases of one project and node type, the planned one among them
 * @param days the length of the stretch
 * @param around only stretches that this one has a part in
 * @returns percent
 */
export function fullestShare(spans: readonly Span[], days: number, around: Span): number {
  const length = days * DAY;
  // the fullest stretch begins where a lease begins, or ends where one ends
  const starts = [...spans, around].flatMap(({ start, end }) => [start, end - length]);
  const shares = starts
    .filter((start) => start < around.end && around.start < start + length)
    .map((start) => filled(spans, { start, end: start + length }) / length);
  return 100 * Math.max(0, ...shares);
}

/** How much of a span is filled, each moment counted once. */
function filled(spans: readonly Span[], within: Span): number {
  let [total, until] = [0, within.start];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, until);
    const to = Math.min(end, within.end);
    if (to <= from) continue;
    total += to - from;
    until = to;
  }
  return total;
}
