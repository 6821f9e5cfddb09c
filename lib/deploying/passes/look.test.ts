import { describe, expect, test } from 'vitest';
import type { Ledger, Resource } from '../ledger/ledger';
import { windDownAt } from '../ledger/state/wind-down';
import { noon, standingLedger, withDeployment, withNode, withResource } from '../testing/rows';
import { fault, front, having, inSeconds, past, soon } from '../testing/sights';
import { whatToLookAt } from './look';
import { nextLook } from './next-look';

describe('what is looked at', () => {
  const kindsOf = (ledger: Ledger, complete = false) => whatToLookAt(ledger, complete).map(({ kinds }) => [...kinds]);

  test.each<[what: string, ledger: Ledger, kinds: string[][]]>([
    ['what is made', front({ phase: 'creating' }), [['server']]],
    ['what goes to be made anew', front({ phase: 'deleting' }), [['server']]],
    ['what may have been made', front({ phase: 'planned', unclear: true }), [['server']]],
    ['a place at which something can begin, and no list', front({ phase: 'planned' }), [[]]],
    ['nothing where it waits for another', withResource(front({ phase: 'planned' }), 'volume', { phase: 'failed' }), []],
    ['nothing that failed', front({ phase: 'failed' }), []],
    ['what was missed', front({ observed: { missedAt: 'x' } }), [['server']]],
    ['a server that is to go off', withNode(front({}), { wanted: 'stopped' }, 'front'), [['server']]],
    ['a server that is to go off and on', withNode(standingLedger(), { reboot: 'SOFT' }, 'front'), [['server']]],
    ['no server of which the power is not known', withNode(front({ observed: {} }), { wanted: 'stopped' }, 'front'), []],
    ['what goes', front({ wanted: 'absent', phase: 'deleting' }), [['server']]],
    ['what is to go', front({ wanted: 'absent' }), [['server']]],
    ['nothing that is gone', front({ wanted: 'absent', phase: 'gone' }), []],
    ['nothing that could not go', front({ wanted: 'absent', phase: 'failed' }), []],
    ['nothing that is to go and was never asked for', front({ wanted: 'absent', phase: 'planned', attempts: 0, cloud_id: null }), []],
    ['what is to go and was asked for', front({ wanted: 'absent', phase: 'planned', attempts: 1 }), [['server']]],
    [
      'nothing that is to go and not ours',
      having('volume', {
        kind: 'lease',
        wanted: 'absent',
        spec: { kind: 'lease', start: 'now', end: '', hosts: 1, held: { id: 'l', reservation: 'r' } },
      }),
      [],
    ],
  ])('is %s', (_, ledger, kinds) => expect(kindsOf(ledger)).toEqual(kinds));

  test.each<[what: string, change: Partial<Resource>, asked: boolean]>([
    ['was never asked for', { phase: 'planned', attempts: 0, cloud_id: null }, false],
    ['was tried', { phase: 'planned', attempts: 1, cloud_id: null }, true],
    ['may have been made', { phase: 'planned', attempts: 0, cloud_id: null, unclear: true }, true],
    ['is known by its id', { phase: 'planned', attempts: 0 }, true],
    ['stands', { phase: 'ready', attempts: 0, cloud_id: null }, true],
  ])('is all that there is, once in a while: a key pair that %s', (_, change, asked) => {
    expect(kindsOf(having('keyPair', change), true)[0]?.includes('keyPair')).toBe(asked);
  });

  const going = (change: Partial<Resource>, ...gone: string[]): Ledger => {
    const ledger = standingLedger();
    const resources = ledger.resources.map(
      (each): Resource => ({ ...each, wanted: 'absent', ...(gone.includes(each.kind) ? { phase: 'gone' } : change) }),
    );
    return { ...ledger, resources };
  };
  test.each<[string, string[], string[]]>([
    ['at first', [], ['floatingIp', 'keyPair', 'port', 'router', 'server', 'volume']],
    ['while machines go', ['floatingIp', 'keyPair', 'router'], ['port', 'server', 'volume']],
    ['once machines are gone', ['server', 'floatingIp'], ['keyPair', 'port', 'router', 'securityGroup', 'subnet', 'volume']],
    ['once ports are gone', ['server', 'floatingIp', 'port', 'volume', 'keyPair'], ['router', 'securityGroup', 'subnet']],
    ['at last', ['server', 'floatingIp', 'port', 'volume', 'keyPair', 'router', 'subnet'], ['network', 'securityGroup']],
  ])('of all that goes is what is next and what is next after that: %s', (_, before, kinds) => {
    expect(kindsOf(going({ phase: 'ready' }, ...before))[0]?.sort()).toEqual(kinds);
  });

  test('is each place by itself', () => {
    const ledger = withResource(front({ phase: 'waiting' }), 'volume', { phase: 'waiting', site: 'other' });
    expect(whatToLookAt(ledger, false).map(({ place: { site }, kinds }) => [site, [...kinds]])).toEqual([
      ['other', ['volume']],
      ['lab', ['server']],
    ]);
  });
});

describe('the next look', () => {
  const noLonger = (change: Partial<Ledger['deployment']>, ledger = standingLedger()) => withDeployment(ledger, change);
  const allGone = {
    ...standingLedger(),
    resources: standingLedger().resources.map((each) => ({ ...each, wanted: 'absent' as const, phase: 'gone' as const })),
  };

  test.each<[what: string, ledger: Ledger, seconds: number | null]>([
    ['at what goes, and nobody uses', front({ wanted: 'absent', phase: 'deleting', updated_at: noon }), 1],
    ['at what goes slowly', front({ wanted: 'absent', phase: 'deleting', updated_at: new Date(noon.getTime() - 121_000) }), 5],
    ['at what goes, and waits for a site', front({ wanted: 'absent', phase: 'deleting', problem: fault, next_try_at: soon }), 10],
    ['at what goes, and was asked to', front({ wanted: 'absent', phase: 'deleting', next_try_at: soon, updated_at: noon }), 1],
    ['at what goes, and is due', front({ wanted: 'absent', phase: 'deleting', problem: fault, next_try_at: past }), 1],
    ['at what never was', front({ wanted: 'absent', phase: 'planned', attempts: 0 }), 0],
    ['at what is used', having('volume', { wanted: 'absent', phase: 'deleting' }), null],
    ['at what is used until it is late', having('volume', { wanted: 'absent', phase: 'deleting', deadline_at: soon }), 10],
    ['at what is used and late', having('volume', { wanted: 'absent', phase: 'deleting', deadline_at: past }), 1],
    ['at what waits for another', withResource(front({ phase: 'planned' }), 'volume', { phase: 'failed' }), null],
    ['at what can begin', front({ phase: 'planned' }), 0],
    ['at what is tried again', front({ phase: 'planned', unclear: true, next_try_at: soon }), 10],
    [
      'at what may have been made, and is not shown by a list that may lag',
      front({ phase: 'planned', unclear: true, updated_at: inSeconds(-5), next_try_at: past }),
      1,
    ],
    ['at what failed', front({ phase: 'failed' }), null],
    ['at what failed while others go on', noLonger({ state: 'deploying' }, front({ phase: 'failed' })), 300],
    ['at what stands, and lacks a part', front({ phase: 'ready', next_try_at: soon }), 10],
    ['at what stands, and was tried again', front({ phase: 'ready', next_try_at: past }), null],
    ['at a server that is to go off', withNode(standingLedger(), { wanted: 'stopped' }), 1],
    ['at what was just missed', front({ observed: { missedAt: inSeconds(-5).toISOString() } }), 10],
    ['at what was missed when lists lag', front({ observed: { missedAt: inSeconds(-15).toISOString() } }), 1],
    ['at what was missed long ago', front({ observed: { missedAt: inSeconds(-100).toISOString() } }), 2],
    ['at what has been made for long', front({ phase: 'waiting', updated_at: inSeconds(-601) }), 10],
    ['at a node that sets itself up', withNode(standingLedger(), { state: 'configuring' }, 'front'), 10],
    [
      'at a machine that is made while another sets itself up: the sooner',
      withNode(front({ phase: 'waiting' }), { state: 'configuring' }, 'worker'),
      2,
    ],
    ['at a change', noLonger({ state: 'updating' }), 5],
    ['at a deployment of which all is gone, which must be seen', noLonger({ wanted: 'deleted' }, allGone), 1],
    ['at one of which all is gone for a while', noLonger({ wanted: 'running' }, allGone), null],
    ['at one that failed', noLonger({ state: 'failed' }), null],
    ['at one that is deleted', noLonger({ state: 'deleted' }, front({ phase: 'waiting' })), null],
  ])('%s', (_, ledger, seconds) => expect(nextLook(ledger, noon)).toBe(seconds));

  test('at what ends with a lease, when it is to be taken down, however far that is', () => {
    const ledger = noLonger({ lease_ends_at: inSeconds(50_000) });
    const at = windDownAt(ledger)?.getTime() ?? 0;
    expect(nextLook(ledger, noon)).toBe((at - noon.getTime()) / 1000);
    expect(at - noon.getTime()).toBeGreaterThan(40_000_000);
  });
});
