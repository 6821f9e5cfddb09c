import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain } from '@/lib/tosca/cursor';
import { readYaml } from '@/lib/tosca/read-yaml';
import { loadCatalog } from '../catalog';
import type { RecipeSource } from '../source';
import { bindSelected, offersSelected, selects } from './select';

function source(nodes: string, more: { outputs?: string; policies?: string; downloads?: RecipeSource['downloads'] } = {}): RecipeSource {
  const text = `topology_template:
  node_templates:
${nodes}  outputs: {${more.outputs ?? ''}}
  policies: [${more.policies ?? ''}]
`;
  const yaml = readYaml(text, 'recipe.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const { root } = yaml;
  return { id: 'one', file: 'recipe.yaml', own: root, root, warnings: [], readme: '', downloads: more.downloads ?? [], extends: ['any'] };
}
const group = (name: string, role = '') => `    ${name}: {type: transat.nodes.Node${role && `, metadata: {role: ${role}}`}}\n`;
const selector = (name: string, role: string, more = '') =>
  `    ${name}: {type: transat.nodes.Node, directives: [select], metadata: {role: ${role}}${more}}\n`;
const software = (name: string, host: string, more = '') =>
  `    ${name}: {type: transat.nodes.Software, requirements: [{host: ${host}}${more}]}\n`;
const builtIn = loadCatalog([resolve('recipes')]);
const cluster = source(group('controller', 'front-end') + group('workers', 'worker'));

interface Bound {
  topology_template: { node_templates: Record<string, Record<string, unknown>>; outputs: Record<string, unknown> };
}
function bound(addOn: RecipeSource, root = cluster.root): Bound['topology_template'] {
  const result = bindSelected(addOn, root);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return (plain(result.source.root) as unknown as Bound).topology_template; // as `source` writes it
}
const requirements = (addOn: RecipeSource) =>
  Object.fromEntries(Object.entries(bound(addOn).node_templates).map(([name, node]) => [name, node.requirements]));

it('knows an add-on that selects by TOSCA’s directive alone', () => {
  expect(selects(source(selector('every', 'every')))).toBe(true);
  expect(selects(cluster)).toBe(false);
  expect(selects(source('    every: {type: transat.nodes.Node, directives: [substitute]}\n'))).toBe(false);
});

describe('what is offered', () => {
  it.each([
    ['every', true],
    ['front-end', true],
    ['worker', true],
    ['node', false],
  ])('to a cluster of a front end and workers: what selects %s, %s', (role, offered) =>
    expect(offersSelected(source(selector('these', role)), cluster)).toBe(offered),
  );
  it('where all is there that it selects', () =>
    expect(offersSelected(source(selector('one', 'worker') + selector('two', 'node')), cluster)).toBe(false));
  it('takes a group that says no role for a node, and the machines of other dialects', () => {
    expect(offersSelected(source(selector('these', 'node')), source(group('machine')))).toBe(true);
    expect(offersSelected(source(selector('these', 'every')), source('    machine: {type: tosca.nodes.indigo.Compute}\n'))).toBe(true);
    expect(offersSelected(source(selector('these', 'every')), source('    disk: {type: tosca.nodes.BlockStorage}\n'))).toBe(false);
  });
  it('is nothing to a recipe whose parts may be at several sites', () => {
    const apart = source(group('machine'), { policies: '{europe: {type: transat.policies.Placement, targets: [machine]}}' });
    expect(offersSelected(source(selector('these', 'every')), apart)).toBe(false);
  });
});

describe('software on selected groups', () => {
  it('is on each of them, under a name of its own where there are several', () =>
    expect(requirements(source(selector('all', 'every') + software('exporter', 'all')))).toEqual({
      exporter_controller: [{ host: 'controller' }],
      exporter_workers: [{ host: 'workers' }],
    }));
  it('keeps its name where there is one', () =>
    expect(requirements(source(selector('front', 'front-end') + software('server', 'front')))).toEqual({
      server: [{ host: 'controller' }],
    }));
  it('comes after what it depends on there, and after all of it where that is elsewhere', () => {
    const nodes =
      selector('all', 'every') +
      selector('front', 'front-end') +
      software('base', 'all') +
      software('exporter', 'all', ', {dependency: base}') +
      software('server', 'front', ', {dependency: {node: exporter}}') +
      software('own', 'machine', ', {dependency: base}') +
      group('machine');
    expect(requirements(source(nodes))).toEqual({
      base_controller: [{ host: 'controller' }],
      base_workers: [{ host: 'workers' }],
      exporter_controller: [{ host: 'controller' }, { dependency: 'base_controller' }],
      exporter_workers: [{ host: 'workers' }, { dependency: 'base_workers' }],
      server: [{ host: 'controller' }, { dependency: { node: 'exporter_controller' } }],
      own: [{ host: 'machine' }, { dependency: 'base_controller' }, { dependency: 'base_workers' }],
      machine: undefined,
    });
  });
  it.each([
    ['no list', 'them', 'them'],
    ['a text', '[them]', ['them']],
    ['a map of nothing', '[{}]', [{}]],
    ['of two names', '[{host: all, dependency: all}]', [{ host: 'controller', dependency: 'all' }]],
    [
      'to no name',
      '[{host: all}, {dependency: [base]}, {dependency: {}}]',
      [{ host: 'controller' }, { dependency: ['base'] }, { dependency: {} }],
    ],
    ['a host in a list', '[{dependency: a}, {host: {node: all, x: 1}}]', [{ dependency: 'a' }, { host: { node: 'controller', x: 1 } }]],
  ])('leaves for the reader what is not a requirement as it should be: %s', (_name, written, read) => {
    const nodes = `${selector('all', 'front-end')}    one: {type: transat.nodes.Software, requirements: ${written}}\n`;
    expect(requirements(source(nodes)).one).toEqual(read);
  });
  it('has its downloads everywhere', () => {
    const download = { url: 'https://x', version: '1', sha256: 'a', sizeBytes: 1, kind: 'file' as const };
    const addOn = source(selector('all', 'every') + software('exporter', 'all'), {
      downloads: [{ ...download, for: ['exporter', 'own'] }],
    });
    const result = bindSelected(addOn, cluster.root);
    expect(result.ok && result.source.downloads[0]?.for).toEqual(['exporter_controller', 'exporter_workers', 'own']);
  });
});

describe('what names the selected', () => {
  const outputs = (value: string, role = 'every', root = cluster.root) =>
    bound(source(selector('these', role) + software('server', 'these'), { outputs: `one: {value: ${value}}` }), root).outputs.one;
  it.each([
    [
      'a join goes over all groups',
      '{join: [{get_attribute: [these, hostname]}, ","]}',
      {
        join: [
          [{ join: [{ get_attribute: ['controller', 'hostname'] }, ','] }, { join: [{ get_attribute: ['workers', 'hostname'] }, ','] }],
          ',',
        ],
      },
    ],
    ['a single attribute is the first group’s', '{get_attribute: [these, hostname, 0]}', { get_attribute: ['controller', 'hostname', 0] }],
    [
      'an output is that of the first’s software',
      '{get_attribute: [server, outputs, url]}',
      { get_attribute: ['server_controller', 'outputs', 'url'] },
    ],
    ['other names stay', '{get_attribute: [workers, hostname]}', { get_attribute: ['workers', 'hostname'] }],
    [
      'other joins stay',
      '{join: [{get_attribute: [workers, hostname]}, ","]}',
      { join: [{ get_attribute: ['workers', 'hostname'] }, ','] },
    ],
    [
      'what is within is bound',
      '{concat: [a, {get_attribute: [these, hostname, 0]}]}',
      { concat: ['a', { get_attribute: ['controller', 'hostname', 0] }] },
    ],
    ['what asks of no node stays', '{get_input: these}', { get_input: 'these' }],
    ['a call without a name stays', '{get_attribute: []}', { get_attribute: [] }],
    ['a name that is a text alone is bound', '{get_attribute: server}', { get_attribute: 'server_controller' }],
    ['a map of nothing stays', '{}', {}],
    ['a map that is no call stays', '{get_attribute: [these], join: [these]}', { get_attribute: ['these'], join: ['these'] }],
    ['a join of no list stays', '{join: these}', { join: 'these' }],
    ['a join of nothing stays', '{join: []}', { join: [] }],
    ['a join of texts stays', '{join: [[these, a], ","]}', { join: [['these', 'a'], ','] }],
    ['a join of an empty map stays', '{join: [{}, ","]}', { join: [{}, ','] }],
    ['a join of a map that is no call stays', '{join: [{get_attribute: [these], a: b}]}', { join: [{ get_attribute: ['these'], a: 'b' }] }],
    ['a join of what asks of no node stays', '{join: [{get_input: [these]}, ","]}', { join: [{ get_input: ['these'] }, ','] }],
    ['a join of a call without a name stays', '{join: [{get_attribute: []}, ","]}', { join: [{ get_attribute: [] }, ','] }],
  ])('%s', (_name, value, expected) => expect(outputs(value)).toEqual({ value: expected }));
  it('a join over one group is a join', () =>
    expect(outputs('{join: [{get_attribute: [these, hostname]}, ","]}', 'worker')).toEqual({
      value: { join: [{ get_attribute: ['workers', 'hostname'] }, ','] },
    }));
});

it('says of each group what is said of the selected, but for what makes them that', () => {
  const addOn = source(selector('these', 'every', ', capabilities: {endpoint: {properties: {open_ports: [80]}}}'));
  const said = { capabilities: { endpoint: { properties: { open_ports: [80] } } } };
  expect(bound(addOn).node_templates).toEqual({ controller: said, workers: said });
});

it('refuses a recipe that has no such group, and leaves alone what selects nothing', () => {
  expect(bindSelected(source(selector('these', 'node') + selector('those', 'other')), cluster.root)).toMatchObject({
    ok: false,
    diagnostics: [{ message: 'The recipe has no group for these (node), those (other).' }],
  });
  const plainOne = source(group('machine'));
  const { root } = plainOne;
  const left = bindSelected(plainOne, cluster.root);
  expect(left.ok && left.source.root).toBe(root);
});

it.each([
  [250, []],
  [251, ['On all the groups that are selected these are 502; there may be 500.']],
])('counts software on each of the groups: %i on two', (count, messages) => {
  const nodes = Array.from({ length: count }, (_, index) => software(`s${index}`, 'all')).join('');
  const result = bindSelected(source(selector('all', 'every') + nodes), cluster.root);
  expect(result.ok ? [] : result.diagnostics.map(({ message }) => message)).toEqual(messages);
});

describe('one name for two', () => {
  const port = (number: number) => `, capabilities: {endpoint: {properties: {open_ports: [${number}]}}}`;
  it.each([
    [
      'a copy and software of its own',
      selector('all', 'every') + software('exporter', 'all') + software('exporter_workers', 'x'),
      5,
      'exporter_workers',
      4,
    ],
    ['two selections that meet', selector('all', 'every', port(1)) + selector('front', 'front-end', port(2)), 4, 'controller', 3],
    ['a selection and a group of its own', group('workers') + selector('all', 'every', port(1)), 4, 'workers', 3],
  ])('is refused: %s', (_name, nodes, line, name, other) => {
    expect(bindSelected(source(nodes), cluster.root)).toMatchObject({
      ok: false,
      diagnostics: [{ at: { line }, message: `${name} is said of here and in line ${other}; say it in one place, or under another name.` }],
    });
  });
  it('is one where only one of them says something', () => {
    const said = { endpoint: { properties: { open_ports: [1] } } };
    const all = selector('all', 'every');
    const front = selector('front', 'front-end', port(1));
    for (const nodes of [all + front, front + all])
      expect(bound(source(nodes)).node_templates).toEqual({ controller: { capabilities: said }, workers: {} });
  });
});

const any = [
  'airflow',
  'dask',
  'galaxy',
  'htcondor',
  'jupyterhub',
  'kafka',
  'kubernetes',
  'mlflow',
  'nifi',
  'object-storage',
  'oscar',
  'slurm',
  'virtual-machine',
];
it.each([
  ['monitoring', any],
  ['nfs', any],
  ['users', any],
  ['docker', ['airflow', 'dask', 'jupyterhub', 'mlflow', 'slurm', 'virtual-machine']], // the others run containers their own way
])('%s is for the recipes of ours that have what it selects at one site, and compose with it', (id, recipes) =>
  expect(
    builtIn
      .list()
      .find((recipe) => recipe.id === id)
      ?.extends.toSorted(),
  ).toEqual(recipes),
);
