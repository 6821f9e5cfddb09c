import type { Span } from '../types';

/**
 * When a resource is free.
 * @param taken when it is taken, in any order; spans may overlap
 * @param within the time of interest; its end may be infinite
 * @param gap what is kept free before and after a taken span, in milliseconds: sites clean hosts between leases
 * @returns spans that do not touch each other, the first first
 */
export function freeRuns(taken: readonly Span[], within: Span, gap = 0): Span[] {
  const runs: Span[] = [];
  let free = within.start;
  for (const busy of taken.toSorted((a, b) => a.start - b.start)) {
    if (busy.end <= busy.start) continue;
    const from = busy.start - gap;
    if (from >= within.end) break;
    if (from > free) runs.push({ start: free, end: from });
    free = Math.max(free, busy.end + gap);
  }
  if (free < within.end) runs.push({ start: free, end: within.end });
  return runs;
}

/** The free run that holds all of a span, of runs in their order; undefined where there is none. */
export function runAround(runs: readonly Span[], { start, end }: Span): Span | undefined {
  let [low, high] = [0, runs.length];
  // the last run that begins at `start` or before
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  return run && run.end >= end ? run : undefined;
}
