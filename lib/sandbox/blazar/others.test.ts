import { describe, expect, test } from 'vitest';
import { americanHosts } from '../cloud/america-hosts';
import { type OtherLease, othersOf } from './others';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const now = Date.UTC(2026, 10, 21, 12);
const calendars = (at: number) => americanHosts.map(({ id, busy }) => othersOf(`america/${id}`, busy, at));

/** How many of the hosts are taken at a moment. */
const shareAt = (all: OtherLease[][], moment: number) =>
  all.filter((leases) => leases.some(({ start, end }) => start <= moment && moment < end)).length / all.length;

describe('other people’s leases', () => {
  test('are the same each time one looks', () => {
    expect(calendars(now)).toEqual(calendars(now));
  });

  test('fill the site by half in the next days, and less in the weeks after', () => {
    const all = calendars(now);
    const shares = [1, 3, 7, 14, 28].map((days) => shareAt(all, now + days * DAY_MS));
    expect(shares[0]).toBeGreaterThan(0.3);
    expect(shares[0]).toBeLessThan(0.8);
    expect(shares[4]).toBeLessThan(shares[0] ?? 0);
    expect(shares[3]).toBeGreaterThan(0.1);
  });

  test('stay as they were once they were seen, whatever the time; new ones come', () => {
    const [before, after] = [calendars(now).flat(), calendars(now + 6 * HOUR_MS).flat()];
    const still = before.filter(({ end }) => end > now + 6 * HOUR_MS);
    expect(after).toEqual(expect.arrayContaining(still));
    expect(after.length).toBeGreaterThan(still.length);
  });

  test('never overlap on one host, and last a week at most', () => {
    for (const leases of calendars(now)) {
      const inOrder = [...leases].sort((a, b) => a.start - b.start);
      for (const [index, { start, end }] of inOrder.entries()) {
        expect(end - start).toBeLessThanOrEqual(7 * DAY_MS);
        expect(start).toBeGreaterThanOrEqual(inOrder[index - 1]?.end ?? 0);
      }
    }
  });

  test('cost little', () => {
    calendars(now);
    const began = performance.now();
    for (let look = 0; look < 5; look++) calendars(now + look * HOUR_MS);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
