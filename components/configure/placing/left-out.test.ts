import { expect, test } from 'vitest';
import { isLeftOut } from './left-out';

test.each([
  [undefined, 0, true],
  [undefined, 2, false],
  [undefined, undefined, false],
  ['worker_count', 0, false],
])('a group counted by %s, of which the plan has %s nodes, is left out: %s', (countInput, nodes, leftOut) => {
  expect(isLeftOut({ countInput }, nodes)).toBe(leftOut);
});
