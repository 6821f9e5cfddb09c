import { expect, test } from 'vitest';
import { describePlan } from './describe';
import { builtIn, planningInput } from './fixtures/plan';
import { planned } from './fixtures/planned';
import { planDeployment } from './plan';
import type { Plan, PlannedNode, PlannedResource, ResourceSpec, SecurityRule, StepPlan } from './types';

const plan = planDeployment(planningInput(builtIn.recipe('virtual-machine')));
const [node] = plan.nodes;
const said = (about: Partial<Plan>): string[] =>
  describePlan({ ...plan, resources: [], nodes: [], outputs: [], secrets: [], problems: [], ...about }).split('\n');

const resource = (spec: ResourceSpec, dependsOn: string[] = []) =>
  planned('it', spec, { site: 'europe', summary: 'What it is', dependsOn });
const server: ResourceSpec & { kind: 'server' } = {
  kind: 'server',
  node: 'n',
  flavorId: 'f',
  imageId: 'i',
  ports: [],
  volumes: [],
  keyPair: 'k',
  alternatives: [],
};
const rule: SecurityRule = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '10.0.0.0/8', why: 'SSH' };

test.each<[what: string, planned: PlannedResource, lines: string[]]>([
  ['what waits for others', resource({ kind: 'network' }, ['a', 'b']), ['  it @europe: What it is (after a, b)']],
  ['what waits for none', resource({ kind: 'network' }), ['  it @europe: What it is']],
  [
    'a firewall',
    resource({ kind: 'securityGroup', rules: [rule, { ...rule, toPort: 25 }, { ...rule, self: true, fromPort: undefined }] }),
    ['  it @europe: What it is', '    tcp 22 from 10.0.0.0/8: SSH', '    tcp 22-25 from 10.0.0.0/8: SSH', '    tcp from the group: SSH'],
  ],
  [
    'a rule for another site',
    resource({ kind: 'securityRule', securityGroup: 's', protocol: 'udp', fromPort: 1, toPort: 1, from: 'fip', why: 'W' }),
    ['  it @europe: What it is', '    udp 1 from the address of fip: W'],
  ],
  [
    'a server on a reservation',
    resource({ ...server, reservationId: 'r', lease: 'l' }),
    ['  it @europe: What it is', '    on reservation r'],
  ],
  ['a server on a lease', resource({ ...server, lease: 'l' }), ['  it @europe: What it is', '    on l']],
  [
    'a port on a network that is there',
    resource({ kind: 'port', network: { id: 'n' }, securityGroups: [] }),
    ['  it @europe: What it is', '    on network n'],
  ],
  ['a port on one that is made', resource({ kind: 'port', network: { key: 'n' }, securityGroups: [] }), ['  it @europe: What it is']],
])('%s is described', (_, planned, lines) => {
  const all = said({ resources: [planned] });
  expect(all.slice(all.indexOf('Resources') + 1, all.indexOf('Nodes') - 1)).toEqual(lines);
});

test('a node is described with its way in, its disks, its firewall and its steps', () => {
  if (!node) throw new Error('no node');
  const step: StepPlan = {
    name: 's',
    title: 'T',
    script: '',
    env: {
      A: 'x\ny',
      B: { secret: 'p', part: 'key' },
      C: {
        join: [
          { address: 'private', node: 'n' },
          { stepOutput: 'o', node: 'n' },
        ],
        separator: '\n',
      },
      D: { concat: ['a', { secret: 'p' }] },
      PLAYBOOK: 'long',
    },
    downloads: [{ url: 'https://example.org/a', kind: 'file', version: '1', sha256: '', sizeBytes: 1 }],
    timeoutSeconds: 60,
    attempts: 2,
  };
  const nodes: PlannedNode[] = [
    {
      ...node,
      key: 'a',
      hostname: 'h',
      floatingIp: 'f',
      mounts: [{ volume: 'v', path: '/data' }],
      firewall: [rule],
      steps: [step],
      bareMetal: true,
      loginUser: 'u',
    },
    {
      ...node,
      key: 'b',
      hostname: 'h',
      floatingIp: undefined,
      via: 'a',
      mounts: [],
      firewall: [],
      steps: [{ ...step, attempts: 1, downloads: [], env: {}, kind: 'leave' as StepPlan['kind'] }],
    },
    { ...node, key: 'c', hostname: 'h', floatingIp: undefined, via: undefined, mounts: [], firewall: [], steps: [] },
  ];
  const all = said({ nodes });
  expect(all.slice(all.indexOf('Nodes') + 1, all.indexOf('Outputs') - 1)).toEqual([
    '  a: h @europe, u, public, bare metal',
    '    v at /data',
    '    firewall tcp 22 from 10.0.0.0/8: SSH',
    '    s: T (60 s, 2 attempts)',
    '      file https://example.org/a',
    '      A=x⏎y',
    '      B=<secret p.key>',
    '      C=<private address of n>⏎<output o of n>',
    '      D=a<secret p>',
    '  b: h @europe, ubuntu, through a',
    '    s: T (leave, 60 s)',
    '  c: h @europe, ubuntu, direct',
  ]);
});

test('a plan is described with its size, outputs, secrets and problems', () => {
  const totals = { ...plan.totals, nodes: 1, subnets: undefined, securityGroupRules: undefined };
  const all = said({
    recipe: { id: 'r', version: '2', name: 'R', addOns: ['x', 'y'] },
    totals: {
      ...totals,
      nodes: 1,
      vcpus: 2,
      ramMiB: 3,
      diskGiB: 4,
      volumes: 5,
      volumeGiB: 6,
      floatingIps: 7,
      networks: 8,
      routers: 9,
      ports: 10,
      securityGroups: 11,
      seconds: 12,
    },
    outputs: [
      { name: 'o', label: '', kind: 'text', secret: true, value: 'v' },
      { name: 'p', label: '', kind: 'url', secret: false, value: 'w' },
    ],
    secrets: [
      { name: 's', generate: 'token' },
      { name: 't', generate: 'password', given: true },
    ],
    problems: [
      { severity: 'error', code: 'invalid-input', title: '', detail: 'D.', field: 'inputs.a', remedy: 'R.' },
      { severity: 'warning', code: 'invalid-input', title: '', detail: 'E.' },
    ],
  });
  expect(all).toEqual([
    'R 2 + x + y',
    '1 nodes, 2 CPUs, 3 MiB, 4 GiB disk, 5 volumes (6 GiB), 7 floating IPs, 8 networks, 0 subnets, 9 routers, 10 ports, 11 security groups (0 rules), about 12 s',
    '',
    'Resources',
    '',
    'Nodes',
    '',
    'Outputs',
    '  o (text, secret): v',
    '  p (url): w',
    '',
    'Secrets',
    '  s: token',
    '  t: given',
    '',
    'Problems',
    '  error inputs.a: D. R.',
    '  warning: E.',
    '',
  ]);
  expect(said({})).not.toContain('Problems');
});
