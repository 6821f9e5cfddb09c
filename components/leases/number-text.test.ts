import { expect, it } from 'vitest';
import { readNumber } from './number-text';

it.each([
  ['12', 12],
  [' 7 ', 7],
  // on the way to another number
  ['', undefined],
  ['-', undefined],
  ['0', undefined],
  ['501', undefined],
  ['2.5', undefined],
  ['x', undefined],
])('of “%s” a count from 1 to 500 is %s', (text, value) => {
  expect(readNumber(text, { least: 1, most: 500, whole: true })).toBe(value);
});

it('hours may be parts', () => {
  expect(readNumber('0.25', { least: 0.25, most: 4800, whole: false })).toBe(0.25);
  expect(readNumber('0.2', { least: 0.25, most: 4800, whole: false })).toBeUndefined();
});
