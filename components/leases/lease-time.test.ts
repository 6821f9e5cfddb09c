import { describe, expect, it } from 'vitest';
import { lasting, lengthOf, startingAt } from './lease-time';

const now = Date.UTC(2026, 10, 27, 19, 30, 20);
const HOUR = 3_600_000;
const six = { start: '2026-11-28T08:00:00.000Z', end: '2026-11-28T14:00:00.000Z', nodeType: 'gpu' };

describe('the time of a lease that is asked for', () => {
  it.each([
    ['at another time', '2026-12-01T10:00:00.000Z', '2026-12-01T16:00:00.000Z'],
    ['now', 'now', '2026-11-28T01:30:00.000Z'],
    ['at a time that is still being typed', '', six.end],
  ])('keeps its length when it begins %s', (_when, start, end) => {
    expect(startingAt(six, start, now)).toEqual({ ...six, start, end });
  });

  it('keeps its start when it lasts longer', () => {
    const longer = lasting(six, 24, now);
    expect([longer.start, lengthOf(longer, now)]).toEqual([six.start, 24 * HOUR]);
  });

  it('has no length while one of its ends is not known', () => {
    expect(lengthOf({ start: '', end: six.end }, now)).toBeNull();
    expect(lengthOf({ start: 'now', end: '' }, now)).toBeNull();
  });
});
