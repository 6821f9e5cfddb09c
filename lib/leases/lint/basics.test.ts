import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../calendar/moments';
import { hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import { told } from '../testing/told';
import { lengthWords } from '../words/english';
import { lintLength, lintName, lintTimes, spanOf } from './basics';

describe('the name of a lease', () => {
  const leases = [lease({ name: 'mine' }), lease({ name: 'over', status: 'TERMINATED' }), lease({ name: 'broken', status: 'ERROR' })];
  it.each([
    ['testbed', []],
    ['x'.repeat(80), []],
    ['😀'.repeat(80), []],
    ['over', []],
    ['Mine', []],
    ['x'.repeat(81), ['name: The name has 81 signs; a lease’s may have 80.']],
    ['😀'.repeat(81), ['name: The name has 81 signs; a lease’s may have 80.']],
    ['', ['name: The lease has no name.']],
    [' \t', ['name: The lease has no name.']],
    ['a\u202eb', ['name: The name has signs that can’t be seen.']],
    ['a\nb', ['name: The name has signs that can’t be seen.']],
    ['a\tb', ['name: The name has signs that can’t be seen.']],
    ['a\u0000', ['name: The name has signs that can’t be seen.']],
    ['mine', ['name (conflict): The project has a lease mine already.']],
    ['broken', ['name (conflict): The project has a lease broken already.']],
  ])('%j', (name, problems) => {
    expect(told(lintName(name, leases))).toEqual(problems);
  });
});

describe('the times of a lease', () => {
  const now = NOW + 30_000;
  const past = (field: string, text: string) => `${field}: The ${field}, ${text}, is in the past.`;
  it.each<[string, 'now' | number, number, string[]]>([
    ['now', 'now', inHours(1), []],
    ['later', inHours(1), inHours(2), []],
    ['this very minute', NOW, inHours(1), []],
    ['before this minute', NOW - MINUTE, inHours(1), [past('start', '2026-11-21 11:59 UTC')]],
    ['seconds before now, which are rounded up', NOW - 1000, inHours(1), []],
    ['an end in the past', 'now', NOW, [past('end', '2026-11-21 12:00 UTC')]],
    ['both in the past', inHours(-2), inHours(-1), [past('start', '2026-11-21 10:00 UTC'), past('end', '2026-11-21 11:00 UTC')]],
    [
      'an end before the start',
      inHours(3),
      inHours(2),
      ['end: The end, 2026-11-21 14:00 UTC, does not come after the start, 2026-11-21 15:00 UTC.'],
    ],
    [
      'an end at the start',
      inHours(3),
      inHours(3),
      ['end: The end, 2026-11-21 15:00 UTC, does not come after the start, 2026-11-21 15:00 UTC.'],
    ],
    [
      'less than a whole minute',
      inHours(3) + 1,
      inHours(3) + MINUTE + 1,
      ['end: The end, 2026-11-21 15:01 UTC, does not come after the start, 2026-11-21 15:01 UTC.'],
    ],
    ['a minute', inHours(3), inHours(3) + MINUTE, []],
    ['no start', Number.NaN, inHours(3), ['start: This is no time that a site can take.']],
    ['no end', 'now', Number.NaN, ['end: This is no time that a site can take.']],
    ['for ever', 'now', Number.POSITIVE_INFINITY, ['end: This is no time that a site can take.']],
    [
      'neither',
      Number.NEGATIVE_INFINITY,
      1e18,
      ['start: This is no time that a site can take.', 'end: This is no time that a site can take.'],
    ],
    ['the last date there is', 'now', Date.UTC(9999, 11, 31), []],
    ['one after it', 'now', Date.UTC(10_000, 0, 1), ['end: This is no time that a site can take.']],
  ])('%s', (_name, start, end, problems) => {
    expect(told(lintTimes({ start, end }, now))).toEqual(problems);
  });

  it('come with what to do', () => {
    expect(lintTimes({ start: inHours(3), end: inHours(2) }, now)[0]?.remedy).toBe('Choose an end at 2026-11-21 15:01 UTC or later.');
    expect(lintTimes({ start: inHours(-1), end: inHours(2) }, now)[0]?.cause).toBe('It is 2026-11-21 12:00 UTC now.');
  });

  it('are whole minutes, and never more than was asked for', () => {
    expect(spanOf({ start: NOW + 1, end: inHours(1) + 59_999 }, now)).toEqual({ start: NOW + MINUTE, end: inHours(1) });
    expect(spanOf({ start: 'now', end: inHours(1) }, now)).toEqual(hours(0, 1));
  });
});

describe('the length of a lease', () => {
  const site = leaseSite({ rules: { maxDays: 7, flavorMaxDays: [{ flavor: 'g1.*', days: 1 }] } });
  it('is the site’s longest at most', () => {
    expect(lintLength(hours(0, 168), site)).toEqual([]);
    const [problem] = lintLength(hours(0, 192), site);
    expect(problem && told([problem])).toEqual([
      'end (upstream-refused): A lease at CHI@Test may last 7 days, and this one would last 8 days.',
    ]);
    expect(problem?.remedy).toContain('2026-11-28 12:00 UTC');
    expect(lintLength(hours(0, 1000), leaseSite())).toEqual([]);
  });

  it('is the flavor’s longest where it has one', () => {
    expect(lintLength(hours(0, 25), site, ['g1.h100'])[0]?.detail).toBe(
      'A lease at CHI@Test may last 1 day, and this one would last 1 day 1 hour.',
    );
    expect(lintLength(hours(0, 24), site, ['g1.h100'])).toEqual([]);
  });

  it('does not go beyond the project’s allocation', () => {
    const ends = leaseSite({ project: { id: 'p', end: inHours(5) } });
    expect(told(lintLength(hours(0, 6), ends))).toEqual([
      'end (upstream-refused): The project’s allocation at CHI@Test ends at 2026-11-21 17:00 UTC, before the lease would.',
    ]);
    expect(lintLength(hours(0, 5), ends)).toEqual([]);
  });
});

it.each([
  [7 * DAY, '7 days'],
  [DAY + HOUR, '1 day 1 hour'],
  [DAY + MINUTE, '1 day 1 minute'],
  [2 * DAY + 3 * HOUR + MINUTE, '2 days 3 hours'],
  [90 * MINUTE, '1 hour 30 minutes'],
  [MINUTE, '1 minute'],
  [59_000, '0 minutes'],
  [0, '0 minutes'],
])('%d ms are %s', (ms, words) => {
  expect(lengthWords(ms)).toBe(words);
});
