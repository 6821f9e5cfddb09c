import { describe, expect, it } from 'vitest';
import { readTemplate } from './read-template';
import { readYaml } from './read-yaml';
import { TypeSystem } from './types';

const types = `capability_types:
  my.Queue: {derived_from: tosca.capabilities.Root, properties: {kind: {type: string, default: queue}}}
relationship_types:
  my.Shares:
    derived_from: tosca.relationships.AttachesTo
    properties: {mode: {type: string, default: ro}}
    interfaces:
      Configure:
        pre_configure_source:
          implementation: share.yml
          inputs:
            at: {get_property: [SELF, location]}
            mode: {concat: [{get_property: [SELF, mode]}, '!']}
            from: {token: [{get_property: [TARGET, name]}, '-', 0]}
            all: {join: [[{get_property: [SOURCE, label]}], ',']}
            deep: [{x: {get_attribute: [SOURCE, private_address]}}]
        post_configure_target: shared.yml
node_types:
  my.Machine: {derived_from: tosca.nodes.Compute, properties: {label: {type: string, default: m}}}
  my.Store:
    derived_from: tosca.nodes.Root
    properties: {name: {type: string, default: the-store}}
    artifacts: {role: {file: 'example.role,1.0', type: tosca.artifacts.AnsibleGalaxy.role}, plain: a.tgz}
  my.Front: {derived_from: tosca.nodes.SoftwareComponent, capabilities: {queue: {type: my.Queue}}}
`;

function read(nodes: string, tolerant = true) {
  const yaml = readYaml(
    `tosca_definitions_version: tosca_simple_yaml_1_0\n${types}topology_template:\n  node_templates:\n${nodes}`,
    't.yaml',
  );
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, [], { tolerant });
  const said = (list: { message: string }[]) => list.map(({ message }) => message);
  return result.ok
    ? { nodes: result.template.nodes, faults: [], warnings: said(result.warnings) }
    : { nodes: new Map(), faults: said(result.diagnostics), warnings: [] };
}

describe('a type’s short name', () => {
  it.each([
    ['BlockStorage', 'tosca.nodes.BlockStorage'],
    ['tosca:Compute', 'tosca.nodes.Compute'],
    ['AttachesTo', 'tosca.relationships.AttachesTo'],
    ['PortSpec', 'tosca.datatypes.network.PortSpec'],
    ['network.Port', 'tosca.nodes.network.Port'],
    ['tosca.nodes.Root', 'tosca.nodes.Root'],
    ['my.Own', 'my.Own'],
  ])('%s stands for %s', (name, whole) => expect(new TypeSystem().nameOf(name)).toBe(whole));
});

describe('a relationship that runs something', () => {
  const machine = (relationship: string) =>
    `    m: {type: my.Machine, requirements: [{local_storage: {node: s, relationship: ${relationship}}}]}\n    s: {type: my.Store}\n`;
  const { nodes, faults } = read(machine('{type: my.Shares, properties: {location: /srv}}'));

  it('does so on the end that it names, told of the other', () => {
    expect(faults).toEqual([]);
    expect(
      nodes.get('m')?.operations.map(({ name, of, script }: { name: string; of?: string; script: string }) => [name, of, script]),
    ).toEqual([['pre_configure_source', 's', 'share.yml']]);
    expect(nodes.get('s')?.operations.map(({ name }: { name: string }) => name)).toEqual(['post_configure_target']);
  });

  it('has SELF, SOURCE and TARGET followed, wherever they stand', () => {
    const inputs = nodes.get('m')?.operations[0]?.inputs;
    expect(inputs?.get('at')).toMatchObject({ kind: 'literal', value: '/srv' });
    expect(inputs?.get('mode')).toMatchObject({ parts: [{ kind: 'literal', value: 'ro' }, { value: '!' }] });
    expect(inputs?.get('from')).toMatchObject({ text: { kind: 'property', entity: 's', path: ['name'] } });
    expect(inputs?.get('all')).toMatchObject({ list: { items: [{ kind: 'property', entity: 'm', path: ['label'] }] } });
    expect(inputs?.get('deep')?.items[0]?.entries.get('x')).toMatchObject({ kind: 'attribute', entity: 'm' });
  });

  it('needs what its type needs, and may be named alone', () => {
    expect(read(machine('{type: my.Shares}')).faults).toEqual([expect.stringContaining('The property location is missing')]);
    expect(read(machine('AttachesTo')).faults).toEqual([]);
  });
});

describe('what a type says', () => {
  it('of capabilities counts where the template does not name them', () => {
    expect(read('    f: {type: my.Front}\n').nodes.get('f')?.capabilities.get('queue')?.get('kind')).toMatchObject({ value: 'queue' });
  });

  it('of artifacts comes with the node’s own', () => {
    const artifacts = read('    s: {type: my.Store, artifacts: {own: {file: b.tgz}}}\n').nodes.get('s')?.artifacts;
    expect([...(artifacts ?? [])].map(([name, { file }]: [string, { file: string }]) => [name, file])).toEqual([
      ['role', 'example.role,1.0'],
      ['plain', 'a.tgz'],
      ['own', 'b.tgz'],
    ]);
  });
});

describe('a property by way of a requirement', () => {
  const app = (path: string) =>
    `    m: {type: my.Machine}\n    f: {type: my.Front, requirements: [{host: m}]}\n    a:\n      type: tosca.nodes.SoftwareComponent\n      requirements: [{host: f}]\n      interfaces: {Standard: {create: {implementation: a.sh, inputs: {X: {get_property: ${path}}}}}}\n`;
  it.each([
    ['[SELF, host, kind]', null],
    ['[f, host, label]', null],
    ['[SELF, host, colour]', 'f, which is the host, has no property colour.'],
    ['[SELF, lunch, kind]', 'a has no property lunch.kind.'],
  ])('%s', (path, fault) => expect(read(app(path)).faults).toEqual(fault === null ? [] : [fault]));
});

describe('a template that was written for other tools', () => {
  it.each(['    m: {type: my.Machine, colour: red}\n', '    m: {type: my.Machine, requirements: [{lunch: s}]}\n    s: {type: my.Store}\n'])(
    'is warned of what one of ours is refused for: %s',
    (nodes) => {
      expect(read(nodes)).toMatchObject({ faults: [], warnings: [expect.stringMatching(/colour|lunch/)] });
      expect(read(nodes, false).faults).toEqual([expect.stringMatching(/colour|lunch/)]);
    },
  );
});
