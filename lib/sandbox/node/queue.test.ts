import { expect, test } from 'vitest';
import { queueOf, runJobs } from './queue';

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

const steps = (...envs: Record<string, string>[]) => envs.map((env) => ({ env }));
test.each([
  ['SLURM tells', steps({ WORKERS: 's-1,s-2' }, { PARTITION: 'main' }, { QUEUE_GROUP: 'workers', QUEUE_TOKEN: 't' }), ['s-1', 's-2']],
  ['Kubernetes tells', steps({}, { QUEUE_GROUP: 'workers', QUEUE_TOKEN: 't' }, { WORKER_COUNT: '1', WORKERS: 'k-1' }), ['k-1']],
  ['one with no workers yet tells', steps({ QUEUE_GROUP: 'workers', QUEUE_TOKEN: 't' }, { WORKERS: '' }), []],
  ['one that follows no queue tells nothing', steps({ WORKERS: 'k-1' }), undefined],
  ['one without steps tells nothing', undefined, undefined],
])('the front-end of %s', (_what, bundle, names) => {
  const agent = (bundle ? { bundle: { steps: bundle } } : null) as Parameters<typeof queueOf>[0]['agent'];
  expect(queueOf({ agent })).toEqual(names && { group: 'workers', token: 't', workers: names });
});
