import { expect, test } from 'vitest';
import { nameByTime } from './by-time';
import type { LedgerJob } from './types';

const start = Date.parse('2026-11-28T12:00:00Z');
const row = (id: string, second: number, more: Partial<LedgerJob> = {}) =>
  ({ id, submittedAt: start + second * 1000, object: null, settled: false, ...more }) as LedgerJob;
const file = (key: string, second: number | null) => ({
  key,
  bytes: 1,
  etag: 'e',
  modifiedAt: second === null ? null : new Date(start + second * 1000).toISOString(),
});

test.each<[string, LedgerJob[], ReturnType<typeof file>[], Record<string, string>]>([
  ['the file that came with it', [row('a', 10)], [file('in/x', 9), file('in/y', 30)], { a: 'b/in/x' }],
  ['the nearest of several', [row('a', 10)], [file('in/x', 8), file('in/y', 11)], { a: 'b/in/y' }],
  ['each file once', [row('a', 10), row('b', 11)], [file('in/x', 10), file('in/y', 13)], { a: 'b/in/x', b: 'b/in/y' }],
  ['none that another has', [row('a', 10), row('b', 10, { object: 'b/in/x' })], [file('in/x', 10)], {}],
  ['just not too far away', [row('a', 10)], [file('in/x', 13)], { a: 'b/in/x' }],
  ['none that is too far away', [row('a', 10)], [file('in/x', 13.001), file('in/z', null)], {}],
  ['nothing for one that is settled', [row('a', 10, { settled: true })], [file('in/x', 10)], {}],
])('a job is given %s', (_, rows, files, named) => {
  expect(Object.fromEntries(nameByTime(rows, 'b', files).map(({ id, object }) => [id, object]))).toEqual(named);
});
