import { describe, expect, it } from 'vitest';
import { formatsOf } from './formats';

const en = formatsOf('en', 'UTC');
const es = formatsOf('es', 'UTC');
const now = Date.parse('2026-06-01T12:00:00Z');

describe('formats', () => {
  it('write sizes in the unit that reads best', () => {
    expect(en.memory(512)).toBe('512 MiB');
    expect(en.memory(1536)).toBe('1.5 GiB');
    expect(es.memory(1536)).toBe('1,5 GiB');
    expect(en.bytes(52_000_000)).toBe('52 MB');
    expect(en.bytes(0)).toBe('0 B');
  });
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [80, '1 min 20 s'],
    [599, '9 min 59 s'],
    [600, '10 min'],
    [601, '10 min'],
    [660, '11 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [86_400, '1 d'],
    [187_200, '2 d 4 h'],
  ])('write %d seconds as %s', (seconds, text) => expect(en.duration(seconds)).toBe(text));
  it('tell how long ago, and how far ahead', () => {
    expect(en.ago('2026-06-01T11:59:30Z', now)).toBe('now');
    expect(en.ago('2026-06-01T11:57:00Z', now)).toBe('3 minutes ago');
    expect(en.ago('2026-06-03T12:00:00Z', now)).toBe('in 2 days');
    expect(es.ago('2026-06-01T09:00:00Z', now)).toBe('hace 3 horas');
  });
  it.each([
    ['UTC', '1 Jan 2027, 02:30', '02:30:00', '1 Jan 2027'],
    ['America/Chicago', '31 Dec 2026, 20:30', '20:30:00', '31 Dec 2026'],
    ['Asia/Tokyo', '1 Jan 2027, 11:30', '11:30:00', '1 Jan 2027'],
  ])('write local times by the clocks of %s', (zone, ...texts) => {
    const format = formatsOf('en', zone);
    const at = '2027-01-01T02:30:00Z';
    expect([format.time(at), format.clock(at), format.day(at)].map((text) => text.replace(/^(\w{3}) (\d+), /, '$2 $1 '))).toEqual(texts);
  });
  it('give UTC to the second', () => expect(en.utc('2026-06-01T12:00:00.123Z')).toBe('2026-06-01 12:00:00 UTC'));
});
