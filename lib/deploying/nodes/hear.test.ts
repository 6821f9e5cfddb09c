import { describe, expect, test } from 'vitest';
import { type AgentMessage, preparationStep } from '@/lib/nodes/protocol';
import type { StepState } from '@/lib/store/schema';
import type { Node } from '../ledger/ledger';
import { noon, standingLedger } from '../testing/rows';
import { following, hear, patience } from './messages';

const at = noon.toISOString();
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const planned = ['one', 'two', 'three'].map((name, index) => ({ name, title: `Step ${name}`, timeoutSeconds: 10 * (index + 1) }));

const states = (...all: StepState['state'][]): StepState[] =>
  all.map((state, index) => ({
    name: ['one', 'two', 'three'][index] ?? '',
    title: `Step ${['one', 'two', 'three'][index]}`,
    state,
    attempt: 1,
  }));
function nodeWith(more: Partial<Node> = {}): Node {
  const [node] = standingLedger().nodes;
  if (!node) throw new Error('the ledger has no node');
  return { ...node, state: 'configuring', seq: 0, steps: states('waiting', 'waiting', 'waiting'), problem: null, ...more };
}
type Told<Type extends AgentMessage['type']> = Omit<Extract<AgentMessage, { type: Type }>, 'seq' | 'at' | 'type'>;
const started = (step: string, more: Partial<Told<'step-started'>> = {}): AgentMessage => ({
  seq: 1,
  at,
  type: 'step-started',
  step,
  attempt: 1,
  ...more,
});
const ended = (step: string, exitCode: number, more: Partial<Told<'step-ended'>> = {}): AgentMessage => ({
  seq: 1,
  at,
  type: 'step-ended',
  step,
  attempt: 1,
  exitCode,
  seconds: 2.6,
  again: false,
  ...more,
});
const finished = (ok: boolean, more: Partial<Told<'finished'>> = {}): AgentMessage => ({ seq: 1, at, type: 'finished', ok, ...more });
const hearOne = (node: Node, message: AgentMessage, now = noon) => hear(node, planned, [{ ...message, seq: node.seq + 1 }], now);
const statesOf = ({ node }: { node: Node }) => node.steps.map(({ state }) => state);

test.each<[string, number[], number, number[]]>([
  ['all, in their order', [1, 2, 3], 0, [1, 2, 3]],
  ['those that are new', [1, 2, 3], 2, [3]],
  ['none after a gap', [2, 3], 0, []],
  ['up to a gap', [1, 2, 4], 0, [1, 2]],
  ['one that comes twice, once', [1, 1, 2, 2], 0, [1, 2]],
  ['none that comes after a gap, though it would follow', [2, 1], 0, []],
])('of what a node sends is taken: %s', (_name, seqs, stored, taken) => {
  expect(
    following(
      seqs.map((seq) => ({ ...finished(true), seq })),
      stored,
    ).map(({ seq }) => seq),
  ).toEqual(taken);
});

describe('a node that is heard again', () => {
  const old = { code: 'node-unreachable', title: 'old', detail: '' } as const;
  test.each<[Node['state'], StepState[], Node['state'], boolean]>([
    ['booting', states('waiting', 'waiting', 'waiting'), 'configuring', false],
    ['building', states('waiting', 'waiting', 'waiting'), 'configuring', false],
    ['unreachable', states('done', 'running', 'waiting'), 'configuring', false],
    ['booting', states('done', 'done', 'done'), 'ready', false],
    ['booting', [], 'configuring', false],
    ['booting', states('done', 'failed', 'waiting'), 'failed', true],
    ['failed', states('done', 'failed', 'waiting'), 'failed', true],
    ['deleting', states('done', 'running', 'waiting'), 'deleting', true],
    ['stopped', states('done', 'done', 'done'), 'stopped', true],
  ])('while it is %s, with %j', (state, steps, now, problem) => {
    const heard = hear(nodeWith({ state, steps, problem: old, heard_at: noon }), planned, [], later(1));
    expect(heard).toMatchObject({
      node: { state: now, heard_at: later(1), problem: problem ? old : null },
      events: [],
      changed: state !== now,
    });
  });

  test('for the first time has changed, though it says nothing', () => {
    expect(hear(nodeWith({ heard_at: null }), planned, [], noon).changed).toBe(true);
    expect(hear(nodeWith({ heard_at: noon }), planned, [], noon).changed).toBe(false);
  });

  test('with what its steps print alone has not', () => {
    const text: AgentMessage = { seq: 1, at, type: 'output', step: 'one', text: 'x' };
    expect(hearOne(nodeWith({ heard_at: noon }), text)).toMatchObject({
      changed: false,
      lines: [{ step: 'one', text: 'x' }],
      node: { seq: 1 },
    });
    expect(hearOne(nodeWith({ heard_at: noon }), started('one')).changed).toBe(true);
  });

  test('leaves what was known of it before as it was', () => {
    const before = nodeWith({ heard_at: noon });
    hearOne(before, started('one'));
    expect(before).toEqual(nodeWith({ heard_at: noon }));
  });
});

describe('a step that begins', () => {
  test('runs, and those after it are to come', () => {
    const heard = hearOne(
      nodeWith({ steps: states('done', 'failed', 'done'), problem: { code: 'internal', title: '', detail: '' } }),
      started('two'),
    );
    expect(statesOf(heard)).toEqual(['done', 'running', 'waiting']);
    expect(heard.node.steps[2]).toEqual({ name: 'three', title: 'Step three', state: 'waiting', attempt: 0 });
    expect(heard.node).toMatchObject({ state: 'configuring', problem: null });
    expect(heard.node.steps[1]).toMatchObject({ attempt: 1, startedAt: at, endedAt: undefined, exitCode: undefined });
  });

  test('of a run of some steps leaves those after it done', () => {
    const heard = hearOne(nodeWith({ steps: states('done', 'done', 'done'), run_from: 'two', run_only: ['two'] }), started('two'));
    expect(statesOf(heard)).toEqual(['done', 'running', 'done']);
    expect(heard.node).toMatchObject({ run_from: null, run_only: ['two'] });
  });

  test.each([
    ['two', 'one', 'two'],
    ['two', 'two', null],
  ])('where %s was asked for and %s begins, what is still to come is %s', (from, step, left) => {
    expect(hearOne(nodeWith({ run_from: from }), started(step)).node.run_from).toBe(left);
  });

  test.each([
    [1, 'front: Step one'],
    [2, 'front: Step one (try 2)'],
  ])('for the %i. time says so', (attempt, message) => {
    expect(hearOne(nodeWith(), started('one', { attempt })).events).toEqual([
      { level: 'info', stage: 'step', subject: 'front', message, data: { node: 'front', step: 'one' } },
    ]);
  });

  test('is told once; another try of it is told again', () => {
    const first = hearOne(nodeWith(), started('one')).node;
    expect(hearOne(first, started('one')).events).toEqual([]);
    expect(hearOne(first, started('one', { attempt: 2 })).events).toHaveLength(1);
  });

  test('of the agent’s own preparation is told, and puts no step off', () => {
    const heard = hearOne(nodeWith({ steps: states('waiting', 'done', 'waiting') }), started(preparationStep));
    expect(heard.events.map(({ message }) => message)).toEqual(['front: Prepare the machine']);
    expect(statesOf(heard)).toEqual(['waiting', 'done', 'waiting']);
  });
});

describe('a step that ends', () => {
  const running = nodeWith({ steps: states('done', 'running', 'waiting') });
  test.each<[string, AgentMessage, StepState['state'], string, string]>([
    ['well', ended('two', 0), 'done', 'info', 'front: Step two is done (3 s)'],
    ['badly', ended('two', 3), 'failed', 'warning', 'front: Step two ended with code 3'],
    [
      'badly, and is tried again',
      ended('two', 3, { again: true }),
      'waiting',
      'warning',
      'front: Step two ended with code 3; it is tried again',
    ],
    ['by its time', ended('two', 124), 'failed', 'warning', 'front: Step two ran out of time'],
    [
      'by its time, and is tried again',
      ended('two', 124, { again: true }),
      'waiting',
      'warning',
      'front: Step two ran out of time; it is tried again',
    ],
  ])('%s', (_how, message, state, level, text) => {
    const heard = hearOne(running, message);
    expect(statesOf(heard)).toEqual(['done', state, 'waiting']);
    const exitCode = (message as Told<'step-ended'>).exitCode;
    expect(heard.node.steps[1]).toMatchObject({ exitCode, endedAt: at });
    expect(heard.events).toEqual([
      { level, stage: 'step', subject: 'front', message: text, data: { node: 'front', step: 'two', exitCode, seconds: 2.6 } },
    ]);
  });

  test.each<[string, Partial<StepState>, number]>([
    ['the same again', { state: 'failed', exitCode: 3 }, 0],
    ['another code', { state: 'failed', exitCode: 4 }, 1],
    ['another try', { state: 'failed', exitCode: 3, attempt: 2 }, 1],
    ['one that runs', { state: 'running', exitCode: 3 }, 1],
  ])('is told where that is news: %s', (_name, step, events) => {
    const [first, second, third] = states('done', 'running', 'waiting');
    const node = nodeWith({ steps: [first, { ...second, ...step }, third].flatMap((each) => (each?.name ? [each as StepState] : [])) });
    expect(hearOne(node, ended('two', 3)).events).toHaveLength(events);
  });
});

describe('a run that is over', () => {
  test('makes a node ready, and what was asked for is done', () => {
    const taken = { hash: 'h', firstKey: 'f', taken: { token: 't', hostKey: 'k' } };
    const node = nodeWith({
      run_number: 2,
      run_from: 'one',
      run_only: ['one'],
      host_key: 'k',
      admissions: [taken, { ...taken, taken: null }],
    });
    const heard = hearOne(node, finished(true, { run: 2 }));
    expect(heard.node).toMatchObject({
      state: 'ready',
      run_from: null,
      run_only: null,
      problem: null,
      admissions: [taken],
      deadline_at: null,
    });
    expect(heard.events).toEqual([{ level: 'info', stage: 'node', subject: 'front', message: 'front is ready', data: { node: 'front' } }]);
  });

  test('badly says which step, and how it ended', () => {
    const [first, second, third] = states('done', 'failed', 'waiting');
    const steps = [first, { ...second, exitCode: 7 }, third].flatMap((each) => (each?.name ? [each as StepState] : []));
    const heard = hearOne(nodeWith({ steps, run_only: ['two'] }), finished(false, { step: 'two' }));
    const problem = {
      code: 'node-step-failed',
      title: 'front: “Step two” failed',
      detail: 'On front the step “Step two” ended with code 7, and its tries are used up.',
      cause: 'The last lines of the step’s log say what went wrong on the machine.',
      remedy: 'Open the node’s log. Retry starts again at this step; what was done before it stays.',
    };
    expect(heard.node).toMatchObject({ state: 'failed', run_only: ['two'], problem });
    expect(heard.events).toEqual([
      { level: 'error', stage: 'node', subject: 'front', message: problem.title, data: { node: 'front', problem } },
    ]);
  });

  test.each([
    [undefined, 'On front the step “its set-up” ended with code 1, and its tries are used up.'],
    [preparationStep, 'On front the step “Prepare the machine” ended with code 1, and its tries are used up.'],
  ])('badly at %s', (step, detail) => {
    expect(hearOne(nodeWith({ steps: [] }), finished(false, step === undefined ? {} : { step })).node.problem?.detail).toBe(detail);
  });

  test.each<[string, Partial<Node>, AgentMessage, Node['state']]>([
    ['where one was asked for that it may not know', { run_from: 'one' }, finished(true), 'configuring'],
    ['where some steps were asked for that it may not know', { run_from: 'one', run_only: ['one'] }, finished(true), 'configuring'],
    ['where it is only to be told of its peers', { run_from: 'one', run_only: [] }, finished(true), 'ready'],
    ['where none was asked for', {}, finished(true), 'ready'],
    ['and was an earlier one', { run_number: 2 }, finished(true, { run: 1 }), 'configuring'],
  ])('and does not say which: %s', (_name, more, message, state) => expect(hearOne(nodeWith(more), message).node.state).toBe(state));

  test.each<[Node['state'], AgentMessage]>([
    ['ready', started('one')],
    ['ready', ended('one', 1)],
    ['ready', finished(false)],
    ['failed', started('one')],
    ['failed', finished(true)],
  ])('is begun by people alone: a node that is %s is not heard on %j', (state, message) => {
    const heard = hearOne(nodeWith({ state, heard_at: noon }), message);
    expect(heard).toMatchObject({ node: { state, seq: 1 }, events: [] });
    expect(statesOf(heard)).toEqual(['waiting', 'waiting', 'waiting']);
  });

  test.each<[string, StepState[], string | null, StepState['state'] | undefined]>([
    ['all its steps are done', states('done', 'done', 'done'), null, 'done'],
    ['all its steps are done and one is asked for', states('done', 'done', 'done'), 'one', 'running'],
    ['one is not done', states('done', 'waiting', 'done'), null, 'running'],
  ])('is not begun anew by an agent while it is configured and %s', (_name, steps, run_from, state) => {
    expect(hearOne(nodeWith({ steps, run_from }), started('one')).node.steps[0]?.state).toBe(state);
  });
});

test('facts are told of once, and kept as they were told last', () => {
  const facts = (name: string): AgentMessage => ({ seq: 1, at, type: 'facts', facts: { [name]: 1 } });
  const first = hearOne(nodeWith({ facts: {} }), facts('cpus'));
  expect(first.events).toEqual([
    { level: 'info', stage: 'node', subject: 'front', message: 'front has started and reports in', data: { node: 'front' } },
  ]);
  expect(hearOne(first.node, facts('disks'))).toMatchObject({ events: [], node: { facts: { disks: 1 } } });
});

test.each([
  ['announced', 'announced'],
  ['another', null],
])('a host key counts where it was announced: %s', (key, kept) => {
  const admissions = [{ hash: 'h', firstKey: 'f', taken: { token: 't', hostKey: 'announced' } }];
  expect(hearOne(nodeWith({ admissions, host_key: null }), { seq: 1, at, type: 'host-key', key }).node.host_key).toBe(kept);
});

test.each([
  [-60, -60],
  [60, 0],
])('a line of %i s from now is noted at %i: what is to be forgotten by age is not from the future', (said, noted) => {
  const text: AgentMessage = { seq: 1, at: later(said).toISOString(), type: 'output', step: 'one', text: 'x' };
  expect(hearOne(nodeWith(), text).lines[0]?.at).toEqual(later(noted));
});

test('outputs of two messages are kept together, and nothing is said of it', () => {
  const output = (values: Record<string, string>): AgentMessage => ({ seq: 1, at, type: 'outputs', step: 'one', values });
  const first = hearOne(nodeWith({ outputs: {} }), output({ a: '1', b: '2' }));
  expect(hearOne(first.node, output({ b: '3' }))).toMatchObject({ node: { outputs: { a: '1', b: '3' } }, events: [] });
});

describe('how long a node may be silent', () => {
  test.each<[string, StepState[], number]>([
    ['the time of the step that runs', states('done', 'running', 'waiting'), 20],
    ['the time of the one that runs, though another is to come before it', states('waiting', 'running', 'waiting'), 20],
    ['the time of the next, while none runs', states('done', 'done', 'waiting'), 30],
    ['some, when all is done', states('done', 'done', 'done'), 300],
    ['some, without steps', [], 300],
  ])('%s, and five minutes', (_name, steps, seconds) => expect(patience(nodeWith({ steps }), planned)).toBe(seconds + 300));

  test('is counted from when it was heard, and only of one at work', () => {
    expect(hear(nodeWith(), planned, [], later(5)).node.deadline_at).toEqual(later(5 + 310));
    expect(hear(nodeWith({ state: 'ready', deadline_at: noon }), planned, [], later(5)).node.deadline_at).toBeNull();
  });
});
