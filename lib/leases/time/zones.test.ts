import { describe, expect, it } from 'vitest';
import { isZone, offsetAt, wallTime } from './zones';

describe('time zones', () => {
  it.each([
    ['UTC', '2026-11-21T12:00Z', '2026-11-21 12:00', 0],
    ['Europe/Madrid', '2026-11-21T12:00Z', '2026-11-21 13:00', 60],
    ['europe/madrid', '2026-07-21T12:00Z', '2026-07-21 14:00', 120],
    ['America/Chicago', '2026-11-21T05:59Z', '2026-11-20 23:59', -360],
    ['America/Chicago', '2026-11-21T06:00Z', '2026-11-21 00:00', -360],
    ['Asia/Kolkata', '2026-12-31T18:30Z', '2027-01-01 00:00', 330],
    ['Asia/Kathmandu', '2026-01-01T00:00Z', '2026-01-01 05:45', 345],
    ['Australia/Lord_Howe', '2026-01-01T00:00Z', '2026-01-01 11:00', 660],
    ['Pacific/Kiritimati', '2026-01-01T12:00Z', '2026-01-02 02:00', 840],
    ['Europe/Madrid', '2026-03-29T00:59:59.999Z', '2026-03-29 01:59', 60],
    ['Europe/Madrid', '2026-03-29T01:00Z', '2026-03-29 03:00', 120],
    ['Europe/Madrid', '2026-10-25T00:59:59Z', '2026-10-25 02:59', 120],
    ['Europe/Madrid', '2026-10-25T01:00Z', '2026-10-25 02:00', 60],
    ['America/Argentina/Buenos_Aires', '2026-01-01T00:00Z', '2025-12-31 21:00', -180],
    ['Etc/GMT+5', '2026-01-01T00:00Z', '2025-12-31 19:00', -300],
  ])('clocks in %s show at %s: %s', (zone, moment, text, offset) => {
    expect(wallTime(Date.parse(moment), zone)).toMatchObject({ text, offset });
    expect(offsetAt(Date.parse(moment), zone)).toBe(offset * 60_000);
  });

  it('know the parts of a day', () => {
    const at = (iso: string) => wallTime(Date.parse(iso), 'Europe/Madrid');
    expect(at('2026-11-22T08:05Z')).toEqual({
      year: 2026,
      month: 11,
      day: 22,
      hour: 9,
      minute: 5,
      weekday: 7,
      offset: 60,
      text: '2026-11-22 09:05',
    });
    expect(at('2026-11-23T08:05Z')?.weekday).toBe(1);
  });

  it.each([
    ['Mars/Olympus'],
    [''],
    ['+01:00'],
    ['-05'],
    ['__proto__'],
    ['constructor'],
    ['Europe/Madrid\n'],
    ['../etc/passwd'],
    ['x'.repeat(100)],
    ['Europe/Madrid; x'],
  ])('%j is none', (zone) => {
    expect([isZone(zone), wallTime(0, zone), offsetAt(0, zone)]).toEqual([false, undefined, undefined]);
  });
});
