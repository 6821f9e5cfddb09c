import { expect, test } from 'vitest';
import { type Outcome, retryAfterMs, waitBeforeRetry } from './retry';

const now = new Date('2026-11-21T12:00:00Z');

test.each<[string, Outcome, boolean, number, number | null]>([
  ['a read that met a full proxy', { status: 503 }, true, 1, 250],
  ['a read that met a dead backend', { status: 502 }, true, 1, 250],
  ['the second repeat waits longer', { status: 504 }, true, 2, 500],
  ['a third repeat is not made', { status: 503 }, true, 3, null],
  ['a read that could not connect', { failed: 'not-sent' }, true, 1, 250],
  ['a read that was cut off', { failed: 'cut-off' }, true, 1, 250],
  ['a change is never repeated', { status: 503 }, false, 1, null],
  ['a change that could not connect neither', { failed: 'not-sent' }, false, 1, null],
  ['too many requests, with a pause asked for', { status: 429, retryAfter: '7' }, true, 1, 7000],
  ['a pause as a date', { status: 429, retryAfter: 'Sat, 21 Nov 2026 12:00:30 GMT' }, true, 1, 30_000],
  ['a pause of a minute', { status: 503, retryAfter: '60' }, true, 1, 60_000],
  ['a longer pause is for the caller to make', { status: 503, retryAfter: '61' }, true, 1, null],
  ['a pause of nothing still waits a little', { status: 429, retryAfter: '0' }, true, 1, 250],
  ['a quota that Cinder met, although it names a pause', { status: 413, retryAfter: '0' }, true, 1, null],
  ['a fault of the service itself', { status: 500 }, true, 1, null],
  ['a refusal', { status: 403 }, true, 1, null],
  ['a success', { status: 200 }, true, 1, null],
])('%s', (_name, outcome, repeatable, attempt, wait) => {
  expect(waitBeforeRetry(outcome, repeatable, attempt, now, 1)).toBe(wait);
});

test('jitter spreads the waits over half of them', () => {
  expect(waitBeforeRetry({ status: 503 }, true, 1, now, 0)).toBe(125);
});

test.each([
  [undefined, undefined],
  ['soon', undefined],
  ['', undefined],
  ['12', 12_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
])('Retry-After %s is %s ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});
