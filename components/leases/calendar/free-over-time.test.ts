import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeIn, freeOverTime, standingAt } from './free-over-time';

const view = { start: 0, end: 100 };
const span = ([start = 0, end = 0]: number[]) => ({ start, end });
const someHosts = fc.array(
  fc
    .array(fc.tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 0, max: 40 })), { maxLength: 6 })
    .map((spans) => spans.map(([start, length]) => ({ start, end: start + length })).sort((a, b) => a.start - b.start)),
  { maxLength: 6 },
);
const isTaken = (spans: { start: number; end: number }[], moment: number) =>
  spans.some(({ start, end }) => start <= moment && moment < end);

describe('how many hosts are free over time', () => {
  it('is told from the beginning of the view, with each change', () => {
    const taken = [
      [
        [0, 10],
        [50, 60],
      ],
      [[5, 10]],
      [],
    ].map((spans) => spans.map(span));
    expect(freeOverTime(taken, view)).toEqual([
      { at: 0, free: 2 },
      { at: 5, free: 1 },
      { at: 10, free: 3 },
      { at: 50, free: 2 },
      { at: 60, free: 3 },
    ]);
  });

  it('is at every moment the number of those that nobody has', () => {
    fc.assert(
      fc.property(someHosts, (hosts) => {
        const steps = freeOverTime(hosts, view);
        for (let moment = view.start; moment < view.end; moment += 1) {
          const step = steps.findLast(({ at }) => at <= moment);
          expect(step?.free).toBe(hosts.filter((spans) => !isTaken(spans, moment)).length);
        }
      }),
    );
  });

  it('is for a span the number of those that nobody has in any of it', () => {
    const taken = [[[0, 10]], [[20, 30]], []].map((spans) => spans.map(span));
    expect([freeIn(taken, span([10, 20])), freeIn(taken, span([5, 25])), freeIn(taken, span([9, 10]))]).toEqual([3, 1, 2]);
  });
});

describe('a host', () => {
  it.each([
    [[[20, 30]], 5, { free: true, until: 20 }],
    [[[0, 10]], 5, { free: false, until: 10 }],
    [
      [
        [0, 10],
        [10, 20],
        [25, 30],
      ],
      5,
      { free: false, until: 20 },
    ],
    [[[0, 3]], 5, { free: true, until: null }],
    [[], 5, { free: true, until: null }],
    [[[5, 10]], 5, { free: false, until: 10 }],
    [
      [
        [0, 5],
        [7, 9],
      ],
      5,
      { free: true, until: 7 },
    ],
  ])('taken in %j is, at %d, %j', (spans, moment, standing) => {
    expect(standingAt(spans.map(span), moment)).toEqual(standing);
  });
});

it.each<[string, number[][], { at: number; free: number }[]]>([
  ['what ends as the view begins', [[-5, 0]], [{ at: 0, free: 1 }]],
  ['what begins as the view ends', [[100, 110]], [{ at: 0, free: 1 }]],
  ['what takes no time', [[10, 10]], [{ at: 0, free: 1 }]],
  [
    'what lies in another',
    [
      [10, 30],
      [15, 20],
    ],
    [
      { at: 0, free: 1 },
      { at: 10, free: 0 },
      { at: 30, free: 1 },
    ],
  ],
  [
    'what ends with another',
    [
      [10, 30],
      [20, 30],
    ],
    [
      { at: 0, free: 1 },
      { at: 10, free: 0 },
      { at: 30, free: 1 },
    ],
  ],
  [
    'what goes on with another',
    [
      [10, 30],
      [30, 40],
    ],
    [
      { at: 0, free: 1 },
      { at: 10, free: 0 },
      { at: 40, free: 1 },
    ],
  ],
  [
    'what ends as the view ends',
    [[90, 100]],
    [
      { at: 0, free: 1 },
      { at: 90, free: 0 },
    ],
  ],
  [
    'what began before the view',
    [[-10, 5]],
    [
      { at: 0, free: 0 },
      { at: 5, free: 1 },
    ],
  ],
])('of one host is told once: %s', (_name, spans, steps) => expect(freeOverTime([spans.map(span)], view)).toEqual(steps));
