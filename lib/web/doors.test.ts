import { afterAll, expect, test } from 'vitest';
import { inFlight, shareDoors } from './doors';

afterAll(() => shareDoors(1));

test.each([
  [1, 16],
  [2, 8],
  [3, 5],
  [16, 1],
  [40, 1],
  [0, 16],
])('of %i workers each may have %i requests to a site under way', (workers, each) => {
  shareDoors(workers);
  expect(inFlight()).toBe(each);
});
