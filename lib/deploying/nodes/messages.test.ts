import { expect, test } from 'vitest';
import type { AgentMessage } from '@/lib/nodes/protocol';
import type { Node } from '../ledger/ledger';
import { clusterPlan } from '../testing/fixture-plan';
import { noon, standingLedger } from '../testing/rows';
import { hear } from './messages';

const [planned] = clusterPlan(0).nodes;
const at = noon.toISOString();
if (!planned) throw new Error('the plan has no node');
const booting = (): Node => {
  const [node] = standingLedger().nodes;
  if (!node) throw new Error('the ledger has no node');
  const steps = planned.steps.map(({ name, title }) => ({ name, title, state: 'waiting' as const, attempt: 0 }));
  return { ...node, state: 'booting', seq: 0, heard_at: null, steps, problem: { code: 'node-unreachable', title: 'old', detail: '' } };
};
const started: AgentMessage = { seq: 1, at, type: 'step-started', step: 'set-up', attempt: 1 };
const output: AgentMessage = { seq: 2, at, type: 'output', step: 'set-up', text: 'a\nb' };
const ended: AgentMessage = { seq: 3, at, type: 'step-ended', step: 'set-up', attempt: 1, exitCode: 0, seconds: 2, again: false };
const finished: AgentMessage = { seq: 4, at, type: 'finished', ok: true };

test('a node that does its steps becomes ready, and its output is kept', () => {
  const { node, lines, events } = hear(booting(), planned, [started, output, ended, finished], noon);
  expect(node).toMatchObject({ state: 'ready', seq: 4, problem: null, deadline_at: null, heard_at: noon });
  expect(node.steps).toMatchObject([{ state: 'done', exitCode: 0 }]);
  expect(lines).toEqual([{ step: 'set-up', at: noon, text: 'a\nb' }]);
  expect(events.map(({ message }) => message)).toEqual(['front: Set up', 'front: Set up is done (2 s)', 'front is ready']);
});

test('the same batch again changes nothing', () => {
  const first = hear(booting(), planned, [started, output], noon);
  const again = hear(first.node, planned, [started, output], noon);
  expect(again).toMatchObject({ events: [], lines: [], changed: false, node: { seq: 2, state: 'configuring' } });
});

test('nothing is taken after a gap, so that it is sent again', () => {
  const { node } = hear(booting(), planned, [started, ended, finished], noon);
  expect(node).toMatchObject({ seq: 1, state: 'configuring' });
});

test('a step that is tried again by the agent is no failure yet; the last try is', () => {
  const failed = { ...ended, seq: 2, exitCode: 124 };
  const waiting = hear(booting(), planned, [started, { ...failed, again: true }], noon).node;
  expect(waiting).toMatchObject({ state: 'configuring', steps: [{ state: 'waiting', exitCode: 124 }] });
  const { node } = hear(booting(), planned, [started, failed, { ...finished, seq: 3, ok: false, step: 'set-up' }], noon);
  expect(node).toMatchObject({
    state: 'failed',
    problem: { code: 'node-step-failed', detail: expect.stringContaining('ran out of time') },
  });
});

test('a node at work may be silent as long as its step may take, and some', () => {
  const { node } = hear(booting(), planned, [started], noon);
  expect(node.deadline_at).toEqual(new Date(noon.getTime() + (60 + 300) * 1000));
});

test('after a restart a sign of life is enough', () => {
  const done = { ...booting(), seq: 4, steps: [{ name: 'set-up', title: 'Set up', state: 'done' as const, attempt: 1 }] };
  expect(hear(done, planned, [], noon)).toMatchObject({ changed: true, node: { state: 'ready' } });
});

test('what arrives from a node on its way out changes nothing', () => {
  expect(hear({ ...booting(), state: 'deleting' }, planned, [started], noon).node.state).toBe('deleting');
});

test('a retry that was asked for is over when a step begins', () => {
  expect(hear({ ...booting(), state: 'configuring', run_from: 'set-up' }, planned, [started], noon).node.run_from).toBeNull();
});
