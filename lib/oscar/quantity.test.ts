import { expect, test } from 'vitest';
import { amountOf } from './quantity';

test.each([
  ['5', 5],
  ['0', 0],
  ['256Mi', 256 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['2G', 2e9],
  ['3Ti', 3 * 2 ** 40],
  ['4k', 4000],
  ['1.55Gi', 1.55 * 2 ** 30],
])('%s is %d', (quantity, amount) => {
  expect(amountOf(quantity)).toBe(amount);
});

test.each(['', 'many', '5 Gi', '5Gi ', '-1', '5m', '1Gix', '1.xGi', '5constructor', '1e3'])('“%s” is no quantity of these', (quantity) => {
  expect(amountOf(quantity)).toBeNull();
});
