import { describe, expect, test } from 'vitest';
import { Mapping, Merger, Text, type Value } from './yaml';

const text = (word: string) => new Text(word, true);
function mapping(own: Record<string, string>, ...merged: Value[]): Mapping {
  const made = new Mapping();
  for (const [key, word] of Object.entries(own)) made.own.push([key, text(word)]);
  made.merged.push(...merged);
  return made;
}
const wide = (count: number) => mapping(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, ''])));
const read = (value: Value) =>
  [...(new Merger().entries(value) ?? [])].map(([key, each]) => [key, each instanceof Text ? each.text : each]);

describe('what a mapping merges', () => {
  const [a, b] = [mapping({ x: 'a', y: 'a' }), mapping({ x: 'b', z: 'b' })];
  test.each<[string, Mapping, Record<string, string>]>([
    ['nothing', mapping({ x: '1' }), { x: '1' }],
    ['one, under its own', mapping({ x: '1' }, a), { x: '1', y: 'a' }],
    ['a list, of which the first counts most', mapping({}, [a, b]), { x: 'a', y: 'a', z: 'b' }],
    ['two after each other, of which the last counts most', mapping({}, a, b), { x: 'b', y: 'a', z: 'b' }],
    ['what merges in its turn', mapping({ y: '1' }, mapping({ z: '2' }, a)), { x: 'a', y: '1', z: '2' }],
    ['the same twice', mapping({}, [a, a]), { x: 'a', y: 'a' }],
  ])('%s', (_, value, expected) => expect(Object.fromEntries(read(value))).toEqual(expected));

  test.each<[string, Value]>([
    ['a text', text('a')],
    ['a list', []],
    ['nothing', null],
  ])('is none for %s', (_, value) => expect(new Merger().entries(value)).toBeUndefined());

  const itself = mapping({});
  itself.merged.push(itself);
  test.each<[string, Mapping, string]>([
    ['itself', itself, 'loops'],
    ['too much', wide(200_001), 'loops'],
    ['a text', mapping({}, text('a')), 'mergesNoMapping'],
    ['a list with a text in it', mapping({}, [mapping({}), text('a')]), 'mergesNoMapping'],
  ])('is refused: %s', (_, value, key) => expect(() => new Merger().entries(value)).toThrow(key));

  test('may be as much as is allowed, and is followed once', () => {
    const [most, merger] = [wide(200_000), new Merger()];
    const first = merger.entries(most);
    expect(first?.size).toBe(200_000);
    expect(merger.entries(most) === first).toBe(true);
  });
});
