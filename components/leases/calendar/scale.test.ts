import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsOf, momentAt, placeOf } from './scale';

const view = { start: 1000, end: 2000 };

describe('a view of time', () => {
  it('gives each moment a place, and each place its moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 2000 }), (moment) => {
        expect(momentAt(placeOf(moment, view), view)).toBeCloseTo(moment, 6);
      }),
    );
  });

  it('ends at its edges for who points beyond them', () => {
    expect([momentAt(-3, view), momentAt(7, view)]).toEqual([1000, 2000]);
  });
});

describe('bars', () => {
  it.each([
    [
      'before and after the view are not drawn',
      [
        [0, 1000],
        [2000, 2100],
      ],
      [],
    ],
    [
      'that begin before it or end after it are cut',
      [
        [900, 1100],
        [1900, 2500],
      ],
      [
        [0, 0.1],
        [0.9, 1],
      ],
    ],
    [
      'that a screen could not tell apart are one',
      [
        [1100, 1200],
        [1205, 1300],
      ],
      [[0.1, 0.3]],
    ],
    [
      'that overlap are one',
      [
        [1100, 1400],
        [1200, 1300],
      ],
      [[0.1, 0.4]],
    ],
    [
      'with a gap that can be seen stay two',
      [
        [1100, 1200],
        [1210, 1300],
      ],
      [
        [0.1, 0.2],
        [0.21, 0.3],
      ],
    ],
    ['too short to be seen are as long as can be seen', [[1100, 1101]], [[0.1, 0.11]]],
  ])('%s', (_what, spans, bars) => {
    const drawn = barsOf(
      spans.map(([start = 0, end = 0]) => ({ start, end })),
      view,
      10,
    );
    expect(drawn.map(({ from, to }) => [from, to].map((place) => Math.round(place * 1000) / 1000))).toEqual(bars);
  });

  it('never overlap and never leave the view', () => {
    const span = fc.tuple(fc.integer({ min: 500, max: 2500 }), fc.integer({ min: 0, max: 300 }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
        const sorted = spans.map(([start, length]) => ({ start, end: start + length })).sort((a, b) => a.start - b.start);
        let last = 0;
        for (const { from, to } of barsOf(sorted, view, 7)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThanOrEqual(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(1);
      }),
    );
  });
});
