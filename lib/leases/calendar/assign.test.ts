import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assign } from './assign';

it.each([
  ['the best are taken', [{ min: 2, max: 2, from: ['a', 'b', 'c'] }], [['c', 'a']]],
  ['of what may be had', [{ min: 1, max: 1, from: ['b'] }], [['b']]],
  ['more where there are more', [{ min: 1, max: 3, from: ['a', 'b', 'c'] }], [['c', 'a', 'b']]],
  ['… but no more than there are', [{ min: 1, max: 9, from: ['a', 'c'] }], [['c', 'a']]],
  [
    '… and not what another needs',
    [
      { min: 1, max: 3, from: ['a', 'b', 'c'] },
      { min: 1, max: 1, from: ['c'] },
    ],
    [['a', 'b'], ['c']],
  ],
  [
    'one moves on for another',
    [
      { min: 1, max: 1, from: ['c', 'a'] },
      { min: 1, max: 1, from: ['c', 'b'] },
      { min: 1, max: 1, from: ['c'] },
    ],
    [['a'], ['b'], ['c']],
  ],
  [
    'two want the same',
    [
      { min: 1, max: 1, from: ['a'] },
      { min: 1, max: 1, from: ['a'] },
    ],
    null,
  ],
  ['there are too few', [{ min: 4, max: 4, from: ['a', 'b', 'c'] }], null],
  ['nothing is wanted', [{ min: 0, max: 0, from: ['a'] }], [[]]],
])('%s', (_name, wishes, given) => {
  expect(assign(wishes, ['c', 'a', 'b'])).toEqual(given);
});

it('every wish is met where that is possible at all, with the best of resources', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const wish = fc.record({ min: fc.nat(2), from: fc.subarray(ids) });
  // the sets of resources with which all can be met, by trying every choice
  const sets = (wishes: readonly { min: number; from: readonly string[] }[], used: string[]): string[][] => {
    const [first, ...rest] = wishes;
    if (!first) return [used.toSorted()];
    if (first.min === 0) return sets(rest, used);
    return first.from.filter((id) => !used.includes(id)).flatMap((id) => sets([{ ...first, min: first.min - 1 }, ...rest], [...used, id]));
  };
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1, maxLength: 3 }), (wishes) => {
      const given = assign(
        wishes.map((one) => ({ ...one, max: one.min })),
        ids,
      );
      const possible = sets(wishes, [])
        .map((set) => set.join(''))
        .toSorted();
      expect(given === null).toBe(possible.length === 0);
      if (!given) return;
      // ids are in the order of taste: the first set in the order of the alphabet has the best
      expect(given.flat().toSorted().join('')).toBe(possible[0]);
      for (const [index, mine] of given.entries()) expect(mine.every((id) => wishes[index]?.from.includes(id))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
