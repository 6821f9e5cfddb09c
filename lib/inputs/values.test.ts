import { describe, expect, it } from 'vitest';
import { type Comparing, type ConstraintKeyword, constraintKeywords, violation } from './constraints';
import { matches } from './pattern';
import { sentence } from './sentence';
import { clausesOf, valueFaults } from './values';

const by: Comparing = { isSize: false, matches };
const bySize: Comparing = { isSize: true, matches };

describe('constraints', () => {
  const cases: [ConstraintKeyword, unknown, good: unknown[], bad: unknown[], string][] = [
    ['equal', 4, [4], [5, '4'], 'It must be 4.'],
    ['equal', '', [''], ['x'], 'It must be empty.'],
    ['equal', [1, 2], [[1, 2]], [[2, 1]], 'It must be 1, 2.'],
    ['greater_than', 3, [4, 3.1], [3, 2, 'x'], 'It must be more than 3.'],
    ['greater_or_equal', 3, [3, 4], [2, '4'], 'It must be 3 or more.'],
    ['less_than', 3, [2], [3, 4], 'It must be less than 3.'],
    ['less_or_equal', 3, [3], [3.5, null], 'It must be 3 or less.'],
    ['in_range', [1, 16], [1, 16, 8], [0, 17], 'It must be between 1 and 16.'],
    ['in_range', [1, 'UNBOUNDED'], [1, 1e9], [0], 'It must be 1 or more.'],
    ['in_range', ['UNBOUNDED', 5], [-9, 5], [6], 'It must be 5 or less.'],
    ['in_range', ['UNBOUNDED', 'UNBOUNDED'], [-9, 'x'], [], ''],
    ['in_range', 'much', [], [1], 'It must be between undefined and undefined.'],
    ['valid_values', ['a', 'b'], ['a'], ['c', ''], 'It must be one of a, b.'],
    ['valid_values', 'a', [], ['a'], 'It must be one of a.'],
    ['valid_values', [{ a: 1 }], [{ a: 1 }], [{ a: 2 }], 'It must be one of [object Object].'],
    ['length', 3, ['abc', [1, 2, 3]], ['ab', '👍'.repeat(2)], 'It must have 3 characters; it has 2.'],
    ['length', 1, [{ a: 1 }], [[1, 2], { a: 1, b: 2 }], 'It must have 1 elements; it has 2.'],
    ['min_length', 2, ['ab', 'abc', [1, 2]], ['a'], 'It must have at least 2 characters; it has 1.'],
    ['max_length', 2, ['ab', '👍👍', {}, 'a'], ['abc'], 'It must have at most 2 characters; it has 3.'],
    ['max_length', 2, [], [null, 7], 'It must have at most 2 elements; it has NaN.'],
    ['pattern', '[a-z]+', ['abc'], ['abc1', '1abc', 'a\nb', ''], 'It must match the pattern [a-z]+.'],
    ['pattern', 'a|b', ['a', 'b'], ['ab', 'xb'], 'It must match the pattern a|b.'],
    ['pattern', '[0-9]', [4], [44], 'It must match the pattern [0-9].'],
  ];
  it.each(cases)('%s %j', (keyword, operand, good, bad, message) => {
    for (const value of good) expect(violation(keyword, operand, value, by)).toBeNull();
    for (const value of bad) {
      const fault = violation(keyword, operand, value, by);
      expect(fault && sentence(fault)).toBe(message);
    }
  });

  it('knows every keyword that it tests', () => {
    expect([...new Set(cases.map(([keyword]) => keyword))].toSorted()).toEqual([...constraintKeywords].toSorted());
  });

  it.each<[ConstraintKeyword, unknown, unknown, string | null]>([
    ['equal', '1 GiB', '1024 MiB', null],
    ['equal', '1 GiB', '1 GB', 'It must be 1 GiB.'],
    ['in_range', ['1 GiB', '2 GiB'], '1500 MB', null],
    ['in_range', ['1 GiB', '2 GiB'], '900 MB', 'It must be between 1 GiB and 2 GiB.'],
    ['in_range', ['1 GiB', '2 GiB'], '3 GB', 'It must be between 1 GiB and 2 GiB.'],
    ['valid_values', ['1 GiB'], '1024 MiB', null],
    ['greater_than', '1 GiB', 'much', 'It must be more than 1 GiB.'],
    ['less_than', 'much', '1 GiB', 'It must be less than much.'],
    ['greater_or_equal', '10 GB', '10 GiB', null],
  ])('compares sizes by what they amount to: %s %j of %s', (keyword, operand, value, message) => {
    const fault = violation(keyword, operand, value, bySize);
    expect(fault && sentence(fault)).toBe(message);
  });

  it('are read from plain objects, and what is none is left out', () => {
    expect(clausesOf([{ in_range: [1, 4] }, { min_length: 2, colour: 'red' }, {}])).toEqual([
      { keyword: 'in_range', operand: [1, 4] },
      { keyword: 'min_length', operand: 2 },
    ]);
  });
});

describe('types', () => {
  it.each<[string, good: unknown[], bad: unknown[], string]>([
    ['string', ['', 'a'], [1, null, []], 'It must be text.'],
    ['integer', [0, -3], [1.5, '1', Number.NaN, 2 ** 53], 'It must be a whole number.'],
    ['float', [0.5, 1], ['1', Number.POSITIVE_INFINITY, null], 'It must be a number.'],
    ['boolean', [true, false], ['true', 0], 'It must be true or false.'],
    ['scalar-unit.size', ['4 GiB'], [4, 'big'], 'It must be a size: a number and a unit, such as 4 GiB.'],
    [
      'range',
      [
        [1, 2],
        [2, 2],
        [1, 'UNBOUNDED'],
      ],
      [[5, 1], [1], [1, 2, 3], 'x', ['a', 2], [1, 'b'], ['a', 'UNBOUNDED']],
      'It must be a range: two whole numbers, the lower one first.',
    ],
    ['list', [[], [1]], [{}, 'a'], 'It must be a list.'],
    ['map', [{}, { a: 1 }], [[], null, 'a'], 'It must be a map (name: value).'],
    ['my.own.Type', ['anything', 7, null], [], ''],
  ])('%s', (type, good, bad, message) => {
    const said = (value: unknown) => valueFaults({ type, constraints: [] }, value, matches).map(sentence);
    for (const value of good) expect(said(value)).toEqual([]);
    for (const value of bad) expect(said(value)).toEqual([message]);
  });

  it('are checked before constraints, and those of the elements by their place', () => {
    const text = { type: 'string', constraints: [{ keyword: 'max_length' as const, operand: 2 }] };
    const said = (value: unknown, schema: Parameters<typeof valueFaults>[0]) => valueFaults(schema, value, matches).map(sentence);
    expect(said(['ab', 'abc', 1], { type: 'list', constraints: [{ keyword: 'length', operand: 1 }], entry: text })).toEqual([
      'It must have 1 elements; it has 3.',
      'Entry 2: It must have at most 2 characters; it has 3.',
      'Entry 3: It must be text.',
    ]);
    expect(said({ a: 'abc' }, { type: 'map', constraints: [], entry: text })).toEqual([
      'Entry a: It must have at most 2 characters; it has 3.',
    ]);
    expect(said([['abc']], { type: 'list', constraints: [], entry: { type: 'list', constraints: [], entry: text } })).toEqual([
      'Entry 1.1: It must have at most 2 characters; it has 3.',
    ]);
    expect(said(1, text)).toEqual(['It must be text.']);
    expect(said('1 KiB', { type: 'scalar-unit.size', constraints: [{ keyword: 'less_than', operand: '1 MiB' }] })).toEqual([]);
  });
});
