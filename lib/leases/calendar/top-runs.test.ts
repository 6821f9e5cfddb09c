import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TopRuns } from './top-runs';

it('tells until when a need is met by the runs that have begun and not ended', () => {
  const step = fc.record({
    add: fc.boolean(),
    end: fc.integer({ min: 1, max: 30 }),
    units: fc.integer({ min: 1, max: 3 }),
    drop: fc.nat(4),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 30 }), (need, steps) => {
      const top = new TopRuns(need);
      let there: { end: number; units: number }[] = [];
      let now = 0;
      for (const { add, end, units, drop } of steps) {
        if (add) {
          const run = { end: now + end, units };
          top.add(run);
          there.push(run);
        } else {
          now += drop;
          top.dropUntil(now);
        }
        there = there.filter((run) => run.end >= now);
        const longest = there.toSorted((a, b) => b.end - a.end);
        const held = (count: number) => longest.slice(0, count).reduce((sum, run) => sum + run.units, 0);
        expect(top.until).toBe(longest.find((_run, index) => held(index + 1) >= need)?.end);
      }
    }),
    { numRuns: 500 },
  );
});

it('takes runs without an end', () => {
  const top = new TopRuns(2);
  for (const end of [5, Number.POSITIVE_INFINITY, 7, Number.POSITIVE_INFINITY]) top.add({ end, units: 1 });
  expect(top.until).toBe(Number.POSITIVE_INFINITY);
});

it.each([[0], [-1], [Number.NaN]])('a need of %s is never met, and harms nobody', (need) => {
  const top = new TopRuns(need);
  top.add({ end: 5, units: 1 });
  top.dropUntil(3);
  expect(top.until).toBeUndefined();
});
