import { describe, expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { Plan } from '@/lib/planning/types';
import { standingLedger, withNode, withResource } from '../../testing/rows';
import type { Ledger, Resource } from '../ledger';
import { isOf, type Side, sidesOf } from './sides';
import { summarise } from './state';

const problem: Problem = { code: 'quota-exceeded', title: 'No room', detail: 'No room' };
const other: Problem = { ...problem, code: 'internal' };
const set = (name: string, site: string, groups: string[]) => ({ name, label: name.toUpperCase(), groups, site, apart: true });
const sets = [set('head', 'lab', ['front']), set('arm', 'far', ['workers'])] as Plan['sets'];

/** The front-end at one site, the worker at another, with a rule at each for the other. */
function apart(): Ledger {
  const ledger = standingLedger();
  const isWorker = (key: string) => key.endsWith('worker-1');
  const resources = ledger.resources.map(
    (each): Resource => ({
      ...each,
      site: isWorker(each.key) ? 'far' : 'lab',
      group_name: isWorker(each.key) ? 'workers' : each.key.endsWith('front') ? 'front' : null,
    }),
  );
  const [first] = resources;
  if (!first) throw new Error('no resources');
  const rule = (key: string, site: string, group: string, from: string): Resource => ({
    ...first,
    key,
    site,
    group_name: group,
    depends_on: [from],
    kind: 'securityRule',
    spec: { kind: 'securityRule', securityGroup: 'securityGroup', protocol: 'tcp', from, why: '' },
  });
  return {
    ...ledger,
    resources: [
      ...resources,
      rule('rule-front', 'lab', 'front', 'port-worker-1'),
      rule('rule-worker-1', 'far', 'workers', 'floatingIp-front'),
    ],
    nodes: ledger.nodes.map((node) => ({ ...node, site: isWorker(node.key) ? 'far' : 'lab' })),
  };
}
const sides = ({ resources, nodes }: Ledger) => sidesOf({ sets }, resources, nodes);
const states = (ledger: Ledger): Side['state'][] => sides(ledger).map(({ state }) => state);
const waitingRule = () => withResource(apart(), 'rule-front', { phase: 'planned' });
/** A second node at the first site. */
function two(ledger: Ledger, change: Partial<Ledger['nodes'][number]>): Ledger {
  const copy = (key: string) => key.replace('front', 'second');
  return {
    ...ledger,
    resources: ledger.resources.flatMap((each) =>
      each.spec.kind === 'server' && each.key === 'server-front'
        ? [each, { ...each, key: copy(each.key), spec: { ...each.spec, node: 'second' } }]
        : [each],
    ),
    nodes: ledger.nodes.flatMap((each) => (each.key === 'front' ? [each, { ...each, ...change, id: 'second', key: 'second' }] : [each])),
  };
}
const running = { state: 'configuring' as const, steps: [{ name: 's', title: '', state: 'running' as const, attempt: 1 }] };
const resting = { state: 'configuring' as const, steps: [{ name: 's', title: '', state: 'waiting' as const, attempt: 0 }] };

describe('the parts of a deployment', () => {
  test('are none where it has but one', () => {
    const { resources, nodes } = apart();
    expect(sidesOf({}, resources, nodes)).toEqual([]);
  });

  test('are named as the plan names them', () => {
    expect(sides(apart())).toEqual([
      { set: 'head', label: 'HEAD', groups: ['front'], site: 'lab', state: 'ready', problem: null },
      { set: 'arm', label: 'ARM', groups: ['workers'], site: 'far', state: 'ready', problem: null },
    ]);
  });

  test.each<[what: string, ledger: Ledger, states: Side['state'][]]>([
    ['both stand', apart(), ['ready', 'ready']],
    ['one is made', withResource(apart(), 'server-worker-1', { phase: 'waiting' }), ['ready', 'under-way']],
    ['what a site has for all is made', withResource(apart(), 'network', { phase: 'waiting' }), ['under-way', 'ready']],
    ['what is not wanted is no matter', withResource(apart(), 'volume', { wanted: 'absent', phase: 'failed' }), ['ready', 'ready']],
    ['a node sets itself up', withNode(apart(), running, 'worker-1'), ['ready', 'under-way']],
    ['a rule is missing, and all is ready all the same', waitingRule(), ['ready', 'ready']],
    ['a node rests, and waits for nobody', withNode(apart(), resting, 'front'), ['under-way', 'ready']],
    ['a node rests, for the other’s address', withNode(waitingRule(), resting, 'front'), ['waiting', 'ready']],
    ['a node still works', withNode(waitingRule(), running, 'front'), ['under-way', 'ready']],
    [
      'one node rests, for the other’s address, and one is ready',
      two(withNode(waitingRule(), resting, 'front'), { state: 'ready' }),
      ['waiting', 'ready'],
    ],
    ['one node is ready, and one works', two(withNode(waitingRule(), { state: 'ready' }, 'front'), running), ['under-way', 'ready']],
    [
      'one node is ready, and one failed',
      two(withNode(apart(), { state: 'ready' }, 'front'), { state: 'failed', problem: null }),
      ['failed', 'ready'],
    ],
    [
      'a step of a node that rests runs',
      withNode(waitingRule(), { ...resting, steps: [...running.steps, ...resting.steps] }, 'front'),
      ['under-way', 'ready'],
    ],
    [
      'a volume is to be made, and the node rests',
      withNode(withResource(apart(), 'volume', { phase: 'planned' }), resting, 'front'),
      ['under-way', 'ready'],
    ],
    ['a node boots', withNode(waitingRule(), { ...resting, state: 'booting' }, 'front'), ['under-way', 'ready']],
    [
      'a rule is made just now',
      withNode(withResource(apart(), 'rule-front', { phase: 'creating' }), resting, 'front'),
      ['under-way', 'ready'],
    ],
    ['a resource failed', withResource(apart(), 'server-worker-1', { phase: 'failed', problem: null }), ['ready', 'failed']],
    ['a node failed', withNode(apart(), { state: 'failed', problem: null }, 'front'), ['failed', 'ready']],
    ['a node is out of reach', withNode(apart(), { state: 'unreachable' }, 'worker-1'), ['ready', 'failed']],
  ])('are in a state of their own: %s', (_, ledger, expected) => expect(states(ledger)).toEqual(expected));

  test('tell the cause before its consequence', () => {
    const nodes = withNode(apart(), { state: 'failed', problem: other }, 'worker-1');
    expect(sides(nodes).map((side) => side.problem)).toEqual([null, other]);
    expect(sides(withResource(nodes, 'server-worker-1', { phase: 'failed', problem })).map((side) => side.problem)).toEqual([
      null,
      problem,
    ]);
    expect(sides(withResource(apart(), 'server-worker-1', { problem })).map((side) => side.problem)).toEqual([null, null]);
  });

  test.each([
    ['of one of its groups, wherever', { group_name: 'front', site: 'x' }, true],
    ['of another group', { group_name: 'workers', site: 'lab' }, false],
    ['of its site, for all', { group_name: null, site: 'lab' }, true],
    ['of another site, for all', { group_name: null, site: 'far' }, false],
  ])('have what is %s', (_, resource, own) => expect(isOf(resource, ['front'], 'lab')).toBe(own));
});

describe('a deployment at two sites', () => {
  const never = (ledger: Ledger): Ledger => ({ ...ledger, deployment: { ...ledger.deployment, ready_at: null } });
  const lost = { phase: 'failed' as const, problem };

  test.each<[what: string, ledger: Ledger, state: string]>([
    ['of which one stands is of use, though the other failed', never(withResource(apart(), 'server-worker-1', lost)), 'degraded'],
    [
      'of which one’s node is broken, and the other’s stands',
      never(withNode(apart(), { state: 'failed', problem }, 'worker-1')),
      'degraded',
    ],
    ['of which both are broken', never(withNode(withResource(apart(), 'server-worker-1', lost), { state: 'failed' }, 'front')), 'failed'],
    [
      'of which a part of the other is missing too',
      never(withResource(withResource(apart(), 'server-worker-1', lost), 'volume', lost)),
      'failed',
    ],
    [
      'of which the other has a problem',
      never(withResource(withResource(apart(), 'server-worker-1', lost), 'volume', { problem })),
      'failed',
    ],
    ['of which a rule alone is missing', never(withResource(apart(), 'rule-front', lost)), 'degraded'],
    [
      'of which the other is gone',
      never(withResource(withResource(apart(), 'server-worker-1', { phase: 'gone' }), 'port-worker-1', lost)),
      'degraded',
    ],
    ['that is at one alone and failed', never(withResource(standingLedger(), 'volume', lost)), 'failed'],
  ])('%s', (_, ledger, state) => expect(summarise(ledger).state).toBe(state));
});
