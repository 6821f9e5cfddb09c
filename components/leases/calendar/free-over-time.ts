import type { Moment, Span } from '@/lib/leases/types';

/** From a moment on, so many are free. */
export interface Step {
  at: Moment;
  free: number;
}

/**
 * How many of some hosts are free, over a view.
 * @param taken of each host its spans, the first first; they may overlap
 * @returns the number at the beginning of the view, and each change of it
 */
export function freeOverTime(taken: readonly (readonly Span[])[], view: Span): Step[] {
  const changes: { at: Moment; by: number }[] = [];
  for (const spans of taken) {
    let until = Number.NEGATIVE_INFINITY;
    for (const { start, end } of spans) {
      if (end <= view.start || end <= until || end <= start) continue;
      if (start >= view.end) break;
      // what overlaps is taken once
      if (start > until) changes.push({ at: Math.max(start, view.start), by: -1 });
      else changes.pop();
      until = end;
      changes.push({ at: end, by: 1 });
    }
  }
  changes.sort((a, b) => a.at - b.at);
  const steps: Step[] = [{ at: view.start, free: taken.length }];
  for (const { at, by } of changes) {
    if (at >= view.end) break;
    const last = steps.at(-1);
    if (last && last.at === at) last.free += by;
    else steps.push({ at, free: (last?.free ?? 0) + by });
  }
  return steps;
}

/** How many of some hosts are free in all of a span. */
export function freeIn(taken: readonly (readonly Span[])[], { start, end }: Span): number {
  return taken.filter((spans) => spans.every((span) => span.end <= start || span.start >= end)).length;
}

/** Whether a host is free at a moment, and until when it stays so; null: nothing is known after it. */
export function standingAt(spans: readonly Span[], moment: Moment): { free: boolean; until: Moment | null } {
  let until: Moment | null = null;
  for (const { start, end } of spans) {
    if (until !== null) {
      if (start > until) break;
      until = Math.max(until, end);
    } else if (end > moment) {
      if (start > moment) return { free: true, until: start };
      until = end;
    }
  }
  return { free: until === null, until };
}
