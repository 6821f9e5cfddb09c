import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '@/lib/catalog/catalog';
import { planningInput } from './fixtures/plan';
import { planDeployment } from './plan';
import type { Plan } from './types';

const catalog = loadCatalog([resolve('recipes'), resolve('lib/catalog/fixtures/foreign')]);
const plan = (id: string, addOns: string[] = [], inputs = {}): Plan => planDeployment(planningInput(catalog.recipe(id, addOns), inputs));
const node = (of: Plan, key: string) => of.nodes.find((each) => each.key === key);
const env = (of: Plan, key: string, step: string) => node(of, key)?.steps.find(({ name }) => name === step)?.env ?? {};
const variables = (of: Plan, key: string, step: string) => JSON.parse(String(env(of, key, step).VARIABLES));
const rules = (of: Plan, key: string) => {
  const spec = of.resources.find((resource) => resource.key === key)?.spec;
  return spec?.kind === 'securityGroup'
    ? spec.rules.map(({ protocol, fromPort, toPort, cidr }) => `${protocol} ${fromPort}-${toPort} ${cidr}`)
    : [];
};

describe('templates in the shape of the Infrastructure Manager’s catalogue', () => {
  it('are listed under the names of their files, add-ons with the recipes that name them', () => {
    const listed = catalog.list().filter(({ id }) => /\.ya?ml$/.test(id));
    expect(catalog.broken()).toEqual([]);
    expect(Object.fromEntries(listed.map(({ id, extends: parents }) => [id, parents]))).toEqual({
      'cluster.yaml': [],
      'cluster_with_app.yml': [],
      'app.yaml': ['cluster.yaml'],
      'elastic.yaml': ['cluster.yaml'],
      'other.yaml': ['cluster.yaml'],
    });
  });

  it('ask for every input, and never with a secret that everybody knows', () => {
    const { inputs, tabs } = catalog.detail('cluster.yaml');
    expect(tabs).toEqual(['Front end', 'Workers', 'Advanced']);
    expect(Object.fromEntries(inputs.map(({ name, default: value, generated }) => [name, generated ?? value]))).toEqual({
      fe_mem: 1024,
      wn_num: 2,
      ports: ['22/tcp', '8000-8010/tcp 192.0.2.0/24'],
      queue_version: '25.11.2',
      use_nfs: true,
      admin_password: 'password',
      admin_token: 'token',
    });
  });

  it('say what is not as their author may think', () => {
    const notes = catalog.recipe('cluster.yaml', ['app.yaml']).detail.notes.map(({ message }) => message);
    expect(notes).toContain(
      'inputs.admin_password: A secret that everybody knows is the default; it is not taken, and one is made where none is given.',
    );
    expect(notes.filter((message) => message.includes('the types of this folder stand in its place'))).toHaveLength(1);
  });
});

describe('a plan of playbooks', () => {
  const cluster = plan('cluster.yaml', ['app.yaml']);

  it('has every step, in the order of what depends on what, and those of relationships', () => {
    expect(cluster.problems).toEqual([]);
    expect(node(cluster, 'front')?.steps.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'front_end.configure playbook',
      'front.create playbook',
      'front.pre_configure_source.store playbook',
      'app.configure playbook',
    ]);
    expect(node(cluster, 'wn-2')?.steps.map(({ name }) => name)).toEqual(['wn_node.configure']);
  });

  it('gives variables as JSON, and looks up what is known only later', () => {
    expect(variables(cluster, 'front', 'front_end.configure')).toEqual({
      front_ip: "{{ lookup('env', 'TRANSAT_VALUE_1') }}",
      wn_ips: ["{{ lookup('env', 'TRANSAT_VALUE_2') }}", "{{ lookup('env', 'TRANSAT_VALUE_3') }}"],
      token: "{{ lookup('env', 'TRANSAT_VALUE_4') }}",
      options: { version: '25.11.2', nfs: true, pass: "{{ lookup('env', 'TRANSAT_VALUE_5') }}" },
    });
    expect(env(cluster, 'front', 'front_end.configure')).toMatchObject({
      TRANSAT_VALUE_1: { address: 'private', node: 'front' },
      TRANSAT_VALUE_3: { address: 'private', node: 'wn-2' },
      TRANSAT_VALUE_4: { secret: 'admin_token' },
      TRANSAT_VALUE_5: { secret: 'admin_password' },
    });
    expect(variables(cluster, 'front', 'front.pre_configure_source.store')).toEqual({ share_at: '/srv', share_name: 'store', share_to: 2 });
    expect(variables(cluster, 'front', 'app.configure')).toEqual({ name: '', queue: 'queue' });
  });

  it('names all groups, and the roles with their versions', () => {
    const { INVENTORY, REQUIREMENTS } = env(cluster, 'front', 'front_end.configure');
    expect(JSON.parse(String(INVENTORY))).toEqual({ front: ['queue'], wn: ['vnode-1', 'vnode-2'] });
    expect(JSON.parse(String(REQUIREMENTS))).toEqual({
      roles: [{ name: 'example.queue' }, { name: 'example.share', version: '1.2.3' }],
      collections: [],
    });
  });

  it('waits for what other nodes must have done, and two ends have one secret', () => {
    const worker = env(cluster, 'wn-1', 'wn_node.configure');
    expect(worker.TRANSAT_AFTER_1).toEqual({ stepOutput: 'done_front_end', node: 'front' });
    expect(env(cluster, 'front', 'front_end.configure').DONE_OUTPUT).toBe('done_front_end');
    expect(Object.values(worker)).toContainEqual({ secret: 'admin_token' });
  });

  it('opens the ports of machines, of software, and those that are asked for', () => {
    expect(rules(cluster, 'sg-front')).toEqual(
      expect.arrayContaining(['tcp 22-22 0.0.0.0/0', 'tcp 8000-8010 192.0.2.0/24', 'tcp 8443-8443 0.0.0.0/0']),
    );
    expect(rules(plan('cluster.yaml', [], { ports: ['9000/udp from 198.51.100.0/24'] }), 'sg-front')).toContain(
      'udp 9000-9000 198.51.100.0/24',
    );
  });

  it('lets its machines reach each other by every port, since their author has no word for what is internal', () => {
    const inside = /^(?:tcp|udp) 1-65535 (?!0\.0\.0\.0)/;
    for (const group of ['sg-front', 'sg-wn']) expect(rules(cluster, group).filter((rule) => inside.test(rule))).toHaveLength(2);
    expect(rules(plan('object-storage'), 'sg-server').filter((rule) => inside.test(rule))).toEqual([]);
  });

  it('shows addresses, how one signs in, and what tasks said', () => {
    const values = Object.fromEntries(cluster.outputs.map(({ name, value }) => [name, value]));
    expect(values.credentials).toEqual({ concat: ['ssh ubuntu@', { address: 'public', node: 'front' }] });
    expect(values.said).toEqual({ stepOutput: 'front_end_front_conf_front_said', node: 'front' });
    expect(env(cluster, 'front', 'front_end.configure')).toMatchObject({
      TASK_OUTPUTS: '{"said":"front_end_front_conf_front_said"}',
      TASK_OUTPUT_NAMES: 'front_end_front_conf_front_said',
    });
    expect(cluster.outputs.map(({ name, kind, secret }) => [name, kind, secret])).toEqual([
      ['address', 'text', false],
      ['credentials', 'command', false],
      ['said', 'text', true],
    ]);
  });
});

describe('composition', () => {
  it('lets an add-on say otherwise than its recipe, and keeps what it does not name', () => {
    const elastic = plan('cluster.yaml', ['elastic.yaml']);
    expect(variables(elastic, 'wn-1', 'wn_node.configure')).toMatchObject({ dbd: true });
    expect(Object.values(env(elastic, 'wn-1', 'wn_node.configure'))).toContainEqual({ address: 'public', node: 'front' });
    expect(catalog.recipe('cluster.yaml', ['elastic.yaml']).detail.notes.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/wn_node.properties.front_end_ip is said here in the place of foreign\/templates\/cluster.yaml, line \d+/),
    );
  });

  it('refuses two add-ons that differ, whichever comes first, with both places', () => {
    for (const addOns of [
      ['elastic.yaml', 'other.yaml'],
      ['other.yaml', 'elastic.yaml'],
    ])
      expect(() => catalog.recipe('cluster.yaml', addOns)).toThrow(/can't be combined/);
  });

  it('follows a shortcut to its recipe with its add-ons, under its own name', () => {
    const { detail } = catalog.recipe('cluster_with_app.yml');
    expect([detail.id, detail.name]).toEqual(['cluster_with_app.yml', 'Cluster and application']);
    expect(plan('cluster_with_app.yml').nodes.flatMap(({ steps }) => steps.map(({ name }) => name))).toContain('app.configure');
    expect(plan('cluster_with_app.yml').recipe.addOns).toEqual([]);
  });
});
