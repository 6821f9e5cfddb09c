import { expect, test } from 'vitest';
import { nextBeat } from './beat';

test.each([
  [1, false, 10],
  [50, false, 10],
  [51, false, 11],
  [300, false, 60],
  [50_000, false, 60],
  [1, true, 3],
  [60, true, 3],
  [61, true, 4],
  [300, true, 15],
  [50_000, true, 15],
])('of %i nodes, while theirs is changed: %s, one is heard of again in %i s', (nodes, changing, seconds) => {
  expect(nextBeat(nodes, changing)).toBe(seconds);
});
