import { expect, test } from 'vitest';
import { lookOf, nameIn, placeOf, steps } from './place';

test.each([
  ['fish/in', { bucket: 'fish', folder: 'in/' }],
  ['/fish/in/deep/', { bucket: 'fish', folder: 'in/deep/' }],
  ['fish', { bucket: 'fish', folder: '' }],
])('%s is a place in a bucket', (path, place) => expect(placeOf(path)).toEqual(place));

test('the way to a folder is told step by step', () => {
  expect(steps('in/deep/')).toEqual([
    { name: 'in', folder: 'in/' },
    { name: 'deep', folder: 'in/deep/' },
  ]);
  expect([nameIn('in/', 'in/a.png'), nameIn('', 'in/')]).toEqual(['a.png', 'in']);
});

test('pictures and texts can be looked at, what is neither can’t', () => {
  expect(['a.PNG', 'b.jpeg', 'c.csv', 'd.svg', 'e.bin', 'f'].map(lookOf)).toEqual(['picture', 'picture', 'text', null, null, null]);
});
