import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobState, OscarJob } from '@/lib/oscar/types';
import { type Listing, merge } from './merge';
import type { FollowedPair, LedgerJob } from './types';

const start = Date.parse('2026-11-28T12:00:00Z');
const older: FollowedPair = {
  id: 'p',
  service: 'fish',
  origin: 'eu',
  worker: 'us',
  keepsNames: false,
  thresholdSeconds: 15,
  drainedSince: null,
};
const newer = { ...older, keepsNames: true };

const iso = (second: number | null) => (second === null ? null : new Date(start + second * 1000).toISOString());
const job = (name: string, state: JobState, created: number, times: { started?: number; finished?: number } = {}): OscarJob => ({
  name,
  state,
  createdAt: iso(created),
  startedAt: iso(times.started ?? null),
  finishedAt: iso(times.finished ?? null),
});
const list = (cluster: string, second: number, ...jobs: OscarJob[]): Listing => ({
  cluster,
  jobs,
  all: new Set(jobs.map(({ name }) => name)),
  at: start + second * 1000,
});

/** What the ledger says after some listings, one after the other. */
function after(pair: FollowedPair, ...listings: Listing[]): LedgerJob[] {
  let count = 0;
  let rows: LedgerJob[] = [];
  for (const listing of listings) {
    const changed = merge(pair, rows, listing, () => `job_${++count}`);
    rows = [...rows.filter(({ id }) => changed.every((row) => row.id !== id)), ...changed];
  }
  return rows.toSorted((one, other) => one.id.localeCompare(other.id));
}
const short = (rows: LedgerJob[]) =>
  rows.map(({ origin, ran, state, crossed, why, settled }) => ({ origin, ran, state, crossed, why, settled }));
const row = (more: object) => ({ origin: 'eu', ran: 'eu', state: 'Pending', crossed: false, why: null, settled: false, ...more });
const over = (more: object = {}) => row({ ran: 'us', crossed: true, ...more });

describe('a job is one row, whatever clusters list it', () => {
  test.each<[string, FollowedPair, Listing[], object[]]>([
    ['one that runs where it came', older, [list('eu', 1, job('a', 'Running', 0, { started: 1 }))], [row({ state: 'Running' })]],
    [
      'one that waited, left and runs at the worker',
      older,
      [list('eu', 1, job('a', 'Pending', 0)), list('eu', 17), list('us', 17, job('x', 'Running', 16, { started: 17 }))],
      [over({ state: 'Running', why: 'wait' })],
    ],
    [
      'one that is at the worker before the origin was asked again',
      older,
      [list('eu', 1, job('a', 'Pending', 0)), list('us', 17, job('x', 'Pending', 16)), list('eu', 18)],
      [over({ why: 'wait' })],
    ],
    ['one that has left and is nowhere yet', older, [list('eu', 1, job('a', 'Pending', 0)), list('eu', 17)], [row({ state: 'Crossing' })]],
    [
      'one that was thought to have left, and is there again',
      older,
      [list('eu', 1, job('a', 'Pending', 0)), list('eu', 2), list('eu', 3, job('a', 'Pending', 0))],
      [row({})],
    ],
    ['one that left before it was written down', older, [list('us', 1, job('x', 'Pending', 0))], [over({ why: 'no-room' })]],
    [
      'a new one at the worker is not one that has only begun to wait',
      older,
      [list('eu', 1, job('a', 'Pending', 0)), list('us', 2, job('x', 'Pending', 2))],
      [row({}), over({ why: 'no-room' })],
    ],
    [
      'a new one at the worker is not one that the origin runs',
      older,
      [list('eu', 20, job('a', 'Running', 0, { started: 1 })), list('us', 30, job('x', 'Pending', 29))],
      [row({ state: 'Running' }), over({ why: 'no-room' })],
    ],
    [
      'a guess that is wrong is taken back',
      older,
      [
        list('eu', 1, job('a', 'Pending', 0)),
        list('us', 17, job('x', 'Pending', 16)),
        list('eu', 18, job('a', 'Running', 0, { started: 18 })),
      ],
      [row({ state: 'Running' }), over({ why: 'no-room' })],
    ],
    [
      'a guess that is wrong is another’s, where one has left',
      older,
      [
        list('eu', 2, job('a', 'Pending', 0), job('b', 'Pending', 1)),
        list('us', 17, job('x', 'Pending', 16)),
        list('eu', 18, job('a', 'Running', 0, { started: 18 })),
        list('eu', 19, job('a', 'Running', 0, { started: 18 })),
      ],
      [row({ state: 'Running' }), over({ why: 'wait' })],
    ],
    [
      'of two that left, the one that waited longest came first',
      older,
      [
        list('eu', 2, job('b', 'Pending', 1), job('a', 'Pending', 0)),
        list('eu', 18),
        list('us', 19, job('x', 'Succeeded', 17, { started: 17, finished: 18 })),
      ],
      [over({ why: 'wait', state: 'Succeeded' }), row({ state: 'Crossing' })],
    ],
    [
      'from 4.1 on it is known by its name',
      newer,
      [list('eu', 2, job('a', 'Pending', 0), job('b', 'Pending', 1)), list('eu', 18), list('us', 18, job('b', 'Running', 16))],
      [row({ state: 'Crossing' }), over({ why: 'wait', state: 'Running' })],
    ],
    ['one that is drained', { ...older, drainedSince: start }, [list('us', 1, job('x', 'Pending', 0))], [over({ why: 'drain' })]],
    [
      'one that somebody removed while it ran is gone',
      older,
      [list('eu', 1, job('a', 'Running', 0)), list('eu', 3)],
      [row({ state: 'Gone', settled: true })],
    ],
    [
      'one whose list was tidied after it had ended stays as it was',
      older,
      [list('eu', 1, job('a', 'Succeeded', 0)), list('eu', 3)],
      [row({ state: 'Succeeded' })],
    ],
    [
      'one that left and never came is gone',
      older,
      [list('eu', 1, job('a', 'Pending', 0)), list('eu', 17), list('eu', 17 + 901)],
      [row({ state: 'Gone', settled: true })],
    ],
    [
      'one that is not on this page may be on the next',
      older,
      [list('eu', 1, job('a', 'Pending', 0)), { ...list('eu', 3, job('b', 'Pending', 2)), all: null }],
      [row({}), row({})],
    ],
  ])('%s', (_, pair, listings, rows) => {
    expect(short(after(pair, ...listings))).toEqual(rows);
  });
});

test('its times are those of each side', () => {
  const [crossed] = after(
    older,
    list('eu', 1, job('a', 'Pending', 0)),
    list('eu', 16),
    list('us', 24, job('x', 'Succeeded', 15, { started: 18, finished: 22 })),
  );
  const { submittedAt, leftAt, cameAt, startedAt, finishedAt } = crossed ?? ({} as LedgerJob);
  expect([submittedAt, leftAt, cameAt, startedAt, finishedAt].map((at) => ((at ?? 0) - start) / 1000)).toEqual([0, 16, 15, 18, 22]);
});

test('what says nothing new changes no row', () => {
  const listing = list('eu', 1, job('a', 'Running', 0));
  const rows = after(older, listing);
  expect(merge(older, rows, { ...listing, at: listing.at + 5000 }, () => 'none')).toEqual([]);
});

test('whatever order clusters are asked in, no job is lost and none is there twice', () => {
  const worlds = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 40 }), crosses: fc.boolean() }), { minLength: 1, maxLength: 12 });
  const looks = fc.array(fc.tuple(fc.constantFrom('eu', 'us'), fc.integer({ min: 0, max: 12 })), { maxLength: 20 });
  fc.assert(
    fc.property(worlds, looks, (jobs, asked) => {
      const seenAt = (cluster: string, second: number) =>
        list(
          cluster,
          second,
          ...jobs.flatMap(({ wait, crosses }, index) => {
            const leaves = index + 15 + (wait % 15);
            if (crosses) {
              if (cluster === 'us')
                return second >= leaves ? [job(`x${index}`, second > leaves + 5 ? 'Succeeded' : 'Running', leaves)] : [];
              return second >= index && second < leaves ? [job(`a${index}`, 'Pending', index)] : [];
            }
            const state = second >= index + wait ? 'Succeeded' : 'Pending';
            return cluster === 'eu' && second >= index ? [job(`a${index}`, state, index)] : [];
          }),
        );
      let second = 0;
      const listings = asked.map(([cluster, more]) => {
        second += more;
        return seenAt(cluster, second);
      });
      const rows = after(older, ...listings, seenAt('eu', 400), seenAt('us', 400));
      const ran = (where: string) => rows.filter((one) => one.ran === where && one.state === 'Succeeded').length;
      const crossing = jobs.filter(({ crosses }) => crosses).length;
      expect([ran('us'), ran('eu'), rows.length]).toEqual([crossing, jobs.length - crossing, jobs.length]);
    }),
  );
});
