import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeOverTime } from './free-over-time';

const day = { start: 0, end: 100 };
const supply = (units: number, ...runs: [number, number][]) => ({
  id: String(units),
  units,
  runs: runs.map(([start, end]) => ({ start, end })),
});

describe('how much is free over time', () => {
  it('is told in steps, from the beginning to the end that were asked for', () => {
    expect(freeOverTime([supply(1, [10, 50]), supply(2, [-5, 30], [50, Number.POSITIVE_INFINITY])], day)).toEqual([
      { start: 0, end: 10, available: 2 },
      { start: 10, end: 30, available: 3 },
      { start: 30, end: 50, available: 1 },
      { start: 50, end: 100, available: 2 },
    ]);
    expect(freeOverTime([], day)).toEqual([{ start: 0, end: 100, available: 0 }]);
    expect(freeOverTime([supply(1, [0, 40]), supply(1, [40, 100])], day)).toEqual([{ start: 0, end: 100, available: 1 }]);
    expect(freeOverTime([supply(1, [20, 60]), supply(1, [60, 200])], day)).toEqual([
      { start: 0, end: 20, available: 0 },
      { start: 20, end: 100, available: 1 },
    ]);
  });

  it('is at each moment the sum of what is free then', () => {
    const run = fc
      .tuple(fc.integer({ min: -50, max: 150 }), fc.integer({ min: 1, max: 80 }))
      .map(([at, length]): [number, number] => [at, at + length]);
    const one = fc.tuple(fc.integer({ min: 0, max: 4 }), run).map(([units, span]) => supply(units, span));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.integer({ min: 0, max: 99 }), (supplies, at) => {
        const sum = supplies
          .filter(({ runs: [span] }) => span && span.start <= at && at < span.end)
          .reduce((all, { units }) => all + units, 0);
        expect(freeOverTime(supplies, day).find(({ start, end }) => start <= at && at < end)?.available).toBe(sum);
      }),
    );
  });
});
