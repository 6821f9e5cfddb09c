import { describe, expect, it } from 'vitest';
import { chameleonMachines, chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { MINUTE } from '../calendar/moments';
import { extensionLimit } from '../rules/extension';
import { host, hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import { told } from '../testing/told';
import type { Lease, LeaseChange, LeaseSite, Reservation } from '../types';
import { lintChange, lintExtension, spanAfter } from './change';

// the lease runs from -12 to 12 hours from now, on host 1 of four
const lint = (change: LeaseChange, of: Partial<Lease> = {}, site: Partial<LeaseSite> = {}, perHour?: number) =>
  lintChange(lease(of), change, leaseSite({ hosts: hosts(1, 4), leases: [lease(of)], ...site }), {
    now: NOW,
    ...(perHour !== undefined && { perHour }),
  });
const pending = { status: 'PENDING', ...hours(2, 8) };
const reservation = (over: Partial<Reservation> = {}): Reservation => ({
  id: 'r1',
  kind: 'physical:host',
  status: 'active',
  min: 1,
  max: 1,
  ...over,
});

describe('a change of a lease', () => {
  it.each<[string, LeaseChange, Partial<Lease>, Partial<LeaseSite>, string[]]>([
    ['of nothing', {}, {}, {}, []],
    ['of the name', { name: 'other' }, {}, {}, []],
    ['of the name of one that is over', { name: 'other' }, { status: 'TERMINATED' }, {}, []],
    ['of the name of one that is broken', { name: 'other' }, { status: 'ERROR' }, {}, []],
    ['to the same name', { name: 'mine' }, {}, {}, []],
    [
      'to a name that is taken',
      { name: 'taken' },
      {},
      { leases: [lease(), lease({ id: 'l2', name: 'taken' })] },
      ['name (conflict): The project has a lease taken already.'],
    ],
    ['to a name that is too long', { name: 'x'.repeat(81) }, {}, {}, ['name: The name has 81 signs; a lease’s may have 80.']],
    [
      'while it starts',
      { end: inHours(13) },
      { status: 'STARTING' },
      {},
      ['end (conflict): CHI@Test is starting, changing or ending this lease just now.'],
    ],
    [
      'of the name while it ends',
      { name: 'other' },
      { status: 'TERMINATING' },
      {},
      ['name (conflict): CHI@Test is starting, changing or ending this lease just now.'],
    ],
    ['of nothing while it ends', {}, { status: 'DELETING' }, {}, []],
    [
      'of one that is over',
      { start: inHours(1), end: inHours(20), counts: { r1: 2 } },
      { status: 'TERMINATED' },
      {},
      [
        'start (conflict): The lease is over. It can only be renamed.',
        'end (conflict): The lease is over. It can only be renamed.',
        'counts (conflict): The lease is over. It can only be renamed.',
      ],
    ],
    [
      'of one whose time is over, though Blazar did not end it',
      { end: inHours(20) },
      hours(-9, 0),
      {},
      ['end (conflict): The lease is over. It can only be renamed.'],
    ],
    [
      'of one that is broken',
      { name: '', end: inHours(20) },
      { status: 'ERROR' },
      {},
      ['name: The lease has no name.', 'end (conflict): The lease is not in order. It can only be renamed, repaired or deleted.'],
    ],
    ['of the start of one that runs', { start: inHours(1) }, {}, {}, ['start (conflict): The lease runs already, so its start stays.']],
    [
      'of the start of one that should have begun, though Blazar has not come to it',
      { start: inHours(1) },
      { status: 'PENDING', ...hours(-0.1, 8) },
      {},
      ['start (conflict): The lease runs already, so its start stays.'],
    ],
    ['of the start of one that begins in this minute', { start: inHours(1) }, { status: 'PENDING', ...hours(0, 8) }, {}, []],
    [
      'of one that never began and whose time is over',
      { end: inHours(20) },
      { status: 'PENDING', ...hours(-9, 0) },
      {},
      ['end (conflict): The lease is over. It can only be renamed.'],
    ],
    ['to its own start', { start: inHours(-12) }, {}, {}, []],
    ['to an end that is no time', { end: Number.NaN }, {}, {}, ['end: This is no time that a site can take.']],
    ['to an end in the past', { end: NOW }, {}, {}, ['end: The end, 2026-11-21 12:00 UTC, is in the past.']],
    ['that ends it now', { end: 'now' }, {}, {}, []],
    [
      'that ends one now that has not begun',
      { end: 'now' },
      pending,
      {},
      ['end (conflict): The lease has not begun, so it can’t end now.'],
    ],
    ['that shortens it', { end: inHours(1) }, {}, { rules: chameleonMetal, taken: new Map([['1', [hours(2, 3)]]]) }, []],
    ['that moves it', { start: inHours(3), end: inHours(9) }, pending, {}, []],
    ['that moves it to now', { start: 'now' }, pending, {}, []],
    ['that moves it into the past', { start: inHours(-1) }, pending, {}, ['start: The start, 2026-11-21 11:00 UTC, is in the past.']],
    [
      'that moves its start behind its end',
      { start: inHours(9) },
      pending,
      {},
      ['start: The end, 2026-11-21 20:00 UTC, does not come after the start, 2026-11-21 21:00 UTC.'],
    ],
    [
      'that moves its end before its start',
      { end: inHours(1) },
      pending,
      {},
      ['end: The end, 2026-11-21 13:00 UTC, does not come after the start, 2026-11-21 14:00 UTC.'],
    ],
    [
      'that makes it too long before it began',
      { end: inHours(2 + 169) },
      pending,
      { rules: { maxDays: 7 } },
      ['end (upstream-refused): A lease at CHI@Test may last 7 days, and this one would last 7 days 1 hour.'],
    ],
    [
      'of the start, so that it is too long',
      { start: inHours(1) },
      { ...pending, end: inHours(2 + 168) },
      { rules: { maxDays: 7 } },
      ['end (upstream-refused): A lease at CHI@Test may last 7 days, and this one would last 7 days 1 hour.'],
    ],
    [
      'that makes one shorter that is too long by an exception',
      { end: inHours(2 + 190) },
      { ...pending, end: inHours(2 + 200) },
      { rules: { maxDays: 7 } },
      [],
    ],
    [
      'of a lease of flavors',
      { end: inHours(20), counts: { r1: 2 } },
      { reservations: [reservation({ kind: 'flavor:instance', flavor: 'f' })] },
      {},
      [
        'end (upstream-refused): CHI@Test does not change leases of flavors; they can only be renamed or deleted.',
        'counts (upstream-refused): CHI@Test does not change leases of flavors; they can only be renamed or deleted.',
      ],
    ],
    [
      'of a lease of flavors where that can be changed',
      { end: inHours(20) },
      { reservations: [reservation({ kind: 'flavor:instance', flavor: 'f' })] },
      { rules: chameleonMachines },
      [],
    ],
  ])('%s', (_name, change, of, site, problems) => {
    expect(told(lint(change, of, site))).toEqual(problems);
  });
});

describe('an extension', () => {
  const others = new Map([['1', [hours(-12, 12), hours(20, 22)]]]);
  it.each<[string, number, Partial<Lease>, Partial<LeaseSite>, string[], string?]>([
    ['that nothing stands against', 20, {}, { rules: chameleonMetal }, []],
    ['to a minute before the next reservation', 20 - 1 / 60, {}, { taken: others }, []],
    [
      'into the next reservation',
      20,
      {},
      { taken: others },
      [
        'end (no-host-available): The host c01-1 is reserved by others from 2026-11-22 08:00 UTC, and a running lease keeps its very hosts.',
      ],
      'It can be extended until 2026-11-22 07:59 UTC.',
    ],
    [
      'of a lease that others follow at once',
      13,
      {},
      { taken: new Map([['1', [hours(12, 22)]]]) },
      [
        'end (no-host-available): The host c01-1 is reserved by others from 2026-11-22 00:00 UTC, and a running lease keeps its very hosts.',
      ],
      'Make a new lease with other hosts for the time after its end.',
    ],
    [
      'before its window',
      80,
      { end: inHours(60) },
      { rules: chameleonMetal },
      ['end (upstream-refused): CHI@Test extends a lease only in its last 2 days: from 2026-11-22 00:00 UTC on.'],
      'It can be extended until 2026-12-01 00:00 UTC, from 2026-11-22 00:00 UTC on.',
    ],
    [
      'beyond the longest',
      12 + 169,
      {},
      { rules: chameleonMetal },
      ['end (upstream-refused): CHI@Test does not let this lease last beyond 2026-11-29 00:00 UTC.'],
      'It can be extended until 2026-11-29 00:00 UTC.',
    ],
    [
      'beyond the allocation',
      20,
      {},
      { project: { id: 'p', end: inHours(13) } },
      ['end (upstream-refused): The project’s allocation at CHI@Test ends at 2026-11-22 01:00 UTC.'],
      'It can be extended until 2026-11-22 01:00 UTC.',
    ],
    [
      'beyond an allocation that is over',
      20,
      {},
      { project: { id: 'p', end: inHours(1) } },
      ['end (upstream-refused): The project’s allocation at CHI@Test ends at 2026-11-22 00:00 UTC.'],
      'Have the allocation extended.',
    ],
    [
      'beyond the balance',
      20,
      {},
      { project: { id: 'p', balance: 2 } },
      ['end (upstream-refused): What the project has left at CHI@Test lasts until 2026-11-22 01:00 UTC.'],
      'It can be extended until 2026-11-22 01:00 UTC.',
    ],
  ])('%s', (_name, end, of, site, problems, remedy) => {
    const found = lint({ end: inHours(end) }, of, site, 2);
    expect(told(found)).toEqual(problems);
    if (remedy !== undefined) expect(found[0]?.remedy).toBe(remedy);
  });

  it('is stopped by a VLAN that others have next, too', () => {
    const reservations = [reservation(), reservation({ id: 'r2', kind: 'network' })];
    const takenSegments = new Map([['s', [{ ...hours(-12, 12), lease: 'lease-1' }, hours(20, 22)]]]);
    const [found] = lint({ end: inHours(30) }, { reservations }, { segments: [host('s', '', {}, { name: '3501' })], takenSegments });
    expect(told(found ? [found] : [])).toEqual([
      'end (no-host-available): The VLAN 3501 of its network is reserved by others from 2026-11-22 08:00 UTC, and a running lease keeps its very VLAN.',
    ]);
    expect(found?.remedy).toBe('It can be extended until 2026-11-22 07:59 UTC.');
  });

  it('tells of every rule, also of those that stop a change before', () => {
    const site = leaseSite();
    const of = (over: Partial<Lease>) =>
      lintExtension(extensionLimit(lease(over), site, { now: NOW }), lease(over), inHours(99), site)[0]?.detail;
    expect(of({ reservations: [reservation({ kind: 'flavor:instance' })] })).toBe('CHI@Test does not extend leases of flavors.');
    expect(of({ status: 'ERROR' })).toBe('The lease can’t be extended in the state that it is in.');
    expect(of({})).toBeUndefined();
  });

  it('is of a lease before it began what it is of a new one: others will do', () => {
    const follow = new Map([['1', [{ ...hours(2, 8), lease: 'lease-1' }, hours(9, 10)]]]);
    expect(lint({ end: inHours(12) }, pending, { taken: follow })).toEqual([]);
    const full = new Map(['1', '2', '3', '4'].map((id) => [id, id === '1' ? (follow.get('1') ?? []) : [hours(9, 10)]] as const));
    expect(told(lint({ end: inHours(12) }, pending, { taken: full }))).toEqual([
      'end (no-host-available): Free for all of this time at CHI@Test: 0 of 4 that would do; asked for: 1.',
    ]);
    expect(told(lint({ start: inHours(1), end: inHours(12) }, pending, { taken: full }))[0]).toMatch(/^end/);
    expect(told(lint({ start: inHours(1) }, pending, { taken: new Map([...full].map(([id]) => [id, [hours(1, 2)]])) }))[0]).toMatch(
      /^start/,
    );
  });
});

it.each<[LeaseChange, [number, number]]>([
  [{}, [2, 8]],
  [{ start: 'now' }, [0, 8]],
  [{ end: 'now' }, [2, 0]],
  [{ start: inHours(3) - 1, end: inHours(9) + 1 }, [3, 9]],
])('after the change %j the lease is from %j', (change, [start, end]) => {
  expect(spanAfter(hours(2, 8), change, NOW + 30_000)).toEqual(hours(start, end));
  expect(spanAfter(hours(2, 8), { start: NOW + 1 }, NOW).start).toBe(NOW + MINUTE);
});
