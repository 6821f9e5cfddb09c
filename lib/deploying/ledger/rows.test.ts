import { describe, expect, test } from 'vitest';
import { clusterPlan } from '../testing/fixture-plan';
import { noon, standingLedger, withDeployment, withResource } from '../testing/rows';
import { blankNode } from './blank-node';
import type { Ledger } from './ledger';
import { nodeOn, placeKey, resourceOf, siteOf, textOf } from './ledger';
import { nameOf, prefixOf } from './names';
import { enderOf } from './state/wind-down';

test('what a deployment makes is named by it and by its key', () => {
  const [one, other] = ['dep_abcdefghij', 'dep_klmnopqrst'].map(prefixOf);
  expect(one).toMatch(/^[a-z0-9]+-$/);
  expect(one).not.toBe(other);
  expect(nameOf('dep_abcdefghij', 'server-front')).toBe(`${one}server-front`);
});

test('a site is called as people call it, where that is known', () => {
  expect([siteOf({ site: 'lab', siteName: 'The Lab' }), siteOf({ site: 'lab' })]).toEqual(['The Lab', 'lab']);
});

test('places are told apart by site, project and credential', () => {
  const place = { site: 'a', project: 'b', credential: 'c' };
  const keys = [place, { ...place, site: 'x' }, { ...place, project: 'x' }, { ...place, credential: 'x' }, { ...place, site: 'a,b' }].map(
    placeKey,
  );
  expect(new Set(keys).size).toBe(5);
  expect(placeKey({ ...place })).toBe(keys[0]);
});

test('a resource is found by its key, and that one is missing is a fault', () => {
  expect(resourceOf(standingLedger(), 'volume').spec.kind).toBe('volume');
  expect(() => resourceOf(standingLedger(), 'other')).toThrow('The ledger of dep_abcdefghij has no resource other');
});

test.each([
  ['text', 'text'],
  ['', undefined],
  [7, undefined],
  [null, undefined],
])('of what a cloud shows (%j) the text is %j', (value, text) => expect(textOf(value)).toBe(text));

test.each([
  ['server-worker-1', 'worker-1'],
  ['server-front', 'front'],
  ['volume', undefined],
])('on %s runs the node %s', (key, node) => {
  const ledger = standingLedger();
  expect(nodeOn(resourceOf(ledger, key), ledger)?.key).toBe(node);
});

test.each(['pending', 'building'] as const)('a node of which nothing stands begins anew: %s', (state) => {
  const [planned] = clusterPlan(0).nodes;
  if (!planned) throw new Error('the plan has no node');
  const blank = blankNode(planned, state);
  expect(blank).toMatchObject({
    state,
    host_key: null,
    steps: [{ name: 'set-up', title: 'Set up', state: 'waiting', attempt: 0 }],
    outputs: {},
    facts: {},
    problem: null,
    deadline_at: null,
    heard_at: null,
    run_from: null,
    run_only: null,
    run_ends: false,
  });
  expect([blank.seq, blank.run_number, blank.events_told, blank.log_bytes, blank.seals, blank.handed]).toEqual([0, 0, 0, 0, 0, 0]);
  // what was sent out may still come while it is built; what is gone can't
  expect('admissions' in blank).toBe(state === 'pending');
});

describe('what ends a deployment that its owner did not end', () => {
  const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
  const end = (change: Partial<Ledger['deployment']>) => enderOf(withDeployment(standingLedger(), change), noon);
  test.each<[string, Partial<Ledger['deployment']>, string | undefined]>([
    ['nothing, without an end', {}, undefined],
    ['its own end, once it is there', { expires_at: noon }, 'end'],
    ['nothing before its own end', { expires_at: later(1) }, undefined],
    ['its lease, when that ends soon', { lease_ends_at: later(60) }, 'lease'],
    ['its lease before its own end', { lease_ends_at: later(60), expires_at: noon }, 'lease'],
    ['nothing long before its lease ends', { lease_ends_at: later(86_400) }, undefined],
    ['its own end long before its lease ends', { lease_ends_at: later(86_400), expires_at: later(-1) }, 'end'],
    ['nothing, as it is to go already', { wanted: 'deleted', expires_at: noon }, undefined],
    ['nothing, as it is gone', { deleted_at: noon, expires_at: noon }, undefined],
  ])('%s', (_name, change, ender) => expect(end(change)).toBe(ender));

  test('its lease at the very moment at which it is to be taken down', () => {
    const on = (seconds: number) => enderOf(withDeployment(standingLedger(), { lease_ends_at: later(seconds) }), noon);
    const moments = Array.from({ length: 1200 }, (_, seconds) => on(seconds));
    const first = moments.indexOf(undefined);
    expect(moments.slice(0, first).every((ender) => ender === 'lease')).toBe(true);
    expect(moments.slice(first).every((ender) => ender === undefined)).toBe(true);
    const gone = withResource(standingLedger(), 'server-front', { phase: 'gone' });
    expect(enderOf(withDeployment(gone, { lease_ends_at: later(first - 1) }), noon)).toBeUndefined();
  });
});
