import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../calendar/moments';
import { dayOf, isAhead, type Preset, presetSearch } from './presets';

const six = 6 * HOUR;
const from = (preset: Preset, now: string, zone: string) => {
  const found = presetSearch(preset, six, Date.parse(now), zone);
  return found && [new Date(found.from).toISOString().slice(0, 16), (found.to - found.from) / HOUR];
};

describe('presets', () => {
  it.each<[Preset, string, string, [string, number] | undefined]>([
    ['now', '2026-11-21T12:00:30Z', 'Europe/Madrid', ['2026-11-21T12:02', 6]],
    ['next-slot', '2026-11-21T12:00:00Z', 'Europe/Madrid', ['2026-11-21T12:01', 90 * 24]],
    ['tonight', '2026-11-21T12:00:00Z', 'Europe/Madrid', ['2026-11-21T19:00', 6]],
    ['tonight', '2026-11-21T12:00:00Z', 'America/Chicago', ['2026-11-22T02:00', 6]],
    // at nine in the evening, tonight is now
    ['tonight', '2026-11-21T20:00:00Z', 'Europe/Madrid', ['2026-11-21T20:01', 6]],
    ['tonight', '2026-11-21T03:00:00Z', 'America/Chicago', ['2026-11-21T03:01', 6]],
    // just after midnight, it is the evening that comes
    ['tonight', '2026-11-20T23:30:00Z', 'Europe/Madrid', ['2026-11-21T19:00', 6]],
    ['tomorrow', '2026-11-21T12:00:00Z', 'Europe/Madrid', ['2026-11-22T08:00', 6]],
    ['tomorrow', '2026-11-21T23:30:00Z', 'Europe/Madrid', ['2026-11-23T08:00', 6]],
    ['tomorrow', '2026-11-21T03:00:00Z', 'America/Chicago', ['2026-11-21T15:00', 6]],
    // over a change to summer time, and at the end of a month and a year
    ['tomorrow', '2026-03-28T12:00:00Z', 'Europe/Madrid', ['2026-03-29T07:00', 6]],
    ['tomorrow', '2026-10-24T12:00:00Z', 'Europe/Madrid', ['2026-10-25T08:00', 6]],
    ['tomorrow', '2026-12-31T12:00:00Z', 'Europe/Madrid', ['2027-01-01T08:00', 6]],
    ['now', '2026-11-21T12:00:30Z', 'Mars/Olympus', undefined],
    ['tomorrow', '2026-11-21T12:00:30Z', '', undefined],
  ])('%s at %s in %s', (preset, now, zone, expected) => {
    expect(from(preset, now, zone)).toEqual(expected);
  });

  it('look far enough ahead for what is longer than their horizon', () => {
    expect(presetSearch('next-slot', 180 * DAY, 0, 'UTC')).toEqual({ from: 60_000, to: 60_000 + 180 * DAY });
  });
});

it.each([
  ['2026-11-21T12:00Z', 'Europe/Madrid', '2026-11-20T23:00:00.000Z', 24],
  ['2026-11-21T03:00Z', 'America/Chicago', '2026-11-20T06:00:00.000Z', 24],
  ['2026-03-29T12:00Z', 'Europe/Madrid', '2026-03-28T23:00:00.000Z', 23],
  ['2026-10-25T12:00Z', 'Europe/Madrid', '2026-10-24T22:00:00.000Z', 25],
  // clocks go forward at midnight: the day begins at one
  ['2025-09-07T12:00Z', 'America/Santiago', '2025-09-07T04:00:00.000Z', 23],
])('the day of %s in %s begins at %s and has %d hours', (moment, zone, start, length) => {
  const day = dayOf(Date.parse(moment), zone);
  expect(day && [new Date(day.start).toISOString(), (day.end - day.start) / HOUR]).toEqual([start, length]);
  expect(dayOf(0, 'x')).toBeUndefined();
});

it.each([
  ['at noon', '2026-11-28T11:00', true],
  ['a minute before', '2026-11-28T18:58', true],
  ['at 20:00', '2026-11-28T19:00', false],
  ['at 23:40', '2026-11-28T22:40', false],
])('“tonight, 20:00” in Madrid is offered while it lies ahead: %s', (_when, now, ahead) => {
  expect(isAhead('tonight', Date.parse(`${now}Z`), 'Europe/Madrid')).toBe(ahead);
  expect([isAhead('tomorrow', Date.parse(`${now}Z`), 'Europe/Madrid'), isAhead('now', Date.parse(`${now}Z`), 'Europe/Madrid')]).toEqual([
    true,
    true,
  ]);
});
