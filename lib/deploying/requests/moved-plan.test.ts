import { describe, expect, test } from 'vitest';
import { asDrawn } from '@/lib/planning/change/marks';
import { planned } from '@/lib/planning/fixtures/planned';
import type { Plan, PlannedNode, PlannedResource, ResourceSpec, Value } from '@/lib/planning/types';
import { clusterPlan } from '../testing/fixture-plan';
import { movePart } from './moved-plan';
import { leaseProblems } from './update/on-lease';

const resource = (key: string, site: string, group: string | undefined, spec: ResourceSpec, dependsOn: string[] = []) =>
  planned(key, spec, { site, dependsOn, ...(group !== undefined && { group }) });
const [someNode] = clusterPlan(0).nodes;

function node(key: string, group: string, site: string, env: Record<string, Value>): PlannedNode {
  if (!someNode) throw new Error('no node');
  const step = { title: '', script: '', downloads: [], timeoutSeconds: 1, attempts: 1 };
  return {
    ...someNode,
    key,
    group,
    site,
    server: `server-${key}`,
    port: `port-${key}`,
    floatingIp: `fip-${key}`,
    outgoing: `fip-${key}`,
    mounts: [{ volume: `volume-${key}`, path: '/data' }],
    steps: [
      { ...step, name: 'first', env: {} },
      { ...step, name: 'second', env },
    ],
  };
}

/** A head at one site and an arm at another; each lets the other in. */
function plan(armAt: string, about: { arm?: string; lease?: string } = {}): Plan {
  const arm = about.arm ?? 'arm';
  const part = (group: string, site: string, other: string): PlannedResource[] => [
    resource(`network-${group}`, site, undefined, { kind: 'network' }),
    resource(`subnet-${group}`, site, undefined, { kind: 'subnet', network: `network-${group}`, cidr: '10.0.0.0/24', dnsServers: [] }, [
      `network-${group}`,
    ]),
    resource(`router-${group}`, site, undefined, { kind: 'router', externalNetworkId: 'e', subnet: `subnet-${group}` }),
    resource(`sg-${group}`, site, group, { kind: 'securityGroup', rules: [] }),
    resource(`rule-${group}`, site, group, {
      kind: 'securityRule',
      securityGroup: `sg-${group}`,
      protocol: 'tcp',
      from: `fip-${other}`,
      why: '',
    }),
    resource(`port-${group}`, site, group, {
      kind: 'port',
      network: { key: `network-${group}` },
      subnet: `subnet-${group}`,
      securityGroups: [`sg-${group}`],
    }),
    resource(`fip-${group}`, site, group, { kind: 'floatingIp', externalNetworkId: 'e', port: `port-${group}`, router: `router-${group}` }),
    resource(`volume-${group}`, site, group, { kind: 'volume', sizeGiB: 1 }),
    resource(`key-${group}`, site, undefined, { kind: 'keyPair' }),
    resource(`server-${group}`, site, group, {
      kind: 'server',
      node: group,
      flavorId: 'f',
      imageId: 'i',
      ports: [`port-${group}`],
      volumes: [`volume-${group}`],
      keyPair: `key-${group}`,
      alternatives: [],
      ...(about.lease !== undefined && group === 'arm' && { lease: about.lease }),
    }),
  ];
  return {
    ...clusterPlan(0),
    resources: [...part('head', 'lab', arm), ...part('arm', armAt, 'head')],
    nodes: [
      node('head', 'head', 'lab', {
        PEER: { concat: ['x', { join: [{ address: 'outgoing', node: 'arm' }], separator: ',' }] },
        AT: armAt,
        WORD: { secret: 'w' },
      }),
      node('arm', 'arm', armAt, { PEER: { address: 'public', node: 'head' } }),
    ],
    sets: [
      { name: 'one', label: 'One', groups: ['head'], site: 'lab' },
      { name: 'two', label: 'Two', groups: ['arm'], site: armAt },
    ] as Plan['sets'],
    leases: about.lease === undefined ? [] : [{ site: armAt, lease: about.lease, end: '2030-01-01T00:00:00Z' }],
    totals: { ...clusterPlan(0).totals, nodes: armAt.length },
  };
}
const keysOf = (resources: readonly PlannedResource[]) => resources.map(({ key }) => key);
const before = plan('far');
const known = keysOf(before.resources);

describe('a part that goes to another site', () => {
  // drawn in each test: a fault of it fails them
  const move = () => movePart(before, 'two', plan('near'), known);

  test('leaves all that was at its site, and who let it in elsewhere', () => {
    expect([...move().gone].toSorted()).toEqual([...known.filter((key) => key.endsWith('-arm')), 'rule-head'].toSorted());
  });

  test('is made anew under names of its own, with who lets it in', () => {
    const moved = move();
    expect(keysOf(moved.made).toSorted()).toEqual([...moved.gone].map((key) => `${key}_2`).toSorted());
    expect(keysOf(moved.plan.resources)).toEqual([...known.filter((key) => !moved.gone.has(key)), ...keysOf(moved.made)]);
  });

  test.each<[string, object]>([
    ['subnet-arm_2', { network: 'network-arm_2' }],
    ['router-arm_2', { subnet: 'subnet-arm_2' }],
    ['rule-arm_2', { securityGroup: 'sg-arm_2', from: 'fip-head' }],
    ['rule-head_2', { securityGroup: 'sg-head', from: 'fip-arm_2' }],
    ['port-arm_2', { network: { key: 'network-arm_2' }, subnet: 'subnet-arm_2', securityGroups: ['sg-arm_2'] }],
    ['fip-arm_2', { port: 'port-arm_2', router: 'router-arm_2' }],
    ['server-arm_2', { node: 'arm', ports: ['port-arm_2'], volumes: ['volume-arm_2'], keyPair: 'key-arm_2' }],
    ['volume-arm_2', { kind: 'volume', sizeGiB: 1 }],
  ])('%s names what is new by its new name, and what stands by its own', (key, spec) =>
    expect(move().plan.resources.find((each) => each.key === key)?.spec).toMatchObject(spec),
  );

  test('waits for what is new', () => {
    expect(move().made.find(({ key }) => key === 'subnet-arm_2')?.dependsOn).toEqual(['network-arm_2']);
  });

  test('has its nodes begin anew, on what is new', () => {
    const moved = move();
    expect(moved.nodes).toMatchObject([
      {
        key: 'arm',
        site: 'near',
        server: 'server-arm_2',
        port: 'port-arm_2',
        floatingIp: 'fip-arm_2',
        outgoing: 'fip-arm_2',
        mounts: [{ volume: 'volume-arm_2', path: '/data' }],
      },
    ]);
    expect(moved.plan.nodes.map(({ key, server }) => [key, server])).toEqual([
      ['head', 'server-head'],
      ['arm', 'server-arm_2'],
    ]);
  });

  test('has nodes that stand run again from the step that names it, by what it is called now', () => {
    const moved = move();
    expect([...moved.again]).toEqual([['head', 'second']]);
    expect(moved.plan.nodes[0]?.steps[1]?.env.AT).toBe('near');
  });

  test('is at its new site in the plan, with the totals of now', () => {
    const moved = move();
    expect(moved.plan.sets).toEqual([before.sets?.[0], { ...before.sets?.[1], site: 'near' }]);
    expect(moved.plan.totals.nodes).toBe(4);
    expect(moved.plan.problems).toEqual([]);
  });

  test('gets a further name when it moves again, and finds what moved before', () => {
    const moved = move();
    const again = movePart(moved.plan, 'two', plan('third'), [...known, ...keysOf(moved.made)]);
    expect(keysOf(again.made)).toContain('server-arm_3');
    const other = movePart(moved.plan, 'one', { ...plan('near'), sets: before.sets }, [...known, ...keysOf(moved.made)]);
    expect(other.made.find(({ key }) => key === 'rule-arm_3')?.spec).toMatchObject({ securityGroup: 'sg-arm_2', from: 'fip-head_3' });
  });

  test('takes its lease with it', () => {
    const lease = (site: string) => {
      const drawn = plan(site, { lease: 'lease-arm' });
      const made = resource('lease-arm', site, 'arm', { kind: 'lease', start: 'now', end: '2030-01-01T00:00:00Z', hosts: 1 });
      return { ...drawn, resources: [...drawn.resources, made] };
    };
    // a lease of the part that stays is as it stands
    const withOther = (drawn: Plan): Plan => ({ ...drawn, leases: [...drawn.leases, { site: 'lab', lease: 'another', end: '' }] });
    const result = movePart(
      {
        ...lease('far'),
        leases: [
          { site: 'far', lease: 'old', end: '' },
          { site: 'lab', lease: 'l', end: '' },
        ],
      },
      'two',
      withOther(lease('near')),
      known,
    );
    expect(result.plan.leases).toEqual([
      { site: 'lab', lease: 'l', end: '' },
      { site: 'near', lease: 'lease-arm_2', end: '2030-01-01T00:00:00Z' },
    ]);
    expect(result.made.find(({ key }) => key === 'server-arm_2')?.spec).toMatchObject({ lease: 'lease-arm_2' });
  });

  test('leaves names of one’s own in steps as they are where they name it only by the way', () => {
    const told = (env: Record<string, Value>) => {
      const withEnv = (of: Plan): Plan => ({
        ...of,
        nodes: of.nodes.map((each) => (each.key === 'head' ? node('head', 'head', 'lab', env) : each)),
      });
      return [...movePart(withEnv(before), 'two', withEnv(plan('near')), known).again.keys()];
    };
    const arm: Value = { address: 'outgoing', node: 'arm' };
    const head: Value = { address: 'outgoing', node: 'head' };
    expect(told({ A: 'arm', B: { secret: 'arm' } })).toEqual([]);
    expect(told({ A: head })).toEqual([]);
    expect(told({ A: arm })).toEqual(['head']);
    expect(told({ A: { concat: ['x', arm] } })).toEqual(['head']);
    expect(told({ A: { concat: ['x', head] } })).toEqual([]);
    expect(told({ A: { join: ['x', arm], separator: ',' } })).toEqual(['head']);
    expect(told({ A: { join: ['x', head], separator: ',' } })).toEqual([]);
  });

  test('must be a part of both plans', () => {
    expect(() => movePart({ ...before, sets: undefined }, 'two', plan('near'), known)).toThrow('The plan has no part two');
    expect(() => movePart(before, 'two', { ...plan('near'), sets: undefined }, known)).toThrow('The plan has no part two');
    expect(() => movePart(before, 'three', plan('near'), known)).toThrow('The plan has no part three');
    expect(() => movePart(before, 'two', { ...plan('near'), sets: [] }, known)).toThrow('The plan has no part two');
  });
});

test.each<[string, Partial<Plan>]>([
  [
    'a lease that somebody has called so',
    { resources: [resource('lease-a_2', 'lab', 'one', { kind: 'lease', start: 'now', end: '', hosts: 1 })] },
  ],
  ['a plan of one part', { resources: [resource('server-a_2', 'lab', 'one', { kind: 'keyPair' })], sets: undefined }],
])('%s has not moved, and keeps its keys', (_name, change) => {
  const stands = { ...before, ...change };
  expect(asDrawn(stands).resources).toEqual(stands.resources);
});

describe('a lease that stands', () => {
  const on = (servers: number, spec: Partial<ResourceSpec & { kind: 'lease' }> = {}) => {
    const { resources, ...rest } = plan('far', { lease: 'lease-arm' });
    const server = resources.find(({ key }) => key === 'server-arm');
    if (!server) throw new Error('no server');
    const lease = resource('lease-arm', 'far', 'arm', { kind: 'lease', start: 'now', end: '', hosts: 2, ...spec });
    return {
      ...rest,
      resources: [lease, ...resources.filter(({ kind }) => kind !== 'server'), ...Array.from({ length: servers }, () => server)],
    };
  };
  const too = (what: string) => `The lease under it holds 2 ${what}, and 3 nodes are to boot on it.`;

  test.each<[string, Plan, Plan, string[]]>([
    ['holds as many nodes as it has', on(2), on(1), []],
    ['holds no more', on(3), on(1), [too('hosts')]],
    ['holds no more machines', on(3, { flavorId: 'f' }), on(1), [too('machines')]],
    ['is judged by its own site where it was there before', on(3, { held: { id: 'l', reservation: 'r' } }), on(1), []],
    ['is none where it is made for it', on(3), before, []],
  ])('%s', (_, asked, stands, said) => {
    const problems = leaseProblems(asked, stands);
    expect(problems.map(({ detail }) => detail)).toEqual(said);
    for (const problem of problems)
      expect(problem).toMatchObject({ severity: 'error', code: 'invalid-input', field: 'placement.arm.lease' });
  });
});
