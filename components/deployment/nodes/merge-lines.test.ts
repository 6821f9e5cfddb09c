import { describe, expect, it } from 'vitest';
import { mergeLines } from './merge-lines';

const lines = (...ids: number[]) => ids.map((id) => ({ id }));
const ids = (merged: { id: number }[]) => merged.map((line) => line.id);

describe('a stream of lines', () => {
  it('goes on where it was', () => expect(ids(mergeLines(lines(1, 2), lines(3, 4)))).toEqual([1, 2, 3, 4]));
  it('shows a line once though the stream says it again', () =>
    expect(ids(mergeLines(lines(1, 2, 3), lines(2, 3, 4, 4)))).toEqual([1, 2, 3, 4]));
  it('puts late lines where they belong', () => expect(ids(mergeLines(lines(1, 4), lines(3, 2, 6, 5)))).toEqual([1, 2, 3, 4, 5, 6]));
  it('is the same array when nothing is new, so that nothing is drawn again', () => {
    const known = lines(1, 2);
    expect(mergeLines(known, lines(2))).toBe(known);
    expect(mergeLines(known, [])).toBe(known);
  });
  it('keeps the last ones only', () => expect(ids(mergeLines(lines(1, 2, 3), lines(4, 5), 3))).toEqual([3, 4, 5]));
});
