import { expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { ResourceSpec } from '@/lib/planning/types';
import { standingLedger, withDeployment, withNode, withResource } from '../../testing/rows';
import type { Ledger, Node, Resource } from '../ledger';
import { mayTell, summarise } from './state';

const problem: Problem = { code: 'quota-exceeded', title: 'No room', detail: 'No room' };
const all = (ledger: Ledger, change: Partial<Resource>): Ledger => ({
  ...ledger,
  resources: ledger.resources.map((it) => ({ ...it, ...change })),
});
const fresh = () => withDeployment(standingLedger(), { ready_at: null, state: 'deploying' });

/** a port whose address the site chooses */
const anyAddress = { kind: 'port', network: { key: 'network' }, subnet: 'subnet', securityGroups: [] } as const satisfies ResourceSpec;

const cases: [string, Ledger, string][] = [
  ['nothing begun is planned', all(fresh(), { phase: 'planned', attempts: 0 }), 'planned'],
  ['one under way is deploying', withResource(fresh(), 'server-front', { phase: 'waiting' }), 'deploying'],
  ['all there, a node booting is configuring', withNode(fresh(), { state: 'booting' }), 'configuring'],
  ['all there and all nodes ready is ready', fresh(), 'ready'],
  [
    'a failed resource while others move is deploying',
    withResource(withResource(fresh(), 'volume', { phase: 'failed', problem }), 'server-worker-1', { phase: 'waiting' }),
    'deploying',
  ],
  [
    'a failed resource and the rest waiting for it is failed',
    withResource(withResource(fresh(), 'volume', { phase: 'failed', problem }), 'server-front', { phase: 'planned', attempts: 0 }),
    'failed',
  ],
  ['a failed node before it was ever ready is failed', withNode(fresh(), { state: 'failed', problem }, 'front'), 'failed'],
  [
    'a failed node while another works is configuring',
    withNode(withNode(fresh(), { state: 'configuring' }), { state: 'failed', problem }, 'front'),
    'configuring',
  ],
  ['a failed node after it was ready is degraded', withNode(standingLedger(), { state: 'unreachable', problem }, 'front'), 'degraded'],
  ['a resource that vanished is degraded', withResource(standingLedger(), 'server-front', { phase: 'failed', problem }), 'degraded'],
  [
    'a server stopped outside is degraded',
    withResource(withNode(standingLedger(), { state: 'stopped', wanted: 'stopped' }, 'front'), 'server-front', { problem }),
    'degraded',
  ],
  ['one node stopped on request is still ready', withNode(standingLedger(), { state: 'stopped', wanted: 'stopped' }, 'worker-1'), 'ready'],
  [
    'servers asked to stop are stopping',
    withDeployment(withNode(standingLedger(), { wanted: 'stopped' }), { wanted: 'stopped' }),
    'stopping',
  ],
  [
    'servers all stopped are stopped',
    withDeployment(withNode(standingLedger(), { wanted: 'stopped', state: 'stopped' }), { wanted: 'stopped' }),
    'stopped',
  ],
  ['stopped ones asked to run are starting', withNode(standingLedger(), { state: 'stopped' }), 'starting'],
  ['ones that boot again are starting', withNode(standingLedger(), { state: 'booting' }), 'starting'],
  ['everything still there is deleting', all(withDeployment(standingLedger(), { wanted: 'deleted' }), { wanted: 'absent' }), 'deleting'],
  [
    'gone but not looked at is deleting',
    all(withDeployment(standingLedger(), { wanted: 'deleted' }), { wanted: 'absent', phase: 'gone' }),
    'deleting',
  ],
  [
    'one that will not go, and what stands under it, is failed',
    withResource(
      withResource(all(withDeployment(standingLedger(), { wanted: 'deleted' }), { wanted: 'absent', phase: 'gone' }), 'port-front', {
        phase: 'failed',
        problem,
      }),
      'subnet',
      { phase: 'ready' },
    ),
    'failed',
  ],
];
test.each(cases)('%s', (_name, ledger, state) => {
  expect(summarise(ledger).state).toBe(state);
});

const stopped = () => withDeployment(standingLedger(), { wanted: 'stopped' });
const going = () => withDeployment(all(standingLedger(), { wanted: 'absent', phase: 'deleting' }), { wanted: 'deleted' });
const changed = (ledger: Ledger) => withDeployment(ledger, { updating: { stage: 'making' } as Ledger['deployment']['updating'] });
const lease = { kind: 'lease', start: 'now', end: '', hosts: 1 } as const;

test.each<[string, Ledger, string]>([
  ['one that is stopped in part is degraded', withNode(stopped(), { state: 'stopped' }, 'front'), 'degraded'],
  [
    'one that is being stopped in part is stopping',
    withNode(withNode(stopped(), { wanted: 'stopped' }), { state: 'stopped' }, 'front'),
    'stopping',
  ],
  [
    'one that is stopped, with a resource that failed, is degraded',
    withResource(withNode(stopped(), { state: 'stopped' }), 'volume', { phase: 'failed' }),
    'degraded',
  ],
  ['one that is being changed is updating', changed(standingLedger()), 'updating'],
  [
    'one that is being changed, and of which something is made, is updating',
    changed(withResource(standingLedger(), 'volume', { phase: 'waiting' })),
    'updating',
  ],
  [
    'one that is being changed, and of which something failed, is degraded',
    changed(withResource(standingLedger(), 'volume', { phase: 'failed', problem })),
    'degraded',
  ],
  [
    'one that waits for its lease says so',
    withResource(fresh(), 'volume', { kind: 'lease', spec: lease, phase: 'waiting', observed: { status: 'PENDING' } }),
    'waiting-for-lease',
  ],
  [
    'one whose lease runs is deploying',
    withResource(fresh(), 'volume', { kind: 'lease', spec: lease, phase: 'waiting', observed: { status: 'ACTIVE' } }),
    'deploying',
  ],
  [
    'one whose lease goes waits for nothing',
    withResource(fresh(), 'volume', { kind: 'lease', spec: lease, phase: 'waiting', wanted: 'absent', observed: { status: 'PENDING' } }),
    'deploying',
  ],
  [
    'one of which something was tried is deploying',
    withResource(all(fresh(), { phase: 'planned', attempts: 0 }), 'volume', { attempts: 1 }),
    'deploying',
  ],
  ['one whose node was ready and starts again is starting', withNode(standingLedger(), { state: 'booting' }, 'front'), 'starting'],
  ['one whose node waits to be built is configuring', withNode(fresh(), { state: 'pending' }, 'front'), 'configuring'],
  [
    'one whose node is stopped as was asked is not starting',
    withNode(standingLedger(), { state: 'stopped', wanted: 'stopped' }, 'front'),
    'ready',
  ],
  ['one of which a resource has a problem is degraded', withResource(standingLedger(), 'volume', { problem }), 'degraded'],
  ['one that never was ready, and of which a resource has a problem, is failed', withResource(fresh(), 'volume', { problem }), 'failed'],
  ['one of which something is gone is ready', withResource(standingLedger(), 'volume', { phase: 'gone', wanted: 'absent' }), 'ready'],
  ['one of which all is gone and seen to be is deleted', withDeployment(all(going(), { phase: 'gone' }), { state: 'deleted' }), 'deleted'],
  ['one of which what goes waits for what goes is deleting', withResource(going(), 'port-front', { phase: 'ready' }), 'deleting'],
  ['one of which something else still goes is deleting', withResource(going(), 'port-front', { phase: 'failed', problem }), 'deleting'],
  [
    'one whose server needs an address that failed is failed',
    withResource(all(fresh(), { phase: 'ready' }), 'port-worker-1', { phase: 'failed', problem }),
    'failed',
  ],
  [
    'one whose server waits for another’s address that failed is failed',
    withResource(withResource(fresh(), 'port-worker-1', { phase: 'failed', problem, spec: anyAddress }), 'server-front', {
      phase: 'planned',
    }),
    'failed',
  ],
  [
    'one whose server needs another’s address that is known though its port failed is deploying',
    withResource(withResource(fresh(), 'port-worker-1', { phase: 'failed', problem }), 'server-front', { phase: 'planned' }),
    'deploying',
  ],
  [
    'one whose server waits for another’s volume that failed is deploying',
    withResource(withResource(fresh(), 'volume', { phase: 'failed', problem }), 'server-worker-1', { phase: 'planned' }),
    'deploying',
  ],
])('%s', (_name, ledger, state) => expect(summarise(ledger).state).toBe(state));

const both = (ledger: Ledger, first: Partial<Ledger['nodes'][number]>, second: Partial<Ledger['nodes'][number]>) =>
  withNode(withNode(ledger, first, 'front'), second, 'worker-1');

test.each<[string, Ledger, string]>([
  [
    'one whose nodes are stopped and are to run is no more than degraded',
    both(stopped(), { state: 'stopped' }, { state: 'ready' }),
    'degraded',
  ],
  [
    'one that is stopped, and of which one stops, is stopping',
    both(stopped(), { state: 'stopped', wanted: 'stopped' }, { wanted: 'stopped' }),
    'stopping',
  ],
  [
    'one that is being changed, and failed before it was ready, is failed',
    withDeployment(changed(withNode(standingLedger(), { state: 'failed', problem }, 'front')), { ready_at: null }),
    'failed',
  ],
  [
    'one that is being changed, and waits for a lease, says so',
    changed(withResource(standingLedger(), 'volume', { kind: 'lease', spec: lease, phase: 'waiting', observed: { status: 'PENDING' } })),
    'waiting-for-lease',
  ],
  [
    'one of which one resource alone was never begun is deploying',
    withResource(fresh(), 'volume', { phase: 'planned', attempts: 0 }),
    'deploying',
  ],
  ['one of which a resource failed without a word is degraded', withResource(standingLedger(), 'volume', { phase: 'failed' }), 'degraded'],
  [
    'one whose servers stand still, for a reason, is degraded',
    withResource(withNode(standingLedger(), { state: 'stopped' }), 'volume', { problem }),
    'degraded',
  ],
  [
    'one whose lease is there and was to be waited for is ready',
    withResource(fresh(), 'volume', { kind: 'lease', spec: lease, observed: { status: 'PENDING' } }),
    'ready',
  ],
  [
    'one whose network failed, and what stands on what waits for it, is failed',
    ['subnet', 'router', 'port-front', 'server-front'].reduce(
      (ledger, key) => withResource(ledger, key, { phase: 'planned' }),
      withResource(fresh(), 'network', { phase: 'failed', problem }),
    ),
    'failed',
  ],
  [
    'one whose volume is under way, though it would have to wait for what failed, is deploying',
    withResource(withResource(fresh(), 'network', { phase: 'failed', problem }), 'subnet', { phase: 'waiting' }),
    'deploying',
  ],
])('%s', (_name, ledger, state) => expect(summarise(ledger).state).toBe(state));

test('what is not wanted is no part of the progress, and a step counts once it is done', () => {
  const progress = (ledger: Ledger) => summarise(ledger).progress;
  const whole = progress(standingLedger());
  expect(whole.done).toBe(whole.total);
  expect(progress(withResource(standingLedger(), 'volume', { wanted: 'absent' }))).toEqual({
    done: whole.done - 1,
    total: whole.total - 1,
  });
  const steps = [{ name: 's', title: '', state: 'running' as const, attempt: 1 }];
  expect(progress(withNode(standingLedger(), { steps }, 'front'))).toEqual({ done: whole.done - 1, total: whole.total });
  expect(progress(withNode(standingLedger(), { heard_at: null }, 'front'))).toEqual(whole);
  expect(progress(withNode(standingLedger(), { heard_at: null, state: 'booting' }, 'front')).done).toBe(whole.done - 1);
  expect(progress(withNode(standingLedger(), { state: 'booting' }, 'front'))).toEqual(whole);
});

test('a server whose loss was not seen is not told before what failed', () => {
  const gone: Problem = { ...problem, code: 'not-found' };
  const failed = withResource(standingLedger(), 'network', { phase: 'failed', problem });
  expect(summarise(withResource(failed, 'server-front', { phase: 'ready', problem: gone })).problem).toEqual(problem);
  expect(summarise(withResource(failed, 'server-front', { phase: 'failed', problem: null })).problem).toEqual(problem);
  expect(summarise(withResource(failed, 'server-front', { phase: 'failed', problem: { ...gone, code: 'internal' } })).problem).toEqual(
    problem,
  );
});

test('nodes are counted, and so is what has gone', () => {
  const nodes = (ledger: Ledger) => summarise(ledger).nodes;
  expect(nodes(standingLedger())).toEqual({ total: 2, ready: 2, failed: 0 });
  expect(nodes(withNode(standingLedger(), { state: 'unreachable' }, 'front'))).toEqual({ total: 2, ready: 1, failed: 1 });
  expect(nodes(withNode(standingLedger(), { state: 'failed' }))).toEqual({ total: 2, ready: 0, failed: 2 });
  const { progress } = summarise(withResource(going(), 'volume', { phase: 'gone' }));
  expect(progress).toEqual({ done: 1, total: going().resources.length });
});

test('the problem that is told is that of what failed, then of what stands, then of a node, and of nothing that is gone', () => {
  const other: Problem = { ...problem, code: 'internal' };
  const node = withNode(standingLedger(), { state: 'failed', problem });
  const told = (ledger: Ledger) => summarise(ledger).problem?.code;
  expect(told(node)).toBe('quota-exceeded');
  expect(told(withNode(standingLedger(), { state: 'ready', problem }))).toBeUndefined();
  expect(told(withResource(node, 'volume', { problem: other }))).toBe('internal');
  expect(told(withResource(node, 'volume', { problem: other, phase: 'gone' }))).toBe('quota-exceeded');
  expect(told(withResource(withResource(node, 'network', { problem }), 'volume', { problem: other, phase: 'failed' }))).toBe('internal');
});

test('the problem that is told is that of a server that is lost, whatever failed before it in the plan', () => {
  const gone: Problem = { ...problem, code: 'not-found' };
  const told = (kind: string) =>
    summarise(
      withResource(withResource(standingLedger(), 'network', { phase: 'failed', problem }), kind, { phase: 'failed', problem: gone }),
    ).problem;
  expect(told('server-worker-1')).toEqual(gone);
  expect(told('volume')).toEqual(problem);
});

test('progress counts resources, nodes that came up, and steps', () => {
  const { progress } = summarise(
    withNode(withResource(standingLedger(), 'volume', { phase: 'creating' }), { heard_at: null, state: 'booting', steps: [] }, 'front'),
  );
  expect(progress).toEqual({ done: 10 + 1 + 1, total: 11 + 1 + 2 });
});

test('the problem shown is the cause, not its consequence', () => {
  const other: Problem = { code: 'internal', title: 'Other', detail: '' };
  const ledger = withNode(withResource(fresh(), 'server-front', { phase: 'failed', problem }), { state: 'failed', problem: other });
  expect(summarise(ledger).problem).toEqual(problem);
});

const [before] = standingLedger().nodes;
if (!before) throw new Error('a ledger without a node');
const step = { name: 'a', title: 'A', attempt: 1 };
const running: Node = { ...before, state: 'configuring', heard_at: null, problem: null, steps: [{ ...step, state: 'running' }] };
test.each<[string, Partial<Node>, boolean]>([
  ['nothing', {}, false],
  ['another state', { state: 'ready' }, true],
  ['what it is to be', { wanted: 'stopped' }, true],
  ['a step more', { steps: [...running.steps, { ...step, state: 'waiting' }] }, true],
  ['a step that is done', { steps: [{ ...step, state: 'done' }] }, true],
  ['a step that is tried again', { steps: [{ ...step, state: 'waiting', attempt: 2 }] }, false],
  ['that it was heard at all', { heard_at: new Date(1) }, true],
  ['a problem', { problem }, true],
  ['what it handed back', { outputs: { a: 'b' }, seq: 7 }, false],
])('%s of a node may make another state of its deployment: %s', (_, change, tells) => {
  expect(mayTell(running, { ...running, ...change })).toBe(tells);
});

test('the moment at which a node was heard, and the same problem again, are no news to its deployment', () => {
  const heard = { ...running, heard_at: new Date(1), problem };
  expect(mayTell(heard, { ...heard, heard_at: new Date(2), problem: { ...problem } })).toBe(false);
});
