import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, demand, isFree, minutes, minutesWhere, someTaken, supplies } from '../testing/minutes';
import { HOUR, MINUTE } from './moments';
import { openings } from './openings';

const LAST = 70;
const someHosts = fc.array(someTaken, { minLength: 1, maxLength: 6 });

/** Whether demands can be met in a span by trying: each host to each demand that can have it. */
function canBeMet(wishes: readonly { count: number; hosts: readonly number[] }[], isFreeHost: (host: number) => boolean): boolean {
  const [first, ...rest] = wishes;
  if (!first) return true;
  if (first.count === 0) return canBeMet(rest, isFreeHost);
  return first.hosts
    .filter(isFreeHost)
    .some((host) => canBeMet([{ ...first, count: first.count - 1 }, ...rest], (other) => other !== host && isFreeHost(other)));
}

describe('openings', () => {
  it('are the first of each stretch of starts at which enough hosts are free, and the stretch', () => {
    fc.assert(
      fc.property(someHosts, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }), (taken, count, length) => {
        const found = openings([demand(count, supplies(taken))], { duration: length * MINUTE, from: at(0), to: at(LAST) });
        const good = minutesWhere(LAST - length, (minute) => {
          const span = minutes(minute, minute + length);
          return taken.filter((spans) => isFree(spans, span)).length >= count;
        });
        const told = minutesWhere(LAST, (minute) =>
          found.some(({ start, latestStart }) => start <= at(minute) && at(minute) <= latestStart),
        );
        expect(told).toEqual(good);
        expect(found.map(({ start }) => start)).toEqual(found.map(({ start }) => start).toSorted((a, b) => a - b));
        const stretches = good.filter((minute) => !good.includes(minute - 1));
        expect(stretches.every((minute) => found.some(({ start }) => start === at(minute)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('stay free until the first of the best hosts is taken', () => {
    fc.assert(
      fc.property(someHosts, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 15 }), (taken, count, length) => {
        for (const { start, freeUntil } of openings([demand(count, supplies(taken))], {
          duration: length * MINUTE,
          from: at(0),
          to: at(LAST),
        })) {
          const enoughUntil = (end: number) => taken.filter((spans) => isFree(spans, { start, end })).length >= count;
          const end = Number.isFinite(freeUntil) ? freeUntil : at(500);
          expect(enoughUntil(end)).toBe(true);
          if (Number.isFinite(freeUntil)) expect(enoughUntil(end + MINUTE)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('meet several demands at once, each by hosts of its own', () => {
    const wish = fc.record({ count: fc.integer({ min: 1, max: 2 }), hosts: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 5 }) });
    fc.assert(
      fc.property(
        fc.array(someTaken, { minLength: 5, maxLength: 5 }),
        fc.array(wish, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 1, max: 15 }),
        (taken, wishes, length) => {
          const all = supplies(taken);
          const demands = wishes.map(({ count, hosts }) =>
            demand(
              count,
              all.filter((_, index) => hosts.includes(index)),
            ),
          );
          const found = openings(demands, { duration: length * MINUTE, from: at(0), to: at(LAST) });
          const good = minutesWhere(LAST - length, (minute) =>
            canBeMet(wishes, (host) => isFree(taken[host] ?? [], minutes(minute, minute + length))),
          );
          expect(
            minutesWhere(LAST, (minute) => found.some(({ start, latestStart }) => start <= at(minute) && at(minute) <= latestStart)),
          ).toEqual(good);
          for (const { start, freeUntil } of found) {
            const can = (end: number) => canBeMet(wishes, (host) => isFree(taken[host] ?? [], { start, end }));
            expect(can(Math.min(freeUntil, at(500)))).toBe(true);
            if (Number.isFinite(freeUntil)) expect(can(freeUntil + MINUTE)).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('count units where a resource holds several', () => {
    fc.assert(
      fc.property(someHosts, fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }), fc.integer({ min: 1, max: 8 }), (taken, units, count) => {
        const found = openings([demand(count, supplies(taken, units))], { duration: 5 * MINUTE, from: at(0), to: at(LAST) });
        const room = (minute: number) =>
          taken.reduce((sum, spans, index) => sum + (isFree(spans, minutes(minute, minute + 5)) ? (units[index] ?? 0) : 0), 0);
        const good = minutesWhere(LAST - 5, (minute) => room(minute) >= count);
        expect(
          minutesWhere(LAST, (minute) => found.some(({ start, latestStart }) => start <= at(minute) && at(minute) <= latestStart)),
        ).toEqual(good);
      }),
    );
  });

  const ten = { duration: 10 * MINUTE, from: at(0), to: at(1000) };
  it.each([
    [
      'a later start is told when the lease could then be an hour longer',
      [[minutes(30, 40)], [minutes(-5, 10), minutes(91, 95)]],
      [
        [0, 30],
        [10, 91],
        [40, Number.POSITIVE_INFINITY],
      ],
    ],
    [
      '… and not when it could be longer by less',
      [[minutes(30, 40)], [minutes(-5, 10), minutes(89, 95)]],
      [
        [0, 30],
        [40, Number.POSITIVE_INFINITY],
      ],
    ],
    ['all of the time is one opening when nothing is taken', [[]], [[0, Number.POSITIVE_INFINITY]]],
    ['nothing is told when nothing is free', [[minutes(-5, 2000)]], []],
  ])('%s', (_name, taken, told) => {
    expect(
      openings([demand(1, supplies(taken))], ten).map(({ start, freeUntil }) => [(start - at(0)) / MINUTE, (freeUntil - at(0)) / MINUTE]),
    ).toEqual(told);
  });

  it('share the latest start of their stretch', () => {
    const found = openings([demand(1, supplies([[minutes(30, 40)], [minutes(-5, 10), minutes(100, 2000)], [minutes(-5, 41)]]))], ten);
    expect(found.map(({ latestStart }) => latestStart)).toEqual([at(990), at(990), at(990)]);
  });

  it('begin at whole minutes, and end in time', () => {
    const odd = { start: at(-5), end: at(10) + 20_000 };
    const search = { duration: 10 * MINUTE, from: at(0) + 1, to: at(30) + 59_999 };
    expect(openings([demand(1, supplies([[odd]]))], search)).toEqual([
      { start: at(11), latestStart: at(20), freeUntil: Number.POSITIVE_INFINITY },
    ]);
    expect(openings([demand(1, supplies([[]]))], search)[0]?.start).toBe(at(1));
    expect(openings([demand(1, supplies([[]]))], { ...search, to: at(10) })).toEqual([]);
    expect(openings([demand(1, supplies([[]]))], { ...search, to: at(11) })).toHaveLength(1);
    expect(openings([demand(1, supplies([[]]))], { ...search, to: Number.NaN })).toEqual([]);
  });

  it('are looked for one by one where very many demands share hosts', () => {
    const all = supplies(Array.from({ length: 12 }, (_, index) => (index < 2 ? [minutes(-5, 100)] : [])));
    const many = (count: number) => Array.from({ length: count }, () => demand(1, all));
    const search = { duration: HOUR, from: at(0), to: at(1000) };
    expect(openings(many(10), search)[0]?.start).toBe(at(0));
    expect(openings(many(11), search)[0]?.start).toBe(at(100));
    expect(openings(many(13), search)).toEqual([]);
  });
});
