import { expect, test } from 'vitest';
import type { Translate } from '@/components/messages/types';
import type { DeploymentView, OutputView } from '@/lib/api/contract/deployments';
import { nextStep } from './next-step';

// says the key of what it is asked for
const key = ((name: string) => name) as unknown as Translate;
const view = (state: DeploymentView['state'], more: object = {}) =>
  ({ state, nodes: { total: 3, ready: 2, failed: 1 }, actions: {}, endedBy: null, ...more }) as DeploymentView;
const link = { kind: 'url', label: 'the hub', value: 'https://hub.example.org' } as OutputView;

test.each([
  ['is under way', view('deploying'), [], 'next.moving'],
  ['waits for its lease', view('waiting-for-lease'), [], 'next.waitingForLease'],
  ['is ready with a link', view('ready'), [link], 'next.open'],
  ['is ready with a link that leads nowhere', view('ready'), [{ ...link, value: 'javascript:alert(1)' }], 'next.use'],
  ['runs in part', view('degraded'), [], 'next.inPart'],
  ['has no node that works', view('degraded', { nodes: { total: 3, ready: 0, failed: 3 } }), [], 'next.down'],
  ['has every node, and a fault elsewhere', view('degraded', { nodes: { total: 3, ready: 3, failed: 0 } }), [], 'next.amiss'],
  [
    'is stopped, and has a fault',
    view('degraded', { wanted: 'stopped', nodes: { total: 3, ready: 0, failed: 0 } }),
    [],
    'next.stoppedAmiss',
  ],
  ['failed, and may be tried again', view('failed', { actions: { retry: { allowed: true } } }), [], 'next.failed'],
  ['failed for good', view('failed'), [], 'next.failedForGood'],
  ['was deleted', view('deleted'), [], 'next.deleted'],
  ['was ended by its lease', view('deleted', { endedBy: 'lease' }), [], 'next.endedByLease'],
] as const)('somebody whose deployment %s is told so', (_, of, outputs, said) => {
  expect(nextStep(of, [...outputs])(key)).toBe(said);
});
