import { describe, expect, it } from 'vitest';
import { readTemplate } from './read-template';
import { readYaml } from './read-yaml';

function faults(topology: string): string[] {
  const yaml = readYaml(`tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template:\n${topology}`, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  return result.ok ? [] : result.diagnostics.map(({ at, message }) => `${at.line} ${message}`);
}

const compute = (name: string, rest = '') => `    ${name}: {type: tosca.nodes.Compute${rest}}\n`;
const software = (name: string, rest = '') => `    ${name}: {type: tosca.nodes.SoftwareComponent${rest}}\n`;

describe('names that lead nowhere', () => {
  const around = (value: string) =>
    faults(
      `  node_templates:\n${compute('n')}${software('s', `, requirements: [{host: n}], interfaces: {Standard: {create: {implementation: a.sh, inputs: {X: ${value}}}}}`)}`,
    );
  it.each<[string, string | null]>([
    ['{get_input: gone}', '5 There is no input gone.'],
    ['{get_secret: gone}', '5 There is no input gone.'],
    ['[{a: {get_input: gone}}]', '5 There is no input gone.'],
    ['{get_property: [gone, x]}', '5 There is no node template gone.'],
    ['{get_property: [n, colour]}', '5 n has no property colour.'],
    ['{get_property: [n, host, colour]}', '5 n has no property host.colour.'],
    ['{get_property: [n, host, num_cpus]}', null],
    ['{get_property: [HOST, host, num_cpus]}', null],
    ['{get_property: [SELF, component_version]}', null],
    ['{get_property: [SELF, colour]}', '5 s has no property colour.'],
    ['{get_attribute: [gone, x]}', '5 There is no node template gone.'],
    ['{get_attribute: [HOST, private_address, 0]}', null],
    [
      '{get_attribute: [n, colour]}',
      '5 n has no attribute colour; it has tosca_id, tosca_name, state, private_address, public_address, networks, ports.',
    ],
    ['{get_attribute: [SELF, state]}', null],
  ])('%s in the input of a script', (value, message) => expect(around(value)).toEqual(message === null ? [] : [message]));

  it('are found wherever an expression stands', () => {
    const gone = '{get_input: gone}';
    const places = [
      `  node_templates:\n${software('s', `, properties: {component_version: ${gone}}`)}`,
      `  node_templates:\n${compute('n', `, capabilities: {host: {properties: {num_cpus: ${gone}}}}`)}`,
      `  node_templates:\n${compute('n', `, requirements: [{local_storage: {node: d, relationship: {properties: {location: ${gone}}}}}]`)}    d: {type: tosca.nodes.BlockStorage}\n`,
      `  outputs: {o: {value: ${gone}}}\n`,
    ];
    for (const place of places) expect(faults(place)).toEqual([expect.stringMatching(/There is no input gone\.$/)]);
  });

  it('of hosts, requirements and policies', () => {
    expect(faults(`  node_templates:\n${compute('n', ', requirements: [{dependency: gone}]')}`)).toEqual([
      '4 n: the requirement dependency names gone, and there is no such node template.',
    ]);
    expect(faults(`  outputs: {o: {value: {get_attribute: [SELF, state]}}}\n`)).toEqual([
      '3 SELF means nothing in an output; name the node template.',
    ]);
    expect(
      faults(`  node_templates:\n${software('s', ', properties: {component_version: {get_property: [HOST, host, num_cpus]}}')}`),
    ).toEqual(['4 s has no host.']);
    expect(faults(`  policies: [{p: {type: tosca.policies.Placement, targets: [gone]}}]\n`)).toEqual([
      '3 policies.p: there is no node template gone.',
    ]);
  });
});

describe('what has no beginning', () => {
  it.each<[string, string, string[]]>([
    ['itself', compute('a', ', requirements: [{dependency: a}]'), ['a → a']],
    ['two', `${compute('a', ', requirements: [{dependency: b}]')}${compute('b', ', requirements: [{dependency: a}]')}`, ['a → b → a']],
    [
      'a circle beyond what leads there',
      `${compute('a', ', requirements: [{dependency: b}]')}${compute('b', ', requirements: [{dependency: c}]')}${compute('c', ', requirements: [{dependency: b}]')}`,
      ['b → c → b'],
    ],
    [
      'two ways to one',
      `${compute('a', ', requirements: [{dependency: b}, {dependency: c}]')}${compute('b', ', requirements: [{dependency: d}]')}${compute('c', ', requirements: [{dependency: d}]')}${compute('d')}`,
      [],
    ],
  ])('requirements: %s', (_, templates, circles) => {
    expect(faults(`  node_templates:\n${templates}`).map((line) => line.replace(/^\d+ /, ''))).toEqual(
      circles.map((circle) => `${circle}: these require each other in a circle.`),
    );
  });

  const version = (value: string) => `, properties: {component_version: ${value}}`;
  it.each<[string, string, string[]]>([
    ['itself', software('a', version('{get_property: [SELF, component_version]}')), ['a.component_version → a.component_version']],
    [
      'two, deep in functions',
      `${software('a', version('{concat: [x, {get_property: [b, component_version]}]}'))}${software('b', version('{token: [{get_property: [a, component_version]}, ".", 0]}'))}`,
      ['a.component_version → b.component_version → a.component_version'],
    ],
    [
      'properties of capabilities',
      compute(
        'a',
        ', capabilities: {host: {properties: {mem_size: {get_property: [SELF, host, disk_size]}, disk_size: {get_property: [SELF, host, mem_size]}}}}',
      ),
      ['a.host.mem_size → a.host.disk_size → a.host.mem_size'],
    ],
    ['a line', `${software('a', version('{get_property: [b, component_version]}'))}${software('b', version('1'))}`, []],
  ])('properties: %s', (_, templates, circles) => {
    expect(faults(`  node_templates:\n${templates}`).map((line) => line.replace(/^\d+ /, ''))).toEqual(
      circles.map((circle) => `${circle}: these are defined by each other.`),
    );
  });
});
