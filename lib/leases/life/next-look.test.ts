import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../calendar/moments';
import { hours, inHours, NOW } from '../testing/site';
import { followAgainAt, lookAgainAt, tryAgainAt } from './next-look';
import { reminderTimes } from './reminders';

describe('a site is asked again how a lease stands', () => {
  it.each<[string, string, [number, number], number | null]>([
    ['within an hour, while it begins in a week', 'PENDING', [168, 200], inHours(1)],
    ['soon, while it begins soon', 'PENDING', [1, 30], NOW + 6 * MINUTE],
    ['just after its start', 'PENDING', [0.001, 30], NOW + MINUTE],
    ['within an hour, while it runs and ends in days', 'ACTIVE', [-50, 100], inHours(1)],
    ['a minute before people would be told that it ends in two days', 'ACTIVE', [-50, 48.5], inHours(0.5) - MINUTE],
    ['a minute before people would be told that it ends in half an hour', 'ACTIVE', [-50, 0.55], inHours(0.05) - MINUTE],
    ['each minute, just before its end', 'ACTIVE', [-50, 0.1], NOW + MINUTE],
    ['a minute later, while it is started, changed or ended', 'STARTING', [0, 50], NOW + MINUTE],
    ['rarely, where its time is over and its site does not say so', 'ACTIVE', [-50, -10], inHours(2.5)],
    ['four times a day at last', 'ERROR', [-500, -400], inHours(6)],
    ['never again, when it has ended', 'TERMINATED', [-50, -1], null],
    ['never again, when it is gone', 'GONE', [-50, 10], null],
  ])('%s', (_name, status, span, at) => {
    expect(lookAgainAt({ status, ...hours(...span) }, NOW)).toBe(at);
  });

  it('within the last ninety seconds before each thing that people are told of its end, however one gets there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 10_000 }), (minutes) => {
        const lease = { status: 'ACTIVE', start: NOW - HOUR, end: NOW + minutes * MINUTE };
        const looks: number[] = [];
        for (let at: number | null = NOW; at !== null && at < lease.end; at = lookAgainAt(lease, at)) looks.push(at);
        for (const before of Object.values(reminderTimes)) {
          const told = lease.end - before;
          if (told > NOW + 2 * MINUTE) expect(looks.some((at) => at >= told - 90_000 && at <= told)).toBe(true);
        }
        expect(looks.length).toBeLessThan(400);
      }),
    );
  });

  it.each<[string, number, number]>([
    ['at once nearly, when it did not answer for the first time', 0.01, MINUTE],
    ['rarer, when it has not for long', 1, HOUR / 2],
    ['each hour at last', 100, HOUR],
  ])('%s', (_name, silent, after) => {
    expect(tryAgainAt(inHours(-silent), NOW)).toBe(NOW + after);
  });
});

describe('for somebody who watches it, a lease is asked for again', () => {
  it.each<[string, string, [number, number], boolean, number]>([
    ['after five minutes, while it begins in a week', 'PENDING', [168, 200], false, 300],
    ['after half a minute, while it begins in ten', 'PENDING', [1 / 6, 200], false, 30],
    ['after five seconds, when it is to begin', 'PENDING', [0.01, 200], false, 5],
    ['after five seconds, while it is started', 'STARTING', [0, 200], false, 5],
    ['after five seconds, while something is done with it here', 'PENDING', [168, 200], true, 5],
  ])('%s', (_name, status, span, busy, seconds) => {
    expect(followAgainAt({ status, ...hours(...span) }, busy, NOW)).toBeCloseTo(NOW + seconds * 1000, -1);
  });
});
