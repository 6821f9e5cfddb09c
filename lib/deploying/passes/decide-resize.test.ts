import { expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { Found } from '../kinds';
import type { Node } from '../ledger/ledger';
import type { ResizeState } from '../ledger/resize';
import { standingLedger, withNode, withResource } from '../testing/rows';
import { actionsFor, inSeconds, past, seeing, soon, thing } from '../testing/sights';
import { resizeRefused } from './problems';

const key = 'server-worker-1';
const silent: Problem = { code: 'node-unreachable', title: 'T', detail: 'silent' };

interface Case {
  resize?: Partial<ResizeState>;
  status?: string;
  taskState?: string;
  flavorName?: string;
  state?: Found['state'];
  node?: Partial<Node>;
  late?: boolean;
  notDue?: boolean;
  age?: number;
}
function moves({ resize, status = 'ACTIVE', taskState, flavorName, state = 'ready', node = {}, late, notDue, age = 60 }: Case): string[] {
  const change = {
    phase: 'waiting' as const,
    observed: { resize: { to: 'larger', ...resize } },
    deadline_at: late ? past : soon,
    next_try_at: notDue ? soon : null,
    updated_at: inSeconds(-age),
  };
  const ledger = withNode(withResource(standingLedger(), key, change), node, 'worker-1');
  const observed = { status, taskState: taskState ?? null, flavorName };
  return actionsFor(ledger, key, seeing('server', thing(key, state, { observed }))).map((action) => {
    const problem = 'problem' in action && action.problem ? ` (${action.problem.code})` : '';
    return `${action.do === 'resize' ? action.move : action.do}${problem}`;
  });
}

const verifying = { taken: true, verifying: true } as const;
test.each<[what: string, is: Case, moves: string[]]>([
  ['stands: it is asked for', {}, ['ask']],
  ['was stopped: it is asked for', { status: 'SHUTOFF', state: 'stopped' }, ['ask']],
  ['was asked for without an answer: it is asked for again', { resize: { tries: 1 }, age: 1 }, ['ask']],
  ['was refused for the moment: it is left in peace', { resize: { tries: 1 }, notDue: true }, []],
  ['was not taken in its time: refused', { late: true }, ['refused (deadline-passed)']],
  ['is at it: it is waited for', { resize: { taken: true }, status: 'RESIZE', state: 'building', taskState: 'resize_migrating' }, []],
  [
    'is at it too long: refused',
    { resize: { taken: true }, status: 'RESIZE', state: 'building', late: true },
    ['refused (deadline-passed)'],
  ],
  ['is about to begin: it is waited for', { resize: { taken: true }, taskState: 'resize_prep' }, []],
  [
    'was taken and is what it was: the site took it back',
    { resize: { taken: true, was: 'small' }, flavorName: 'small' },
    ['refused (resize-refused)'],
  ],
  ['was taken and is another already: done', { resize: { taken: true, was: 'small' }, flavorName: 'large' }, ['done']],
  ['was taken, and the site tells no flavors: refused', { resize: { taken: true } }, ['refused (resize-refused)']],
  ['runs with it: its node is waited for', { resize: { taken: true }, status: 'VERIFY_RESIZE' }, ['verify']],
  ['runs with it, taken without an answer: the same', { resize: { tries: 1 }, status: 'VERIFY_RESIZE' }, ['verify']],
  ['runs, and its node starts: it is waited for', { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'booting' } }, []],
  ['runs, and its node is there: confirmed', { resize: verifying, status: 'VERIFY_RESIZE' }, ['confirm']],
  [
    'runs, and its node is to be stopped: confirmed',
    { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'booting', wanted: 'stopped' } },
    ['confirm'],
  ],
  ['was confirmed a moment ago: it is waited for', { resize: verifying, status: 'VERIFY_RESIZE', notDue: true }, []],
  ['was confirmed: done', { resize: verifying }, ['done']],
  [
    'runs, and its node is silent: reverted',
    { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'unreachable', problem: silent } },
    ['revert (node-unreachable)'],
  ],
  [
    'runs, and its node failed: reverted',
    { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'failed', problem: silent } },
    ['revert (node-unreachable)'],
  ],
  [
    'runs, and its node starts for too long: reverted',
    { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'booting' }, late: true },
    ['revert (deadline-passed)'],
  ],
  [
    'is to be reverted, and was not: again',
    { resize: { ...verifying, reverting: silent }, status: 'VERIFY_RESIZE' },
    ['revert (node-unreachable)'],
  ],
  [
    'is to be reverted, and its site does not take that in its time: it fails',
    { resize: { ...verifying, reverting: silent }, status: 'VERIFY_RESIZE', late: true },
    ['fail (deadline-passed)'],
  ],
  [
    'is to be reverted since it was called off, and its site does not take that in its time: it fails',
    { resize: { ...verifying, back: true, reverting: null }, status: 'VERIFY_RESIZE', late: true },
    ['fail (deadline-passed)'],
  ],
  [
    'runs, and its node is set up anew meanwhile: it is waited for',
    { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'building' } },
    [],
  ],
  [
    'runs, and its node is set up anew for too long: reverted',
    { resize: verifying, status: 'VERIFY_RESIZE', node: { state: 'configuring' }, late: true },
    ['revert (deadline-passed)'],
  ],
  [
    'was confirmed by its site itself before anybody saw it wait: done',
    { resize: { taken: true, was: 'small' }, flavorName: 'large', late: true },
    ['done'],
  ],
  [
    'was confirmed by its site itself while its node is silent: done, and the node is told of as it is',
    { resize: { ...verifying, was: 'small' }, flavorName: 'large', node: { state: 'unreachable', problem: silent } },
    ['done'],
  ],
  ['goes back: it is waited for', { resize: { ...verifying, reverting: silent }, status: 'REVERT_RESIZE', state: 'building' }, []],
  ['went back: refused, with why', { resize: { ...verifying, reverting: silent } }, ['refused (node-unreachable)']],
  [
    'was to go back, and went: refused, with why',
    { resize: { ...verifying, was: 'small', reverting: silent }, flavorName: 'small' },
    ['refused (node-unreachable)'],
  ],
  [
    'was to go back, and its site had confirmed it: done',
    { resize: { ...verifying, was: 'small', reverting: silent }, flavorName: 'large' },
    ['done'],
  ],
  [
    'was called off, and its site had confirmed it: done',
    { resize: { ...verifying, was: 'small', back: true, reverting: null }, flavorName: 'large' },
    ['done'],
  ],
  ['is called off before it was asked for: kept', { resize: { back: true } }, ['kept']],
  ['is called off, and may yet begin: it is waited for', { resize: { back: true, tries: 1 }, age: 14 }, []],
  ['is called off, and did not begin: kept', { resize: { back: true, tries: 1 }, age: 15 }, ['kept']],
  ['is called off while it runs with it: reverted', { resize: { ...verifying, back: true }, status: 'VERIFY_RESIZE' }, ['revert']],
  ['is called off, and went back: kept', { resize: { ...verifying, back: true, reverting: null } }, ['kept']],
  ['is in an error: it fails', { resize: { taken: true }, status: 'ERROR', state: 'error' }, ['fail (server-error-state)']],
  ['is on its way out: nothing', { state: 'leaving' }, []],
])('a server that is to have another flavor %s', (_what, is, expected) => expect(moves(is)).toEqual(expected));

test.each<[why: Problem | undefined, said: Partial<Problem>]>([
  [undefined, { code: 'resize-refused', cause: expect.stringContaining('No host') }],
  [silent, { code: 'resize-refused', detail: expect.stringMatching(/runs as before\. silent$/) }],
  [
    { code: 'quota-exceeded', title: 'Q', detail: 'cores: 4 of 4' },
    { code: 'quota-exceeded', title: 'Q' },
  ],
])('that it can’t be had is told with why: %j', (why, said) => {
  const server = standingLedger().resources.find((each) => each.key === key);
  expect(server && resizeRefused(server, why)).toMatchObject(said);
});
