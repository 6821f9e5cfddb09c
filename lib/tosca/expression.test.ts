import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { Diagnostics, type YamlValue } from './cursor';
import { calls, type Expression, literalOf, readExpression } from './expression';
import { readYaml } from './read-yaml';

function read(text: string) {
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const diagnostics = new Diagnostics();
  const expression = readExpression(yaml.root, 'v', diagnostics);
  return { expression, faults: diagnostics.list.map(({ message }) => message) };
}

/** An expression without its places. */
const bare = (value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, bare(entry)]));
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (key === 'at' ? [] : [[key, bare(entry)]])));
};
const literal = (value: unknown) => ({ kind: 'literal', value });

describe('readExpression', () => {
  it.each<[string, unknown]>([
    ['word', literal('word')],
    ['4', literal(4)],
    ['[a, 1]', { kind: 'list', items: [literal('a'), literal(1)] }],
    ['{a: 1}', { kind: 'map', entries: { a: literal(1) } }],
    ['{get_input: x}', { kind: 'input', name: 'x', path: [] }],
    ['{get_input: [x, 0, name]}', { kind: 'input', name: 'x', path: ['0', 'name'] }],
    ['{get_secret: x}', { kind: 'secret', name: 'x' }],
    ['{get_secret: [x, public]}', { kind: 'secret', name: 'x', part: 'public' }],
    ['{get_property: [SELF, port]}', { kind: 'property', entity: 'SELF', path: ['port'] }],
    ['{get_attribute: [n, private_address, 0]}', { kind: 'attribute', entity: 'n', path: ['private_address', '0'] }],
    ['{concat: [a, {get_input: x}]}', { kind: 'concat', parts: [literal('a'), { kind: 'input', name: 'x', path: [] }] }],
    ['{join: [[a, b], "-"]}', { kind: 'join', list: { kind: 'list', items: [literal('a'), literal('b')] }, separator: literal('-') }],
    ['{join: [[a, b]]}', { kind: 'join', list: { kind: 'list', items: [literal('a'), literal('b')] }, separator: literal('') }],
    ['{token: [a.b, ".", 1]}', { kind: 'token', text: literal('a.b'), separator: literal('.'), index: literal(1) }],
    ['{get_input: x, other: 1}', { kind: 'map', entries: { get_input: literal('x'), other: literal(1) } }],
    ['{}', { kind: 'map', entries: {} }],
  ])('%s', (text, expected) => {
    const { expression, faults } = read(text);
    expect(bare({ ...expression })).toEqual(bare(expected));
    expect(faults).toEqual([]);
  });

  it.each([
    ['{get_input: []}', 'v: get_input needs the name of an input.'],
    ['{get_secret: []}', 'v: get_secret needs the name of an input.'],
    ['{get_property: n}', 'v: get_property needs a list: the node template and the name.'],
    ['{get_attribute: []}', 'v: get_attribute needs a list: the node template and the name.'],
    ['{concat: a}', 'v: concat needs a list of what is put together.'],
    ['{join: []}', 'v: join needs a list: the list to join and the separator.'],
    ['{join: a}', 'v: join needs a list: the list to join and the separator.'],
    ['{token: [a, b]}', 'v: token needs a list of three: the text, the separator, the index from 0.'],
    ['{get_input: {a: 1}}', 'v: Text is needed here, not a map.'],
    ['{get_artifact: [n, a]}', 'v: the function get_artifact is not supported.'],
    ['{get_nodes_of_type: t}', 'v: the function get_nodes_of_type is not supported.'],
    ['{get_operation_output: [n, a, b, c]}', 'v: the function get_operation_output is not supported.'],
    ['{deep: {get_artifact: [n, a]}}', 'v.deep: the function get_artifact is not supported.'],
  ])('%s is refused', (text, message) => expect(read(text).faults).toContain(message));

  it('reads back what holds no function, whatever it is', () => {
    const value = fc.letrec<{ value: YamlValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ maxLength: 8 }),
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^k[a-z]{1,4}$/), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (original) => {
        expect(literalOf(read(stringify({ original })).expression)).toEqual({ original });
      }),
      {
        numRuns: 50,
      },
    );
  });
});

it.each([
  ['{get_input: x}', undefined],
  ['[a, {get_input: x}]', undefined],
  ['{a: {b: {get_input: x}}}', undefined],
  ['{a: ~}', { a: null }],
])('%s is, without its functions, %j', (text, value) => expect(literalOf(read(text).expression)).toEqual(value));

it.each([
  ['word', []],
  ['{a: [{get_input: x}, {get_secret: s}]}', ['input', 'secret']],
  ['{concat: [a, {get_property: [SELF, p]}, {concat: [{get_input: x}]}]}', ['concat', 'property', 'concat', 'input']],
  ['{join: [[{get_input: x}], {get_input: y}]}', ['join', 'input', 'input']],
  ['{token: [{get_input: x}, {get_input: y}, {get_input: z}]}', ['token', 'input', 'input', 'input']],
  ['{get_attribute: [n, a]}', ['attribute']],
])('the functions in %s are found, outermost first', (text, kinds) => {
  const found: Expression[] = [...calls(read(text).expression)];
  expect(found.map(({ kind }) => kind)).toEqual(kinds);
});
