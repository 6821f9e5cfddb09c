import { describe, expect, it } from 'vitest';
import { isRead, isReadAt, readOf, unreadOf } from './read-times';

const of = (start: number, end: number) => ({ read: { start, end } });
const view = { start: 10, end: 20 };

describe('what has been read of a view', () => {
  it.each([
    ['all of it', [of(0, 30)], view, []],
    ['just it', [of(10, 20)], view, []],
    ['its beginning', [of(0, 14)], { start: 10, end: 14 }, [{ start: 14, end: 20 }]],
    [
      'its middle',
      [of(12, 14)],
      { start: 12, end: 14 },
      [
        { start: 10, end: 12 },
        { start: 14, end: 20 },
      ],
    ],
    ['nothing of it, but what lies before', [of(0, 10)], null, [view]],
    [
      'of two, what both told',
      [of(0, 15), of(12, 30)],
      { start: 12, end: 15 },
      [
        { start: 10, end: 12 },
        { start: 15, end: 20 },
      ],
    ],
    ['of two, none told of the same time', [of(0, 12), of(15, 30)], null, [view]],
  ])('%s', (_what, all, read, unread) => {
    expect(readOf(all, view)).toEqual(read);
    expect(unreadOf(readOf(all, view), view)).toEqual(unread);
  });

  it.each([
    ['within', { start: 10, end: 20 }, true],
    ['over its end', { start: 10, end: 21 }, false],
    ['before it', { start: 0, end: 5 }, false],
  ])('a span is read where all of it was: %s', (_what, span, is) => {
    expect(isRead(of(10, 20), span)).toBe(is);
  });

  it('a moment is read up to the end', () => {
    expect([9, 10, 20, 21].map((at) => isReadAt(of(10, 20), at))).toEqual([false, true, true, false]);
  });
});
