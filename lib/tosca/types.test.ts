import { describe, expect, it } from 'vitest';
import { Cursor, Diagnostics } from './cursor';
import { normativeTypes } from './normative-types';
import { readYaml } from './read-yaml';
import { readTypes, type TypeDefinition, TypeSystem } from './types';

function read(text: string): { types: TypeDefinition[]; faults: string[] } {
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const diagnostics = new Diagnostics();
  return { types: readTypes(new Cursor(yaml.root, '', diagnostics)), faults: diagnostics.list.map(({ message }) => message) };
}

function system(text: string): TypeSystem {
  const types = new TypeSystem();
  for (const type of read(text).types) types.add(type);
  return types;
}

describe('readTypes', () => {
  it.each([
    'data_types',
    'capability_types',
    'node_types',
    'relationship_types',
    'policy_types',
    'artifact_types',
    'interface_types',
    'group_types',
  ])('reads %s', (section) => {
    expect(read(`${section}:\n  my.Type: {derived_from: my.Other}\n`).types).toMatchObject([{ name: 'my.Type', derivedFrom: 'my.Other' }]);
  });

  it('reads no section that it does not know', () => expect(read('other_types: {a: {}}\n').types).toEqual([]));

  it('reads properties with their types, constraints and defaults', () => {
    const [type] = read(`data_types:
  my.Type:
    properties:
      plain: {type: string}
      optional: {type: integer, required: false, constraints: [{in_range: [1, 4]}]}
      given: {type: list, entry_schema: {type: string, constraints: [{min_length: 2}]}, default: [ab]}
      short: {type: map, entry_schema: integer}
      single: {constraints: {max_length: 3}}
`).types;
    const property = (name: string) => type?.properties.get(name);
    expect(property('plain')).toEqual({ schema: { type: 'string', constraints: [] }, required: true, default: undefined });
    expect(property('optional')).toMatchObject({
      schema: { type: 'integer', constraints: [{ keyword: 'in_range', operand: [1, 4] }] },
      required: false,
    });
    expect(property('given')?.schema.entry).toEqual({ type: 'string', constraints: [{ keyword: 'min_length', operand: 2 }] });
    expect(property('given')?.default?.plain()).toEqual(['ab']);
    expect(property('short')?.schema.entry).toEqual({ type: 'integer', constraints: [] });
    expect(property('single')?.schema).toEqual({ type: 'string', constraints: [{ keyword: 'max_length', operand: 3 }] });
  });

  it('reads capabilities in both writings, requirements, attributes and interfaces', () => {
    const [type] = read(`node_types:
  my.Node:
    capabilities: {short: my.Capability, long: {type: my.Other}, none: {}}
    requirements: [{host: {capability: x}}, {disk: y, more: z}]
    attributes: {address: {type: string}}
    interfaces: {Standard: {create: a.sh}}
`).types;
    expect([...(type?.capabilities ?? [])]).toEqual([
      ['short', 'my.Capability'],
      ['long', 'my.Other'],
      ['none', 'tosca.capabilities.Root'],
    ]);
    expect([...(type?.requirements ?? [])]).toEqual(['host', 'disk', 'more']);
    expect([...(type?.attributes ?? [])]).toEqual(['address']);
    expect(type?.interfaces).toHaveLength(1);
  });

  it('takes interfaces of node and relationship types only', () => {
    expect(read('policy_types: {r: {interfaces: {Configure: {add: a.sh}}}}\n').types[0]?.interfaces).toEqual([]);
    expect(read('node_types: {n: {}}\n').types[0]?.interfaces).toEqual([]);
  });

  it.each([
    ['{constraints: [{at_most: 4}]}', /"at_most" is no constraint; there are equal, greater_than/],
    ['{constraints: [{in_range: 4}]}', /in_range needs a list of two bounds/],
    ['{constraints: 4}', /A list is needed here/],
    ['{required: perhaps}', /true or false is needed here/],
    ['{type: [string]}', /Text is needed here, not a list/],
  ])('says what is wrong with a property %s', (property, message) => {
    expect(read(`data_types: {t: {properties: {p: ${property}}}}\n`).faults).toEqual([expect.stringMatching(message)]);
  });
});

describe('a system of types', () => {
  const types = system(`node_types:
  my.A:
    derived_from: tosca.nodes.Compute
    properties: {p: {type: string}, q: {type: integer}}
    attributes: {a: {type: string}}
    requirements: [{a_needs: x}]
    interfaces: {Standard: {create: a.sh}}
  my.B:
    derived_from: my.A
    properties: {p: {type: boolean}}
    capabilities: {host: my.Capability}
    interfaces: {Standard: {create: b.sh}}
  my.Lost: {derived_from: my.Gone}
  my.Loop: {derived_from: my.Pool}
  my.Pool: {derived_from: my.Loop}
`);

  it('gives a type all that its ancestors have, the nearest first', () => {
    const resolved = types.resolve('my.B');
    expect(resolved.properties.get('p')?.schema.type).toBe('boolean');
    expect(resolved.properties.get('q')?.schema.type).toBe('integer');
    expect(resolved.capabilities.get('host')).toBe('my.Capability');
    expect(resolved.capabilities.get('os')).toBe('tosca.capabilities.OperatingSystem');
    expect([...resolved.attributes]).toEqual(expect.arrayContaining(['tosca_id', 'private_address', 'a']));
    expect([...resolved.requirements]).toEqual(['dependency', 'local_storage', 'a_needs']);
    expect(resolved.interfaces.map((faces) => Object(faces.plain()).Standard.create)).toEqual(['a.sh', 'b.sh']);
  });

  it.each([
    ['my.B', 'my.A', true],
    ['my.B', 'tosca.nodes.Compute', true],
    ['my.B', 'my.B', true],
    ['my.A', 'my.B', false],
    ['my.Gone', 'my.Gone', false],
    ['my.Loop', 'tosca.nodes.Root', false],
  ])('%s is a %s: %s', (name, ancestor, is) => expect(types.isA(name, ancestor)).toBe(is));

  it.each([
    ['my.B', null],
    ['tosca.nodes.Compute', null],
    ['my.Gone', 'There is no type my.Gone; is an import missing?'],
    ['my.Lost', 'my.Lost derives from my.Gone, which is not defined.'],
    ['my.Loop', 'The type my.Loop derives from itself.'],
  ])('the problem of %s is %j', (name, problem) => expect(types.problem(name)).toBe(problem));

  it('knows what it holds', () => expect([types.has('my.A'), types.has('my.Gone')]).toEqual([true, false]));

  it('takes a later definition of a name, also of what was asked for before', () => {
    const changing = system('node_types: {my.A: {properties: {old: {type: string}}}}\n');
    expect([...changing.resolve('my.A').properties.keys()]).toEqual(['old']);
    for (const type of read('node_types: {my.A: {properties: {new: {type: string}}}}\n').types) changing.add(type);
    expect([...changing.resolve('my.A').properties.keys()]).toEqual(['new']);
  });

  it('ends with a line of types that is too long', () => {
    const line = Array.from({ length: 40 }, (_, index) => `  t${index + 1}: {derived_from: t${index}}\n`).join('');
    const long = system(`node_types:\n  t0: {derived_from: tosca.nodes.Root}\n${line}`);
    expect(long.problem('t40')).toBe('t40 derives from more than 32 types.');
    expect(long.problem('t20')).toBeNull();
  });

  it('of the standard holds together', () => {
    const standard = new TypeSystem();
    for (const { name, capabilities } of normativeTypes) {
      expect(standard.problem(name)).toBeNull();
      for (const capability of capabilities.values()) expect(standard.has(capability)).toBe(true);
    }
    expect(standard.resolve('tosca.nodes.BlockStorage').properties.get('size')?.schema.type).toBe('scalar-unit.size');
    expect(standard.resolve('tosca.relationships.AttachesTo').properties.get('location')?.required).toBe(true);
    expect(standard.resolve('tosca.capabilities.Compute').properties.get('num_cpus')?.required).toBe(false);
    expect(standard.resolve('tosca.capabilities.Endpoint').properties.get('ports')?.schema.entry?.type).toBe(
      'tosca.datatypes.network.PortSpec',
    );
  });
});
