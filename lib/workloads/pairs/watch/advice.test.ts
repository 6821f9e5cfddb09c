import { expect, test } from 'vitest';
import type { OscarJob } from '@/lib/oscar/types';
import { seenOf } from './advice';
import { countJobs } from './drill';

const at = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString());
const job = (
  created: number | null,
  started: number | null,
  finished: number | null,
  state: OscarJob['state'] = 'Succeeded',
): OscarJob => ({
  name: 'j',
  state,
  createdAt: at(created),
  startedAt: at(started),
  finishedAt: at(finished),
});

test.each([
  ['of no jobs nothing is known', [], { jobs: 0, begin: null, run: null }],
  ['of one that waits nothing is known', [job(0, null, null)], { jobs: 0, begin: null, run: null }],
  ['the longest wait counts', [job(0, 2, 3), job(0, 9, 11)], { jobs: 2, begin: 9, run: 2 }],
  ['of what they ran the median counts', [job(0, 0, 1), job(0, 0, 5), job(0, 0, 90)], { jobs: 3, begin: 0, run: 5 }],
  ['times that go backwards are none', [job(9, 2, 1)], { jobs: 0, begin: null, run: null }],
])('%s', (_what, jobs, seen) => {
  expect(seenOf(jobs)).toEqual(seen);
});

test('a drill counts the jobs that came while it went on, by what became of them', () => {
  const states = ['Succeeded', 'Failed', 'Running', 'Pending', 'Suspended', 'Unknown'] as const;
  const jobs = [...states.map((state) => job(10, null, null, state)), job(9, null, null), job(21, null, null), job(null, null, null)];
  expect(countJobs(jobs, 10_400, 20_000)).toEqual({ done: 1, failed: 1, running: 1, waiting: 3 });
});
