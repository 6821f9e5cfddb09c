import fc from 'fast-check';
import type { Demand, Supply } from '../calendar/demand';
import { freeRuns } from '../calendar/free-runs';
import { MINUTE } from '../calendar/moments';
import type { Span } from '../types';

/** A time of a few minutes after a beginning, which a test can look through one by one. */
export const BEGIN = Date.UTC(2026, 10, 21, 12);
export const at = (minute: number): number => BEGIN + minute * MINUTE;
export const minutes = (start: number, end: number): Span => ({ start: at(start), end: at(end) });

const SPAN = 40;

/** Times in which something is taken, within the first forty minutes. */
export const someTaken: fc.Arbitrary<Span[]> = fc.array(
  fc.tuple(fc.integer({ min: -5, max: SPAN }), fc.integer({ min: 1, max: 12 })).map(([start, length]) => minutes(start, start + length)),
  { maxLength: 5 },
);

/** Whether something is free for all of a span, looked at directly. */
export const isFree = (taken: readonly Span[], { start, end }: Span, gap = 0): boolean =>
  taken.every((busy) => busy.end <= busy.start || busy.end + gap <= start || busy.start - gap >= end);

/** The minutes 0 to `to` of which a condition holds. */
export const minutesWhere = (to: number, holds: (minute: number) => boolean): number[] =>
  Array.from({ length: to + 1 }, (_, minute) => minute).filter(holds);

/** Resources `0`, `1` … by what is taken of each. */
export function supplies(taken: readonly (readonly Span[])[], units: readonly number[] = []): Supply[] {
  const from = { start: BEGIN, end: Number.POSITIVE_INFINITY };
  return taken.map((spans, index) => ({ id: String(index), units: units[index] ?? 1, runs: freeRuns(spans, from) }));
}

export const demand = (count: number, from: readonly Supply[], max = count): Demand => ({ min: count, max, from, pick: true });
