import { expect, test } from 'vitest';
import { storable } from './storable';

test.each([
  ['NUL in a text', 'a\u0000b', 'ab'],
  ['half of a pair', 'a\ud800', 'a\ufffd'],
  ['a whole pair', '😀', '😀'],
  ['deep in a value', { a: [{ b: 'x\u0000' }], n: 1, no: null, yes: true }, { a: [{ b: 'x' }], n: 1, no: null, yes: true }],
  ['in the name of a field', { 'a\u0000': 1 }, { a: 1 }],
])('what the database can’t hold is left out: %s', (_where, value, expected) => {
  expect(storable(value)).toEqual(expected);
});
