import { describe, expect, it, test } from 'vitest';
import type { NodeView, ResourceView } from '@/lib/api/contract/deployments';
import type { DeploymentEvent } from '@/lib/api/contract/history';
import { barIn, secondsOf, stageToOpen, timeline, triesOf, turnOfStep, turnsOf, wholeOf } from './timeline';

const resource = (key: string, kind: string, phase: ResourceView['phase']): ResourceView => ({
  key,
  kind,
  site: 's',
  project: 'p',
  group: null,
  dependsOn: [],
  summary: key,
  wanted: 'present',
  phase,
  cloudId: null,
  observed: {},
  attempts: 1,
  problem: null,
  updatedAt: '2026-01-01T00:01:00.000Z',
});
const node = (key: string, state: NodeView['state']): NodeView => ({
  id: `node_${key}`,
  key,
  group: 'workers',
  site: 's',
  hostname: key,
  state,
  privateAddress: null,
  otherAddresses: [],
  publicAddress: null,
  steps: [
    { name: 'a', title: 'A', state: 'done', attempt: 1, startedAt: '2026-01-01T00:02:00.000Z', endedAt: '2026-01-01T00:03:00.000Z' },
    { name: 'b', title: 'B', state: 'running', attempt: 1, startedAt: '2026-01-01T00:03:00.000Z' },
  ],
  facts: {},
  channel: null,
  heardAt: null,
  drains: false,
  drainedAt: null,
  problem: null,
});
const event = (id: number, subject: string, data: DeploymentEvent['data'] = {}): DeploymentEvent => ({
  id,
  at: `2026-01-01T00:00:0${id}.000Z`,
  level: 'info',
  stage: 'resource',
  subject,
  message: 'x',
  data,
});

describe('the timeline', () => {
  it('goes from network over storage and machines to configuration, without empty stages', () => {
    const stages = timeline(
      [resource('server-1', 'server', 'ready'), resource('port-1', 'port', 'ready'), resource('vol', 'volume', 'ready')],
      [node('n', 'pending')],
      [],
    );
    expect(stages.map((stage) => stage.name)).toEqual(['network', 'storage', 'machines', 'configuration']);
  });
  it('gives each resource its own calls, and its time by them, whenever its row was written last', () => {
    const [stage] = timeline(
      [resource('net', 'network', 'ready')],
      [],
      [event(1, 'net'), event(2, 'other'), event(3, 'net', { cloudId: 'c' })],
    );
    expect(stage?.entries[0]).toMatchObject({ start: '2026-01-01T00:00:01.000Z', end: '2026-01-01T00:00:03.000Z' });
    expect(stage?.entries[0]?.calls.map((call) => call.id)).toEqual([1, 3]);
  });
  it('takes a node by its steps, open-ended while one runs', () =>
    expect(timeline([], [node('n', 'configuring')], [])[0]?.entries[0]).toMatchObject({
      start: '2026-01-01T00:02:00.000Z',
      end: undefined,
    }));
  it('draws each in its part of the whole, and what is under way until now', () => {
    const now = Date.parse('2026-01-01T00:00:11.000Z');
    const stages = timeline(
      [resource('a', 'network', 'ready'), resource('b', 'server', 'waiting'), resource('c', 'port', 'planned')],
      [],
      [event(1, 'a'), event(3, 'a', { cloudId: 'c' }), event(6, 'b')],
    );
    const entries = stages.flatMap((each) => each.entries);
    const whole = wholeOf(entries, now);
    const bars = entries.map((entry) => turnsOf([entry], now).map((turn) => whole && barIn(whole, turn)));
    expect(bars).toEqual([[{ left: 0, width: 0.2 }], [], [{ left: 0.5, width: 0.5 }]]);
  });
  it('counts only the time in which something was done, when a change takes up again what stood for hours', () => {
    const at = (time: string) => `2026-01-01T${time}.000Z`;
    const ran = (name: string, from: string, until: string) =>
      ({ name, title: name, state: 'done', attempt: 1, startedAt: at(from), endedAt: at(until) }) as const;
    const stands: NodeView = {
      ...node('n', 'ready'),
      steps: [ran('a', '00:00:00', '00:00:10'), ran('b', '05:00:00', '05:00:20'), ran('c', '05:01:10', '05:01:20')],
    };
    const entries = timeline([], [stands], []).flatMap((stage) => stage.entries);
    // less than a minute between b and c: one turn
    expect(turnsOf(entries, 0).map(({ from, until }) => (until - from) / 1000)).toEqual([10, 80]);
    expect(secondsOf(entries)).toBe(90);
    expect(secondsOf([...entries, { key: 'x', tone: 'busy', start: at('00:00:00'), calls: [] }])).toBeNull();
  });
  it('counts what is done and is busy between', () =>
    expect(timeline([resource('a', 'port', 'ready'), resource('b', 'port', 'planned')], [], [])[0]).toMatchObject({
      done: 1,
      total: 2,
      tone: 'busy',
    }));
  it('is as bad as its worst entry', () =>
    expect(timeline([resource('a', 'server', 'failed'), resource('b', 'server', 'creating')], [], [])[0]?.tone).toBe('bad'));
  it('is over when all has gone, and then says no time of making', () => {
    const [machines, configuration] = timeline([resource('a', 'server', 'gone')], [node('a', 'gone')], [event(1, 'a')]);
    expect([machines?.tone, configuration?.tone]).toEqual(['idle', 'idle']);
    expect(machines?.entries[0]?.end).toBeUndefined();
  });
});

describe('the bar of a step', () => {
  const at = (second: number) => Date.parse('2026-01-01T00:00:00.000Z') + second * 1000;
  const step = (state: NodeView['steps'][number]['state'], from?: number, until?: number): NodeView['steps'][number] => ({
    name: 's',
    title: 'S',
    state,
    attempt: 1,
    ...(from !== undefined && { startedAt: new Date(at(from)).toISOString() }),
    ...(until !== undefined && { endedAt: new Date(at(until)).toISOString() }),
  });
  it.each([
    ['done', step('done', 1, 5), [1, 5]],
    ['failed', step('failed', 1, 3), [1, 3]],
    ['running', step('running', 2), [2, 9]],
    ['running again, with the end of the time before', step('running', 6, 4), [6, 9]],
    ['waiting', step('waiting'), undefined],
    ['done, without its end', step('done', 4), [4, 4]],
  ] as const)('is of one that is %s', (_, of, span) =>
    expect(turnOfStep(of, at(9))).toEqual(span && { from: at(span[0]), until: at(span[1]) }),
  );
});

describe('the stage that opens', () => {
  it('is the failed one, before one that is under way', () =>
    expect(stageToOpen(timeline([resource('a', 'port', 'creating'), resource('b', 'server', 'failed')], [], []))?.name).toBe('machines'));
  it('is none when all is well', () => expect(stageToOpen(timeline([resource('a', 'port', 'ready')], [], []))).toBeUndefined());
});

test.each([
  [{}, 1],
  [{ replaced: 2 }, 3],
  [{ replaced: 'x' }, 1],
])('what was replaced so often was tried once more: %j', (observed, tries) => {
  expect(triesOf({ observed })).toBe(tries);
});
