import { describe, expect, it } from 'vitest';
import { plain } from './cursor';
import { literalOf } from './expression';
import { readTemplate } from './read-template';
import { readYaml } from './read-yaml';

const head = 'tosca_definitions_version: tosca_simple_yaml_1_0\n';

function read(topology: string, types = '') {
  const yaml = readYaml(`${head}${types}topology_template:\n${topology}`, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  return {
    faults: result.ok ? [] : result.diagnostics.map(({ at, message }) => `${at.line}:${at.column} ${message}`),
    warnings: [...yaml.warnings, ...(result.ok ? result.warnings : [])].map(({ at, message }) => `${at.line}:${at.column} ${message}`),
    template: result.ok ? result.template : undefined,
  };
}

describe('values that are written otherwise than their type', () => {
  it.each<[string, unknown, string | null]>([
    ['{type: string, default: 1.10}', '1.10', null],
    ['{type: string, default: true}', 'true', null],
    ['{type: string, default: 0x10}', '0x10', null],
    ['{type: boolean, default: yes}', true, '"yes" is taken for true'],
    ['{type: boolean, default: "Off"}', false, '"Off" is taken for false'],
    ['{type: boolean, default: n}', false, '"n" is taken for false'],
    ['{type: boolean, default: True}', true, null],
    ['{type: integer, default: "4"}', 4, 'The text "4" is taken for a number'],
    ['{type: float, default: "-0.5"}', -0.5, 'The text "-0.5" is taken for a number'],
    ['{type: list, entry_schema: {type: string}, default: [1.10, x]}', ['1.10', 'x'], null],
    ['{type: map, entry_schema: {type: integer}, default: {a: "1"}}', { a: 1 }, 'The text "1" is taken for a number'],
    ['{type: string, constraints: [{valid_values: [1.10, 2]}], default: 1.10}', '1.10', null],
    ['{type: string, constraints: [{equal: 1.10}], default: "1.10"}', '1.10', null],
  ])('an input %s', (text, value, warning) => {
    const { template, faults, warnings } = read(`  inputs:\n    a: ${text}\n`);
    expect(faults).toEqual([]);
    expect(template?.inputs.get('a')?.default).toEqual(value);
    expect(warnings).toEqual(warning === null ? [] : [expect.stringContaining(warning)]);
  });

  it.each([
    ['{type: boolean, default: perhaps}', 'It must be true or false.'],
    ['{type: integer, default: four}', 'It must be a whole number.'],
    ['{type: integer, default: "4.5"}', 'It must be a whole number.'],
    ['{type: list, default: x}', 'It must be a list.'],
    ['{type: list, entry_schema: {type: string}, default: {a: 1}}', 'It must be a list.'],
    ['{type: map, entry_schema: {type: string}, default: [1]}', 'It must be a map'],
  ])('an input %s is refused', (text, message) => {
    expect(read(`  inputs:\n    a: ${text}\n`).faults).toEqual([expect.stringContaining(message)]);
  });

  it('of properties, where functions stay functions', () => {
    const { template, warnings } = read(
      '  inputs: {cpus: {type: integer, default: 2}}\n  node_templates:\n    n:\n      type: tosca.nodes.Compute\n      capabilities: {host: {properties: {num_cpus: "4"}}, endpoint: {properties: {port_name: 80, port: {get_input: cpus}}}}\n',
    );
    const n = template?.nodes.get('n');
    expect(n?.capabilities.get('host')?.get('num_cpus')).toMatchObject({ kind: 'literal', value: 4 });
    expect(n?.capabilities.get('endpoint')?.get('port_name')).toMatchObject({ kind: 'literal', value: '80' });
    expect(n?.capabilities.get('endpoint')?.get('port')).toMatchObject({ kind: 'input', name: 'cpus' });
    expect(warnings).toHaveLength(1);
  });
});

describe('what does nothing is said', () => {
  it('of properties that a type does not have', () => {
    const { warnings, faults } = read('  node_templates:\n    n: {type: tosca.nodes.Compute, properties: {colour: red}}\n');
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      '4:57 topology_template.node_templates.n.properties.colour: There is no property colour, so that it does nothing; there are .',
    ]);
  });

  it('of what is written twice: the last counts', () => {
    const { warnings, template } = read('  inputs:\n    a: {type: string, default: x}\n    a: {type: string, default: y}\n');
    expect(warnings).toEqual(['5:5 "a" stands here twice, first in line 4; this one counts.']);
    expect(template?.inputs.get('a')?.default).toBe('y');
  });
});

describe('types', () => {
  const types = `node_types:
  my.Base:
    derived_from: tosca.nodes.SoftwareComponent
    properties:
      port: {type: integer, default: 8080}
      name: {type: string, required: false}
    interfaces:
      Standard:
        create: base/create.sh
        configure:
          implementation: base/configure.sh
          inputs: {PORT: {get_property: [SELF, port]}, MODE: base}
  my.Derived:
    derived_from: my.Base
    properties: {port: {type: integer, default: 9090}}
    interfaces:
      Standard:
        configure: {implementation: derived/configure.sh, inputs: {MODE: derived}}
`;
  const node = (text: string) => read(`  node_templates:\n    n: ${text}\n`, types).template?.nodes.get('n');
  const scripts = (text: string) => Object.fromEntries(node(text)?.operations.map(({ name, script }) => [name, script]) ?? []);

  it('give their defaults to what says nothing', () => {
    expect(node('{type: my.Base}')?.properties.get('port')).toMatchObject({ value: 8080 });
    expect(node('{type: my.Derived}')?.properties.get('port')).toMatchObject({ value: 9090 });
    expect(node('{type: my.Derived, properties: {port: 1}}')?.properties.get('port')).toMatchObject({ value: 1 });
    expect(node('{type: my.Base}')?.properties.has('name')).toBe(false);
  });

  it('give their operations, which nearer ones replace with the inputs together', () => {
    expect(scripts('{type: my.Base}')).toEqual({ create: 'base/create.sh', configure: 'base/configure.sh' });
    expect(scripts('{type: my.Derived}')).toEqual({ create: 'base/create.sh', configure: 'derived/configure.sh' });
    expect(scripts('{type: my.Derived, interfaces: {Standard: {create: own.sh}}}')).toEqual({
      create: 'own.sh',
      configure: 'derived/configure.sh',
    });
    const configure = node('{type: my.Derived}')?.operations.find(({ name }) => name === 'configure');
    expect([...(configure?.inputs ?? [])].map(([name, value]) => [name, literalOf(value) ?? value.kind])).toEqual([
      ['PORT', 'property'],
      ['MODE', 'derived'],
    ]);
  });
});

it('aliases share what they name, and each use counts', () => {
  const result = readYaml('a: &a {x: [1, 2]}\nb: *a\nc: {<<: *a, y: 3}\nd: [*a, *a]\n', 't.yaml');
  const value = { x: [1, 2] };
  expect(result.ok && plain(result.root)).toEqual({ a: value, b: value, c: { x: [1, 2], y: 3 }, d: [value, value] });
});
