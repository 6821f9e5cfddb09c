import { describe, expect, it } from 'vitest';
import { readTemplate } from './read-template';
import { readYaml } from './read-yaml';

const types = `node_types:
  my.Node:
    derived_from: tosca.nodes.SoftwareComponent
    properties:
      size: {type: integer, constraints: [{in_range: [1, 4]}]}
      name: {type: string, required: false}
`;

function read(node: string, more = '') {
  const text = `tosca_definitions_version: tosca_simple_yaml_1_3\n${types}topology_template:\n  node_templates:\n    n: ${node}\n${more}`;
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  const faults = result.ok ? [] : result.diagnostics.map(({ message }) => message.replace('topology_template.node_templates.', ''));
  return { faults, node: result.ok ? result.template.nodes.get('n') : undefined };
}

describe('a node template', () => {
  it('keeps name, place, type and metadata', () => {
    expect(read('{type: tosca.nodes.Compute, metadata: {label: Front, template_version: 1.10, list: [1]}}').node).toMatchObject({
      name: 'n',
      at: { file: 't.yaml', line: 10, column: 5 },
      type: 'tosca.nodes.Compute',
      metadata: new Map<string, unknown>([
        ['label', 'Front'],
        ['template_version', '1.10'],
        ['list', [1]],
      ]),
      requirements: [],
      operations: [],
    });
  });

  it('keeps properties, and those of its capabilities', () => {
    const { node } = read('{type: tosca.nodes.Compute, capabilities: {host: {properties: {num_cpus: 2}}, scalable: {}}}');
    expect(node?.capabilities.get('host')?.get('num_cpus')).toMatchObject({ kind: 'literal', value: 2 });
    expect(node?.capabilities.get('scalable')?.size).toBe(0);
    expect(read('{type: my.Node, properties: {size: 2}}').node?.properties.get('size')).toMatchObject({ value: 2 });
  });

  it.each([
    ['{}', 'n: A node template needs a type.'],
    ['{type: my.Gone}', 'n.type: There is no type my.Gone; is an import missing?'],
    ['{type: tosca.nodes.Compute, colour: red}', 'n: "colour" is not known here; known are type, description, metadata'],
    ['{type: my.Node}', 'n: The property size is missing.'],
    ['{type: my.Node, properties: {size: 9}}', 'n.properties.size: It must be between 1 and 4.'],
    ['{type: my.Node, properties: {size: {get_input: x}}}', 'There is no input x.'],
    ['{type: tosca.nodes.Compute, capabilities: {wings: {}}}', 'tosca.nodes.Compute has no capability wings; it has feature, host'],
    [
      '{type: tosca.nodes.Compute, capabilities: {host: {colour: red}}}',
      '"colour" is not known here; known are properties, occurrences, attributes.',
    ],
    ['{type: tosca.nodes.Compute, capabilities: {host: {properties: {mem_size: much}}}}', 'It must be a size'],
    ['{type: tosca.nodes.Compute, requirements: [{lunch: n}]}', 'There is no requirement lunch; there are dependency, local_storage.'],
    ['{type: tosca.nodes.Compute, requirements: {dependency: n}}', 'n.requirements: A list is needed here, not a map.'],
    ['{type: tosca.nodes.Compute, requirements: [{dependency: {}}]}', 'A requirement names the node template that fulfils it.'],
    ['[]', 'A map (name: value) is needed here, not a list.'],
  ])('%s is refused', (node, message) => expect(read(node).faults.join('\n')).toContain(message));

  it('has a name that can be part of others', () => {
    for (const name of ['"a b"', '4a', `a${'b'.repeat(64)}`, 'a.b', '-a'])
      expect(read('{type: tosca.nodes.Root}', `    ${name}: {type: tosca.nodes.Root}\n`).faults).toEqual([
        expect.stringContaining('A name starts with a letter and has up to 64 letters, digits, hyphens and underscores.'),
      ]);
    for (const name of ['a', 'A-b_9', `a${'b'.repeat(63)}`])
      expect(read('{type: tosca.nodes.Root}', `    ${name}: {type: tosca.nodes.Root}\n`).faults).toEqual([]);
  });

  it('says nothing more of what its unknown type would have', () => {
    const node = '{type: my.Gone, properties: {x: 1}, capabilities: {y: {properties: {z: 1}}}, requirements: [{w: n}]}';
    expect(read(node).faults).toHaveLength(1);
  });

  it('requires others in every writing', () => {
    const disk = '    d: {type: tosca.nodes.BlockStorage}\n';
    const requirement = (text: string) => read(`{type: tosca.nodes.Compute, requirements: [${text}]}`, disk).node?.requirements[0];
    expect(requirement('{local_storage: d}')).toMatchObject({ name: 'local_storage', node: 'd', properties: new Map() });
    expect(requirement('{local_storage: {node: d}}')).toMatchObject({ node: 'd', properties: new Map() });
    expect(requirement('{local_storage: {node: d, relationship: tosca.relationships.AttachesTo}}')).toMatchObject({
      properties: new Map(),
    });
    const full = requirement(
      '{local_storage: {node: d, relationship: {type: tosca.relationships.AttachesTo, properties: {location: /data}}}}',
    );
    expect(full?.properties.get('location')).toMatchObject({ kind: 'literal', value: '/data' });
    expect(full?.at).toMatchObject({ line: 10 });
  });
});

describe('an operation', () => {
  const operations = (interfaces: string) => read(`{type: my.Node, properties: {size: 1}, interfaces: ${interfaces}}`);
  const [create] = ['{Standard: {create: a.sh}}'].map((text) => operations(text).node?.operations[0]);

  it('is the path of a script, and where it was named', () => {
    expect(create).toMatchObject({ name: 'create', script: 'a.sh', scriptAt: { file: 't.yaml', line: 10 }, inputs: new Map() });
    expect(create?.timeoutSeconds).toBeUndefined();
  });

  it.each([
    '{Standard: {create: {implementation: a.sh}}}',
    '{Standard: {create: {implementation: {primary: a.sh}}}}',
    '{Standard: {operations: {create: a.sh}}}',
    '{Standard: {type: tosca.interfaces.node.lifecycle.Standard, create: a.sh}}',
  ])('may be written as %s', (text) => {
    const { node, faults } = operations(text);
    expect(faults).toEqual([]);
    expect(node?.operations.map(({ name, script }) => `${name} ${script}`)).toEqual(['create a.sh']);
  });

  it('has the time that it is given', () => {
    const text = '{Standard: {create: {implementation: {primary: a.sh, timeout: 60, dependencies: [b], operation_host: SELF}}}}';
    expect(operations(text).node?.operations[0]?.timeoutSeconds).toBe(60);
  });

  it('has its own inputs, and those of its interface', () => {
    const { node } = operations('{Standard: {inputs: {A: 1, B: 2}, create: {implementation: a.sh, inputs: {B: 3, C: 4}}}}');
    expect([...(node?.operations[0]?.inputs ?? [])].map(([name, value]) => [name, value.kind === 'literal' && value.value])).toEqual([
      ['A', 1],
      ['B', 3],
      ['C', 4],
    ]);
  });

  it.each([
    ['{Standard: {explode: a.sh}}', 'There is no operation explode; there are create, pre_configure_source,'],
    ['{Standard: {create: {}}}', 'An operation needs an implementation: the path of its script.'],
    ['{Standard: {create: {implementation: {timeout: 5}}}}', 'primary, the path of the script, is missing.'],
    [
      '{Standard: {create: {implementation: a.sh, colour: red}}}',
      '"colour" is not known here; known are implementation, inputs, description.',
    ],
    [
      '{Standard: {create: {implementation: {primary: a.sh, colour: red}}}}',
      '"colour" is not known here; known are primary, timeout, dependencies, operation_host.',
    ],
    ['{Standard: {create: {implementation: {primary: a.sh, timeout: soon}}}}', 'A whole number is needed here.'],
    ['{Standard: {create: {implementation: {primary: [a]}}}}', 'Text is needed here, not a list.'],
  ])('%s is refused', (text, message) => expect(operations(text).faults.join('\n')).toContain(message));
});

describe('a template', () => {
  const faults = (text: string) => {
    const yaml = readYaml(text, 't.yaml');
    if (!yaml.ok) throw new Error(yaml.diagnostic.message);
    const result = readTemplate(yaml.root, []);
    return result.ok ? [] : result.diagnostics.map(({ message }) => message);
  };
  const head = 'tosca_definitions_version: tosca_simple_yaml_1_3\n';
  it.each([
    ['topology_template: {}\n', 'tosca_definitions_version is missing; write tosca_simple_yaml_1_3.'],
    [head, 'A topology_template is needed.'],
    [`${head}topology_template: {outputs: {o: {description: x}}}\n`, 'topology_template.outputs.o: An output needs a value.'],
    [
      `${head}topology_template: {outputs: {o: {value: x, colour: red}}}\n`,
      '"colour" is not known here; known are description, value, type, metadata.',
    ],
    [`${head}topology_template: {inputs: {"4": {type: string}}}\n`, 'A name starts with a letter'],
    [`${head}topology_template: {inputs: {a: {type: string, required: perhaps}}}\n`, 'true or false is needed here.'],
    [`${head}topology_template: {policies: {p: {}}}\n`, 'A list is needed here, not a map.'],
  ])('%s is refused', (text, message) => expect(faults(text).join('\n')).toContain(message));

  it('keeps what it says of itself, of inputs, outputs and policies', () => {
    const yaml = readYaml(
      `${head}description: " about "\nmetadata: {template_name: x}\ntopology_template:\n  description: other\n  inputs: {a: {type: string, description: " help ", required: false, metadata: {label: A}}, b: {type: string, default: ""}}\n  node_templates: {n: {type: tosca.nodes.Compute}}\n  outputs: {o: {description: " out ", value: {get_attribute: [n, private_address]}, metadata: {kind: url}}}\n  policies: [{p: {type: tosca.policies.Placement, targets: [n]}}]\n`,
      't.yaml',
    );
    const result = yaml.ok ? readTemplate(yaml.root, []) : undefined;
    const template = result?.ok ? result.template : undefined;
    expect(template).toMatchObject({ description: 'about', metadata: new Map([['template_name', 'x']]) });
    expect(template?.inputs.get('a')).toMatchObject({
      name: 'a',
      description: 'help',
      required: false,
      metadata: new Map([['label', 'A']]),
    });
    expect(template?.inputs.get('a')).not.toHaveProperty('default');
    expect(template?.inputs.get('b')).toMatchObject({ required: true, default: '' });
    expect(template?.outputs.get('o')).toMatchObject({
      name: 'o',
      description: 'out',
      value: { kind: 'attribute' },
      metadata: new Map([['kind', 'url']]),
    });
    expect(template?.policies).toMatchObject([{ name: 'p', type: 'tosca.policies.Placement', targets: ['n'] }]);
  });
});
