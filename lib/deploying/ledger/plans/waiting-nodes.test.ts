import { expect, test } from 'vitest';
import type { ChangedResource, Difference } from '@/lib/planning/change/difference';
import type { Plan } from '@/lib/planning/types';
import { clusterPlan } from '../../testing/fixture-plan';
import { waitingFor } from './waiting-nodes';

const [node] = clusterPlan(0).nodes;

/** Two nodes, `a` with a volume and `b` without. */
function plan(): Plan {
  if (!node) throw new Error('no node');
  const named = (key: string) => ({ ...node, key, server: `server-${key}`, mounts: [] });
  return { ...clusterPlan(0), nodes: [{ ...named('a'), mounts: [{ volume: 'volume-a', path: '/data' }] }, named('b')] };
}
const none = { resources: [], nodes: [] };
const nothing: Difference = { added: none, removed: none, changed: [], nodes: [] };
const changed = (key: string, effect: ChangedResource['effect']): ChangedResource => ({
  key,
  kind: 'server',
  fields: ['flavorId'],
  effect,
});
const all = { steps: [], remake: [] };

test.each<[string, Partial<Difference>, boolean, object[]]>([
  ['nothing changes: none', {}, false, []],
  [
    'a node comes: all that stay learn of it',
    { added: { ...none, nodes: ['c'] } },
    false,
    [
      { node: 'a', ...all },
      { node: 'b', ...all },
    ],
  ],
  [
    'a node goes: all that stay learn of it',
    { removed: { ...none, nodes: ['c'] } },
    false,
    [
      { node: 'a', ...all },
      { node: 'b', ...all },
    ],
  ],
  ['one that comes itself is not told', { added: { ...none, nodes: ['b'] } }, false, [{ node: 'a', ...all }]],
  ['a resource comes or goes: none', { added: { nodes: [], resources: ['r'] }, removed: { nodes: [], resources: ['q'] } }, false, []],
  ['steps of one are others', { nodes: [{ key: 'b', steps: ['s'] }] }, false, [{ node: 'b', steps: ['s'], remake: [] }]],
  ['its firewall is another', { nodes: [{ key: 'a', steps: [], firewall: true }] }, false, [{ node: 'a', ...all, firewall: true }]],
  ['its machine is another', { changed: [changed('server-b', 'recreate')] }, false, [{ node: 'b', steps: [], remake: ['server-b'] }]],
  [
    'its volume is another: its machine goes with it',
    { changed: [changed('volume-a', 'data-lost')] },
    false,
    [{ node: 'a', steps: [], remake: ['server-a', 'volume-a'] }],
  ],
  [
    'both are others',
    { changed: [changed('server-a', 'recreate'), changed('volume-a', 'data-lost')] },
    false,
    [{ node: 'a', steps: [], remake: ['server-a', 'volume-a'] }],
  ],
  ['what differs has no effect, or can’t be had', { changed: [changed('server-a', 'none'), changed('server-b', 'impossible')] }, false, []],
  [
    'steps are others, and machines are made anew for that',
    { nodes: [{ key: 'b', steps: ['s'] }] },
    true,
    [{ node: 'b', steps: ['s'], remake: ['server-b'] }],
  ],
  [
    'a firewall alone makes no machine anew',
    { nodes: [{ key: 'b', steps: [], firewall: true }] },
    true,
    [{ node: 'b', ...all, firewall: true }],
  ],
])('what nodes have to do when %s', (_, change, remakes, waiting) => {
  expect(waitingFor(plan(), { ...nothing, ...change }, remakes)).toEqual(waiting);
});
