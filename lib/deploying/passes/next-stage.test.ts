import { expect, test } from 'vitest';
import type { Updating } from '@/lib/store/schema';
import { standingLedger, withDeployment, withNode, withResource } from '../testing/rows';
import { type NextStage, nextStage } from './next-stage';

const updating = (stage: Updating['stage'], about: Partial<Updating> = {}): Updating =>
  ({ stage, running: [], waiting: [], ...about }) as Updating; // what only screens read is left out
const during = (stage: Updating['stage'], about: Partial<Updating> = {}) =>
  withDeployment(standingLedger(), { updating: updating(stage, about) });
const next = { node: 'worker-1', steps: [], remake: [] };
const at = 'telling';

test.each<[what: string, ledger: ReturnType<typeof standingLedger>, stage: NextStage]>([
  ['that is none goes on with nothing', standingLedger(), null],
  ['of what is to be deleted does not go on', withDeployment(during('draining'), { wanted: 'deleted' }), null],
  ['makes what it needs when those who leave are done', during('draining', { running: ['front'] }), 'make'],
  ['waits for one that leaves', withNode(during('draining', { running: ['front'] }), { state: 'configuring' }, 'front'), null],
  ['waits for one whose run has not begun', withNode(during('draining', { running: ['front'] }), { run_from: 'set-up' }, 'front'), null],
  [
    'waits for nobody who was stopped',
    withNode(during('draining', { running: ['front'] }), { state: 'stopped', wanted: 'stopped' }, 'front'),
    'make',
  ],
  ['waits for nobody who is gone', during('draining', { running: ['gone'] }), 'make'],
  ['tells the nodes when all addresses are there', during('making'), 'tell'],
  ['tells them while something without an address is still made', withResource(during('making'), 'volume', { phase: 'waiting' }), 'tell'],
  ['waits for an address', withResource(during('making'), 'port-worker-1', { phase: 'waiting' }), null],
  ['waits for no address that is to go', withResource(during('making'), 'port-worker-1', { phase: 'deleting', wanted: 'absent' }), 'tell'],
  ['takes the next in turn when those before are done', during(at, { running: ['front'], waiting: [next] }), 'turn'],
  ['waits for those before', withNode(during(at, { running: ['front'], waiting: [next] }), { state: 'booting' }, 'front'), null],
  [
    'waits for the machine of those before',
    withResource(during(at, { running: ['front'], waiting: [next] }), 'server-front', { phase: 'waiting' }),
    null,
  ],
  [
    'waits for the machine of nobody else',
    withResource(during(at, { running: ['front'], waiting: [next] }), 'server-worker-1', { phase: 'waiting' }),
    'turn',
  ],
  ['is done when all is there', during(at), 'finish'],
  ['is done when what goes is gone', withResource(during(at), 'volume', { wanted: 'absent', phase: 'gone' }), 'finish'],
  ['is not done while something goes', withResource(during(at), 'volume', { wanted: 'absent', phase: 'deleting' }), null],
  ['is not done while something is made', withResource(during(at), 'volume', { phase: 'waiting' }), null],
  ['is not done while a node works', withNode(during(at), { state: 'configuring' }, 'worker-1'), null],
  ['does not wait for one that was out of reach before', withNode(during(at), { state: 'unreachable' }, 'worker-1'), 'finish'],
  ['waits for one that was never heard', withNode(during(at), { state: 'unreachable', heard_at: null }, 'worker-1'), null],
  ['waits for one that was lost on the way', withNode(during(at, { running: ['worker-1'] }), { state: 'unreachable' }, 'worker-1'), null],
])('a change %s', (_, ledger, stage) => expect(nextStage(ledger)).toBe(stage));
