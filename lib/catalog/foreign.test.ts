import { describe, expect, it } from 'vitest';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import { readTemplate } from '@/lib/tosca/read-template';
import { readYaml } from '@/lib/tosca/read-yaml';
import { readForeignInputs } from './foreign-inputs';
import { noteUnheeded } from './unheeded';

/** A template of the Infrastructure Manager's dialect, and what is said of it. */
function read(topology: string, tabs = '{}') {
  const text = `tosca_definitions_version: tosca_simple_yaml_1_0\nmetadata: {tabs: ${tabs}}\ntopology_template:\n${topology}`;
  const yaml = readYaml(text, 'theirs.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, [], { tolerant: true });
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  const diagnostics = new Diagnostics({ tolerant: true });
  return {
    template: result.template,
    tabs: new Cursor(yaml.root, '', diagnostics).get('metadata')?.get('tabs'),
    diagnostics,
    warnings: () => diagnostics.warnings.map(({ message }) => message),
  };
}

/** A template whose questions were read as ours are. */
function asked(inputs: string, tabs?: string, nodes = '{}') {
  const { template, tabs: cursor, diagnostics, warnings } = read(`  inputs: {${inputs}}\n  node_templates: ${nodes}\n`, tabs);
  readForeignInputs(template, cursor, diagnostics);
  const about = (name: string) => Object.fromEntries(template.inputs.get(name)?.metadata ?? []);
  return { template, warnings: warnings(), about, of: (name: string) => template.inputs.get(name) };
}

const made = 'A secret that everybody knows is the default; it is not taken, and one is made where none is given.';
const given = 'The hash of a password that everybody knows is the default; it is not taken, and one must be given.';

describe('a secret that everybody knows as the default of an input', () => {
  it.each<[name: string, value: string, about: Record<string, string>, said: string]>([
    ['admin_password', 'changeme', { generated: 'password' }, made],
    ['pass', 'changeme', { generated: 'password' }, made],
    ['admin_key', 'changeme', { generated: 'password' }, made],
    ['join_token', 'abc', { generated: 'token' }, made],
    ['hub_jwt_secret', 'abc', { generated: 'token' }, made],
    ['hub_secret', 'abc', { generated: 'password' }, made],
    ['user_password', '$2a$10$abc', { secret: 'true' }, given],
    ['user_password', '$6$abc', { secret: 'true' }, given],
    ['user_password', '$y$abc', { secret: 'true' }, given],
    ['user_password', 'x$6$abc', { generated: 'password' }, made],
    ['user_password', '$6abc', { generated: 'password' }, made],
  ])('%s: %s is not taken', (name, value, kind, said) => {
    const { of, about, warnings } = asked(`${name}: {type: string, default: "${value}"}`);
    expect(about(name)).toEqual(kind);
    expect(of(name)?.default).toBeUndefined();
    expect(warnings).toEqual([`inputs.${name}: ${said}`]);
  });

  it.each([
    ['has a name that only sounds like one', 'password_length: {type: string, default: "8"}', 'password_length'],
    ['has a name in which it is a part of a word', 'compass: {type: string, default: north}', 'compass'],
    ['is empty', 'password: {type: string, default: ""}', 'password'],
    ['is a number', 'password: {type: integer, default: 8}', 'password'],
  ])('stays where it %s', (_, inputs, name) => {
    const { of, about, warnings } = asked(inputs);
    expect(of(name)?.default).toBeDefined();
    expect(about(name)).toEqual({});
    expect(warnings).toEqual([]);
  });

  it.each([
    ['a list of maps', '{A: [{phrase: {tag_type: password}}]}'],
    ['a map', '{A: {phrase: {tag_type: password}}}'],
  ])('is one where a tab says in %s that it is not shown', (_, tabs) => {
    const { about, warnings } = asked('phrase: {type: string, default: open sesame}, other: {type: string, default: x}', tabs);
    expect([about('phrase'), about('other')]).toEqual([{ generated: 'password' }, {}]);
    expect(warnings).toEqual([`inputs.phrase: ${made}`]);
  });

  it.each(['{A: [phrase]}', '{A: "phr.*"}', '{A: [{phrase: {tag_type: text}}]}'])('is none where the tab %s shows it', (tabs) => {
    expect(asked('phrase: {type: string, default: open sesame}', tabs).of('phrase')?.default).toBe('open sesame');
  });

  it('is one where the input says so itself', () => {
    expect(asked('phrase: {type: string, default: open, metadata: {secret: true}}').about('phrase')).toMatchObject({
      generated: 'password',
    });
  });
});

describe('a secret that is written into a node', () => {
  const nodes = (properties: string) => `{queue: {type: tosca.nodes.Database, properties: {name: q, ${properties}}}}`;
  const property = ({ template }: ReturnType<typeof asked>, name: string) => template.nodes.get('queue')?.properties.get(name);

  it('is asked for, and made where none is given', () => {
    const result = asked('', undefined, nodes('password: changeme'));
    expect(property(result, 'password')).toMatchObject({ kind: 'input', name: 'password', path: [] });
    expect(result.of('password')).toMatchObject({
      description: 'The password of queue.',
      required: false,
      schema: { type: 'string', constraints: [] },
    });
    expect(result.about('password')).toEqual({ generated: 'password', of_type: 'tosca.nodes.Database' });
    expect(result.warnings).toEqual(['queue.password: A secret that everybody knows is written here; another is made in its place.']);
  });

  it('gets a name of its own where the template asks for something else under it', () => {
    const result = asked('password: {type: string}', undefined, nodes('password: changeme'));
    expect(property(result, 'password')).toMatchObject({ kind: 'input', name: 'queue_password' });
    expect(result.about('password')).toEqual({});
  });

  it('is one secret for two nodes that write the same', () => {
    const two = `{one: {type: tosca.nodes.Database, properties: {name: q, password: a}}, two: {type: tosca.nodes.Database, properties: {name: q, password: a}}}`;
    const { template } = asked('', undefined, two);
    expect([...template.nodes.values()].map(({ properties }) => properties.get('password'))).toMatchObject([
      { kind: 'input', name: 'password' },
      { kind: 'input', name: 'password' },
    ]);
  });

  it.each([
    ['is asked for already', 'password: {get_input: mine}', 'password'],
    ['is empty', 'password: ""', 'password'],
    ['is no secret', 'user: somebody', 'user'],
  ])('stays as it stands where it %s', (_, properties, name) => {
    const before = read(`  inputs: {mine: {type: string}}\n  node_templates: ${nodes(properties)}\n`).template.nodes.get('queue');
    const result = asked('mine: {type: string}', undefined, nodes(properties));
    expect(property(result, name)).toEqual(before?.properties.get(name));
    expect(result.warnings).toEqual([]);
  });
});

describe('ports to open', () => {
  it.each<[spec: string, text: string[]]>([
    ['{a: {source: 22}}', ['22/tcp']],
    ['{a: {target: 22, protocol: udp}}', ['22/udp']],
    ['{a: {source: 80, target: 8080}}', ['80/tcp']],
    ['{a: {source_range: [9000, 9010]}}', ['9000-9010/tcp']],
    ['{a: {source: "8000:8010"}}', ['8000-8010/tcp']],
    ['{a: {source: 22, remote_cidr: 192.0.2.0/24}}', ['22/tcp 192.0.2.0/24']],
    ['{a: {source: 22, remote_cidr: ""}}', ['22/tcp']],
    ['{a: {protocol: tcp}}', []],
    ['{a: {source: 22}, b: {source: 80}}', ['22/tcp', '80/tcp']],
    ['{}', []],
  ])('that are written as %s are the list %j', (spec, text) => {
    const { of, about, warnings } = asked(
      `ports: {type: map, entry_schema: {type: tosca.datatypes.network.PortSpec}, default: ${spec}}, other: {type: map, entry_schema: {type: string}}`,
    );
    expect(of('ports')).toMatchObject({ default: text, schema: { type: 'list', entry: { type: 'string' } } });
    expect(about('ports')).toEqual({ widget: 'ports' });
    expect(of('other')).toMatchObject({ schema: { type: 'map' } });
    expect(warnings).toEqual([]);
  });

  it('are none where nothing is said', () => {
    expect(asked('ports: {type: map, entry_schema: {type: tosca.datatypes.network.PortSpec}}').of('ports')?.default).toEqual([]);
  });

  it('may be a list', () => {
    const specs = 'ports: {type: list, entry_schema: {type: tosca.datatypes.network.PortSpec}, default: [{source: 1}, {source: 2}]}';
    expect(asked(specs).of('ports')?.default).toEqual(['1/tcp', '2/tcp']);
  });
});

/** What of a template is said to do nothing. `machine` is a group, `setup` its software. */
function unheeded(nodes: string): string[] {
  const { template, diagnostics, warnings } = read(
    `  inputs: {mine: {type: string}}\n  node_templates:\n    setup: {type: tosca.nodes.SoftwareComponent, requirements: [{host: machine}]}\n${nodes}\n`,
  );
  noteUnheeded(template, new Set(['machine']), new Set(['setup']), diagnostics);
  return warnings();
}
const machine = (about = '') => `    machine: {type: tosca.nodes.Compute${about}}\n`;
const ofCapability = (capability: string, properties: string) => machine(`, capabilities: {${capability}: {properties: {${properties}}}}`);

describe('what a template asks for and no deployment honours', () => {
  it.each([
    ['what a machine needs', 'host', 'num_cpus: 1, mem_size: 1 GB, disk_size: 1 GB'],
    ['its system', 'os', 'type: linux, architecture: x86_64, distribution: ubuntu, version: 24.04'],
    ['how many there are', 'scalable', 'min_instances: 1, max_instances: 2, default_instances: 1'],
    ['where it answers', 'endpoint', 'network_name: PUBLIC, port: 80, protocol: tcp, ports: {web: {source: 80}}'],
    ['what nothing is asked of', 'endpoint', 'port_name: "", secure: no'],
    ['what is no capability of machines that Transat sets up', 'binding', ''],
  ])('is nothing: %s', (_, capability, properties) => expect(unheeded(ofCapability(capability, properties))).toEqual([]));

  it.each([
    ['url_path: /a', 'machine.endpoint.url_path does nothing here: it is not supported.'],
    ['secure: yes', 'machine.endpoint.secure does nothing here: it is not supported.'],
    ['initiator: {get_input: mine}', 'machine.endpoint.initiator does nothing here: it is not supported.'],
  ])('is said of a machine’s endpoint: %s', (properties, said) => {
    expect(unheeded(ofCapability('endpoint', properties))).toEqual([said]);
  });

  it.each([
    [
      'additional_dns_names: [a.example.org]',
      'no name is registered; the machine has its address, and names such as <address>.nip.io lead to it.',
    ],
    [
      'additional_dns_names: [{get_input: mine}]',
      'no name is registered; the machine has its address, and names such as <address>.nip.io lead to it.',
    ],
    ['private_ip: false', 'every machine has a private address.'],
    ['private_ip: {get_input: mine}', 'every machine has a private address.'],
    ['more: {a: {b: 1}}', 'it is not supported.'],
  ])('is said with why it is so: %s', (property, why) => {
    const [name = ''] = property.split(':');
    expect(unheeded(ofCapability('endpoint', property))).toEqual([`machine.endpoint.${name} does nothing here: ${why}`]);
  });

  it.each(['additional_dns_names: []', 'additional_dns_names: [""]', 'private_ip: true', 'more: {a: ""}', 'more: {}'])(
    'is nothing where nothing is asked: %s',
    (property) => expect(unheeded(ofCapability('endpoint', property))).toEqual([]),
  );

  it('is said of a machine’s own properties, but not of its name', () => {
    expect(unheeded(machine(', properties: {hostname: a, tags: b, more: ""}'))).toEqual([
      'machine.tags does nothing here: it is not supported.',
    ]);
  });

  it('is said of networks, whose kind alone counts', () => {
    expect(
      unheeded(
        `${machine()}    net: {type: tosca.nodes.network.Network, properties: {network_type: public, cidr: 10.0.0.0/8, start_ip: ""}}\n`,
      ),
    ).toEqual(['net.cidr does nothing here: it is not supported.']);
  });

  it.each([
    ['a disk', 'disk: {type: tosca.nodes.BlockStorage, properties: {size: 1 GB}}'],
    ['a port of a machine', 'port: {type: tosca.nodes.network.Port, requirements: [{binding: machine}]}'],
  ])('is not said of %s', (_, node) => expect(unheeded(`${machine()}    ${node}\n`)).toEqual([]));

  it('is said of what no deployment makes, unless a step of another is told of it', () => {
    const balancer = '    balancer: {type: tosca.nodes.LoadBalancer}\n';
    expect(unheeded(machine() + balancer)).toEqual(['balancer does nothing here: a deployment makes no tosca.nodes.LoadBalancer.']);
    expect(unheeded(machine(', requirements: [{dependency: balancer}]') + balancer)).toEqual([]);
  });
});
