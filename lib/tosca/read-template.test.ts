import { describe, expect, it } from 'vitest';
import { type EvaluationContext, evaluate, Pending, textOf } from './evaluate';
import type { Expression } from './expression';
import { readTemplate } from './read-template';
import { readYaml } from './read-yaml';

const head = 'tosca_definitions_version: tosca_simple_yaml_1_3\ntopology_template:\n';

function read(topology: string, before = head) {
  const yaml = readYaml(before + topology, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  return readTemplate(yaml.root, []);
}

function problems(topology: string, before = head): string[] {
  const result = read(topology, before);
  return result.ok ? [] : result.diagnostics.map(({ at, message }) => `${at.line}: ${message}`);
}

describe('readTemplate', () => {
  it('reads 1.0 to 1.3 and no others', () => {
    for (const version of ['1_0', '1_1', '1_2', '1_3'])
      expect(problems('', `tosca_definitions_version: tosca_simple_yaml_${version}\ntopology_template: {}\n`)).toEqual([]);
    expect(problems('', 'tosca_definitions_version: tosca_2_0\ntopology_template: {}\n')[0]).toMatch(/^1: .*Only these are read/);
    expect(problems('', '- a\n- b\n')[0]).toMatch(/A service template is a map/);
  });

  it('checks inputs: types, constraints, defaults', () => {
    expect(problems('  inputs:\n    a: {type: number}\n')[0]).toMatch(/3|4: .*An input's type is one of/);
    expect(problems('  inputs:\n    a: {type: integer, default: 9, constraints: [{in_range: [1, 4]}]}\n')).toEqual([
      '4: topology_template.inputs.a.default: It must be between 1 and 4.',
    ]);
    expect(problems('  inputs:\n    a: {type: integer, constraints: [{at_most: 4}]}\n')[0]).toMatch(/"at_most" is no constraint/);
    expect(problems('  inputs:\n    a: {type: string, defualt: x}\n')[0]).toMatch(/"defualt" is not known here/);
    expect(problems('  inputs:\n    "a b": {type: string}\n')[0]).toMatch(/A name starts with a letter/);
  });

  it('checks node templates against their types, with what they inherit', () => {
    const node = (text: string) => problems(`  node_templates:\n    n:\n${text}`);
    expect(node('      type: tosca.nodes.Nothing\n')[0]).toMatch(/There is no type tosca.nodes.Nothing/);
    expect(node('      type: tosca.nodes.Compute\n      capabilities: {wings: {properties: {}}}\n')[0]).toMatch(/no capability wings/);
    expect(node('      type: tosca.nodes.Compute\n      capabilities: {host: {properties: {num_cpus: many}}}\n')[0]).toMatch(
      /whole number/,
    );
    expect(node('      type: tosca.nodes.Compute\n      requirements: [{lunch: n}]\n')[0]).toMatch(/no requirement lunch/);
    expect(node('      type: tosca.nodes.Compute\n      requirements: [{dependency: other}]\n')[0]).toMatch(/no such node template/);
    expect(node('      type: tosca.nodes.SoftwareComponent\n      interfaces: {Standard: {explode: a.sh}}\n')[0]).toMatch(
      /no operation explode/,
    );
  });

  it('finds types that derive from nothing or from themselves', () => {
    const before = `tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  my.A: {derived_from: my.B}
  my.B: {derived_from: my.A}
  my.C: {derived_from: my.Gone}
  my.D: {derived_from: tosca.nodes.Compute, properties: {size: {type: integer}}}
topology_template:
  node_templates:
`;
    expect(problems('    n: {type: my.A}\n', before)[0]).toMatch(/derives from itself/);
    expect(problems('    n: {type: my.C}\n', before)[0]).toMatch(/derives from my.Gone, which is not defined/);
    expect(problems('    n: {type: my.D}\n', before)[0]).toMatch(/The property size is missing/);
    expect(problems('    n: {type: my.D, properties: {size: 1}, capabilities: {host: {properties: {num_cpus: 2}}}}\n', before)).toEqual([]);
  });

  it('finds circles and names that lead nowhere', () => {
    expect(
      problems(
        '  node_templates:\n    a: {type: tosca.nodes.Root, requirements: [{dependency: b}]}\n    b: {type: tosca.nodes.Root, requirements: [{dependency: a}]}\n',
      )[0],
    ).toMatch(/a → b → a: these require each other in a circle/);
    const output = (value: string) =>
      problems(`  node_templates:\n    n: {type: tosca.nodes.Compute}\n  outputs:\n    o: {value: ${value}}\n`);
    expect(output('{get_input: gone}')).toEqual(['6: There is no input gone.']);
    expect(output('{get_attribute: [gone, private_address]}')).toEqual(['6: There is no node template gone.']);
    expect(output('{get_attribute: [n, colour]}')[0]).toMatch(/n has no attribute colour/);
    expect(output('{concat: [{get_property: [n, colour]}]}')[0]).toMatch(/n has no property colour/);
    expect(output('{get_attribute: [HOST, private_address]}')[0]).toMatch(/means nothing in an output/);
    expect(output('{get_artifact: [n, a]}')[0]).toMatch(/get_artifact is not supported/);
    expect(output('{get_attribute: [n, private_address, 0]}')).toEqual([]);
  });
});

describe('functions', () => {
  const result = read(`  inputs:
    size: {type: string, default: 20 GiB}
    names: {type: list, entry_schema: {type: string}, default: [a, b]}
  node_templates:
    group: {type: tosca.nodes.Compute, capabilities: {host: {properties: {num_cpus: 2}}}}
    software:
      type: tosca.nodes.SoftwareComponent
      requirements: [{host: group}]
      interfaces:
        Standard:
          configure:
            implementation: {primary: a.sh, timeout: 60}
            inputs:
              TOKEN: {token: [{get_input: size}, " ", 0]}
              JOIN: {join: [{get_input: names}, ","]}
              LIST: {get_input: names}
              CPUS: {get_property: [HOST, host, num_cpus]}
              MIXED: {concat: [x, {get_attribute: [group, private_address, 0]}, 1, true]}
              LATE: {token: [{get_attribute: [group, private_address, 0]}, ".", 0]}
`);
  const template = result.ok ? result.template : undefined;
  const software = template?.nodes.get('software');
  const input = (name: string): Expression =>
    software?.operations[0]?.inputs.get(name) ?? { kind: 'literal', value: null, at: { file: '', line: 0, column: 0 } };
  const join = (parts: unknown[], separator: string) => `<${parts.join(`${separator}|`)}>`;
  const text = (name: string) => {
    if (!template || !software) throw new Error('The template does not parse.');
    const inputs: Record<string, string | string[]> = { size: '20 GiB', names: ['a', 'b'] };
    const context: EvaluationContext<string> = {
      template,
      node: software,
      input: (key) => inputs[key] ?? null,
      secret: () => null,
      attribute: () => new Pending('address'),
      join,
    };
    const value = textOf(evaluate(input(name), context), join);
    return value instanceof Pending ? value.reference : value;
  };

  it('are worked out as text', () => {
    expect(text('TOKEN')).toBe('20');
    expect(text('JOIN')).toBe('a,b');
    expect(text('LIST')).toBe('a\nb');
    expect(text('CPUS')).toBe('2');
    expect(text('MIXED')).toBe('<x|address|1|true>');
    expect(() => text('LATE')).toThrow(/must be known when the deployment is planned/);
  });

  it('keep script and time of an operation', () => {
    expect(software?.operations[0]).toMatchObject({ name: 'configure', script: 'a.sh', timeoutSeconds: 60 });
  });
});
