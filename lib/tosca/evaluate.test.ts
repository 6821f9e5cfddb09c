import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from './cursor';
import { type EvaluationContext, elementOf, evaluate, evaluatedOf, Pending, plainOf, textOf } from './evaluate';
import { readExpression } from './expression';
import { readTemplate } from './read-template';
import { readYaml } from './read-yaml';

const at = { file: 't.yaml', line: 1, column: 1 };
const join = (parts: unknown[], separator: string) => `<${parts.join(`${separator}|`)}>`;

const nodes = `  node_templates:
    group:
      type: tosca.nodes.Compute
      capabilities: {host: {properties: {num_cpus: 2, mem_size: {get_input: size}}}, endpoint: {properties: {ports: {web: {source: 80}}}}}
    base: {type: tosca.nodes.SoftwareComponent, properties: {component_version: 1.2}, requirements: [{host: group}]}
    app:
      type: tosca.nodes.SoftwareComponent
      properties: {component_version: {get_property: [base, component_version]}}
      requirements: [{host: base}]
`;

function setUp(topology = nodes) {
  const yaml = readYaml(
    `tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template:\n  inputs: {size: {type: string, default: ""}}\n${topology}`,
    't.yaml',
  );
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.template;
}

function work(text: string, node: string | null = 'app', template = setUp()) {
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const inputs: Record<string, unknown> = { size: '4 GiB', list: ['a', 'b'], map: { key: 'value' }, none: null, number: 3 };
  const context: EvaluationContext<string> = {
    template,
    node: node === null ? null : (template.nodes.get(node) ?? null),
    input: (name, path) => elementOf(evaluatedOf<string>(inputs[name]), path, at),
    secret: (name, part) => new Pending(`secret ${name}${part ? `.${part}` : ''}`),
    attribute: (entity, path) => new Pending(`${entity.name}.${path.join('.')}`),
    join,
  };
  return evaluate(readExpression(yaml.root, 'v', new Diagnostics()), context);
}

const shown = (value: ReturnType<typeof work>) => {
  const text = textOf(value, join);
  return text instanceof Pending ? `pending ${text.reference}` : text;
};

describe('evaluate', () => {
  it.each([
    ['word', 'word'],
    ['~', ''],
    ['1.5', '1.5'],
    ['true', 'true'],
    ['[a, 1, ~]', 'a\n1\n'],
    ['{a: [1, ~], b: {c: x}}', '{"a":[1,null],"b":{"c":"x"}}'],
    ['{get_input: size}', '4 GiB'],
    ['{get_input: [list, 1]}', 'b'],
    ['{get_input: [map, key]}', 'value'],
    ['{get_input: none}', ''],
    ['{get_secret: s}', 'pending secret s'],
    ['{get_secret: [s, public]}', 'pending secret s.public'],
    ['{get_property: [SELF, component_version]}', '1.2'],
    ['{get_property: [base, component_version]}', '1.2'],
    ['{get_property: [HOST, host, num_cpus]}', '2'],
    ['{get_property: [group, host, mem_size]}', '4 GiB'],
    ['{get_property: [group, endpoint, ports, web, source]}', '80'],
    ['{get_property: [group, host, disk_size]}', ''],
    ['{get_attribute: [HOST, private_address, 0]}', 'pending group.private_address.0'],
    ['{get_attribute: [SELF, state]}', 'pending app.state'],
    ['{concat: [a, {get_input: number}, {get_input: none}]}', 'a3'],
    ['{concat: [a, {get_attribute: [group, public_address]}, b]}', 'pending <a|group.public_address|b>'],
    ['{concat: [{get_input: list}, x]}', 'a\nbx'],
    ['{join: [{get_input: list}, ", "]}', 'a, b'],
    ['{join: [{get_input: size}, ", "]}', '4 GiB'],
    ['{join: [[a, {get_secret: s}], "-"]}', 'pending <a-|secret s>'],
    ['{token: ["a.b.c", ".", 1]}', 'b'],
    ['{token: ["a.b.c", ".", 9]}', ''],
    ['[a, {get_secret: s}]', 'pending <a\n|secret s>'],
    ['{a: {get_secret: s}}', '{"a":null}'],
  ])('%s', (text, expected) => expect(shown(work(text))).toBe(expected));

  it.each([
    ['{get_input: [map, gone]}', 'There is no element gone.'],
    ['{get_input: [list, 7]}', 'There is no element 7.'],
    ['{get_input: [size, 0]}', 'There is no element 0.'],
    ['{get_property: [gone, x]}', 'There is no node template gone.'],
    ['{get_attribute: [gone, x]}', 'There is no node template gone.'],
    ['{token: [{get_secret: s}, ".", 0]}', 'This must be known when the deployment is planned; addresses and secrets are not.'],
    ['{join: [[a], {get_secret: s}]}', 'This must be known when the deployment is planned; addresses and secrets are not.'],
  ])('%s can’t be worked out', (text, message) => expect(() => work(text)).toThrow(message));

  it('knows no SELF and no HOST in an output', () => {
    expect(() => work('{get_property: [SELF, component_version]}', null)).toThrow('There is no node template SELF.');
    expect(() => work('{get_attribute: [HOST, private_address]}', null)).toThrow('There is no node template HOST.');
  });

  const doubling = (depth: number, first: string) =>
    `  node_templates:\n    n0: {type: tosca.nodes.Compute, capabilities: {endpoint: {properties: {port_name: ${first}}}}}\n${Array.from(
      { length: depth },
      (_, index) =>
        `    n${index + 1}: {type: tosca.nodes.Compute, capabilities: {endpoint: {properties: {port_name: {concat: [{get_property: [n${index}, endpoint, port_name]}, {get_property: [n${index}, endpoint, port_name]}]}}}}}\n`,
    ).join('')}`;

  it('ends where properties double with every step', () => {
    expect(shown(work('{get_property: [n5, endpoint, port_name]}', null, setUp(doubling(5, 'x'))))).toBe('x'.repeat(32));
    expect(() => work('{get_property: [n40, endpoint, port_name]}', null, setUp(doubling(40, 'x')))).toThrow(
      'This takes more than 20000 steps',
    );
    const long = 'x'.repeat(30_000);
    expect(() => work('{get_property: [n10, endpoint, port_name]}', null, setUp(doubling(10, long)))).toThrow(
      'longer than 1000000 characters',
    );
  });

  it('may name the same property twice, one after the other', () => {
    const twice = '{concat: [{get_property: [SELF, component_version]}, {get_property: [SELF, component_version]}]}';
    expect(shown(work(twice))).toBe('1.21.2');
  });
});

it('plain data stays what it is when it is evaluated and made plain again', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).filter((each) => !JSON.stringify(each).includes('__proto__'));
  fc.assert(
    fc.property(value, (data) => {
      expect(plainOf(evaluatedOf(data))).toEqual(data);
    }),
  );
  expect(evaluatedOf(undefined)).toBeNull();
});
