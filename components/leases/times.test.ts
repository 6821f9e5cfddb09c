import { describe, expect, it } from 'vitest';
import { lengthText, timesOf } from './times';

const at = (text: string) => Date.parse(`${text}Z`);
const span = (start: string, end: string) => ({ start: at(start), end: at(end) });

describe('times of leases', () => {
  it.each([
    ['en', 'Europe/Madrid', '2026-11-28T08:00', '2026-11-28T14:00', 'Sat, Nov 28, 09:00 – 15:00 GMT+1'],
    ['es', 'Europe/Madrid', '2026-11-28T08:00', '2026-11-28T14:00', 'sáb, 28 nov, 09:00 – 15:00 CET'],
    ['en', 'America/Chicago', '2026-11-28T22:00', '2026-11-29T07:00', 'Sat, Nov 28, 16:00 – Sun, Nov 29, 01:00 CST'],
    ['en', 'Asia/Kathmandu', '2026-11-28T08:00', '2026-11-28T09:00', 'Sat, Nov 28, 13:45 – 14:45 GMT+5:45'],
    // clocks change within it: both are named, or six hours would look like five
    ['es', 'Europe/Madrid', '2026-10-24T22:00', '2026-10-25T05:00', 'dom, 25 oct, 00:00 CEST – 06:00 CET'],
    ['en', 'America/New_York', '2027-03-14T05:00', '2027-03-14T12:00', 'Sun, Mar 14, 00:00 EST – 08:00 EDT'],
    ['en', 'Nowhere/At_All', '2026-11-28T08:00', '2026-11-28T14:00', 'Sat, Nov 28, 08:00 – 14:00 UTC'],
  ])('in %s and %s, from %s to %s: %s', (locale, zone, start, end, told) => {
    expect(timesOf(locale, zone).span(span(start, end))).toBe(told);
  });

  it.each([
    ['2026-11-28T08:00', '2026-11-28T14:00', 'Nov 28, 08:00 – 14:00 UTC'],
    ['2026-11-28T23:00', '2026-11-29T05:00', 'Nov 28, 23:00 – Nov 29, 05:00 UTC'],
  ])('stand in UTC beside it: %s to %s', (start, end, told) => {
    expect(timesOf('en', 'America/Chicago').utc(span(start, end))).toBe(told);
  });

  it.each([
    [6 * 60, '6 h'],
    [90, '1 h 30 min'],
    [52 * 60, '2 d 4 h'],
    [7 * 1440, '7 d'],
    [1440 + 5, '1 d 5 min'],
    [0, '0 min'],
    [-5, '0 min'],
  ])('%d minutes are %s', (minutes, told) => {
    expect(lengthText(minutes * 60_000)).toBe(told);
  });
});
