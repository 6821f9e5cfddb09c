import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, patternProblem } from './pattern';

describe('patterns', () => {
  it.each<[string, good: string[], bad: string[]]>([
    ['[a-z]+', ['abc'], ['1abc', 'abc1', '', 'a\nb']],
    ['a|b', ['a', 'b'], ['ab']],
    ['|[!-~]{12,72}', ['', 'x'.repeat(12)], ['short']],
    ['^[a-z]+$', ['abc'], ['abc\n']],
    ['(?P<year>\\d{4})', ['2026'], ['26']],
    ['\\p{L}+', ['Ávila'], ['4']],
    ['.', ['👍'], ['👍👍', '\n']],
    ['(?i)yes', ['YES'], ['no']],
  ])('%s matches all of a text or nothing', (pattern, good, bad) => {
    expect(patternProblem(pattern)).toBeNull();
    for (const text of good) expect(matches(pattern, text)).toBe(true);
    for (const text of bad) expect(matches(pattern, text)).toBe(false);
  });

  it.each([
    ['(', /missing closing \)/],
    ['(?=a)b', /unsupported Perl syntax/],
    ['(a)\\1', /invalid escape/],
    ['((a{100}){100}){100}', /repeat count/],
    ['a'.repeat(1001), /longer than 1000/],
    ['(a?){900}a{900}', /repeats too much/],
  ])('%s is refused', (pattern, why) => {
    expect(patternProblem(pattern)).toMatch(why);
  });

  it('that can’t be read match nothing', () => expect(matches('(', '(')).toBe(false));

  it('take no longer for a text that almost matches', () => {
    const began = performance.now();
    for (const pattern of ['(a+)+', '(a|aa)+', '(a*)*b', '(x+x+)+y', '(.*)*(.*)*c']) matches(pattern, `${'a'.repeat(60_000)}!`);
    // JavaScript's own engine would be at the first of them until the sun has gone out
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('agree with JavaScript’s on what both read', () => {
    const pattern = fc.constantFrom('[a-c]*', '(ab|c)+', 'a?b?c?', '[^a]b*', '(a|b){2,3}', 'a.c', '\\w+-\\d');
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[a-d1-]{0,6}$/), (text, candidate) => {
        expect(matches(text, candidate)).toBe(new RegExp(`^(?:${text})$`, 'u').test(candidate));
      }),
    );
  });

  it('are forgotten when there are too many, and read again', () => {
    for (let index = 0; index < 600; index += 1) expect(matches(`x${index}`, `x${index}`)).toBe(true);
    expect(matches('x1', 'x1')).toBe(true);
  });
});
