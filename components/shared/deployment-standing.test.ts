import { expect, test } from 'vitest';
import { isOfUse, standingOf, toneOfStanding } from './deployment-standing';

const nodes = (ready: number, total: number) => ({ ready, total, failed: total - ready });

test.each([
  ['all of it', 'ready', nodes(3, 3), 'ready', 'ok', true],
  ['some nodes', 'degraded', nodes(2, 3), 'in-part', 'warn', true],
  ['one node of many', 'degraded', nodes(1, 40), 'in-part', 'warn', true],
  ['no node', 'degraded', nodes(0, 3), 'down', 'bad', false],
  ['every node, and not all else', 'degraded', nodes(3, 3), 'amiss', 'warn', true],
  ['what never had a node', 'degraded', nodes(0, 0), 'amiss', 'warn', true],
  ['nothing, since it failed', 'failed', nodes(0, 3), 'failed', 'bad', false],
  ['what stood before a change', 'updating', nodes(3, 4), 'updating', 'busy', true],
  ['nothing yet of a change', 'updating', nodes(0, 4), 'updating', 'busy', false],
  ['nothing, since it is stopped', 'stopped', nodes(0, 3), 'stopped', 'idle', false],
  ['nothing yet', 'configuring', nodes(1, 3), 'configuring', 'busy', false],
] as const)('where %s works, every screen says the same', (_, state, of, standing, tone, use) => {
  const told = { state, nodes: of, wanted: 'running' } as const;
  expect([standingOf(told), toneOfStanding(told), isOfUse(told)]).toEqual([standing, tone, use]);
});

test.each([
  ['none of its nodes runs, as was asked', nodes(0, 3), 'stopped-amiss', false],
  ['it has no node', nodes(0, 0), 'stopped-amiss', false],
  ['one of its nodes was started again', nodes(1, 3), 'in-part', true],
] as const)('of one that is stopped and has a part that failed, where %s, no screen says that it is down', (_, of, standing, use) => {
  const told = { state: 'degraded', nodes: of, wanted: 'stopped' } as const;
  expect([standingOf(told), toneOfStanding(told), isOfUse(told)]).toEqual([standing, 'warn', use]);
});
