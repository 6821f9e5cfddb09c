import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConstraintKeyword, operandProblem, violation } from './constraints';
import { inUnits, parseSize, sizeUnitNames } from './scalar-unit';
import { valueProblems } from './values';

describe('sizes', () => {
  it.each([
    ['4 GiB', 4 * 2 ** 30],
    ['512MB', 512e6],
    ['1.5 gib', 1.5 * 2 ** 30],
    ['0 B', 0],
    ['2 TiB', 2 * 2 ** 40],
  ])('reads %s', (text, bytes) => expect(parseSize(text)?.bytes).toBe(bytes));

  it.each(['', '4', 'GiB', '4 XiB', '-1 GiB', '4 GiB; rm', '1e3 MB', null, 4])('refuses %s', (text) =>
    expect(parseSize(text)).toBeUndefined(),
  );

  it('writes what it read in the same size', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(...sizeUnitNames), (amount, unit) => {
        const size = parseSize(`${amount}${unit.toLowerCase()}`);
        expect(parseSize(size?.text)).toEqual(size);
        expect(inUnits(size?.bytes ?? -1, unit)).toBe(amount);
      }),
    );
  });

  it('rounds up to whole units', () => expect(inUnits(parseSize('1 GB')?.bytes ?? 0, 'GiB')).toBe(1));
});

describe('constraints', () => {
  const cases: [ConstraintKeyword, unknown, unknown[], unknown[]][] = [
    ['equal', 4, [4], [5, '4']],
    ['greater_than', 3, [4, 3.1], [3, 2, 'x']],
    ['greater_or_equal', 3, [3, 4], [2]],
    ['less_than', 3, [2], [3, 4]],
    ['less_or_equal', 3, [3], [3.5, null]],
    ['in_range', [1, 16], [1, 16, 8], [0, 17]],
    ['in_range', [1, 'UNBOUNDED'], [1, 1e9], [0]],
    ['in_range', ['UNBOUNDED', 5], [-9], [6]],
    ['valid_values', ['a', 'b'], ['a'], ['c', '']],
    ['length', 3, ['abc', [1, 2, 3]], ['ab', [1]]],
    ['min_length', 2, ['ab'], ['a', []]],
    ['max_length', 2, ['ab', '👍👍', {}], ['abc']],
    ['pattern', '[a-z]+', ['abc'], ['abc1', '1abc', 'a\nb', '']],
    ['pattern', 'a|b', ['a', 'b'], ['ab', 'xb']],
  ];
  it.each(cases)('%s %j', (keyword, operand, good, bad) => {
    for (const value of good) expect(violation(keyword, operand, value)).toBeNull();
    for (const value of bad) expect(violation(keyword, operand, value)).toMatch(/^It must .*\.$/);
  });

  it('compares sizes by what they amount to', () => {
    expect(violation('equal', '1 GiB', '1024 MiB', true)).toBeNull();
    expect(violation('in_range', ['1 GiB', '2 GiB'], '1500 MB', true)).toBeNull();
    expect(violation('in_range', ['1 GiB', '2 GiB'], '900 MB', true)).toBe('It must be between 1 GiB and 2 GiB.');
    expect(violation('valid_values', ['1 GiB'], '1024 MiB', true)).toBeNull();
    expect(violation('greater_than', '1 GiB', 'much', true)).toBe('It must be more than 1 GiB.');
  });

  it('says what is wrong with a constraint itself', () => {
    expect(operandProblem('in_range', [5, 1])).toMatch(/lower bound/);
    expect(operandProblem('in_range', 5)).toMatch(/two bounds/);
    expect(operandProblem('valid_values', [])).toMatch(/at least one/);
    expect(operandProblem('min_length', -1)).toMatch(/whole number/);
    expect(operandProblem('greater_than', 'soon')).toMatch(/number or a size/);
    expect(operandProblem('pattern', '(')).toMatch(/regular expression/);
    expect(operandProblem('pattern', '(a+)+')).toMatch(/very long/);
    expect(operandProblem('pattern', '/data(/[a-z]+)*')).toBeNull();
    expect(operandProblem('greater_than', '1 GiB')).toBeNull();
  });

  it('checks the elements of lists and maps', () => {
    const schema = {
      type: 'list',
      constraints: [],
      entry: { type: 'string', constraints: [{ keyword: 'max_length' as const, operand: 2 }] },
    };
    expect(valueProblems(schema, ['ab', 'abc', 1])).toEqual([
      'Entry 2: It must have at most 2 characters; it has 3.',
      'Entry 3: It must be text.',
    ]);
    expect(valueProblems({ type: 'range', constraints: [] }, [1, 'UNBOUNDED'])).toEqual([]);
    expect(valueProblems({ type: 'range', constraints: [] }, [5, 1])).toHaveLength(1);
  });
});
