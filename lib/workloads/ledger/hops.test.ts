import { expect, test } from 'vitest';
import { hopsOf } from './hops';
import type { LedgerJob } from './types';

const job = {
  crossed: false,
  submittedAt: 0,
  leftAt: null,
  cameAt: null,
  startedAt: null,
  finishedAt: null,
  why: null,
} as unknown as LedgerJob;

test.each<[string, Partial<LedgerJob>, string]>([
  ['one that stayed', { startedAt: 2000, finishedAt: 6000 }, 'began 2000, ran 4000'],
  ['one that waits', {}, ''],
  [
    'one that waited and crossed',
    { crossed: true, why: 'wait', leftAt: 17_000, cameAt: 16_000, startedAt: 18_000 },
    'waited 16000, began 2000',
  ],
  ['one that was seen to leave before it came', { crossed: true, why: 'wait', leftAt: 15_000, cameAt: 16_000 }, 'waited 15000'],
  [
    'one that left at once',
    { crossed: true, why: 'no-room', leftAt: 500, cameAt: 500, startedAt: 3000, finishedAt: 7000 },
    'crossed 500, began 2500, ran 4000',
  ],
  ['one whose times are a second off', { startedAt: -400, finishedAt: 1000 }, 'began 0, ran 1400'],
])('the hops of %s', (_, more, hops) => {
  expect(
    hopsOf({ ...job, ...more })
      .map(({ hop, milliseconds }) => `${hop} ${milliseconds}`)
      .join(', '),
  ).toBe(hops);
});
