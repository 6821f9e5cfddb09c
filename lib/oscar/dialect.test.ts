import { expect, test } from 'vitest';
import { dialectOf, hasRoute, versionIn } from './dialect';

test.each([
  ['v4.1.2', '4.1.2'],
  ['4.0', '4.0'],
  ['3.6.5-rc1', '3.6.5'],
  ['v4.2.0+build7', '4.2.0'],
  [' v4.1.2\n', '4.1.2'],
  ['devel', null],
  ['', null],
  ['8f2c1ab', null],
  ['4', null],
  ['v4.1.2 <script>', null],
])('in %j there is the version %j', (said, version) => {
  expect(versionIn(said)).toBe(version);
});

test.each([
  ['2.9.0', '3.5'],
  ['3.4.1', '3.5'],
  ['3.5.0', '3.5'],
  ['3.6.0', '3.6'],
  ['3.7.2', '3.6'],
  ['4.0.0', '4.0'],
  ['4.1.0', '4.1'],
  ['4.12.0', '4.1'],
  ['5.0', '4.1'],
])('%s is spoken with as %s', (version, dialect) => {
  expect(dialectOf(version)).toBe(dialect);
});

test.each([
  [404, '404 page not found', false],
  [404, '', true],
  [404, '<html>Not found</html>', false],
  [200, '', true],
  [401, '', true],
  [403, '', true],
])('%i with %j: the route is there: %j', (status, body, expected) => {
  expect(hasRoute({ status, body })).toBe(expected);
});
