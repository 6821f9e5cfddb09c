import { expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import { stateEvent } from './state-event';

const lost: Problem = { code: 'not-found', title: 'The server w-1 is gone', detail: 'gone' };

test.each([
  ['degraded', [2, 3], lost, 'warning', 'lab works only in part: The server w-1 is gone'],
  ['degraded', [1, 3], null, 'warning', 'lab works only in part'],
  ['degraded', [0, 3], lost, 'error', 'lab has no node that works: The server w-1 is gone'],
  ['degraded', [0, 1], null, 'error', 'lab has no node that works'],
  ['degraded', [3, 3], lost, 'warning', 'lab is not as it should be: The server w-1 is gone'],
  ['degraded', [0, 0], null, 'warning', 'lab is not as it should be'],
  ['failed', [0, 3], lost, 'error', 'lab has failed: The server w-1 is gone'],
  ['ready', [3, 3], null, 'info', 'lab is ready'],
  ['stopped', [0, 3], lost, 'info', 'lab is stopped'],
  ['planned', [0, 3], null, 'info', 'lab is planned'],
  ['deploying', [0, 3], null, 'info', 'lab is being deployed'],
  ['configuring', [0, 3], null, 'info', 'lab has all its resources; its nodes are being configured'],
  ['updating', [3, 3], null, 'info', 'lab is being changed'],
  ['failed', [0, 3], null, 'error', 'lab has failed'],
  ['stopping', [3, 3], null, 'info', 'lab is being stopped'],
  ['starting', [0, 3], null, 'info', 'lab is being started'],
  ['waiting-for-lease', [0, 3], null, 'info', 'lab waits for its lease to start'],
  ['deleting', [0, 3], null, 'info', 'lab is being deleted'],
  ['deleted', [0, 3], null, 'info', 'lab is deleted: the sites no longer list anything of it'],
] as const)('one that is %s with %j nodes ready says how much of it works', (state, [ready, total], problem, level, message) => {
  const event = stateEvent({ state, nodes: { ready, total, failed: total - ready }, problem }, { name: 'lab', wanted: 'running' });
  expect(event).toMatchObject({ level, message, stage: 'deployment', subject: null });
  expect(event.data).toEqual({ state, ...(problem && level !== 'info' && { problem }) });
});

test.each([
  [0, 3, 'lab is stopped, and not as it should be'],
  [0, 0, 'lab is stopped, and not as it should be'],
  [1, 3, 'lab works only in part'],
])(
  'of one that is stopped, and has a part that failed, with %i of %i nodes ready, nobody is told that no node works',
  (ready, total, message) => {
    const nodes = { ready, total, failed: 0 };
    const of = { name: 'lab', wanted: 'stopped' } as const;
    expect(stateEvent({ state: 'degraded', nodes, problem: null }, of)).toMatchObject({ level: 'warning', message });
    expect(stateEvent({ state: 'degraded', nodes, problem: lost }, of).message).toBe(`${message}: The server w-1 is gone`);
  },
);
