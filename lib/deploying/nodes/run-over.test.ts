import { expect, test } from 'vitest';
import type { AgentMessage } from '@/lib/nodes/protocol';
import type { Node } from '../ledger/ledger';
import { clusterPlan } from '../testing/fixture-plan';
import { noon, standingLedger } from '../testing/rows';
import { mayHaveSteps } from './admission';
import { hear } from './messages';

const [planned] = clusterPlan(0).nodes;
const [standing] = standingLedger().nodes;
if (!planned || !standing) throw new Error('the plan has no node');

const at = noon.toISOString();
const step = { name: 'set-up', title: 'Set up', attempt: 1 } as const;
const ready: Node = { ...standing, state: 'ready', seq: 6, steps: [{ ...step, state: 'done', exitCode: 0 }] };
const givenUp: Node = { ...ready, state: 'failed', steps: [{ ...step, state: 'failed', exitCode: 1 }] };
const stopped: Node = { ...ready, state: 'stopped', wanted: 'stopped' };
const rebooting: Node = { ...ready, state: 'booting' };

type Said = { [T in AgentMessage['type']]: Omit<Extract<AgentMessage, { type: T }>, 'seq' | 'at'> }[AgentMessage['type']];
const starts: Said = { type: 'step-started', step: 'set-up', attempt: 2 };
const prepares: Said = { type: 'step-started', step: 'transat.prepare', attempt: 1 };
const fails: Said = { type: 'step-ended', step: 'set-up', attempt: 2, exitCode: 1, seconds: 1, again: true };
const givesUp: Said = { type: 'finished', ok: false, step: 'set-up' };
const facts: Said = { type: 'facts', facts: { cpus: 64 } };

const before = { 'is ready': ready, 'was given up': givenUp, 'is stopped': stopped, 'reboots after it was ready': rebooting };
const lies: [string, Said[]][] = [
  ['that it begins a step', [starts]],
  ['that it prepares itself', [prepares]],
  ['that a step failed and is tried again', [fails]],
  ['that it gave up', [givesUp]],
  ['that it begins anew and fails', [facts, prepares, starts, fails, givesUp]],
];
const cases = Object.entries(before).flatMap(([who, node]) => lies.map(([what, said]) => [who, what, node, said] as const));

test.each(cases)('a node that %s is handed nothing by telling %s, now or after a reboot', (_who, _what, node, said) => {
  const heard = hear(
    node,
    planned.steps,
    said.map((one, index): AgentMessage => ({ ...one, seq: 7 + index, at })),
    noon,
  );
  expect(heard.node.seq).toBe(6 + said.length);
  expect(heard.node.steps).toEqual(node.steps);
  expect(['ready', 'failed', 'stopped']).toContain(heard.node.state);
  for (const state of [heard.node.state, 'booting'] as const) expect(mayHaveSteps({ ...heard.node, state })).toBe(false);
  expect(heard.events.filter(({ stage }) => stage === 'step')).toEqual([]);
});

test('one that was asked to run its steps again is heard on them', () => {
  const asked: Node = { ...ready, state: 'configuring', run_from: 'set-up', steps: [{ ...step, state: 'waiting' }] };
  const { node } = hear(asked, planned.steps, [{ ...starts, seq: 7, at } as AgentMessage], noon);
  expect(node).toMatchObject({ state: 'configuring', run_from: null, steps: [{ state: 'running', attempt: 2 }] });
});
