import { describe, expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { Found } from '../kinds';
import type { Ledger, Resource } from '../ledger/ledger';
import { noon, standingLedger, withNode, withResource } from '../testing/rows';
import { actionsFor, failing, fault, front, inSeconds, nothing, past, said, seeing, soon, thing } from '../testing/sights';
import { decideNext, refusedSoFar, triesSoFar, waysSoFar } from './decide';
import type { Observations } from './sight';

const server = (state: Found['state'], about: Partial<Found> = {}) => thing('server-front', state, about);
const up = server('ready');

describe('what a pass does to a server', () => {
  test.each<[what: string, ledger: Ledger, seen: Observations, actions: object[]]>([
    ['that failed: nothing', front({ phase: 'failed' }), seeing('server', up), []],
    ['that was not looked at: nothing', front({ phase: 'waiting' }), seeing('volume'), []],
    [
      'that is to be made and is late: it fails',
      front({ phase: 'planned', cloud_id: null, deadline_at: past }),
      nothing,
      [{ do: 'fail', problem: 'deadline-passed' }],
    ],
    [
      'that was refused and is late: it fails with why',
      front({ phase: 'planned', cloud_id: null, deadline_at: past, problem: fault }),
      nothing,
      [{ do: 'fail', problem: 'internal' }],
    ],
    [
      'of a dead worker, too late: it fails',
      front({ phase: 'creating', cloud_id: null, deadline_at: past }),
      seeing('server'),
      [{ do: 'fail', problem: 'deadline-passed' }],
    ],
    [
      'of a dead worker, fourteen seconds ago: it is waited for',
      front({ phase: 'creating', cloud_id: null, updated_at: inSeconds(-14) }),
      seeing('server'),
      [],
    ],
    [
      'of a dead worker, fifteen seconds ago: it is made',
      front({ phase: 'creating', cloud_id: null, updated_at: inSeconds(-15) }),
      seeing('server'),
      [{ do: 'create' }],
    ],
    [
      'of another id than was noted: it goes',
      front({ phase: 'waiting', updated_at: noon }),
      seeing('server', server('ready', { id: 'other' })),
      [{ do: 'remove', found: server('ready', { id: 'other' }), why: 'extra' }],
    ],
    [
      'of another id that is going: it is left to',
      front({ phase: 'waiting', updated_at: noon }),
      seeing('server', server('leaving', { id: 'other' })),
      [],
    ],
    ['that is just made and not listed: it is waited for', front({ phase: 'waiting', updated_at: inSeconds(-14) }), seeing('server'), []],
    ['that is gone while it is waited for: it is made anew', front({ phase: 'waiting' }), seeing('server'), [{ do: 'gone', again: true }]],
    [
      'that goes while it is waited for: it is made anew',
      front({ phase: 'waiting' }),
      seeing('server', server('leaving')),
      [{ do: 'gone', again: true }],
    ],
    [
      'that is gone for the last time: it fails',
      front({ phase: 'waiting', observed: { replaced: 2 } }),
      seeing('server'),
      [{ do: 'fail', problem: 'not-found', lost: true }],
    ],
    [
      'that is gone, and late: it fails',
      front({ phase: 'waiting', deadline_at: past }),
      seeing('server'),
      [{ do: 'fail', problem: 'not-found', lost: true }],
    ],
    [
      'in an error, and late: it fails',
      front({ phase: 'waiting', deadline_at: past }),
      seeing('server', server('error', { fault: 'x' })),
      [{ do: 'fail', problem: 'server-error-state' }],
    ],
    [
      'in an error, in time and with a try left: it is made anew',
      front({ phase: 'waiting', observed: { replaced: 1 } }),
      seeing('server', server('error', { fault: 'x' })),
      [{ do: 'remove', found: server('error', { fault: 'x' }), why: 'again' }],
    ],
    [
      'that is built as before: nothing',
      front({ phase: 'waiting', observed: { status: 'building' } }),
      seeing('server', server('building')),
      [],
    ],
    [
      'that was missed and is there again: that is noted',
      front({ phase: 'waiting', observed: { status: 'building', missedAt: 'x' } }),
      seeing('server', server('building')),
      [{ do: 'note', found: server('building') }],
    ],
    ['that stands and was seen a moment ago: nothing', front({ updated_at: noon }), seeing('server'), []],
    [
      'that stands and goes: it is lost',
      front({}),
      seeing('server', server('leaving')),
      [{ do: 'fail', problem: 'not-found', lost: true }],
    ],
    [
      'that stands and is in an error: it fails',
      front({}),
      seeing('server', server('error', { fault: 'x' })),
      [{ do: 'fail', problem: 'server-error-state' }],
    ],
    ['that stands as before: nothing', front({ observed: { status: 'ready', power: 'running' } }), seeing('server', up), []],
    [
      'that is to be made anew and is still there: it goes',
      front({ phase: 'deleting' }),
      seeing('server', up),
      [{ do: 'remove', found: up, why: 'again' }],
    ],
    [
      'that is to be made anew and was just asked to go: it is waited for',
      front({ phase: 'deleting', next_try_at: soon }),
      seeing('server', up),
      [],
    ],
    [
      'that is to be made anew and is going: it is waited for',
      front({ phase: 'deleting', deadline_at: soon }),
      seeing('server', server('leaving')),
      [],
    ],
    [
      'that is to be made anew and does not go: it fails',
      front({ phase: 'deleting', next_try_at: soon, deadline_at: past }),
      seeing('server', up),
      [{ do: 'fail', problem: 'deadline-passed' }],
    ],
    [
      'that may have been made, and was not looked at: nothing',
      front({ phase: 'planned', cloud_id: null, unclear: true }),
      seeing('volume'),
      [],
    ],
  ])('%s', (_, ledger, seen, actions) => expect(said(actionsFor(ledger, 'server-front', seen))).toEqual(actions));

  test.each<[what: string, ledger: Ledger, code: Problem['code'], actions: string[]]>([
    ['that failed: nothing', front({ phase: 'failed' }), 'session-expired', []],
    ['that stands: nothing', front({}), 'session-expired', []],
    ['that waits for another: nothing', withResource(front({ phase: 'planned' }), 'volume', { phase: 'waiting' }), 'session-expired', []],
    ['that could begin: it fails', front({ phase: 'planned' }), 'session-expired', ['fail']],
    ['that could begin, and the fault passes: it waits', front({ phase: 'planned' }), 'site-unreachable', ['hold']],
    ['that waits already: nothing', front({ phase: 'waiting', next_try_at: soon }), 'site-unreachable', []],
    ['that has waited long enough: it fails', front({ phase: 'waiting', deadline_at: past }), 'site-unreachable', ['fail']],
    ['by a fault of our own: it waits', front({ phase: 'waiting' }), 'internal', ['hold']],
    ['by the same fault of our own again: it fails', front({ phase: 'waiting', problem: fault }), 'internal', ['fail']],
    [
      'by a fault of our own after another: it waits',
      front({ phase: 'waiting', problem: { ...fault, code: 'upstream-failed' } }),
      'internal',
      ['hold'],
    ],
    ['by another fault after one of our own: it waits', front({ phase: 'waiting', problem: fault }), 'upstream-failed', ['hold']],
    ['that is to go: it waits', front({ wanted: 'absent', phase: 'deleting' }), 'site-unreachable', ['hold']],
    ['that is to go and waits already: nothing', front({ wanted: 'absent', phase: 'deleting', next_try_at: soon }), 'site-unreachable', []],
    ['that is to go, and nobody may: it fails', front({ wanted: 'absent', phase: 'deleting' }), 'session-expired', ['fail']],
    [
      'that is to go, and is late: it fails',
      front({ wanted: 'absent', phase: 'deleting', deadline_at: past }),
      'site-unreachable',
      ['fail'],
    ],
  ])('at a site that can’t be looked at, %s', (_, ledger, code, actions) =>
    expect(actionsFor(ledger, 'server-front', failing(code)).map((action) => action.do)).toEqual(actions),
  );
});

describe('the power of a server', () => {
  const powered = (observed: Record<string, unknown>, wanted: 'running' | 'stopped', more: Partial<Resource> = {}) =>
    withNode(front({ observed, ...more }), { wanted });
  const off = server('stopped');
  const on = { status: 'ready', power: 'running' };
  const stopped = { status: 'stopped', power: 'stopped' };

  test.each<[what: string, ledger: Ledger, found: Found, actions: object[]]>([
    ['is as it is wanted', powered(on, 'running'), up, []],
    ['is back: its problem is over', powered(on, 'running', { problem: fault }), up, [{ do: 'note', found: up, problem: null }]],
    ['is off as it is wanted, and keeps its problem', powered(stopped, 'stopped', { problem: fault }), off, []],
    ['is off now as it was asked', powered(on, 'stopped'), off, [{ do: 'note', found: off, problem: undefined }]],
    ['is not known while it changes', powered(on, 'stopped'), server('building'), [{ do: 'note', found: server('building') }]],
    ['went off by itself', powered(on, 'running'), off, [{ do: 'note', found: off, problem: 'server-error-state', giveUp: true }]],
    ['went on by itself', powered(stopped, 'stopped'), up, [{ do: 'note', found: up, problem: null, giveUp: true }]],
    ['is to go off', powered(on, 'stopped'), up, [{ do: 'power', found: up, power: 'stop' }]],
    ['is to go on', powered(stopped, 'running'), off, [{ do: 'power', found: off, power: 'start' }]],
    [
      'was asked to go off a while ago: it is asked again',
      powered({ ...on, asked: 'stopped' }, 'stopped'),
      up,
      [{ do: 'power', found: up, power: 'stop' }],
    ],
    [
      'was asked to go off and does not',
      powered({ ...on, asked: 'stopped' }, 'stopped', { deadline_at: past }),
      up,
      [{ do: 'note', found: up, problem: 'deadline-passed', giveUp: true }],
    ],
    [
      'was asked otherwise before, which is no matter',
      powered({ ...on, asked: 'running' }, 'stopped', { deadline_at: past }),
      up,
      [{ do: 'power', found: up, power: 'stop' }],
    ],
    [
      'is to go off and on, but is off',
      withNode(powered(stopped, 'running'), { reboot: 'HARD' }),
      off,
      [{ do: 'power', found: off, power: 'start' }],
    ],
    [
      'goes off and on as it is asked',
      withNode(powered(on, 'running'), { reboot: 'HARD' }),
      up,
      [{ do: 'power', found: up, power: 'HARD' }],
    ],
  ])('%s', (_, ledger, found, actions) => expect(said(actionsFor(ledger, 'server-front', seeing('server', found)))).toEqual(actions));
});

test.each<[what: string, ledger: Ledger, actions: string[]]>([
  ['what can begin', front({ phase: 'planned' }), ['create server-front']],
  ['nothing that may have been made', front({ phase: 'planned', unclear: true }), []],
  ['nothing that stands', standingLedger(), []],
  ['what is to go and never was', front({ phase: 'planned', wanted: 'absent', attempts: 0, cloud_id: null }), ['gone server-front']],
])('without a further look is done: %s', (_, ledger, actions) => {
  expect(decideNext({ ledger, seen: nothing, now: noon }).map((action) => `${action.do} ${action.key}`)).toEqual(actions);
});

test('tries and refusals are counted, and both are ways', () => {
  const [resource] = front({}).resources;
  if (!resource) throw new Error('no resource');
  const counted = [{}, { replaced: 2 }, { refused: 3 }, { replaced: 1, refused: 1 }, { replaced: 'x', refused: 'x' }];
  const ways = counted.map((observed) => [triesSoFar, refusedSoFar, waysSoFar].map((count) => count({ ...resource, observed })));
  expect(ways).toEqual([
    [1, 0, 1],
    [3, 0, 3],
    [1, 3, 4],
    [2, 1, 3],
    [1, 0, 1],
  ]);
});
