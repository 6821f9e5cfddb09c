import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../calendar/moments';
import { hours, inHours, NOW } from '../testing/site';
import { timeLeft, windDown } from './time-left';

describe('what is left of a lease', () => {
  it.each<[string, [number, number], number, object]>([
    ['suffices with a fifth more', [-1, 1.2], HOUR, { enough: true, leftMs: 72 * MINUTE, needMs: 72 * MINUTE }],
    ['does not without', [-1, 1.19], HOUR, { enough: false, leftMs: 71.4 * MINUTE, needMs: 72 * MINUTE }],
    ['needs five minutes more at least', [-1, 0.25], 10 * MINUTE, { enough: true, leftMs: 15 * MINUTE, needMs: 15 * MINUTE }],
    ['counts from its start where that is to come', [2, 3], HOUR, { enough: false, leftMs: HOUR, needMs: 72 * MINUTE }],
    ['is nothing when it is over', [-3, -1], 0, { enough: false, leftMs: 0, needMs: 5 * MINUTE }],
  ])('%s', (_name, [start, end], estimate, left) => {
    expect(timeLeft(hours(start, end), estimate, NOW)).toEqual(left);
  });
});

describe('what stands on a lease is wound down', () => {
  const of = (end: number, estimate: number, start = -5) => windDown(hours(start, end), estimate * MINUTE, NOW);
  it.each<[string, number, number, object]>([
    ['two minutes before its end, and the time that it takes', 1, 10, { at: inHours(1) - 12 * MINUTE, due: false, late: false }],
    ['now', 0.2, 10, { at: NOW, due: true, late: false }],
    ['too late', 0.1, 10, { at: NOW - 6 * MINUTE, due: true, late: true }],
    ['at once', 0.5, 28, { at: NOW, due: true, late: false }],
  ])('%s', (_name, end, estimate, decision) => {
    expect(of(end, estimate)).toEqual(decision);
  });

  it('not before it began, and then there may be too little time', () => {
    expect(of(3, 90, 2)).toEqual({ at: inHours(2), due: false, late: true });
    expect(of(3, 58, 2)).toEqual({ at: inHours(2), due: false, late: false });
  });
});
