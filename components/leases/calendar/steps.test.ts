import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallTime } from '@/lib/leases/time/zones';
import { daysOf, linesOf, snap, stepFrom, stepOf } from './steps';

const HOUR = 3_600_000;
const zones = fc.constantFrom('UTC', 'Europe/Madrid', 'America/Chicago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns');
const moments = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2030, 0) });
const steps = fc.constantFrom(HOUR / 4, HOUR, 6 * HOUR, 24 * HOUR);
const at = (text: string) => Date.parse(`${text}Z`);
const told = (moment: number, zone: string) => wallTime(moment, zone)?.text;

describe('a time that is pointed at', () => {
  it.each([
    ['2026-11-28T08:40', HOUR, 'Europe/Madrid', '2026-11-28 10:00'],
    ['2026-11-28T08:20', HOUR, 'Asia/Kathmandu', '2026-11-28 14:00'],
    // 02:00 does not exist on that night: clocks are put to 03:00
    ['2026-03-29T01:10', HOUR, 'Europe/Madrid', '2026-03-29 03:00'],
    // 02:00 exists twice, and the nearer is meant
    ['2026-10-25T00:10', HOUR, 'Europe/Madrid', '2026-10-25 02:00'],
    ['2026-10-25T01:10', HOUR, 'Europe/Madrid', '2026-10-25 02:00'],
    ['2026-10-25T08:00', 24 * HOUR, 'Europe/Madrid', '2026-10-25 00:00'],
  ])('%s, by steps of %d ms in %s, is %s', (utc, step, zone, wall) => {
    expect(told(snap(at(utc), step, zone), zone)).toBe(wall);
  });

  it('is of two equal times of a night the nearer one', () => {
    expect(snap(at('2026-10-25T00:10'), HOUR, 'Europe/Madrid')).toBe(at('2026-10-25T00:00'));
    expect(snap(at('2026-10-25T01:10'), HOUR, 'Europe/Madrid')).toBe(at('2026-10-25T01:00'));
  });

  it('goes on with every step, forward and back, in every zone and night', () => {
    fc.assert(
      fc.property(moments, steps, zones, (moment, step, zone) => {
        const [on, back] = [stepFrom(moment, 1, step, zone), stepFrom(moment, -1, step, zone)];
        expect(on).toBeGreaterThan(moment);
        expect(back).toBeLessThan(moment);
        expect(on - moment).toBeLessThanOrEqual(2.6 * step + HOUR);
      }),
      { numRuns: 600 },
    );
  });

  it('is chosen the finer, the shorter the view is', () => {
    const found = [1, 7, 30, 90].map((days) => stepOf({ start: 0, end: days * 24 * HOUR }) / HOUR);
    expect(found).toEqual([0.25, 1, 6, 24]);
  });
});

describe('the lines of a view', () => {
  const month = { start: at('2026-10-20T10:00'), end: at('2026-10-30T10:00') };

  it('are midnights where the person is, also over a change of the clocks', () => {
    const lines = linesOf(month, 'Europe/Madrid', 12);
    expect(lines.map((line) => told(line.at, 'Europe/Madrid'))).toEqual(
      Array.from({ length: 10 }, (_, day) => `2026-10-${21 + day} 00:00`),
    );
    expect(lines.filter(({ strong }) => strong).map((line) => told(line.at, 'Europe/Madrid'))).toEqual(['2026-10-26 00:00']);
  });

  it('are hours of a clock in a short view', () => {
    const lines = linesOf({ start: at('2026-03-28T23:00'), end: at('2026-03-29T22:00') }, 'Europe/Madrid', 10);
    expect(lines.map((line) => told(line.at, 'Europe/Madrid')?.slice(11))).toEqual([
      '00:00',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
      '21:00',
    ]);
    expect(lines[0]?.strong).toBe(true);
  });

  it('are Mondays in a long one', () => {
    const lines = linesOf({ start: at('2026-11-01T00:00'), end: at('2027-01-30T00:00') }, 'UTC', 14);
    expect(lines.map((line) => wallTime(line.at, 'UTC')?.weekday)).toEqual(lines.map(() => 1));
    expect(lines.length).toBeGreaterThan(11);
  });

  it('are never more than there is room for, lie in the view, and go on', () => {
    const lengths = fc.integer({ min: 6, max: 24 * 120 });
    fc.assert(
      fc.property(moments, lengths, zones, fc.integer({ min: 4, max: 20 }), (start, hours, zone, most) => {
        const view = { start, end: start + hours * HOUR };
        const lines = linesOf(view, zone, most);
        expect(lines.length).toBeLessThanOrEqual(most + 2);
        lines.forEach((line, index) => {
          expect(line.at).toBeGreaterThanOrEqual(view.start);
          expect(line.at).toBeLessThan(view.end);
          if (index > 0) expect(line.at).toBeGreaterThan(lines[index - 1]?.at ?? 0);
        });
      }),
    );
  });

  it('fall on days that are as long as the calendar says', () => {
    const days = daysOf(month, 'Europe/Madrid');
    const lengths = days.slice(1).map((day, index) => (day.at - (days[index]?.at ?? 0)) / HOUR);
    expect(lengths.filter((length) => length !== 24)).toEqual([25]);
  });
});
