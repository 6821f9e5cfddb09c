import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextNight } from './night';

const at = (text: string) => Date.parse(`2026-11-${text}Z`);

test.each([
  ['of the morning is proved in the next night', '20T09:00:00', '21'],
  ['of the afternoon, too', '20T15:00:00', '21'],
  ['of the late evening is good for the night after it', '20T23:30:00', '22'],
  ['of the night itself is proved in the next', '20T05:00:00', '21'],
])('a pair whose last proof is %s', (_what, since, day) => {
  const next = nextNight('pair_one', at(since));
  expect(new Date(next).toISOString().slice(8, 10)).toBe(day);
});

test('it is at night, after half a day at least and a day and a half at most; and pairs do not come all at once', () => {
  const minutes = new Set<number>();
  fc.assert(
    fc.property(fc.string({ minLength: 3 }), fc.integer({ min: 0, max: 4e12 }), (id, since) => {
      const next = nextNight(id, since);
      const hour = new Date(next).getUTCHours();
      expect(hour === 4 || hour === 5).toBe(true);
      expect(next - since).toBeGreaterThanOrEqual(12 * 3_600_000);
      expect(next - since).toBeLessThan(36 * 3_600_000);
      minutes.add(Math.floor(next / 60_000) % 1440);
    }),
  );
  expect(minutes.size).toBeGreaterThan(20);
});
