import { expect, test } from 'vitest';
import { type Decision, decideElastic, type Situation } from './decide';
import { saysOf } from './words';

const now = Date.parse('2030-01-01T12:00:00Z');
const ago = (seconds: number) => now - seconds * 1000;
const bounds = { least: 1, most: 4, idleSeconds: 600 };

interface Case extends Partial<Omit<Situation, 'nodes' | 'queue' | 'idleSince'>> {
  /** state of each node as its queue tells it; `new`: the queue does not know it yet */
  machines: ('busy' | 'idle' | 'away' | 'new')[];
  waiting?: number;
  wanted?: number;
  /** seconds for which each that is idle has been so */
  idle?: number[];
}
const situation = ({ machines, waiting = 0, wanted = waiting, idle = [], ...rest }: Case): Situation => ({
  bounds,
  nodes: machines.map((_, index) => ({ key: `workers-${index + 1}`, hostname: `w-${index + 1}` })),
  queue: {
    waiting,
    wanted,
    machines: machines.flatMap((state, index) => (state === 'new' ? [] : [{ name: `w-${index + 1}`, state }])),
  },
  heardAt: ago(20),
  idleSince: Object.fromEntries(idle.map((seconds, index) => [`w-${index + 1}`, ago(seconds)])),
  changedAt: null,
  refusedAt: null,
  standing: 'stands',
  now,
  ...rest,
});

const none = (because: Decision['because'], count: number): Decision => ({ does: 'none', because, count, leaving: [] });
const grow = (count: number, because: Decision['because'] = 'waits'): Decision => ({ does: 'grow', because, count, leaving: [] });
const shrink = (count: number, leaving: string[], because: Decision['because'] = 'idle'): Decision => ({
  does: 'shrink',
  because,
  count,
  leaving,
});

test.each<[what: string, is: Case, decision: Decision]>([
  ['a job waits and all are at work: one comes', { machines: ['busy'], waiting: 1 }, grow(2)],
  ['a job waits for three nodes: three come', { machines: ['busy'], waiting: 1, wanted: 3 }, grow(4)],
  ['more wait than there may be: the most come', { machines: ['busy', 'busy'], waiting: 90 }, grow(4)],
  ['there is the most: none comes', { machines: ['busy', 'busy', 'busy', 'busy'], waiting: 1 }, none('most', 4)],
  ['one is free for what waits: none comes', { machines: ['busy', 'idle'], waiting: 1 }, none('free', 2)],
  ['one is free, and two are waited for: one comes', { machines: ['busy', 'idle'], waiting: 2 }, grow(3)],
  ['one that came is not in the queue yet: it is waited for', { machines: ['busy', 'new'], waiting: 1 }, none('free', 2)],
  ['one takes nothing: it is in nobody’s way', { machines: ['busy', 'away'], waiting: 1 }, grow(3)],
  ['what waits needs no room: none comes', { machines: ['busy'], waiting: 3, wanted: 0 }, none('free', 1)],
  ['they were changed 59 seconds ago: not yet', { machines: ['busy'], waiting: 1, changedAt: ago(59) }, none('cool-down', 1)],
  ['they were changed a minute ago: one comes', { machines: ['busy'], waiting: 1, changedAt: ago(60) }, grow(2)],
  [
    'more were refused ten minutes ago, less a second: not yet',
    { machines: ['busy'], waiting: 1, refusedAt: ago(599) },
    none('refused', 1),
  ],
  ['more were refused ten minutes ago: it is tried again', { machines: ['busy'], waiting: 1, refusedAt: ago(600) }, grow(2)],
  ['what was refused keeps nobody from going', { machines: ['busy', 'idle'], idle: [0, 600], refusedAt: ago(5) }, shrink(1, ['workers-2'])],
  ['one is idle for long enough: it goes', { machines: ['busy', 'idle'], idle: [0, 600] }, shrink(1, ['workers-2'])],
  ['one is idle for a second less: it stays', { machines: ['busy', 'idle'], idle: [0, 599] }, none('not-idle-yet', 2)],
  ['since when it is idle is not known: it stays', { machines: ['busy', 'idle'] }, none('not-idle-yet', 2)],
  [
    'all are idle: the last go, down to the least',
    { machines: ['idle', 'idle', 'idle'], idle: [900, 900, 900] },
    shrink(1, ['workers-3', 'workers-2']),
  ],
  ['those in the middle are idle: they go', { machines: ['busy', 'idle', 'busy'], idle: [0, 900, 0] }, shrink(2, ['workers-2'])],
  ['all are at work: none goes', { machines: ['busy', 'busy'] }, none('busy', 2)],
  ['there is the least: none goes', { machines: ['idle'], idle: [9000] }, none('at-least', 1)],
  ['none may be there: the last goes', { machines: ['idle'], idle: [900], bounds: { ...bounds, least: 0 } }, shrink(0, ['workers-1'])],
  ['something waits: none goes', { machines: ['idle', 'idle'], idle: [900, 900], waiting: 1 }, none('free', 2)],
  ['idle, within the cool-down: none goes', { machines: ['busy', 'idle'], idle: [0, 900], changedAt: ago(30) }, none('cool-down', 2)],
  ['fewer than the least: they come', { machines: ['idle'], bounds: { ...bounds, least: 3 } }, grow(3, 'least')],
  [
    'fewer than the least, and refused: they don’t',
    { machines: ['idle'], bounds: { ...bounds, least: 3 }, refusedAt: ago(1) },
    none('refused', 1),
  ],
  [
    'more than the most: those with nothing to do go',
    { machines: ['idle', 'busy', 'idle'], bounds: { ...bounds, most: 2 } },
    shrink(2, ['workers-3'], 'over-most'),
  ],
  ['more than the most, all at work: they end their work', { machines: ['busy', 'busy'], bounds: { ...bounds, most: 1 } }, none('busy', 2)],
  ['a change is under way: nothing', { machines: ['busy'], waiting: 1, standing: 'changing' }, none('under-way', 1)],
  ['it is stopped: nothing', { machines: ['busy'], waiting: 1, standing: 'no' }, none('not-standing', 1)],
  ['nothing was heard for five minutes: nothing', { machines: ['busy'], waiting: 1, heardAt: ago(300) }, none('no-word', 1)],
  ['something was heard a second less ago: one comes', { machines: ['busy'], waiting: 1, heardAt: ago(299) }, grow(2)],
  ['nothing was ever heard: nothing', { machines: ['busy'], heardAt: null }, none('no-word', 1)],
])('%s', (_what, is, decision) => expect(decideElastic(situation(is))).toEqual(decision));

const about = { label: 'Workers', work: 'jobs', least: 1, most: 4, idleSeconds: 600 } as const;
test.each<[is: Case, says: string]>([
  [{ machines: ['busy'], waiting: 2 }, 'Workers grow from 1 to 3: jobs wait (2), and too few nodes are free for them'],
  [{ machines: ['idle'], bounds: { ...bounds, least: 2 } }, 'Workers grow from 1 to 2: so many stay, whatever waits'],
  [{ machines: ['busy', 'idle'], idle: [0, 900] }, 'Workers shrink from 2 to 1: w-2 had nothing to do for 10 minutes'],
  [{ machines: ['busy', 'idle'], bounds: { ...bounds, most: 1 } }, 'Workers shrink from 2 to 1: there may be 4; w-2 had nothing to do'],
  [{ machines: ['busy', 'busy', 'busy', 'busy'], waiting: 1 }, 'Workers stay at 4: jobs wait, and there may be no more than 4'],
  [
    { machines: ['busy'], waiting: 1, refusedAt: ago(1) },
    'Workers stay at 1: jobs wait, and more were refused a while ago. cores: 8 of 8 are used',
  ],
  [{ machines: ['busy'], waiting: 1, changedAt: ago(1) }, 'Workers stay at 1 for the moment: they were changed less than 60 seconds ago'],
  [{ machines: ['idle'], waiting: 1 }, 'Workers stay at 1: jobs wait, and enough nodes are free for them'],
  [{ machines: ['idle'] }, 'Workers stay at 1: no job waits, and 1 stay, whatever waits'],
  [{ machines: ['busy', 'busy'] }, 'Workers stay at 2: all of them are at work'],
  [{ machines: ['idle', 'idle'] }, 'Workers stay at 2: no job waits, and none of them has had nothing to do for 10 minutes'],
  [{ machines: ['idle'], standing: 'changing' }, 'Workers stay at 1 until the change that is under way is done'],
  [{ machines: ['idle'], standing: 'no' }, 'Workers stay at 1: the deployment can’t be changed as it is now'],
  [{ machines: ['idle'], heardAt: null }, 'Workers stay at 1: nothing was heard of their queue for 5 minutes'],
])('%j is said as: %s', (is, says) => {
  const one = situation(is);
  const refused = { code: 'quota-exceeded', title: 'Q', detail: 'cores: 8 of 8 are used' } as const;
  expect(saysOf(decideElastic(one), about, one, refused)).toBe(says);
  const ofPods = says.replace('jobs wait', 'pods wait').replace('no job waits', 'no pod waits');
  expect(saysOf(decideElastic(one), { ...about, work: 'pods' }, one, refused)).toBe(ofPods);
});
