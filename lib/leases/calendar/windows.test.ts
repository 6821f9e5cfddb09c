import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, demand, isFree, minutes, someTaken, supplies } from '../testing/minutes';
import { MINUTE, soonestStart } from './moments';
import { findWindows, pick, unitsIn } from './windows';

const search = { duration: 10 * MINUTE, from: at(0), to: at(1000), now: at(-60) };

describe('windows', () => {
  it('have the hosts that stay free longest', () => {
    const all = supplies([[minutes(20, 30)], [], [minutes(90, 99)], [minutes(5, 6)]]);
    expect(findWindows([demand(2, all)], search)[0]).toEqual({
      ...minutes(0, 10),
      latestStart: at(990),
      freeUntil: at(90),
      free: [3],
      picked: [['1', '2']],
    });
    expect(findWindows([demand(1, all)], search)[0]).toMatchObject({ freeUntil: null, picked: [['1']] });
  });

  it('take more than was asked for at least, where it is free, and tell until when all of it is', () => {
    const all = supplies([[minutes(20, 30)], [], [minutes(5, 6)]]);
    expect(findWindows([demand(1, all, 3)], search)[0]).toMatchObject({ start: at(0), freeUntil: at(20), picked: [['1', '0']], free: [2] });
  });

  it('leave a host to the demand that needs it', () => {
    const [one, two, three] = [supplies([[]]), supplies([[], [minutes(50, 60)]]), supplies([[], [], [minutes(5, 90)]])];
    expect(findWindows([demand(1, two), demand(1, one)], search)[0]).toMatchObject({
      picked: [['1'], ['0']],
      free: [2, 1],
      freeUntil: at(50),
    });
    expect(findWindows([demand(1, three), demand(1, two), demand(1, one)], search)[0]).toMatchObject({
      start: at(90),
      picked: [['2'], ['1'], ['0']],
    });
  });

  it('begin a full minute after now at the soonest, and not after what was asked for', () => {
    const all = supplies([[]]);
    expect(findWindows([demand(1, all)], { ...search, now: at(3) + 1 })[0]?.start).toBe(at(5));
    expect(findWindows([demand(1, all)], { ...search, now: at(3) })[0]?.start).toBe(at(4));
    expect(findWindows([demand(1, all)], { ...search, from: at(7) })[0]?.start).toBe(at(7));
    expect(soonestStart(at(0))).toBe(at(1));
  });

  it('are ten at most, or as many as asked for', () => {
    const busy = Array.from({ length: 30 }, (_, index) => minutes(20 * index, 20 * index + 5));
    expect(findWindows([demand(1, supplies([busy]))], search)).toHaveLength(10);
    expect(findWindows([demand(1, supplies([busy]))], { ...search, limit: 12 })).toHaveLength(12);
  });

  it('need room for what the site picks itself, and pick nothing of it', () => {
    const room = supplies([[minutes(0, 40)], []], [2, 2]).map((one) => ({ ...one, id: `room/${one.id}` }));
    const machines = { min: 3, max: 3, from: room };
    const found = findWindows([machines, demand(1, supplies([[]]))], search);
    expect(found[0]).toMatchObject({ start: at(40), picked: [[], ['0']], free: [4, 1], freeUntil: null });
    expect(pick([machines], minutes(30, 50))).toBeNull();
    expect(pick([machines], minutes(40, 50))).toEqual([[]]);
    expect(unitsIn(machines, minutes(30, 50))).toBe(2);
  });

  it('can be had: every host that is picked is free in all of them, and none is picked twice', () => {
    const some = fc.array(someTaken, { minLength: 4, maxLength: 6 });
    const wishes = fc.array(
      fc.record({ count: fc.integer({ min: 1, max: 2 }), more: fc.nat(2), hosts: fc.uniqueArray(fc.nat(5), { minLength: 2 }) }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(some, wishes, (taken, wanted) => {
        const all = supplies(taken);
        const demands = wanted.map(({ count, more, hosts }) =>
          demand(
            count,
            all.filter((_, index) => hosts.includes(index)),
            count + more,
          ),
        );
        for (const window of findWindows(demands, search)) {
          const picked = window.picked.flat();
          expect(new Set(picked).size).toBe(picked.length);
          const until = window.freeUntil ?? at(900);
          expect(picked.every((id) => isFree(taken[Number(id)] ?? [], { start: window.start, end: until }))).toBe(true);
          for (const [index, ids] of window.picked.entries()) {
            expect(ids.length).toBeGreaterThanOrEqual(wanted[index]?.count ?? 0);
            expect(ids.length).toBeLessThanOrEqual((wanted[index]?.count ?? 0) + (wanted[index]?.more ?? 0));
            expect(ids.every((id) => wanted[index]?.hosts.includes(Number(id)))).toBe(true);
          }
          expect(pick(demands, window)).toEqual(window.picked);
        }
      }),
    );
  });
});
