import { expect, test } from 'vitest';
import { runJobs } from './queue';

const workers = (...up: boolean[]) => up.map((is, index) => ({ name: `w${index + 1}`, up: is }));
const job = (nodes: number, more: object = {}) => ({ nodes, seconds: 60, ...more });

test.each([
  ['nothing waits on workers with nothing to do', [], workers(true), 0, 0, ['idle']],
  ['a job begins where a worker is free', [job(1)], workers(true), 0, 0, ['busy']],
  ['one waits where none is', [job(1), job(1)], workers(true), 1, 1, ['busy']],
  ['one for two waits for the second', [job(2)], workers(true), 1, 2, ['idle']],
  ['nobody overtakes it', [job(2), job(1)], workers(true), 2, 3, ['idle']],
  ['one that is not up takes nothing', [job(1)], workers(false), 1, 1, ['away']],
  ['one that is over is gone', [job(1, { startedAt: 0, on: ['w1'] })], workers(true), 0, 0, ['idle']],
  ['one that is not holds its worker', [job(1, { startedAt: 1, on: ['w1'] })], workers(true), 0, 0, ['busy']],
])('%s', (_what, jobs, on, waiting, wanted, states) => {
  const { report } = runJobs(jobs, on, 60_000);
  expect(report).toMatchObject({ waiting, wanted });
  expect(report.machines.map(({ state }) => state)).toEqual(states);
});
