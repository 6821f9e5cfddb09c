import { expect, test } from 'vitest';
import { compareObjects } from './compare';

const object = (key: string, etag: string, second: number | null = 0) => ({
  key,
  etag,
  bytes: 1,
  modifiedAt: second === null ? null : new Date(second * 1000).toISOString(),
});

test.each([
  ['the same bytes', [object('a', 'x')], [object('a', 'x', 9)], ['a same']],
  ['other bytes', [object('a', 'x')], [object('a', 'y')], ['a different']],
  ['what is on one side', [object('a', 'x')], [object('b', 'x')], ['a origin-only', 'b worker-only']],
  [
    'the last first, wherever it was written',
    [object('a', 'x', 1), object('b', 'x', 5)],
    [object('a', 'x', 9)],
    ['a same', 'b origin-only'],
  ],
  ['what has no time last', [object('a', 'x', null), object('b', 'x', 5)], [], ['b origin-only', 'a origin-only']],
  ['nothing', [], [], []],
])('two buckets beside each other: %s', (_, origin, worker, rows) => {
  expect(compareObjects(origin, worker).map(({ key, is }) => `${key} ${is}`)).toEqual(rows);
});
