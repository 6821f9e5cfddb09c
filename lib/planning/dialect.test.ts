import { describe, expect, it } from 'vitest';
import type { Recipe } from '@/lib/catalog/recipe';
import { Diagnostics } from '@/lib/tosca/cursor';
import { readExpression } from '@/lib/tosca/expression';
import { readYaml } from '@/lib/tosca/read-yaml';
import { builtIn, planningInput } from './fixtures/plan';
import { planDeployment } from './plan';

const machine = builtIn.recipe('virtual-machine');

/** The virtual machine's recipe with other properties of one capability. */
function withCapability(capability: string, properties: Record<string, string>): Recipe {
  const expressions = Object.entries(properties).map(([name, text]) => {
    const yaml = readYaml(text, 't.yaml');
    if (!yaml.ok) throw new Error(yaml.diagnostic.message);
    return [name, readExpression(yaml.root, name, new Diagnostics())] as const;
  });
  const groups = machine.groups.map((group) => {
    const capabilities = new Map(group.node.capabilities).set(capability, new Map(expressions));
    return { ...group, node: { ...group.node, capabilities } };
  });
  return { ...machine, groups };
}

const plan = (recipe: Recipe, about = {}) => planDeployment(planningInput(recipe, {}, 'europe', about));
const problems = (recipe: Recipe, about = {}) => plan(recipe, about).problems.map(({ field, detail }) => `${field ?? '-'}: ${detail}`);

describe('a flavor that the recipe names', () => {
  const flavor = (name: string) => {
    const spec = plan(withCapability('host', { instance_type: name })).resources.find(({ kind }) => kind === 'server')?.spec;
    return spec?.kind === 'server' ? spec.flavorId : undefined;
  };
  it.each([
    ['large', 'flavor-large'],
    ['LARGE', 'flavor-large'],
    ['xl*', 'flavor-xlarge'],
    ['*gpu', undefined],
    ['l*e', 'flavor-large'],
    ['*dium', 'flavor-medium'],
    ['m*d*m', 'flavor-medium'],
    ['me*mum', undefined],
    ['""', 'flavor-tiny'],
    ['"*"', 'flavor-tiny'],
  ])('%s', (name, id) =>
    expect(flavor(name.startsWith('*') ? `"${name}"` : name)).toBe(id ?? (name === '*gpu' ? 'flavor-large.gpu' : undefined)),
  );

  it('is refused by its name where the site has none, unless a person chose another', () => {
    const recipe = withCapability('host', { instance_type: 'huge' });
    expect(problems(recipe)).toEqual(['placement.machine.flavor: Europe has no flavor "huge", which Machines asks for.']);
    expect(problems(recipe, { flavor: 'flavor-small' })).toEqual([]);
  });
});

describe('ports', () => {
  const rules = (recipe: Recipe) => {
    const spec = plan(recipe).resources.find(({ key }) => key === 'sg-machine')?.spec;
    return spec?.kind === 'securityGroup'
      ? spec.rules.map(({ protocol, fromPort, toPort, cidr }) => `${protocol} ${fromPort}-${toPort} ${cidr}`)
      : [];
  };

  it.each<[Record<string, string>, string]>([
    [{ ports: '{web: {source: 80}}' }, 'tcp 80-80 0.0.0.0/0'],
    [{ ports: '{web: {target: 81, protocol: udp}}' }, 'udp 81-81 0.0.0.0/0'],
    [{ ports: '{web: {source_range: [90, 99], remote_cidr: 192.0.2.0/24}}' }, 'tcp 90-99 192.0.2.0/24'],
    [{ ports: '[{source: 82}]' }, 'tcp 82-82 0.0.0.0/0'],
    [{ port: '8080', protocol: 'tcp' }, 'tcp 8080-8080 0.0.0.0/0'],
  ])('%j', (properties, rule) => expect(rules(withCapability('endpoint', properties))).toContain(rule));

  it.each<[string, string]>([
    ['{web: {source: 70000}}', '70000 is no port'],
    ['{web: {source: 0}}', '0 is no port'],
    ['{web: {source: many}}', 'many is no port'],
    ['{web: {source_range: [9, 1]}}', '9 to 1 are no ports'],
    ['{web: {protocol: tcp}}', 'no port is named'],
    ['{web: 80}', 'no port is named'],
  ])('%s is said to be none', (ports, message) => {
    expect(problems(withCapability('endpoint', { ports }))).toEqual([`-: Port web of Machines: ${message}.`]);
  });

  it('of the software that runs on the nodes are opened, too', () => {
    const [endpoint] = withCapability('endpoint', { ports: '{app: {source: 9999}}' }).groups;
    const node = { ...(machine.software[0]?.node ?? endpoint?.node), capabilities: endpoint?.node.capabilities };
    const [first] = machine.software;
    if (!first || !node.capabilities) throw new Error('The virtual machine has no software.');
    const software = [{ ...first, enabledBy: [], node: { ...first.node, capabilities: node.capabilities } }];
    expect(rules({ ...machine, software })).toContain('tcp 9999-9999 0.0.0.0/0');
    expect(
      rules({
        ...machine,
        software: [
          { ...first, enabledBy: [{ input: 'machine_count', equals: -1 }], node: { ...first.node, capabilities: node.capabilities } },
        ],
      }),
    ).not.toContain('tcp 9999-9999 0.0.0.0/0');
  });
});

describe('the number of nodes', () => {
  it.each<[Record<string, string>, number]>([
    [{ count: '3' }, 3],
    [{ default_instances: '2', min_instances: '1' }, 2],
    [{ min_instances: '2' }, 2],
    [{ max_instances: '9' }, 1],
    [{}, 1],
  ])('%j', (scalable, count) => expect(plan(withCapability('scalable', scalable)).nodes).toHaveLength(count));

  it('is at most what can be kept and shown', () => {
    const made = plan(withCapability('scalable', { count: '1000000000' }));
    expect(made.nodes).toHaveLength(1000);
    expect(made.problems.map(({ detail }) => detail)).toContain('With Machines the deployment has more than 1000 nodes.');
    expect(plan(withCapability('scalable', { count: '1000' })).problems.map(({ detail }) => detail)).not.toContain(
      'With Machines the deployment has more than 1000 nodes.',
    );
  });
});
