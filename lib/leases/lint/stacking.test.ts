import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hours } from '../testing/site';
import { fullestShare } from './stacking';

const days = (start: number, end: number) => hours(24 * start, 24 * end);

it.each([
  ['one that fills it', [days(0, 10)], days(0, 10), 100],
  ['a part of it', [days(0, 5)], days(0, 5), 50],
  ['one after the other', [days(0, 5), days(5, 9)], days(5, 9), 90],
  ['at once, which counts once', [days(0, 5), days(0, 5), days(2, 4)], days(0, 5), 50],
  ['in the wrong order', [days(5, 9), days(0, 5)], days(5, 9), 90],
  ['too far away', [days(0, 5), days(16, 20)], days(16, 20), 40],
  ['in the fullest stretch', [days(0, 8), days(9, 11), days(18, 20)], days(9, 11), 90],
  ['that begins before and goes on', [days(-100, 100)], days(3, 4), 100],
  ['elsewhere', [days(0, 10)], days(50, 51), 0],
  ['none', [], days(0, 1), 0],
])('leases fill ten days: %s', (_name, spans, around, share) => {
  expect(fullestShare(spans, 10, around)).toBeCloseTo(share);
});

it('the fullest stretch is found, as if one looked at all', () => {
  const span = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 10 })).map(([start, length]) => days(start, start + length));
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 5 }), (spans) => {
      const [around = days(0, 1)] = spans;
      const stretches = Array.from({ length: 80 }, (_, index) => index - 20).map((start) => days(start, start + 10));
      const touching = stretches.filter(({ start, end }) => start < around.end && around.start < end);
      const fullDays = touching.map(
        ({ start }) =>
          Array.from({ length: 10 }, (_, day) => start + day * 86_400_000).filter((day) =>
            spans.some((one) => one.start <= day && day < one.end),
          ).length,
      );
      expect(fullestShare(spans, 10, around)).toBeCloseTo(10 * Math.max(...fullDays));
    }),
  );
});
