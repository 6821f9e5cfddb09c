import { describe, expect, it } from 'vitest';
import { formatsOf } from './formats';

const en = formatsOf('en');
const es = formatsOf('es');
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
    [80, '1 min 20 s'],
    [660, '11 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
  ])('write %d seconds as %s', (seconds, text) => expect(en.duration(seconds)).toBe(text));
  it('tell how long ago, and how far ahead', () => {
    expect(en.ago('2026-06-01T11:59:30Z', now)).toBe('now');
    expect(en.ago('2026-06-01T11:57:00Z', now)).toBe('3 minutes ago');
    expect(en.ago('2026-06-03T12:00:00Z', now)).toBe('in 2 days');
    expect(es.ago('2026-06-01T09:00:00Z', now)).toBe('hace 3 horas');
  });
  it('give UTC to the second', () => expect(en.utc('2026-06-01T12:00:00.123Z')).toBe('2026-06-01 12:00:00 UTC'));
});
