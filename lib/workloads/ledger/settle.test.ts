import { describe, expect, test } from 'vitest';
import { fileIn, stemOf } from './file-in';
import { type Found, settle } from './settle';
import type { FollowedPair, LedgerJob } from './types';

const start = Date.parse('2026-11-28T12:00:00Z');
const iso = (second: number) => new Date(start + second * 1000).toISOString();
const pair: FollowedPair = {
  id: 'p',
  service: 'fish',
  origin: 'eu',
  worker: 'us',
  keepsNames: false,
  thresholdSeconds: 15,
  drainedSince: null,
};
const crossed: LedgerJob = {
  id: 'job_1',
  pair: 'p',
  service: 'fish',
  origin: 'eu',
  ran: 'us',
  state: 'Succeeded',
  crossed: true,
  why: 'no-room',
  object: null,
  submittedAt: start + 20_000,
  leftAt: start + 20_000,
  cameAt: start + 20_000,
  startedAt: start + 22_000,
  finishedAt: start + 26_000,
  bytesOver: null,
  seen: [{ cluster: 'us', name: 'x', state: 'Succeeded', createdAt: iso(20), startedAt: iso(22), finishedAt: iso(26) }],
  results: [],
  settled: false,
};
const result = (cluster: string, second: number, bytes = 100) => ({
  cluster,
  bucket: 'fish',
  objects: [{ key: 'out/reef.png', bytes, etag: 'e', modifiedAt: iso(second) }],
});
const found: Found = {
  object: 'fish/in/reef.png',
  atOrigin: { bytes: 1000, modifiedAt: iso(0) },
  atWorker: null,
  results: [result('us', 26), result('eu', 26)],
  partly: false,
};
const soon = start + 27_000;

describe('a job that crossed', () => {
  test('has results on both sides, and what was read and brought back has crossed the ocean', () => {
    const { results, bytesOver, settled, object } = settle(crossed, found, pair, soon);
    expect([results.map(({ cluster }) => cluster), bytesOver, settled, object]).toEqual([['us', 'eu'], 1100, true, 'fish/in/reef.png']);
  });

  test.each<[string, Partial<LedgerJob>, Partial<Found>, object]>([
    ['was submitted when its file arrived, and had waited', {}, {}, { submittedAt: start, why: 'wait' }],
    [
      'left at once where its file had just arrived',
      {},
      { atOrigin: { bytes: 1, modifiedAt: iso(19) } },
      { submittedAt: start + 19_000, why: 'no-room' },
    ],
    [
      'is not older than a file that was written anew meanwhile',
      {},
      { atOrigin: { bytes: 1, modifiedAt: iso(25) } },
      { submittedAt: start + 20_000 },
    ],
    [
      'keeps the time at which its origin wrote it down',
      { submittedAt: start + 3000, why: 'wait', seen: [{ ...(crossed.seen[0] as LedgerJob['seen'][0]), cluster: 'eu' }, ...crossed.seen] },
      {},
      { submittedAt: start + 3000, why: 'wait' },
    ],
    [
      'did not, where its file was put there by a person',
      {},
      { atOrigin: null, atWorker: { bytes: 9, modifiedAt: iso(19) } },
      { origin: 'us', crossed: false, why: 'person', bytesOver: 0 },
    ],
    [
      'may have, where the origin’s storage could not be asked',
      {},
      { atOrigin: null, atWorker: { bytes: 9, modifiedAt: iso(19) }, partly: true },
      { origin: 'eu', crossed: true, settled: false },
    ],
    ['waits for the result that comes last', {}, { results: [result('us', 26)] }, { settled: false }],
    [
      'has none of what was there before it ran',
      {},
      { results: [result('us', 26), result('eu', 19)] },
      { settled: false, bytesOver: 1000 },
    ],
    ['is not looked for longer than it takes', { finishedAt: start - 4000 }, { results: [] }, { settled: true }],
    [
      'is looked for again where its side could not be asked',
      { finishedAt: start - 4000 },
      { object: null, partly: true },
      { settled: false },
    ],
    ['is not looked for for ever', { finishedAt: start - 15 * 60_000 }, { object: null, partly: true }, { settled: true }],
    [
      'and failed without saying when is looked for as long',
      { state: 'Failed', submittedAt: start - 60_000, startedAt: start - 4000, finishedAt: null },
      { results: [] },
      { settled: true },
    ],
    [
      'and failed before it began is looked for as long',
      { state: 'Failed', submittedAt: start - 4000, startedAt: null, finishedAt: null },
      { results: [], atOrigin: null },
      { settled: true },
    ],
    ['and failed is looked at until nothing more can come', { state: 'Failed' }, {}, { settled: false }],
    ['and says nothing of a file has no bytes known', {}, { object: null }, { bytesOver: null, object: null }],
  ])('%s', (_, job, more, expected) => {
    expect(settle({ ...crossed, ...job }, { ...found, ...more }, pair, soon)).toMatchObject(expected);
  });
});

test('a job that stayed is settled with the results where it ran, and nothing crossed', () => {
  const stayed = { ...crossed, ran: 'eu', crossed: false, why: null };
  expect(settle(stayed, { ...found, results: [result('eu', 26)] }, pair, soon)).toMatchObject({ settled: true, bytesOver: 0, why: null });
});

test.each([
  ["12:00 - supervisor - INFO - INPUT_FILE_PATH variable set to '/tmp/input/a b.png'", 'a b.png'],
  ['INPUT_FILE_PATH="/tmp/x/reef.png"\nINPUT_FILE_PATH="/tmp/x/other.png"', 'reef.png'],
  ['nothing of a file', null],
  ["INPUT_FILE_PATH variable set to '/tmp/input/'", null],
  ["INPUT_FILE_PATH variable set to '/tmp/tmp2h/event-file-e98a9a93-f0b7-4a32-a821-6d611ab55e38'", null],
  ['INPUT_FILE_PATH is not set\n"later"', null],
])('the file in a log: %j', (log, name) => {
  expect(fileIn(log)).toBe(name);
});

test.each([
  ['reef.png', 'reef'],
  ['a.b.png', 'a.b'],
  ['.hidden', '.hidden'],
  ['none', 'none'],
])('the stem of %s', (name, stem) => {
  expect(stemOf(name)).toBe(stem);
});
