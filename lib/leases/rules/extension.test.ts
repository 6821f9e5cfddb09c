import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chameleonMachines, chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { MINUTE } from '../calendar/moments';
import { host, hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import type { Lease, LeaseSite } from '../types';
import { extensionLimit, longestMs, nextReservation } from './extension';

const minute = MINUTE / 3_600_000;
const limit = (of: Partial<Lease>, site: Partial<LeaseSite>, about: { perHour?: number } = {}) =>
  extensionLimit(lease(of), leaseSite({ hosts: hosts(1, 3), ...site }), { now: NOW, ...about });
const both = (of: object | null) => ({ now: of, later: of, opensAt: null, certain: true });
const next = (at: number, host: string, start: number, end: number) => ({
  rule: 'next-reservation',
  at: inHours(at),
  host,
  taken: hours(start, end),
});

describe('how far a lease can be extended', () => {
  // the lease runs from -12 to 12 hours from now, on host 1
  it.each<[string, Partial<Lease>, Partial<LeaseSite>, { perHour?: number }, object]>([
    ['for ever where nothing stands against it', {}, {}, {}, both(null)],
    [
      'until a minute before the next reservation of its host',
      {},
      { taken: new Map([['1', [hours(-12, 12), hours(40, 41), hours(20, 22)]]]) },
      {},
      both(next(20 - minute, 'c01-1', 20, 22)),
    ],
    [
      '… of the first of its hosts',
      { hosts: ['1', '3'] },
      {
        taken: new Map([
          ['1', [hours(20, 22)]],
          ['2', [hours(13, 14)]],
          ['3', [hours(18, 30)]],
        ]),
      },
      {},
      both(next(18 - minute, 'c01-3', 18, 30)),
    ],
    [
      '… with the time that the site needs for cleaning',
      {},
      { taken: new Map([['1', [hours(20, 22)]]]), rules: { gapMinutes: 60 } },
      {},
      both(next(19, 'c01-1', 20, 22)),
    ],
    [
      'not at all where the next begins when it ends',
      {},
      { taken: new Map([['1', [hours(12, 22)]]]) },
      {},
      both(next(12, 'c01-1', 12, 22)),
    ],
    [
      'to the site’s longest lease, from its start',
      {},
      { rules: { maxDays: 7 } },
      {},
      both({ rule: 'max-length', at: inHours(-12 + 168) }),
    ],
    [
      '… or from its end, as at Chameleon',
      {},
      { rules: { maxDays: 7, extensionFrom: 'end' } },
      {},
      both({ rule: 'max-length', at: inHours(12 + 168) }),
    ],
    [
      '… which holds for running leases only',
      { status: 'PENDING', ...hours(1, 12) },
      { rules: { maxDays: 7, extensionFrom: 'end' } },
      {},
      both({ rule: 'max-length', at: inHours(1 + 168) }),
    ],
    [
      'to the end of the project’s allocation',
      {},
      { rules: { maxDays: 7 }, project: { id: 'p', end: inHours(100) } },
      {},
      both({ rule: 'project-end', at: inHours(100) }),
    ],
    [
      'as far as the balance goes',
      {},
      { rules: { maxDays: 7 }, project: { id: 'p', balance: 20 } },
      { perHour: 2 },
      both({ rule: 'balance', at: inHours(22) }),
    ],
    [
      'not at all with a balance that is overdrawn',
      {},
      { project: { id: 'p', balance: -20 } },
      { perHour: 2 },
      both({ rule: 'balance', at: inHours(12) }),
    ],
    [
      'whatever the balance where it costs nothing, or nobody knows what',
      {},
      { project: { id: 'p', balance: 0 } },
      { perHour: 0 },
      both(null),
    ],
    ['… nobody knows', {}, { project: { id: 'p', balance: 0 } }, {}, both(null)],
    [
      'not beyond an allocation that is over',
      {},
      { project: { id: 'p', end: inHours(3) } },
      {},
      both({ rule: 'project-end', at: inHours(12) }),
    ],
    ['not where it is over', { end: inHours(0) }, {}, {}, both({ rule: 'status', at: inHours(0) })],
    ['not where Blazar works on it', { status: 'UPDATING' }, {}, {}, both({ rule: 'status', at: inHours(12) })],
    ['not where it is broken', { status: 'ERROR' }, {}, {}, both({ rule: 'status', at: inHours(12) })],
    ['whole minutes', {}, { project: { id: 'p', end: inHours(100) + 59_999 } }, {}, both({ rule: 'project-end', at: inHours(100) })],
  ])('%s', (_name, of, site, about, extension) => {
    expect(limit(of, site, about)).toEqual(extension);
  });

  it('not before its window opens, and then to the limit', () => {
    const later = { rule: 'max-length', at: inHours(50 + 168) };
    const rules = { maxDays: 7, extensionWindowHours: 48, extensionFrom: 'end' } as const;
    expect(limit({ end: inHours(50) }, { rules })).toEqual({
      now: { rule: 'extension-window', at: inHours(50) },
      later,
      opensAt: inHours(2),
      certain: true,
    });
    expect(limit({ end: inHours(48) }, { rules })).toEqual(both({ rule: 'max-length', at: inHours(48 + 168) }));
    expect(limit({ end: inHours(50), status: 'PENDING', start: inHours(1) }, { rules })).toEqual(
      both({ rule: 'max-length', at: inHours(169) }),
    );
  });

  it('leases of flavors only where the site changes them, and by the flavor’s own length', () => {
    const flavors = [{ id: 'f', name: 'g1.h100.pci.1', vcpus: 1, ramMiB: 1, diskGiB: 1, bareMetal: false }];
    const of = { reservations: [{ id: 'r', kind: 'flavor:instance', status: 'active', flavor: 'f' }], hosts: [] };
    expect(limit(of, { rules: { maxDays: 7 }, flavors })).toEqual(both({ rule: 'kind', at: inHours(12) }));
    const uncertain = (at: number) => ({ ...both({ rule: 'max-length', at: inHours(at) }), certain: false });
    expect(limit(of, { rules: chameleonMachines, flavors })).toEqual(uncertain(-12 + 168));
    expect(limit(of, { rules: chameleonMachines })).toEqual(uncertain(-12 + 183 * 24));
  });

  it('is not certain where the reservations of others, or its own hosts, are not known', () => {
    expect(limit({}, { taken: null }).certain).toBe(false);
    expect(limit({ hosts: undefined }, {}).certain).toBe(false);
    expect(limit({}, {}).certain).toBe(true);
  });

  it('names a host that the site does not list by its id', () => {
    expect(nextReservation(lease({ hosts: ['9'], end: NOW }), leaseSite({ hosts: null, taken: new Map([['9', [hours(1, 2)]]]) }))).toEqual(
      next(1 - minute, '9', 1, 2),
    );
    expect(nextReservation(lease({ hosts: undefined, end: NOW }), leaseSite())).toBeNull();
  });

  it('machines whatever others have on the same hosts: how full those are no site tells', () => {
    const taken = new Map([['1', [hours(13, 14)]]]);
    const of = (kind: string) => limit({ reservations: [{ id: 'r', kind, status: 'active' }] }, { taken, rules: chameleonMachines });
    for (const kind of ['flavor:instance', 'virtual:instance'])
      expect(of(kind)).toMatchObject({ now: { rule: 'max-length' }, certain: false });
    expect(of('physical:host')).toMatchObject({ now: { rule: 'next-reservation' }, certain: true });
  });

  it('until others have the VLAN of its network, though its hosts stay free', () => {
    const both = ['physical:host', 'network'].map((kind, index) => ({ id: String(index), kind, status: 'active' }));
    const own = { ...hours(-12, 12), lease: 'lease-1' };
    const segments = [host('s1', '', {}, { name: '3501' }), host('s2', '', {}, { name: '3502' })];
    const on = (takenSegments: LeaseSite['takenSegments'], taken: LeaseSite['taken'] = new Map()) =>
      limit({ reservations: both }, { segments, takenSegments, taken });
    const times = new Map([
      ['s1', [hours(13, 14)]],
      ['s2', [own, hours(30, 31), hours(20, 21)]],
    ]);
    const vlan = { rule: 'next-reservation', at: inHours(20 - minute), vlan: '3502', taken: hours(20, 21) };
    expect(on(times)).toMatchObject({ now: vlan, certain: true });
    expect(on(times, new Map([['1', [hours(19, 22)]]])).now).toEqual(next(19 - minute, 'c01-1', 19, 22));
    expect(on(null)).toMatchObject({ now: null, certain: false });
  });

  it.each([
    ['virtual:floatingip', false],
    ['network', true],
    ['device', false],
  ])('certainly or not with a %s beside its hosts: %s', (kind, certain) => {
    const reservations = ['physical:host', kind].map((one, index) => ({ id: String(index), kind: one, status: 'active' }));
    expect(limit({ reservations }, { takenSegments: new Map() }).certain).toBe(certain);
  });

  it('binds by the earliest of all rules, whatever they are', () => {
    const some = fc.record({
      next: fc.option(fc.integer({ min: 13, max: 400 })),
      end: fc.option(fc.integer({ min: 1, max: 400 })),
      balance: fc.option(fc.nat(400)),
    });
    fc.assert(
      fc.property(some, ({ next: start, end, balance }) => {
        const taken = new Map(start === null ? [] : [['1', [hours(start, start + 5)]]]);
        const project = { id: 'p', ...(end !== null && { end: inHours(end) }), ...(balance !== null && { balance }) };
        const { later } = limit({}, { taken, project, rules: chameleonMetal }, { perHour: 1 });
        const ends = [start === null ? 999 : start - minute, end ?? 999, balance === null ? 999 : 12 + balance, 12 + 168];
        expect(later?.at).toBeCloseTo(inHours(Math.max(12, Math.min(...ends))), 0);
      }),
    );
  });
});

it.each([
  [{}, [], undefined],
  [{ maxDays: 7 }, [], 7],
  [{ maxDays: 7, flavorMaxDays: [{ flavor: 'a*', days: 2 }] }, ['ab'], 2],
  [{ maxDays: 7, flavorMaxDays: [{ flavor: 'a*', days: 9 }] }, ['ab'], 7],
  [
    {
      flavorMaxDays: [
        { flavor: 'a', days: 3 },
        { flavor: 'b', days: 2 },
      ],
    },
    ['a', 'b', 'c'],
    2,
  ],
  [
    {
      flavorMaxDays: [
        { flavor: 'a', days: 3 },
        { flavor: 'a', days: 2 },
      ],
    },
    ['a'],
    3,
  ],
])('the longest lease under %j with %j is %s days', (rules, flavors, days) => {
  expect(longestMs(rules, flavors)).toBe(days === undefined ? undefined : days * 86_400_000);
});
