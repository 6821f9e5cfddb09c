import { afterAll, expect, test } from 'vitest';
import { inFlight, shareDoors } from './doors';

afterAll(() => shareDoors(1));

test.each([
  [1, 16, 12],
  [2, 8, 6],
  [3, 5, 4],
  [12, 1, 1],
  [40, 1, 1],
  [0, 16, 12],
])('of %i workers each may have %i requests to a site under way, %i of them for one project', (workers, inAll, ofProject) => {
  shareDoors(workers);
  expect([inFlight.inAll(), inFlight.ofProject()]).toEqual([inAll, ofProject]);
});
