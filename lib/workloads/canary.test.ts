import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, type Canary, hops, newCanary, type Sight } from './canary';

const nothing: Omit<Sight, 'at'> = { originJob: null, workerJob: null, workerOutput: null, originOutput: null, originRestarts: null };
const job = (state: string) => ({ name: 'fish-1', state });
const etag = { etag: 'e' };
type Look = [second: number, sight: Partial<Sight>];
const follow = (looks: Look[], expectsCopy = true): Canary =>
  looks.reduce((canary, [second, sight]) => advance(canary, { ...nothing, ...sight, at: second * 1000 }), newCanary(0, 60, expectsCopy));

test('a job that waits, crosses, runs and comes back is verified, with the time of each hop', () => {
  const canary = follow([
    [2, {}],
    [5, { originJob: job('Pending') }],
    [70, { originJob: null, workerJob: job('Pending') }],
    [75, { workerJob: job('Running') }],
    [80, { workerJob: job('Succeeded'), workerOutput: etag }],
    [82, { workerJob: job('Succeeded'), workerOutput: etag, originOutput: etag }],
  ]);
  expect(canary).toMatchObject({
    state: 'verified',
    failure: null,
    evidence: { originJob: 'fish-1', workerJob: 'fish-1', workerOutput: 'e', originOutput: 'e' },
  });
  expect(hops(canary).map(({ from, to, ms }) => `${from} → ${to} ${ms / 1000}`)).toEqual([
    'put → waiting 5',
    'waiting → crossed 65',
    'crossed → running 5',
    'running → written-there 5',
    'written-there → verified 2',
  ]);
});

test('a job that is handed on when it is submitted is never seen at the origin, and that is fine', () => {
  const canary = follow([
    [4, { workerJob: job('Running') }],
    [9, { workerJob: job('Succeeded'), workerOutput: etag, originOutput: etag }],
  ]);
  expect(hops(canary).map(({ from, to }) => `${from} ${to}`)).toEqual(['put running', 'running verified']);
});

test('where the worker keeps no copy, the origin’s result is enough', () => {
  expect(
    follow(
      [
        [4, { workerJob: job('Succeeded') }],
        [6, { workerJob: job('Succeeded'), originOutput: etag }],
      ],
      false,
    ).state,
  ).toBe('verified');
});

test('a result at the origin without a job at the worker proves nothing', () => {
  expect(follow([[4, { originJob: job('Pending'), originOutput: etag, workerOutput: etag }]]).state).not.toBe('verified');
});

test.each<[string, Look[], string]>([
  ['no job anywhere after 20 s', [[21, {}]], 'never-seen'],
  ['a job that the origin ran itself', [[5, { originJob: job('Running') }]], 'not-handed-on'],
  [
    'a job that waits far beyond the threshold',
    [
      [5, { originJob: job('Pending') }],
      [111, { originJob: job('Pending') }],
    ],
    'not-handed-on',
  ],
  [
    'a job that Kueue holds back',
    [
      [5, { originJob: job('Suspended') }],
      [111, { originJob: job('Suspended') }],
    ],
    'not-handed-on',
  ],
  ['a manager that started again', [[30, { originJob: job('Pending'), originRestarts: 1 }]], 'manager-crashed'],
  ['a job that failed there', [[10, { workerJob: job('Failed') }]], 'job-failed'],
  [
    'a job without any result',
    [
      [10, { workerJob: job('Succeeded') }],
      [26, { workerJob: job('Succeeded') }],
    ],
    'no-output',
  ],
  [
    'a result there but not here',
    [
      [10, { workerJob: job('Succeeded') }],
      [26, { workerJob: job('Succeeded'), workerOutput: etag }],
    ],
    'origin-output-missing',
  ],
  [
    'a result here but not there',
    [
      [10, { workerJob: job('Succeeded') }],
      [26, { workerJob: job('Succeeded'), originOutput: etag }],
    ],
    'worker-output-missing',
  ],
  [
    'a job that runs for ever',
    [
      [10, { workerJob: job('Running') }],
      [661, { workerJob: job('Running') }],
    ],
    'stuck',
  ],
])('%s fails as such', (_what, looks, failure) => {
  expect(follow(looks)).toMatchObject({ state: 'failed', failure });
});

test.each<[string, Look[]]>([
  ['no job for 20 s', [[20, {}]]],
  [
    'a job that waits as long as it may',
    [
      [5, { originJob: job('Pending') }],
      [110, { originJob: job('Pending') }],
    ],
  ],
  [
    'a result that is not there at once',
    [
      [10, { workerJob: job('Succeeded') }],
      [25, { workerJob: job('Succeeded') }],
    ],
  ],
  [
    'a job that takes ten minutes',
    [
      [10, { workerJob: job('Running') }],
      [660, { workerJob: job('Running') }],
    ],
  ],
])('%s is not failed yet', (_what, looks) => {
  expect(follow(looks).failure).toBeNull();
});

test('it never goes back, and what has ended stays as it is', () => {
  const order = ['put', 'waiting', 'crossed', 'running', 'written-there', 'verified', 'failed'];
  const some = fc.option(fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed', 'Suspended').map(job), { nil: null });
  const output = fc.option(fc.constant(etag), { nil: null });
  const sight = fc.record({
    at: fc.nat(900_000),
    originJob: some,
    workerJob: some,
    workerOutput: output,
    originOutput: output,
    originRestarts: fc.constant(null),
  });
  fc.assert(
    fc.property(fc.array(sight, { maxLength: 12 }), fc.boolean(), (looks, copy) => {
      let canary = newCanary(0, 60, copy);
      for (const look of looks.toSorted((one, other) => one.at - other.at)) {
        const next = advance(canary, look);
        expect(order.indexOf(next.state)).toBeGreaterThanOrEqual(order.indexOf(canary.state));
        if (canary.state === 'verified' || canary.state === 'failed') expect(next).toBe(canary);
        expect(next.failure === null).toBe(next.state !== 'failed');
        canary = next;
      }
      for (const { ms } of hops(canary)) expect(ms).toBeGreaterThanOrEqual(0);
    }),
  );
});
