import { expect, test } from 'vitest';
import { portsFrom } from './ports';

test.each([
  [3101, 4, [3101, 3102, 3103, 3104]],
  [3305, 3, [3305, 3307, 3308]],
  [5059, 2, [5059, 5062]],
])('clusters get ports from %i on, but none where a database or the like would be', (first, count, ports) => {
  expect(portsFrom(first, count)).toEqual(ports);
});
