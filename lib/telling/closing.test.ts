import { expect, test } from 'vitest';
import { closingOf } from './closing';

const HOUR = 3_600_000;
const end = Date.parse('2030-01-10T12:00:00Z');
const at = (hoursBefore: number, lived = 200) => closingOf({ id: 'dep_1', since: end - lived * HOUR, end }, end - hoursBefore * HOUR)?.what;

test.each([
  ['more than a day before', 24.1, 200, undefined],
  ['a day before', 24, 200, 'closes-24h'],
  ['more than two hours before', 2.1, 200, 'closes-24h'],
  ['two hours before', 2, 200, 'closes-2h'],
  ['a minute before', 1 / 60, 200, 'closes-2h'],
  ['at its end', 0, 200, undefined],
  ['after it', -1, 200, undefined],
  ['a day before, of one that was made for a day', 23.9, 24, undefined],
  ['a day before, of one that was made an hour earlier', 23.9, 25, 'closes-24h'],
  ['two hours before, of one that was made for a day', 2, 24, 'closes-2h'],
  ['of one that was made for two hours', 1.9, 2, undefined],
])('%s', (_when, before, lived, what) => {
  expect(at(before, lived)).toBe(what);
});

test('an end that was moved is told of again', () => {
  const key = (moved: number) => closingOf({ id: 'dep_1', since: 0, end: end + moved }, end + moved - HOUR)?.key;
  expect(key(0)).toBe('deployment/dep_1/2030-01-10T12:00:00.000Z/closes-2h');
  expect(key(1000)).not.toBe(key(0));
});
