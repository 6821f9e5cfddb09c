import { expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import { standingLedger, withDeployment, withNode, withResource } from '../testing/rows';
import type { Ledger, Resource } from './ledger';
import { summarise } from './state';

const problem: Problem = { code: 'quota-exceeded', title: 'No room', detail: 'No room' };
const all = (ledger: Ledger, change: Partial<Resource>): Ledger => ({
  ...ledger,
  resources: ledger.resources.map((it) => ({ ...it, ...change })),
});
const fresh = () => withDeployment(standingLedger(), { ready_at: null, state: 'deploying' });

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
