import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../calendar/moments';
import { hours, inHours, lease, NOW } from '../testing/site';
import type { Lease } from '../types';
import { type ReminderName, reminderKey, remindersOf, reminderTimes } from './reminders';

// a lease of a week that ends at 0
const of = (over: Partial<Lease> = {}) => lease({ ...hours(-168, 0), ...over });
const at = (hour: number, told: ReminderName[] = [], over: Partial<Lease> = {}, since = inHours(-200)) =>
  remindersOf(of(over), { since, told: new Set(told.map((name) => reminderKey(of(over), name))), now: inHours(hour) });
const next = (hour: number | null) => (hour === null ? null : inHours(hour));

describe('what is told of the end of a lease', () => {
  it.each<[string, number, ReminderName[], ReminderName | null, number, number | null]>([
    ['long before', -100, [], null, 0, -48],
    ['two days before', -48, [], '48h', 1, -24],
    ['after that, once it was told', -47, ['48h'], null, 0, -24],
    ['a day before', -24, ['48h'], '24h', 1, -2],
    ['two hours before', -2, ['48h', '24h'], '2h', 1, -0.5],
    ['half an hour before', -0.5, ['48h', '24h', '2h'], '30min', 1, null],
    ['after all was told', -0.4, ['48h', '24h', '2h', '30min'], null, 0, null],
    // nobody was there for a day: one thing is told, and the other settled
    ['late', -20, [], '24h', 2, -2],
    ['very late', -0.2, [], '30min', 4, null],
    ['late, with an older one that was missed', -1, ['2h'], null, 2, -0.5],
    ['when it is over', 0, [], null, 0, null],
  ])('%s', (_name, hour, told, tell, keys, nextAt) => {
    const found = at(hour, told);
    expect([found.tell, found.keys.length, found.nextAt]).toEqual([tell, keys, next(nextAt)]);
    if (tell) expect(found.keys).toContain(reminderKey(of(), tell));
  });

  it('is not what would have been before it began, or before it was made', () => {
    expect(at(-30, [], { start: inHours(-36) })).toMatchObject({ tell: null, keys: [], nextAt: inHours(-24) });
    expect(at(-30, [], {}, inHours(-31))).toMatchObject({ tell: null, keys: [], nextAt: inHours(-24) });
    expect(at(-1.5, [], {}, inHours(-1.6))).toMatchObject({ tell: null, keys: [], nextAt: inHours(-0.5) });
    expect(at(-0.1, [], {}, inHours(-0.2))).toEqual({ tell: null, keys: [], nextAt: null });
    // a lease of exactly two days says so at its start, which everybody knows
    expect(at(-48, [], { start: inHours(-48) }).tell).toBeNull();
  });

  it('is told anew when the end moves', () => {
    const told = new Set([reminderKey(of(), '2h')]);
    const moved = of({ end: inHours(24) });
    expect(remindersOf(moved, { since: inHours(-1), told, now: inHours(22) }).tell).toBe('2h');
    expect(reminderKey(of(), '2h')).not.toBe(reminderKey(moved, '2h'));
    expect(reminderKey(of(), '2h')).not.toBe(reminderKey(of({ id: 'other' }), '2h'));
  });

  it.each(['TERMINATED', 'TERMINATING', 'DELETING', 'ERROR'])('is nothing of one that is %s', (status) => {
    expect(at(-1, [], { status })).toEqual({ tell: null, keys: [], nextAt: null });
  });

  it('is each told once at most, in its time, however often and late one looks', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 40 * HOUR }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(looks, fc.integer({ min: -170, max: -1 }), (steps, since) => {
        const told = new Set<string>();
        const said: { name: ReminderName; now: number }[] = [];
        let now = inHours(-170);
        for (const step of steps) {
          now += step;
          const { tell, keys, nextAt } = remindersOf(of(), { since: inHours(since), told, now });
          for (const key of keys) told.add(key);
          if (tell) said.push({ name: tell, now });
          expect(remindersOf(of(), { since: inHours(since), told, now }).tell).toBeNull();
          if (nextAt !== null) expect(nextAt).toBeGreaterThan(now);
        }
        expect(new Set(said.map(({ name }) => name)).size).toBe(said.length);
        for (const { name, now: when } of said) {
          expect(NOW - when).toBeLessThanOrEqual(reminderTimes[name]);
          expect(when).toBeLessThan(NOW);
        }
      }),
    );
  });

  it('is all told to who looks every minute', () => {
    const told = new Set<string>();
    const said: string[] = [];
    for (let now = inHours(-60); now < NOW; now += MINUTE) {
      const { tell, keys } = remindersOf(of(), { since: inHours(-200), told, now });
      for (const key of keys) told.add(key);
      if (tell) said.push(`${tell} ${(NOW - now) / HOUR}`);
    }
    expect(said).toEqual(['48h 48', '24h 24', '2h 2', '30min 0.5']);
  });
});
