import { describe, expect, test } from 'vitest';
import type { AgentMessage } from '@/lib/nodes/protocol';
import type { Node } from '../ledger/ledger';
import { clusterPlan } from '../testing/fixture-plan';
import { noon, standingLedger } from '../testing/rows';
import { limits } from './limits';
import { hear } from './messages';

const planned = clusterPlan(0).nodes[0]?.steps;
const at = noon.toISOString();
if (!planned) throw new Error('the plan has no node');
const booting = (): Node => {
  const [node] = standingLedger().nodes;
  if (!node) throw new Error('the ledger has no node');
  const steps = planned.map(({ name, title }) => ({ name, title, state: 'waiting' as const, attempt: 0 }));
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

test('why a step failed is told by what it printed, now or before', () => {
  const full = 'tar: Cannot write: No space left on device';
  const failed: AgentMessage[] = [
    { ...ended, exitCode: 2 },
    { ...finished, ok: false, step: 'set-up' },
  ];
  const now = hear(booting(), planned, [started, { ...output, text: full }, ...failed], noon).node;
  expect(now.problem).toMatchObject({ code: 'node-disk-full', title: 'front: “Set up” failed', cause: 'A disk of the machine is full.' });
  const other = hear(booting(), planned, [started, { ...output, text: full, step: 'transat.prepare' }, ...failed], noon).node;
  expect(other.problem?.code).toBe('node-step-failed');
  const before = hear(booting(), planned, [started, output, ...failed], noon, new Map(), full).node;
  expect(before.problem?.code).toBe('node-disk-full');
});

test.each([
  ['an earlier run', 1, 'configuring', 'waiting'],
  ['the run that was asked for', 2, 'ready', 'done'],
])('what is told of %s of the same step counts for no other', (_name, run, state, step) => {
  const asked: Node = { ...booting(), state: 'configuring', run_from: 'set-up', run_only: ['set-up'], run_number: 2 };
  const told = [started, output, ended, finished].map((message) => (message.type === 'output' ? message : { ...message, run }));
  const { node, lines } = hear(asked, planned, told, noon);
  expect(node).toMatchObject({ state, seq: 4, steps: [{ state: step }], run_from: state === 'ready' ? null : 'set-up' });
  expect(lines).toHaveLength(1);
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

const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const off = (message: AgentMessage, hours: number): AgentMessage => ({ ...message, at: later(hours * 3600).toISOString() });
test.each([
  ['right', 0],
  ['nine hours behind', -9],
  ['nine hours ahead', 9],
])('what a step takes does not depend on the node’s clock: one that is %s', (_how, hours) => {
  const lasted = (node: Node) => (Date.parse(node.steps[0]?.endedAt ?? '') - Date.parse(node.steps[0]?.startedAt ?? '')) / 1000;
  const [begins, ends] = [off(started, hours), off({ ...ended, seq: 2, seconds: 7 } as AgentMessage, hours)];
  const begun = hear(booting(), planned, [begins], noon).node;
  expect(begun.steps[0]?.startedAt).toBe(at);
  expect(lasted(hear(begun, planned, [ends], later(8)).node)).toBe(8);
  expect(lasted(hear(booting(), planned, [begins, ends], later(60)).node)).toBe(7);
  expect(lasted(hear({ ...booting(), heard_at: noon }, planned, [begins, { ...ends, seconds: 1e8 } as AgentMessage], later(60)).node)).toBe(
    60,
  );
});

describe('a node that nobody trusts', () => {
  const say = (messages: Omit<Extract<AgentMessage, { type: 'output' }>, 'seq' | 'at' | 'type'>[]): AgentMessage[] =>
    messages.map((message, index) => ({ ...message, seq: index + 1, at, type: 'output' }));

  test('makes no events by saying the same again', () => {
    const facts: AgentMessage = { seq: 1, at, type: 'facts', facts: { cpus: 2 } };
    const all = [facts, started, ended, finished].flatMap((message) => [message, message, message]);
    const { node, events } = hear(
      booting(),
      planned,
      all.map((message, index) => ({ ...message, seq: index + 1 })),
      noon,
    );
    expect(node).toMatchObject({ state: 'ready', seq: 12 });
    expect(events.map(({ message }) => message)).toEqual([
      'front has started and reports in',
      'front: Set up',
      'front: Set up is done (2 s)',
      'front is ready',
    ]);
  });

  test('is not heard on steps that its plan has not', () => {
    const heard = hear(booting(), planned, [...say([{ step: 'made up', text: 'x' }]), { ...started, seq: 2, step: 'other' }], noon);
    expect(heard).toMatchObject({ lines: [], events: [], node: { seq: 2 } });
  });

  test('has no more facts than it told last', () => {
    const facts = (seq: number, name: string): AgentMessage => ({ seq, at, type: 'facts', facts: { [name]: 1 } });
    expect(hear(booting(), planned, [facts(1, 'a'), facts(2, 'b')], noon).node.facts).toEqual({ b: 1 });
  });

  test('fills no log: what it prints beyond its room is taken, and left out', () => {
    const before = { ...booting(), log_bytes: limits.logBytes - 10 };
    const first = hear(
      before,
      planned,
      say([
        { step: 'set-up', text: 'y'.repeat(20) },
        { step: 'set-up', text: 'z' },
      ]),
      noon,
    );
    expect(first.lines.map(({ text }) => text)).toEqual(['(This node has printed more than 16 MiB; the rest is not kept.)\n']);
    const next = hear({ ...first.node, seq: 0 }, planned, say([{ step: 'set-up', text: 'z' }]), noon);
    expect(next).toMatchObject({ lines: [], node: { seq: 1 } });
  });

  test('fills no history either', () => {
    const again = Array.from(
      { length: 2 * limits.events },
      (_, index): AgentMessage => ({ ...started, seq: index + 1, attempt: index + 1 }),
    );
    const { events, node } = hear(booting(), planned, again, noon);
    expect(events).toHaveLength(limits.events);
    expect(events.at(-1)?.message).toContain('the rest is not noted');
    expect(hear({ ...node, seq: 0 }, planned, [{ ...started, attempt: 9999 }], noon).events).toEqual([]);
  });

  test('hands back what there is room for, and what there is not is told', () => {
    const values = { told: 'x'.repeat(limits.outputs), more: 'y' };
    const { node, events } = hear(
      booting(),
      planned,
      [{ seq: 1, at, type: 'outputs', step: 'set-up', values }],
      noon,
      new Map([[1, ['big']]]),
    );
    expect(node.outputs).toEqual({ more: 'y' });
    expect(events.map(({ message }) => message)).toEqual(['front handed back more than is kept: big, told was left out']);
  });
});
