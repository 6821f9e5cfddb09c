import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, isFree, minutes, minutesWhere, someTaken } from '../testing/minutes';
import { freeRuns, runAround } from './free-runs';
import { MINUTE } from './moments';

const ever = Number.POSITIVE_INFINITY;
const within = (start: number, end: number) => ({ start: at(start), end: end === ever ? ever : at(end) });

describe('the free runs of a host', () => {
  it.each([
    ['nothing is taken', [], within(0, 60), 0, [within(0, 60)]],
    ['nothing is taken, for ever', [], within(0, ever), 0, [within(0, ever)]],
    ['one lease', [minutes(10, 20)], within(0, 60), 0, [within(0, 10), within(20, 60)]],
    ['leases in any order', [minutes(30, 40), minutes(10, 20)], within(0, 60), 0, [within(0, 10), within(20, 30), within(40, 60)]],
    ['one that goes on', [minutes(-10, 20)], within(0, 60), 0, [within(20, 60)]],
    ['one that ends when it begins', [minutes(-10, 0)], within(0, 60), 0, [within(0, 60)]],
    ['one in another', [minutes(10, 40), minutes(20, 30)], within(0, 60), 0, [within(0, 10), within(40, 60)]],
    ['back to back', [minutes(10, 20), minutes(20, 30)], within(0, 60), 0, [within(0, 10), within(30, 60)]],
    ['a minute between two, which is no gap', [minutes(10, 20), minutes(21, 30)], within(0, 60), 1, [within(0, 9), within(31, 60)]],
    ['all of it', [minutes(-1, 61)], within(0, 60), 0, []],
    ['beyond the end', [minutes(60, 70), minutes(80, 90)], within(0, 60), 0, [within(0, 60)]],
    ['just before the end, with a gap', [minutes(61, 70)], within(0, 60), 2, [within(0, 59)]],
    ['over the end', [minutes(50, 70)], within(0, 60), 0, [within(0, 50)]],
    ['an hour for cleaning', [minutes(100, 110)], within(0, ever), 60, [within(0, 40), within(170, ever)]],
    ['a lease of no length', [minutes(10, 10)], within(0, 60), 5, [within(0, 60)]],
    ['a lease turned round', [minutes(20, 10)], within(0, 60), 5, [within(0, 60)]],
  ])('where %s', (_name, taken, span, gap, runs) => {
    expect(freeRuns(taken, span, gap * MINUTE)).toEqual(runs);
  });

  it('hold exactly the minutes in which nothing is taken', () => {
    fc.assert(
      fc.property(someTaken, fc.integer({ min: 0, max: 3 }), (taken, gap) => {
        const runs = freeRuns(taken, minutes(0, 60), gap * MINUTE);
        const free = minutesWhere(59, (minute) => isFree(taken, minutes(minute, minute + 1), gap * MINUTE));
        const inRuns = minutesWhere(59, (minute) => runs.some(({ start, end }) => start <= at(minute) && at(minute + 1) <= end));
        expect(inRuns).toEqual(free);
        for (const [index, run] of runs.entries()) {
          expect(run.end).toBeGreaterThan(run.start);
          expect(run.start).toBeGreaterThan(runs[index - 1]?.end ?? -1);
        }
      }),
    );
  });

  it('are found by a span that lies in them', () => {
    fc.assert(
      fc.property(someTaken, fc.integer({ min: -3, max: 60 }), fc.integer({ min: 1, max: 20 }), (taken, start, length) => {
        const runs = freeRuns(taken, minutes(0, 60));
        const span = minutes(start, start + length);
        expect(runAround(runs, span)).toEqual(runs.find((run) => run.start <= span.start && span.end <= run.end));
      }),
    );
  });
});
