import { describe, expect, it } from 'vitest';
import { plain } from '@/lib/tosca/cursor';
import type { Located } from '@/lib/tosca/located';
import { readYaml } from '@/lib/tosca/read-yaml';
import { mergeTemplates } from './merge';

function yaml(text: string, file: string): Located {
  const result = readYaml(text, file);
  if (!result.ok) throw new Error(result.diagnostic.message);
  return result.root;
}

type Rules = Parameters<typeof mergeTemplates>[3];
const merge = (base: string, addition: string, rules?: Rules) =>
  mergeTemplates(yaml(base, 'base.yaml'), yaml(addition, 'more.yaml'), (file) => file, rules);
const merged = (base: string, addition: string, rules?: Rules) => {
  const result = merge(base, addition, rules);
  return result.ok ? plain(result.root) : result.diagnostics.map(({ message }) => message);
};
const addOn: Rules = { addOns: new Set(['more.yaml']) };

describe('what both of two templates say', () => {
  it.each<[what: string, base: string, addition: string, whole: unknown]>([
    ['the same', '{a: {b: [1, {c: 2}]}}', '{a: {b: [1, {c: 2}]}}', { a: { b: [1, { c: 2 }] } }],
    ['maps', '{a: {b: 1}}', '{a: {c: 2}}', { a: { b: 1, c: 2 } }],
    [
      'requirements',
      '{requirements: [{host: a}, x]}',
      '{requirements: [x, {host: b}]}',
      { requirements: [{ host: 'a' }, 'x', { host: 'b' }] },
    ],
    ['imports', '{imports: [a]}', '{imports: [b, a]}', { imports: ['a', 'b'] }],
    [
      'policies',
      '{topology_template: {policies: [a]}}',
      '{topology_template: {policies: [b]}}',
      { topology_template: { policies: ['a', 'b'] } },
    ],
    ['a tab', '{metadata: {tabs: {A: [a]}}}', '{metadata: {tabs: {A: [b], B: [c]}}}', { metadata: { tabs: { A: ['a', 'b'], B: ['c'] } } }],
    [
      'a tab by names and by an expression',
      '{metadata: {tabs: {A: [a]}}}',
      '{metadata: {tabs: {A: b.*}}}',
      { metadata: { tabs: { A: ['a'], 'A (2)': 'b.*' } } },
    ],
    ['what a thing is for', '{a: {description: x}}', '{a: {description: y}}', { a: { description: 'x' } }],
    [
      'what the file itself is called',
      '{metadata: {display_name: X, inputs: {a: 1}}}',
      '{metadata: {display_name: Y, inputs: {b: 2}}}',
      { metadata: { display_name: 'X', inputs: { a: 1, b: 2 } } },
    ],
    ['what the file itself is called, where the first says nothing', '{metadata: {}}', '{metadata: {display_name: Y}}', { metadata: {} }],
    ['what the file is for, where the first says nothing', '{}', '{description: y}', { description: 'y' }],
    ['what the file is for', '{description: x}', '{description: y}', { description: 'x' }],
  ])('is one: %s', (_, base, addition, whole) => expect(merged(base, addition)).toEqual(whole));

  it.each<[what: string, base: string, addition: string, path: string]>([
    ['two values', '{a: {b: 1}}', '{a: {b: 2}}', 'a.b'],
    ['a text and a number', '{a: "1"}', '{a: 1}', 'a'],
    ['lists that are not joined', '{a: [1]}', '{a: [1, 2]}', 'a'],
    ['lists of other things', '{a: [1]}', '{a: [2]}', 'a'],
    ['a list and a map', '{a: []}', '{a: {}}', 'a'],
    ['maps within lists', '{a: [{b: 1}]}', '{a: [{b: 1, c: 2}]}', 'a'],
    ['calls', '{a: {get_input: x}}', '{a: {get_input: y}}', 'a'],
    ['a call and a map', '{a: {get_input: x}}', '{a: {b: y}}', 'a'],
    ['policies of something else', '{policies: [a]}', '{policies: [b]}', 'policies'],
  ])('is refused with both places where it is %s', (_, base, addition, path) => {
    expect(merged(base, addition)).toEqual([`${path} is defined here and otherwise in base.yaml, line 1; the two can't be combined.`]);
  });

  it('is told of all at once', () => expect(merged('{a: 1, b: 1, c: 1}', '{a: 2, b: 2, c: 1}')).toHaveLength(2));
});

describe('an add-on', () => {
  const topology = (inside: string) => `{topology_template: ${inside}}`;

  it.each<[what: string, base: string, addition: string]>([
    [
      'a property of a node',
      topology('{node_templates: {a: {properties: {x: 1}}}}'),
      topology('{node_templates: {a: {properties: {x: 2}}}}'),
    ],
    [
      'a property that is called type',
      topology('{node_templates: {a: {properties: {type: b}}}}'),
      topology('{node_templates: {a: {properties: {type: c}}}}'),
    ],
    ['the type of an input', topology('{inputs: {a: {type: string}}}'), topology('{inputs: {a: {type: integer}}}')],
    ['the title of a node', topology('{node_templates: {a: {title: b}}}'), topology('{node_templates: {a: {title: c}}}')],
  ])('may say otherwise than the recipe, and counts: %s', (_, base, addition) => {
    const result = merge(base, addition, addOn);
    expect(result.ok && plain(result.root)).toEqual(plain(yaml(addition, 'more.yaml')));
    expect(result.ok && result.specialised).toHaveLength(1);
  });

  it.each<[what: string, base: string, addition: string]>([
    ['the type of a node', topology('{node_templates: {a: {type: b}}}'), topology('{node_templates: {a: {type: c}}}')],
    ['what is no topology', '{node_types: {a: {type: b}}}', '{node_types: {a: {type: c}}}'],
  ])('may not say otherwise: %s', (_, base, addition) => expect(merge(base, addition, addOn).ok).toBe(false));

  it('may not say otherwise than another add-on', () => {
    const both: Rules = { addOns: new Set(['base.yaml', 'more.yaml']) };
    expect(merge(topology('{inputs: {a: {type: b}}}'), topology('{inputs: {a: {type: c}}}'), both).ok).toBe(false);
  });
});

describe('a recipe on top of another', () => {
  const onTop: Rules = { onTop: true };
  const input = (about: string) => `{topology_template: {inputs: {a: ${about}}}}`;

  it('may choose other defaults', () => {
    expect(merged(input('{type: integer, default: 1}'), input('{default: 2}'), onTop)).toEqual({
      topology_template: { inputs: { a: { type: 'integer', default: 2 } } },
    });
  });

  it.each([
    ['another type', input('{type: integer}'), input('{type: string}')],
    [
      'a default of something else',
      '{topology_template: {outputs: {a: {default: 1}}}}',
      '{topology_template: {outputs: {a: {default: 2}}}}',
    ],
    ['a default within a default', input('{default: {default: 1}, x: {default: 1}}'), input('{x: {default: 2}}')],
  ])('may not choose %s', (_, base, addition) => expect(merge(base, addition, onTop).ok).toBe(false));

  it('has its tabs first, and may not choose a default where it is an add-on', () => {
    const tabs = '{metadata: {tabs: {A: [a], B: [b]}}}';
    const whole = merged(tabs, '{metadata: {tabs: {C: [c], B: [d]}}}', onTop) as { metadata: { tabs: object } };
    expect(Object.entries(whole.metadata.tabs)).toEqual([
      ['C', ['c']],
      ['B', ['b', 'd']],
      ['A', ['a']],
    ]);
    expect(merge(input('{default: 1}'), input('{default: 2}')).ok).toBe(false);
  });
});
