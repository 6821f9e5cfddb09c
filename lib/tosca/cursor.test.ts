import { describe, expect, it } from 'vitest';
import { Cursor, Diagnostics, plain } from './cursor';
import { readYaml } from './read-yaml';

function cursor(text: string) {
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const diagnostics = new Diagnostics();
  const said = () => diagnostics.list.map(({ at, message }) => `${at.line}:${at.column} ${message}`);
  return { root: new Cursor(yaml.root, '', diagnostics), said, diagnostics };
}

describe('a cursor', () => {
  it('calls each value by its way from the root', () => {
    const { root, said } = cursor('a:\n  b: [x, {c: 1}]\n');
    root.get('a')?.get('b')?.items().at(1)?.get('c')?.fail('is wrong');
    root.fail('All of it is wrong.');
    expect(said()).toEqual(['2:14 a.b.1.c: is wrong', '1:1 All of it is wrong.']);
    expect(root.get('a')?.get('b')?.what).toBe('a.b');
    expect(root.get('a')?.at).toEqual({ file: 't.yaml', line: 1, column: 1 });
  });

  it('keeps warnings apart from faults', () => {
    const { root, diagnostics } = cursor('a: 1\n');
    root.get('a')?.warn('looks odd');
    expect(diagnostics.list).toEqual([]);
    expect(diagnostics.warnings).toEqual([{ at: { file: 't.yaml', line: 1, column: 4 }, message: 'a: looks odd' }]);
  });

  it('finds what is there, and nothing where there is nothing', () => {
    const { root, said } = cursor('a: 1\nempty:\nlist: []\n');
    expect(root.get('a')?.text()).toBe('1');
    expect(root.get('empty')).toBeUndefined();
    expect(root.get('gone')).toBeUndefined();
    expect(root.get('a')?.get('b')).toBeUndefined();
    expect(root.get('list')?.items()).toEqual([]);
    expect(said()).toEqual([]);
  });

  it.each<[string, (value: Cursor) => unknown, unknown, string | null]>([
    ['v: word', (value) => value.text(), 'word', null],
    ['v: 1.10', (value) => value.text(), '1.10', null],
    ['v: true', (value) => value.text(), 'true', null],
    ['v: [a]', (value) => value.text(), undefined, 'v: Text is needed here, not a list.'],
    ['v: {a: 1}', (value) => value.text(), undefined, 'v: Text is needed here, not a map.'],
    ['v: 7', (value) => value.integer(), 7, null],
    ['v: "7"', (value) => value.integer(), 7, null],
    ['v: -3', (value) => value.integer(), -3, null],
    ['v: 7.5', (value) => value.integer(), undefined, 'v: A whole number is needed here.'],
    ['v: seven', (value) => value.integer(), undefined, 'v: A whole number is needed here.'],
    ['v: [7]', (value) => value.integer(), undefined, 'v: A whole number is needed here.'],
    ['v: true', (value) => value.boolean(), true, null],
    ['v: "true"', (value) => value.boolean(), true, null],
    ['v: false', (value) => value.boolean(), false, null],
    ['v: "false"', (value) => value.boolean(), false, null],
    ['v: maybe', (value) => value.boolean(), undefined, 'v: true or false is needed here.'],
    ['v: [true]', (value) => value.boolean(), undefined, 'v: true or false is needed here.'],
    ['v: word', (value) => value.items(), [], 'v: A list is needed here, not "word".'],
    ['v: {a: 1}', (value) => value.items(), [], 'v: A list is needed here, not a map.'],
    ['v: word', (value) => value.entries(), [], 'v: A map (name: value) is needed here, not "word".'],
    ['v: [a]', (value) => value.entries(), [], 'v: A map (name: value) is needed here, not a list.'],
    ['v: [a, {b: [1, null]}]', (value) => value.plain(), ['a', { b: [1, null] }], null],
  ])('%s', (text, read, value, message) => {
    const { root, said } = cursor(text);
    const found = root.get('v');
    expect(found && read(found)).toEqual(value);
    expect(said().map((line) => line.replace(/^\d+:\d+ /, ''))).toEqual(message === null ? [] : [message]);
  });

  it('takes what is empty for empty lists, maps and no text', () => {
    const { root, said } = cursor('[~, x]\n');
    const [empty] = root.items();
    expect([empty?.items(), empty?.entries(), empty?.text()]).toEqual([[], [], undefined]);
    expect(said()).toEqual([]);
  });

  it('complains of keys that are not known, where they stand', () => {
    const { root, said } = cursor('a: 1\nb: 2\nc: 3\n');
    root.onlyKeys(['a', 'c']);
    expect(said()).toEqual(['2:4 : "b" is not known here; known are a, c.']);
  });

  it('gives maps as plain objects with their own keys only', () => {
    const { root } = cursor('toString: 1\n');
    expect(Object.keys(Object(plain(root.value)))).toEqual(['toString']);
  });
});
