import { expect, test } from 'vitest';
import type { Node } from '../ledger/ledger';
import { noon, standingLedger } from '../testing/rows';
import { lostNodes } from './silent';

const at = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
function lost(more: Partial<Node>) {
  const ledger = standingLedger();
  const [first, ...others] = ledger.nodes;
  if (!first) throw new Error('a node is missing');
  return lostNodes({ ...ledger, nodes: [{ ...first, hostname: 'front', ...more }, ...others] }, noon);
}

test.each<[string, Partial<Node>, boolean]>([
  ['boots beyond its time', { state: 'booting', deadline_at: at(-1) }, true],
  ['boots, and its time is over just now', { state: 'booting', deadline_at: at(0) }, true],
  ['boots within its time', { state: 'booting', deadline_at: at(1) }, false],
  ['boots and has no time yet', { state: 'booting', deadline_at: null }, false],
  ['is set up beyond its time', { state: 'configuring', deadline_at: at(-1) }, true],
  ['is ready', { state: 'ready', deadline_at: at(-1) }, false],
  ['is built', { state: 'building', deadline_at: at(-1) }, false],
])('a node that %s is lost: %3$s', (_name, more, isLost) =>
  expect(lost(more).map(({ node }) => node.hostname)).toEqual(isLost ? ['front'] : []),
);

const late = { deadline_at: at(-1) };
const steps: Node['steps'] = [
  { name: 'a', title: 'Install A', state: 'done', attempt: 1 },
  { name: 'b', title: 'Install B', state: 'running', attempt: 1 },
];
const before: Node['problem'] = { code: 'node-unreachable', title: 'SSH failed', detail: 'Its door is shut.', cause: 'A firewall.' };

test.each<[string, Partial<Node>, string, string, string | undefined]>([
  [
    'never spoke, and was to call',
    { ...late, state: 'booting', channel: 'callback', problem: null },
    'front does not report in',
    'The server of front is running, but its agent was not heard from in time.',
    'The machine does not boot, runs no cloud-init, or can’t reach this dashboard’s address.',
  ],
  [
    'never spoke, and was to be asked',
    { ...late, state: 'booting', channel: 'ssh', problem: null },
    'front does not report in',
    'The server of front is running, but its agent was not heard from in time.',
    'The machine does not boot, runs no cloud-init, or does not let SSH in from this dashboard.',
  ],
  [
    'never spoke, and SSH said why',
    { ...late, state: 'booting', channel: 'ssh', problem: before },
    'front does not report in',
    'The server of front is running, but its agent was not heard from in time. Its door is shut.',
    'A firewall.',
  ],
  [
    'is set up and was never heard',
    { ...late, state: 'configuring', heard_at: null, channel: 'callback', problem: null },
    'front does not report in',
    'The server of front is running, but its agent was not heard from in time.',
    'The machine does not boot, runs no cloud-init, or can’t reach this dashboard’s address.',
  ],
  [
    'fell silent in a step',
    { ...late, state: 'configuring', heard_at: at(-900), steps },
    'front has fallen silent',
    'Nothing was heard from front since “Install B” began, for longer than that step may take.',
    'The machine hangs or was rebooted, or its network is cut.',
  ],
  [
    'fell silent between steps',
    { ...late, state: 'configuring', heard_at: at(-900), steps: steps.slice(0, 1) },
    'front has fallen silent',
    'Nothing was heard from front, for longer than that step may take.',
    'The machine hangs or was rebooted, or its network is cut.',
  ],
])('of a node that %s is said what was seen', (_name, more, title, detail, cause) =>
  expect(lost(more)[0]?.problem).toMatchObject({ code: 'node-unreachable', title, detail, cause }),
);
