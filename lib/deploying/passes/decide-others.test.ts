import { describe, expect, test } from 'vitest';
import type { Found } from '../kinds';
import type { Ledger, Resource } from '../ledger/ledger';
import { noon, withResource } from '../testing/rows';
import { actionsFor, fault, having, inSeconds, nothing, past, said, seeing, soon, thing } from '../testing/sights';
import { isOutdated } from './action';

describe('what has parts', () => {
  const router = (change: Partial<Resource>) => having('router', change);
  const bare = thing('router', 'ready');
  const whole = thing('router', 'ready', { parts: ['id-subnet'] });

  test.each<[what: string, ledger: Ledger, found: Found, actions: object[]]>([
    ['is settled when all are there', router({ phase: 'waiting' }), whole, [{ do: 'settle', found: whole }]],
    [
      'gets those that it lacks',
      router({ phase: 'waiting' }),
      bare,
      [{ do: 'complete', found: bare, missing: ['id-subnet'], surplus: [] }],
    ],
    ['gets them when it is due', router({ phase: 'waiting', next_try_at: soon }), bare, []],
    ['fails when it is late', router({ phase: 'waiting', deadline_at: past }), bare, [{ do: 'fail', problem: 'deadline-passed' }]],
    [
      'fails with what was wrong when it is late',
      router({ phase: 'waiting', deadline_at: past, problem: fault }),
      bare,
      [{ do: 'fail', problem: 'internal' }],
    ],
    ['gets back what it has lost', router({}), bare, [{ do: 'complete', found: bare, missing: ['id-subnet'], surplus: [] }]],
    ['gets it back when it is due', router({ next_try_at: soon }), bare, []],
    [
      'lacks none that is not made yet',
      withResource(router({ phase: 'waiting' }), 'subnet', { cloud_id: null }),
      bare,
      [{ do: 'settle', found: bare }],
    ],
  ])('%s', (_, ledger, found, actions) => expect(said(actionsFor(ledger, 'router', seeing('router', found)))).toEqual(actions));
});

describe('a lease', () => {
  const spec = { kind: 'lease', start: '2030-01-01T11:00:00Z', end: '2030-01-02T00:00:00Z', hosts: 1 } as const;
  const leased = (change: Partial<Resource>) => having('volume', { kind: 'lease', spec, ...change });
  const held = { spec: { ...spec, held: { id: 'id-volume', reservation: 'r' } } };
  const found = (state: Found['state'], about: Partial<Found> = {}) => thing('volume', state, about);
  const ended = found('error', { observed: { status: 'TERMINATED' } });
  const active = found('ready', { observed: { status: 'ACTIVE' } });
  const trouble = { detail: 'A host is gone.', remedy: 'Ask.' };
  const troubled = found('ready', { observed: { status: 'ACTIVE' }, trouble });

  test.each<[what: string, ledger: Ledger, found: Found[], actions: object[]]>([
    ['that stands as before', leased({ observed: { status: 'ACTIVE' } }), [active], []],
    ['that is not listed is noted first', leased({ observed: { status: 'ACTIVE' } }), [], [{ do: 'miss' }]],
    ['that is not listed again is over', leased({ observed: { status: 'ACTIVE', missedAt: 'x' } }), [], [{ do: 'over', found: undefined }]],
    ['that is not listed a moment after it was is believed to stand', leased({ observed: { status: 'ACTIVE' }, updated_at: noon }), [], []],
    ['that has ended is over', leased({ observed: { status: 'ACTIVE' }, updated_at: noon }), [ended], [{ do: 'over', found: ended }]],
    ['that is known to have ended is over once', leased({ observed: { status: 'TERMINATED' } }), [ended], []],
    ['that is waited for and not listed is noted first', leased({ phase: 'waiting' }), [], [{ do: 'miss' }]],
    [
      'that is waited for and not listed again fails, for it is made once',
      leased({ phase: 'waiting', observed: { missedAt: 'x' } }),
      [],
      [{ do: 'fail', problem: 'not-found', lost: true }],
    ],
    [
      'that has trouble says so',
      leased({ observed: { status: 'ACTIVE' } }),
      [troubled],
      [{ do: 'note', found: troubled, problem: 'upstream-failed' }],
    ],
    [
      'that has the same trouble says it once',
      leased({ observed: { status: 'ACTIVE' }, problem: { ...fault, detail: trouble.detail } }),
      [troubled],
      [],
    ],
    [
      'that has trouble no more says so',
      leased({ observed: { status: 'ACTIVE' }, problem: fault }),
      [active],
      [{ do: 'note', found: active, problem: null }],
    ],
    [
      'that is listed under a name of ours twice loses the other',
      leased({ observed: { status: 'ACTIVE' } }),
      [active, { ...active, id: 'other' }],
      [{ do: 'remove', found: { ...active, id: 'other' }, why: 'extra' }],
    ],
    ['that is not ours is never removed', leased({ ...held, observed: { status: 'ACTIVE' } }), [active, { ...active, id: 'other' }], []],
    ['that was to be made anew is taken up again', leased({ phase: 'deleting' }), [active], [{ do: 'adopt', found: active }]],
    [
      'that is not ours and is to go is left',
      withResource(leased({ ...held, wanted: 'absent' }), 'server-front', { phase: 'gone' }),
      [active],
      [{ do: 'gone', again: false }],
    ],
    [
      'that begins later than its deadline is waited for',
      leased({ phase: 'waiting', deadline_at: past }),
      [found('building', { observed: { status: 'PENDING', start: soon.toISOString() } })],
      [{ do: 'note', found: found('building', { observed: { status: 'PENDING', start: soon.toISOString() } }) }],
    ],
    [
      'that should have begun long ago fails',
      leased({ phase: 'waiting', deadline_at: soon }),
      [found('building', { observed: { status: 'PENDING', start: inSeconds(-600).toISOString() } })],
      [{ do: 'fail', problem: 'deadline-passed' }],
    ],
  ])('%s', (_, ledger, all, actions) => expect(said(actionsFor(ledger, 'volume', seeing('lease', ...all)))).toEqual(actions));
});

describe('what is to go', () => {
  const going = (change: Partial<Resource> = {}) => having('volume', { wanted: 'absent', phase: 'deleting', ...change });
  const alone = (ledger: Ledger): Ledger => withResource(ledger, 'server-front', { phase: 'gone', wanted: 'absent' });
  const volume = thing('volume', 'ready');
  const other = { ...volume, id: 'other' };

  test.each<[what: string, ledger: Ledger, found: Found[] | undefined, actions: object[]]>([
    ['waits for who uses it', going(), [volume], []],
    [
      'waits for who uses it until it is late',
      withResource(going({ deadline_at: past }), 'server-front', { wanted: 'absent', phase: 'deleting' }),
      [volume],
      [],
    ],
    [
      'stays when who uses it failed',
      withResource(going({ deadline_at: past }), 'server-front', { wanted: 'absent', phase: 'failed' }),
      [volume],
      [{ do: 'fail', problem: 'deadline-passed' }],
    ],
    ['stays when who uses it stays', going({ deadline_at: past }), [volume], [{ do: 'fail', problem: 'deadline-passed' }]],
    ['goes when nobody uses it', alone(going()), [volume], [{ do: 'remove', found: volume, why: 'unwanted' }]],
    [
      'goes with all others of its name',
      alone(going()),
      [other, volume],
      [
        { do: 'remove', found: other, why: 'extra' },
        { do: 'remove', found: volume, why: 'unwanted' },
      ],
    ],
    [
      'goes by its name where its id is not known',
      alone(going({ cloud_id: null })),
      [other],
      [{ do: 'remove', found: other, why: 'unwanted' }],
    ],
    ['is asked again when it is due', alone(going({ next_try_at: soon })), [volume], []],
    ['stays when it is late', alone(going({ deadline_at: past })), [volume], [{ do: 'fail', problem: 'deadline-passed' }]],
    ['is gone when it is not listed', alone(going()), [], [{ do: 'gone', again: false }]],
    ['may still come when its making was cut off', alone(going({ unclear: true, updated_at: noon })), [], []],
    ['does not come any more after a while', alone(going({ unclear: true })), [], [{ do: 'gone', again: false }]],
    ['is missing from a list that lags when it was just made', alone(going({ phase: 'ready', updated_at: noon })), [], []],
    ['is missing when it was just asked for', alone(going({ phase: 'waiting', updated_at: noon })), [], []],
    ['is missing when it was just being made', alone(going({ phase: 'creating', updated_at: noon })), [], []],
    ['is gone though it was made, after a while', alone(going({ phase: 'ready' })), [], [{ do: 'gone', again: false }]],
    ['is gone as soon as it was told to go', alone(going({ updated_at: noon })), [], [{ do: 'gone', again: false }]],
    ['was not looked at', alone(going()), undefined, []],
    ['is gone already', alone(going({ phase: 'gone' })), [volume], []],
    ['failed to go', alone(going({ phase: 'failed' })), [volume], []],
    ['was never asked for', going({ phase: 'planned', attempts: 0, cloud_id: null }), [], [{ do: 'gone', again: false }]],
    [
      'was asked for once',
      alone(going({ phase: 'planned', attempts: 1, cloud_id: null })),
      [volume],
      [{ do: 'remove', found: volume, why: 'unwanted' }],
    ],
    [
      'was found though it was never asked for',
      alone(going({ phase: 'planned', attempts: 0 })),
      [volume],
      [{ do: 'remove', found: volume, why: 'unwanted' }],
    ],
  ])('%s', (_, ledger, found, actions) =>
    expect(said(actionsFor(ledger, 'volume', found ? seeing('volume', ...found) : nothing))).toEqual(actions),
  );
});

test.each<[what: string, rule: Partial<Resource>, from: Partial<Resource>, outdated: boolean]>([
  ['as it lets in', {}, {}, false],
  ['another', {}, { observed: { address: '192.0.2.2' } }, true],
  ['not known', {}, { observed: {} }, false],
  ['another, but not there yet', {}, { observed: { address: '192.0.2.2' }, phase: 'waiting' }, false],
  ['another, but the rule goes', { wanted: 'absent' }, { observed: { address: '192.0.2.2' } }, false],
  ['another, but the rule is not there yet', { phase: 'waiting' }, { observed: { address: '192.0.2.2' } }, false],
])('a rule is made anew when the address that it is for is another: it is %s', (_, rule, from, outdated) => {
  const spec = { kind: 'securityRule', securityGroup: 'securityGroup', protocol: 'tcp', from: 'floatingIp-front', why: '' } as const;
  const ledger = withResource(having('floatingIp-front', { observed: { address: '192.0.2.1' }, ...from }), 'volume', {
    kind: 'securityRule',
    spec,
    observed: { address: '192.0.2.1' },
    ...rule,
  });
  const resource = ledger.resources.find(({ key }) => key === 'volume');
  expect(resource && isOutdated(resource, ledger)).toBe(outdated);
  const found = thing('volume', 'ready', { observed: {} });
  const removes = actionsFor(ledger, 'volume', seeing('securityRule', found)).some(
    (action) => action.do === 'remove' && action.why === 'again',
  );
  if (ledger.resources.every(({ phase, wanted }) => phase === 'ready' && wanted === 'present')) expect(removes).toBe(outdated);
});
