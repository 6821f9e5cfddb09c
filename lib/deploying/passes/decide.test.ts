import { expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { ResourceSpec } from '@/lib/planning/types';
import type { Found } from '../kinds';
import { type Ledger, placeKey, type Resource } from '../ledger/ledger';
import { nameOf } from '../ledger/names';
import { lostNodes } from '../nodes/silent';
import { noon, standingLedger, withDeployment, withNode, withResource } from '../testing/rows';
import type { Action } from './action';
import { afterFailure, pause } from './after-failure';
import { decide } from './decide';
import { whatToLookAt } from './look';
import { nextLook } from './next-look';
import type { Observations } from './sight';

const place = { site: 'lab', project: 'p', credential: 'c' };
const nothing: Observations = new Map();
const server = (state: Found['state'], id = 'id-server-front'): Found => ({
  id,
  name: nameOf('dep_abcdefghij', 'server-front'),
  state,
  observed: { status: state },
  parts: [],
  fault: 'No valid host',
});
const { fault: _, ...silent } = server('error');
const seeing = (...found: Found[]): Observations => new Map([[placeKey(place), { lists: new Map([['server', found]]) }]]);
const failing = (problem: Problem): Observations => new Map([[placeKey(place), { lists: new Map(), problem }]]);
const blindTo = (kind: 'server' | 'volume', ...found: Found[]): Observations => {
  const unseen = new Map([[kind, { code: 'upstream-failed', title: 'The site has a fault', detail: '' } as const]]);
  return new Map([[placeKey(place), { lists: new Map(kind === 'server' ? [] : [['server' as const, found]]), unseen }]]);
};
const front = (change: Partial<Resource>): Ledger => withResource(standingLedger(), 'server-front', change);
const actionsFor = (ledger: Ledger, seen: Observations): string[] =>
  decide({ ledger, seen, now: noon })
    .filter(({ key }) => key === 'server-front')
    .map((action: Action) =>
      [action.do, 'why' in action ? action.why : '', 'power' in action ? action.power : '', 'again' in action ? action.again : '']
        .filter((word) => word !== '')
        .join(' '),
    );
const past = new Date(noon.getTime() - 1);
const soon = new Date(noon.getTime() + 1000);
const ago = (seconds: number) => new Date(noon.getTime() - seconds * 1000);
const madeAgo = (seconds: number) => ({ madeAt: ago(seconds).toISOString() });

/** a port whose address the site chooses */
const anyAddress = { kind: 'port', network: { key: 'network' }, subnet: 'subnet', securityGroups: [] } as const satisfies ResourceSpec;

const cases: [string, Ledger, Observations, string[]][] = [
  ['what waits for nothing is created', front({ phase: 'planned', cloud_id: null }), nothing, ['create']],
  [
    'a server waits for every address that the site chooses',
    withResource(front({ phase: 'planned', cloud_id: null }), 'port-worker-1', { phase: 'creating', spec: anyAddress }),
    nothing,
    [],
  ],
  [
    'and for none of another that was chosen before',
    withResource(front({ phase: 'planned', cloud_id: null }), 'port-worker-1', { phase: 'creating' }),
    nothing,
    ['create'],
  ],
  ['what is not due waits', front({ phase: 'planned', cloud_id: null, next_try_at: soon }), nothing, []],
  ['after an unclear try nothing is created unseen', front({ phase: 'planned', cloud_id: null, unclear: true }), nothing, []],
  [
    'what an unclear try made is adopted',
    front({ phase: 'planned', cloud_id: null, unclear: true }),
    seeing(server('building')),
    ['adopt'],
  ],
  [
    'what an unclear try may have made is waited for while a list may lag',
    front({ phase: 'planned', cloud_id: null, unclear: true, updated_at: ago(14.9) }),
    seeing(),
    [],
  ],
  ['and is created after', front({ phase: 'planned', cloud_id: null, unclear: true, updated_at: ago(15) }), seeing(), ['create']],
  ['what an unclear try did not make is created', front({ phase: 'planned', cloud_id: null, unclear: true }), seeing(), ['create']],
  ['what a dead worker made is adopted', front({ phase: 'creating', cloud_id: null }), seeing(server('building')), ['adopt']],
  ['what a dead worker may just be making is waited for', front({ phase: 'creating', cloud_id: null, updated_at: noon }), seeing(), []],
  ['what a dead worker did not make is created', front({ phase: 'creating', cloud_id: null }), seeing(), ['create']],
  ['a second one of the same name goes', front({}), seeing(server('ready'), server('ready', 'other')), ['remove extra', 'note']],
  ['one that stands twice in the list is one', front({}), seeing(server('ready'), server('ready')), ['note']],
  ['so is one that is unwanted', front({ wanted: 'absent' }), seeing(server('ready'), server('ready')), ['remove unwanted']],
  ['a list of another kind that fails is no matter', front({ phase: 'waiting' }), blindTo('volume', server('ready')), ['settle']],
  ['one’s own is waited for', front({ phase: 'waiting' }), blindTo('server'), ['hold']],
  ['nor is what is unwanted taken for gone by it', front({ wanted: 'absent', phase: 'deleting' }), blindTo('server'), ['hold']],
  ['one in ERROR that says no reason is given time to', front({ phase: 'waiting' }), seeing(silent), ['note']],
  [
    'it is looked at again for a while',
    front({ phase: 'waiting', observed: silent.observed, updated_at: new Date(noon.getTime() - 4000) }),
    seeing(silent),
    [],
  ],
  [
    'and made anew when it stays silent',
    front({ phase: 'waiting', observed: silent.observed, updated_at: new Date(noon.getTime() - 6000) }),
    seeing(silent),
    ['remove again'],
  ],
  ['one in ERROR is made anew', front({ phase: 'waiting' }), seeing(server('error')), ['remove again']],
  ['one in ERROR after its last try fails', front({ phase: 'waiting', observed: { replaced: 2 } }), seeing(server('error')), ['fail']],
  ['one that is slow is waited for', front({ phase: 'waiting', deadline_at: soon }), seeing(server('building')), ['note']],
  ['one that is too slow fails', front({ phase: 'waiting', deadline_at: past }), seeing(server('building')), ['fail']],
  ['one that is there is settled', front({ phase: 'waiting' }), seeing(server('ready')), ['settle']],
  ['what was to be made anew and is gone is planned', front({ phase: 'deleting' }), seeing(), ['gone true']],
  [
    'what was just made and is to be made anew is not gone by a list that may lag',
    front({ phase: 'deleting', observed: madeAgo(14.9) }),
    seeing(),
    [],
  ],
  ['but by one that does not', front({ phase: 'deleting', observed: madeAgo(15) }), seeing(), ['gone true']],
  ['what vanished fails', front({}), seeing(), ['fail']],
  [
    'a site that does not answer is waited for',
    front({ phase: 'waiting' }),
    failing({ code: 'site-unreachable', title: '', detail: '' }),
    ['hold'],
  ],
  ['a sign-in that is over is not', front({ phase: 'waiting' }), failing({ code: 'session-expired', title: '', detail: '' }), ['fail']],
  [
    'nothing is done to what stands while a site does not answer',
    front({}),
    failing({ code: 'site-unreachable', title: '', detail: '' }),
    [],
  ],
  ['one asked to stop is stopped', withNode(front({}), { wanted: 'stopped' }), seeing(server('ready')), ['power stop']],
  [
    'it is not asked twice at once',
    withNode(front({ observed: { status: 'ready', power: 'running', asked: 'stopped' }, next_try_at: soon }), { wanted: 'stopped' }),
    seeing(server('ready')),
    [],
  ],
  ['one asked to start is started', front({ observed: { power: 'stopped' } }), seeing(server('stopped')), ['power start']],
  ['one that stopped by itself is shown, not started', front({}), seeing(server('stopped')), ['note']],
  ['one asked to reboot is rebooted', withNode(front({}), { reboot: 'SOFT' }), seeing(server('ready')), ['power SOFT']],
  [
    'unwanted and never asked for is gone',
    front({ wanted: 'absent', phase: 'planned', attempts: 0, cloud_id: null }),
    nothing,
    ['gone false'],
  ],
  ['unwanted and there is removed', front({ wanted: 'absent' }), seeing(server('ready')), ['remove unwanted']],
  ['unwanted and leaving is waited for', front({ wanted: 'absent', phase: 'deleting' }), seeing(server('leaving')), []],
  [
    'unwanted, just made and not in the list may be hidden by it',
    front({ wanted: 'absent', phase: 'deleting', observed: madeAgo(14.9) }),
    seeing(),
    [],
  ],
  [
    'and where its deletion was refused',
    front({
      wanted: 'absent',
      phase: 'deleting',
      observed: madeAgo(14.9),
      next_try_at: soon,
      problem: { code: 'site-rate-limited', title: 'Slow down', detail: 'Slow down' },
    }),
    seeing(),
    [],
  ],
  [
    'but not once its deletion was asked for',
    front({ wanted: 'absent', phase: 'deleting', observed: madeAgo(14.9), next_try_at: soon, problem: null }),
    seeing(),
    ['gone false'],
  ],
  ['unwanted and not in the list is gone', front({ wanted: 'absent', phase: 'deleting' }), seeing(), ['gone false']],
  ['unwanted, and perhaps just being made, is waited for', front({ wanted: 'absent', phase: 'creating', updated_at: noon }), seeing(), []],
  [
    'unwanted and too slow to go fails',
    front({ wanted: 'absent', phase: 'deleting', deadline_at: past }),
    seeing(server('leaving')),
    ['fail'],
  ],
];
test.each(cases)('%s', (_name, ledger, seen, expected) => {
  expect(actionsFor(ledger, seen)).toEqual(expected);
});

test('only lists that something waits for are read, and all of them on the slow beat', () => {
  expect(whatToLookAt(standingLedger(), false)).toEqual([]);
  expect(whatToLookAt(front({ phase: 'waiting' }), false)).toMatchObject([{ place, kinds: new Set(['server']) }]);
  expect(whatToLookAt(standingLedger(), true)[0]?.kinds.size).toBe(9);
});

test('a look is due as soon as something may happen', () => {
  expect(nextLook(standingLedger(), noon)).toBeNull();
  expect(nextLook(front({ phase: 'waiting', updated_at: noon }), noon)).toBe(1);
  expect(nextLook(front({ phase: 'waiting' }), noon)).toBe(2);
  expect(nextLook(front({ phase: 'planned' }), noon)).toBe(0);
  expect(nextLook(front({ phase: 'planned', next_try_at: soon }), noon)).toBe(1);
  expect(nextLook(withNode(standingLedger(), { state: 'booting' }), noon)).toBe(10);
  expect(nextLook(withDeployment(standingLedger(), { state: 'deleted' }), noon)).toBeNull();
  expect(nextLook(withDeployment(front({ phase: 'failed' }), { state: 'failed' }), noon)).toBeNull();
});

test('a refusal fails at once, what may pass is tried again ever later, an unclear one is looked for first', () => {
  const problem = (code: Problem['code'], status: number): Problem => ({
    code,
    title: '',
    detail: '',
    upstream: { service: 'compute', status, message: '' },
  });
  expect(afterFailure(1, problem('quota-exceeded', 403), false, noon).phase).toBe('failed');
  expect(afterFailure(1, problem('upstream-refused', 400), false, noon).phase).toBe('failed');
  expect(afterFailure(1, problem('upstream-refused', 409), false, noon).phase).toBe('planned');
  expect(afterFailure(6, problem('upstream-refused', 409), false, noon).phase).toBe('failed');
  expect(afterFailure(1, problem('upstream-failed', 504), true, noon)).toEqual({
    phase: 'planned',
    unclear: true,
    next_try_at: new Date(noon.getTime() + 2000),
  });
  expect([1, 2, 3, 10].map(pause)).toEqual([1, 2, 4, 30]);
});

test('a node that is silent for too long is lost, with what it did last', () => {
  const silent = withNode(
    standingLedger(),
    { state: 'configuring', deadline_at: past, steps: [{ name: 's', title: 'Install', state: 'running', attempt: 1 }] },
    'front',
  );
  expect(lostNodes(silent, noon)).toMatchObject([
    { node: { key: 'front' }, problem: { code: 'node-unreachable', detail: expect.stringContaining('“Install”') } },
  ]);
  expect(lostNodes(standingLedger(), noon)).toEqual([]);
});
