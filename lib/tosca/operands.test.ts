import { expect, it } from 'vitest';
import type { ConstraintKeyword } from '@/lib/inputs/constraints';
import { operandProblem } from './operands';

const ok = null;
it.each<[ConstraintKeyword, unknown, string | null]>([
  ['in_range', [1, 5], ok],
  ['in_range', [5, 5], ok],
  ['in_range', ['1 GiB', '2 GB'], ok],
  ['in_range', ['UNBOUNDED', 2], ok],
  ['in_range', [2, 'UNBOUNDED'], ok],
  ['in_range', [5, 1], 'The lower bound of in_range is above the upper one.'],
  ['in_range', ['2 GiB', '1 GiB'], 'The lower bound of in_range is above the upper one.'],
  ['in_range', [1, '2 GiB'], 'The lower bound of in_range is above the upper one.'],
  ['in_range', ['few', 'UNBOUNDED'], 'A bound of in_range is a number, a size, or UNBOUNDED.'],
  ['in_range', [1, null], 'A bound of in_range is a number, a size, or UNBOUNDED.'],
  ['in_range', 5, 'in_range needs a list of two bounds.'],
  ['in_range', [1, 2, 3], 'in_range needs a list of two bounds.'],
  ['valid_values', ['a'], ok],
  ['valid_values', [], 'valid_values needs a list with at least one value.'],
  ['valid_values', 'a', 'valid_values needs a list with at least one value.'],
  ['length', 0, ok],
  ['min_length', -1, 'min_length needs a whole number from 0.'],
  ['max_length', 1.5, 'max_length needs a whole number from 0.'],
  ['length', '3', 'length needs a whole number from 0.'],
  ['pattern', '/data(/[a-z]+)*', ok],
  ['pattern', '(a+)+', ok],
  ['pattern', 4, 'pattern needs text.'],
  ['pattern', '(', "The pattern can't be used: missing closing ): `(`. Patterns are those of RE2, which go through a text once."],
  ['equal', { anything: 1 }, ok],
  ['greater_than', 3, ok],
  ['less_or_equal', '1 GiB', ok],
  ['greater_than', 'soon', 'greater_than needs a number or a size.'],
  ['less_than', null, 'less_than needs a number or a size.'],
])('%s %j', (keyword, operand, problem) => expect(operandProblem(keyword, operand)).toBe(problem));
