import { expect, test } from 'vitest';
import { nextTurn, turnDue } from './turns';

const work = { zone: 'Europe/Madrid', days: [1, 2, 3, 4, 5], start: '08:00', stop: '19:30' };
const at = (iso: string) => new Date(iso);

test.each([
  ['in the morning it is the start', work, '2026-11-27T05:00:00Z', 'start 2026-11-27T07:00:00.000Z'],
  ['by day it is the stop', work, '2026-11-27T12:00:00Z', 'stop 2026-11-27T18:30:00.000Z'],
  ['on Friday night it is Monday', work, '2026-11-27T19:00:00Z', 'start 2026-11-30T07:00:00.000Z'],
  ['the moment itself has come', work, '2026-11-27T07:00:00Z', 'stop 2026-11-27T18:30:00.000Z'],
  ['over a week is looked for one day in seven', { ...work, days: [3] }, '2026-11-25T19:00:00Z', 'start 2026-12-02T07:00:00.000Z'],
  ['it may run at night', { ...work, start: '20:00', stop: '06:00' }, '2026-11-27T12:00:00Z', 'start 2026-11-27T19:00:00.000Z'],
  ['in summer clocks are ahead by two hours', work, '2026-07-01T01:00:00Z', 'start 2026-07-01T06:00:00.000Z'],
  [
    'what clocks leave out is when they are put forward',
    { ...work, days: [7], start: '02:30' },
    '2027-03-27T12:00:00Z',
    'start 2027-03-28T01:00:00.000Z',
  ],
  [
    'of what clocks show twice it is the first',
    { ...work, days: [7], start: '02:30' },
    '2026-10-24T12:00:00Z',
    'start 2026-10-25T00:30:00.000Z',
  ],
  [
    'a zone far ahead has its own days',
    { ...work, zone: 'Pacific/Kiritimati', days: [1] },
    '2026-11-29T12:00:00Z',
    'start 2026-11-29T18:00:00.000Z',
  ],
  ['a zone far behind, too', { ...work, zone: 'Pacific/Honolulu', days: [1] }, '2026-12-01T01:00:00Z', 'stop 2026-12-01T05:30:00.000Z'],
])('%s', (_what, schedule, after, expected) => {
  const turn = nextTurn(schedule, at(after));
  expect(`${turn?.does} ${turn?.at.toISOString()}`).toBe(expected);
});

test('of what is no zone there is none', () => {
  expect(nextTurn({ ...work, zone: 'Nowhere' }, at('2026-11-27T05:00:00Z'))).toBeUndefined();
});

test.each([
  ['that one, at its moment', '2026-11-27T18:30:00Z', 'stop'],
  ['that one, as long as no other has come', '2026-11-29T12:00:00Z', 'stop'],
  ['the next one, when nobody looked over the weekend', '2026-11-30T07:00:00Z', 'start'],
  ['the last one of many', '2027-01-05T20:00:00Z', 'stop'],
])('what is to be done of a stop on Friday is %s', (_what, now, does) => {
  expect(turnDue(work, { at: at('2026-11-27T18:30:00Z'), does: 'stop' }, at(now)).does).toBe(does);
});
