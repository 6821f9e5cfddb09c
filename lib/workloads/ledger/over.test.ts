import { expect, test } from 'vitest';
import { overNow } from './over';
import type { LedgerJob } from './types';

const now = Date.parse('2026-11-28T12:00:00Z');
const job = (id: string, more: Partial<LedgerJob> = {}): LedgerJob => ({
  id,
  pair: 'p',
  service: 'fish',
  origin: 'eu',
  ran: 'us',
  state: 'Succeeded',
  crossed: true,
  why: 'wait',
  object: null,
  submittedAt: now - 60_000,
  leftAt: null,
  cameAt: null,
  startedAt: null,
  finishedAt: now - 40_000,
  bytesOver: null,
  seen: [],
  results: [],
  settled: false,
  ...more,
});
const ids = (rows: readonly LedgerJob[]) => rows.map(({ id }) => id).join(' ');

test.each<[string, LedgerJob, string[], string]>([
  ['has ended', job('a'), [], 'a'],
  ['failed', job('a', { state: 'Failed' }), [], 'a'],
  ['runs', job('a', { state: 'Running' }), [], ''],
  ['ended where nothing answers', job('a'), ['us'], ''],
  ['came from where nothing answers', job('a'), ['eu'], ''],
  ['stayed, whatever the other side does', job('a', { ran: 'eu', crossed: false }), ['us'], 'a'],
  ['ended just as long ago as its silent side is waited for', job('a', { finishedAt: now - 15 * 60_000 }), ['us'], ''],
  ['ended so long ago that the silent side is waited for no more', job('a', { finishedAt: now - 15 * 60_000 - 1 }), ['us'], 'a'],
])('a job that %s', (_, row, silent, expected) => {
  expect(ids(overNow([row], new Set(silent), 0, now))).toBe(expected);
});

test('as many as there is room for in a beat are looked up as they come', () => {
  const many = Array.from({ length: 24 }, (_none, index) => job(`${index}`));
  expect(overNow(many, new Set(), 5, now)).toEqual(many);
});

test('of many each has its turn, however many of them can’t be settled', () => {
  const many = Array.from({ length: 50 }, (_none, index) => job(`${index}`));
  const beats = [0, 1, 2].map((turn) => overNow(many, new Set(), turn, now));
  expect(beats.map(({ length }) => length)).toEqual([24, 24, 24]);
  expect(new Set(beats.flat().map(({ id }) => id)).size).toBe(50);
});
