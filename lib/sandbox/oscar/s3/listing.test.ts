import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byBytes, type Listing, listKeys } from './listing';

const keys = ['a.txt', 'in/', 'in/1.png', 'in/2.png', 'in/deep/3.png', 'out/1.png', 'ünï/x'];
const wish = { prefix: '', delimiter: '', after: '', most: 1000 };

test.each([
  ['all', {}, { keys, prefixes: [], next: null }],
  ['folders', { delimiter: '/' }, { keys: ['a.txt'], prefixes: ['in/', 'out/', 'ünï/'], next: null }],
  ['what is in a folder', { prefix: 'in/', delimiter: '/' }, { keys: ['in/', 'in/1.png', 'in/2.png'], prefixes: ['in/deep/'], next: null }],
  ['a first page', { delimiter: '/', most: 2 }, { keys: ['a.txt'], prefixes: ['in/'], next: 'in/' }],
  ['the page after a folder', { delimiter: '/', most: 2, after: 'in/' }, { keys: [], prefixes: ['out/', 'ünï/'], next: null }],
  ['nothing', { most: 0 }, { keys: [], prefixes: [], next: null }],
])('a listing of %s', (_what, more, expected) => {
  expect(listKeys(keys, { ...wish, ...more })).toEqual(expected);
});

test('pages of any size hold together all that one page would, in order', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '😀', '\uFFFD'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 30 }),
      fc.constantFrom('', '/'),
      fc.constantFrom('', 'a', 'a/'),
      fc.integer({ min: 1, max: 5 }),
      (all, delimiter, prefix, most) => {
        const whole = listKeys(all, { ...wish, delimiter, prefix });
        const pages: Listing = { keys: [], prefixes: [], next: null };
        for (let after: string | null = ''; after !== null; ) {
          const page: Listing = listKeys(all, { delimiter, prefix, after, most });
          pages.keys.push(...page.keys);
          pages.prefixes.push(...page.prefixes);
          after = page.next;
        }
        expect(pages).toEqual(whole);
        expect(whole.keys.toSorted(byBytes)).toEqual(whole.keys);
      },
    ),
  );
});
