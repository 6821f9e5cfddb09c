import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../calendar/moments';
import { readTime } from './local-time';
import { nearestMoment, offsetText } from './wall';
import { wallTime } from './zones';

const fields = { time: 'end', zone: 'timeZone' };
const read = (text: string, zone = 'Europe/Madrid') => {
  const result = readTime(text, zone, fields);
  return typeof result === 'number' ? new Date(result).toISOString().slice(0, 16) : `${result.field}: ${result.detail}`;
};

describe('a time where somebody is', () => {
  it.each([
    ['2026-11-22T14:00', 'Europe/Madrid', '2026-11-22T13:00'],
    ['2026-07-22 14:00', 'Europe/Madrid', '2026-07-22T12:00'],
    [' 2026-11-22T14:00:00.000 ', 'Europe/Madrid', '2026-11-22T13:00'],
    ['2026-11-22T14:00', 'America/Chicago', '2026-11-22T20:00'],
    ['2026-11-22T14:00', 'UTC', '2026-11-22T14:00'],
    ['2026-11-22T14:00', 'asia/kathmandu', '2026-11-22T08:15'],
    ['2024-02-29T00:00', 'UTC', '2024-02-29T00:00'],
    // with an offset it is the same everywhere
    ['2026-11-22T14:00Z', 'America/Chicago', '2026-11-22T14:00'],
    ['2026-11-22T14:00:00.000z', 'America/Chicago', '2026-11-22T14:00'],
    ['2026-11-22T14:00+01:00', 'America/Chicago', '2026-11-22T13:00'],
    ['2026-11-22T14:00-0630', 'Europe/Madrid', '2026-11-22T20:30'],
    ['2026-11-22T14:00+14:00', 'Europe/Madrid', '2026-11-22T00:00'],
    // the night of the change: which one is meant is said
    ['2026-10-25T02:30+02:00', 'Europe/Madrid', '2026-10-25T00:30'],
    ['2026-10-25T02:30+01:00', 'Europe/Madrid', '2026-10-25T01:30'],
    ['2026-10-25T01:59', 'Europe/Madrid', '2026-10-24T23:59'],
    ['2026-10-25T03:00', 'Europe/Madrid', '2026-10-25T02:00'],
    ['2026-03-29T01:59', 'Europe/Madrid', '2026-03-29T00:59'],
    ['2026-03-29T03:00', 'Europe/Madrid', '2026-03-29T01:00'],
  ])('%s in %s is %s', (text, zone, utc) => {
    expect(read(text, zone)).toBe(utc);
  });

  it.each([
    [
      '2026-03-29T02:30',
      'Europe/Madrid',
      'end: 2026-03-29 02:30 does not exist in Europe/Madrid: after 01:59, clocks show 03:00 that night.',
    ],
    [
      '2026-03-29T02:00',
      'Europe/Madrid',
      'end: 2026-03-29 02:00 does not exist in Europe/Madrid: after 01:59, clocks show 03:00 that night.',
    ],
    [
      '2026-03-29T02:59',
      'Europe/Madrid',
      'end: 2026-03-29 02:59 does not exist in Europe/Madrid: after 01:59, clocks show 03:00 that night.',
    ],
    ['2026-10-25T02:30', 'Europe/Madrid', 'end: 2026-10-25 02:30 exists twice in Europe/Madrid: clocks are put back that night.'],
    ['2026-10-25T02:00', 'Europe/Madrid', 'end: 2026-10-25 02:00 exists twice in Europe/Madrid: clocks are put back that night.'],
    ['2026-10-25T02:59', 'Europe/Madrid', 'end: 2026-10-25 02:59 exists twice in Europe/Madrid: clocks are put back that night.'],
    [
      '2026-03-08T02:30',
      'America/Chicago',
      'end: 2026-03-08 02:30 does not exist in America/Chicago: after 01:59, clocks show 03:00 that night.',
    ],
    [
      '2026-04-05T01:45',
      'Australia/Lord_Howe',
      'end: 2026-04-05 01:45 exists twice in Australia/Lord_Howe: clocks are put back that night.',
    ],
    [
      '2026-10-04T02:15',
      'Australia/Lord_Howe',
      'end: 2026-10-04 02:15 does not exist in Australia/Lord_Howe: after 01:59, clocks show 02:30 that night.',
    ],
    [
      '2011-12-30T12:00',
      'Pacific/Apia',
      'end: 2011-12-30 12:00 does not exist in Pacific/Apia: after 23:59, clocks show 00:00 that night.',
    ],
    ['2026-11-22T14:00', 'Mars/Olympus', 'timeZone: There is no time zone “Mars/Olympus”.'],
    ['2026-11-22T14:00', '', 'timeZone: There is no time zone “”.'],
    ['2026-11-22T14:00', '+01:00', 'timeZone: There is no time zone “+01:00”.'],
    ...[
      '',
      'now',
      'tomorrow',
      '2026-11-22',
      '14:00',
      '2026-02-30T12:00',
      '2025-02-29T12:00',
      '2026-13-01T12:00',
      '2026-00-10T12:00',
      '2026-11-22T24:00',
      '2026-11-22T12:60',
    ]
      .concat([
        '2026-11-22T14:00:30',
        '22/11/2026 14:00',
        '2026-1-2T3:04',
        '0099-01-01T00:00',
        '2026-11-22T14:00+15:00',
        '2026-11-22T14:00+01:60',
        '2026-02-30T12:00Z',
        '2026-11-22T14:00 +01:00 x',
      ])
      .map((text) => [text, 'Europe/Madrid', `end: “${text}” is no date and time.`]),
  ])('%s in %s is a problem', (text = '', zone, told) => {
    expect(read(text, zone)).toBe(told);
  });

  it('comes with what to write instead', () => {
    expect(readTime('2026-10-25T02:30', 'Europe/Madrid')).toMatchObject({
      field: 'start',
      remedy: 'Say which is meant: 2026-10-25T02:30+02:00 (2026-10-25 00:30 UTC) or 2026-10-25T02:30+01:00 (2026-10-25 01:30 UTC).',
    });
    expect(readTime('2026-03-29T02:30', 'Europe/Madrid')).toMatchObject({ remedy: 'Choose 03:00 or later, or a time before.' });
    expect(readTime('2026-03-29T02:30', 'x')).toMatchObject({ field: 'zone' });
    const long = readTime('x'.repeat(1000), 'UTC');
    expect(typeof long !== 'number' && long.detail.length).toBeLessThan(100);
  });

  const zones = fc.constantFrom(
    'Europe/Madrid',
    'America/Chicago',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'America/St_Johns',
    'Africa/Casablanca',
    'Pacific/Apia',
    'UTC',
  );
  const moments = fc.integer({ min: Date.UTC(2010, 0) / MINUTE, max: Date.UTC(2035, 0) / MINUTE }).map((minute) => minute * MINUTE);

  it('is what clocks show at the moment that it is read as', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const wall = wallTime(moment, zone);
        const back = readTime(wall?.text ?? '', zone);
        // what does not exist is never shown; what exists twice is one of two
        if (typeof back === 'number') expect(back).toBe(moment);
        else expect(back.detail).toContain('exists twice');
        expect(readTime(`${wall?.text}${offsetText(wall?.offset ?? 0)}`, zone)).toBe(moment);
      }),
      { numRuns: 1000 },
    );
  });

  it('is, where Transat proposes it, never missing: what does not exist is the end of the gap', () => {
    fc.assert(
      fc.property(moments, zones, (wall, zone) => {
        const moment = nearestMoment(wall, zone);
        const shown = Date.parse(`${wallTime(moment, zone)?.text.replace(' ', 'T')}Z`);
        expect(shown).toBeGreaterThanOrEqual(wall);
        if (shown > wall) expect(wallTime(moment - MINUTE, zone)?.offset).not.toBe(wallTime(moment, zone)?.offset);
      }),
      { numRuns: 1000 },
    );
    expect(nearestMoment(Date.UTC(2026, 2, 29, 2, 30), 'Europe/Madrid')).toBe(Date.UTC(2026, 2, 29, 1));
    expect(nearestMoment(Date.UTC(2026, 9, 25, 2, 30), 'Europe/Madrid')).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });
});

it.each([
  [0, '+00:00'],
  [60, '+01:00'],
  [-330, '-05:30'],
  [345, '+05:45'],
  [840, '+14:00'],
])('%d minutes are the offset %s', (minutes, text) => {
  expect(offsetText(minutes)).toBe(text);
});
