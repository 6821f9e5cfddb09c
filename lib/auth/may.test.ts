import { expect, test } from 'vitest';
import { may } from './may';

test.each([
  ['its owner reads', 'ann', 'write', 'read', true],
  ['its owner changes', 'ann', 'write', 'change', true],
  ['a token of scope read reads for its owner', 'ann', 'read', 'read', true],
  ['a token of scope read changes nothing', 'ann', 'read', 'change', false],
  ['somebody else does not read', 'bob', 'write', 'read', false],
  ['somebody else does not change', 'bob', 'write', 'change', false],
] as const)('%s', (_, id, scope, need, allowed) => {
  expect(may({ id, scope }, need, 'ann')).toBe(allowed);
});
