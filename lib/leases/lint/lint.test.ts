import { describe, expect, it } from 'vitest';
import { chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { MINUTE } from '../calendar/moments';
import { host, hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import { told } from '../testing/told';
import type { HostReservation, LeaseSite, PlannedLease } from '../types';
import { type About, lintLease, lintReservations, planCost } from './lint';

const nodes = (over: Partial<HostReservation> = {}): HostReservation => ({ kind: 'physical:host', min: 1, max: 1, ...over });
const network = { id: 'n', name: 'public', external: true, shared: false, subnets: [] };
const lint = (plan: Partial<PlannedLease>, site: Partial<LeaseSite> = {}, about: Partial<About> = {}) =>
  lintLease(
    { name: 'testbed', start: 'now', end: inHours(6), reservations: [nodes()], ...plan },
    leaseSite({ hosts: hosts(1, 4), networks: [network], ...site }),
    {
      now: NOW,
      ...about,
    },
  );

describe('a planned lease', () => {
  it('is good as it is', () => {
    expect(lint({})).toEqual([]);
    expect(lint({}, { rules: chameleonMetal }, { zone: 'UTC', credential: { kind: 'oidc', mayLease: 'yes' } })).toHaveLength(1);
  });

  it.each<[string, Partial<PlannedLease>, Partial<LeaseSite>, string[]]>([
    ['of nothing', { reservations: [] }, {}, ['reservations: The lease reserves nothing.']],
    [
      'too long for the site',
      { end: inHours(192) },
      { rules: { maxDays: 7 } },
      ['end (upstream-refused): A lease at CHI@Test may last 7 days, and this one would last 8 days.'],
    ],
    [
      'that ends before it starts',
      { start: inHours(2), end: inHours(1) },
      { rules: { maxDays: 7 } },
      ['end: The end, 2026-11-21 13:00 UTC, does not come after the start, 2026-11-21 14:00 UTC.'],
    ],
    [
      'wrong in many ways, all of which are told',
      { name: '', start: inHours(-1), reservations: [nodes({ min: 0, max: 0 })] },
      {},
      [
        'name: The lease has no name.',
        'start: The start, 2026-11-21 11:00 UTC, is in the past.',
        'reservations.0.count: The number of hosts must be a whole number, 1 or more.',
      ],
    ],
    [
      'of what the site does not lease',
      { reservations: [nodes(), { kind: 'flavor:instance', flavor: 'x', count: 1 }] },
      {},
      ['reservations.1.kind: CHI@Test does not lease machines of a flavor.'],
    ],
    [
      'of a network that is not there',
      { reservations: [{ kind: 'virtual:floatingip', network: 'x', count: 1 }] },
      {},
      ['reservations.0.network (network-not-found): CHI@Test has no external network x.'],
    ],
    [
      'with two networks of one name',
      { reservations: [{ kind: 'network', name: 'a' }, nodes(), { kind: 'network', name: 'a' }] },
      {},
      ['reservations.2.name: Two networks of the lease are called a.'],
    ],
    [
      'with a name that is taken',
      {},
      { leases: [lease({ name: 'testbed' })] },
      ['name (conflict): The project has a lease testbed already.'],
    ],
    [
      'for which not enough is free',
      { reservations: [nodes({ min: 3, max: 3 })] },
      {
        taken: new Map([
          ['1', [hours(1, 2)]],
          ['2', [hours(5, 7)]],
        ]),
      },
      ['reservations.0.count (no-host-available): Free for all of this time at CHI@Test: 2 of 4 that would do; asked for: 3.'],
    ],
    [
      'for which only one is free',
      { reservations: [nodes({ min: 2, max: 3 })] },
      { hosts: hosts(1, 2), taken: new Map([['1', [hours(1, 2)]]]) },
      ['reservations.0.min (no-host-available): Free for all of this time at CHI@Test: 1 of 2 that would do; asked for: 2.'],
    ],
    [
      'for which not enough is free together',
      { reservations: [nodes(), nodes()] },
      { hosts: hosts(1, 2), taken: new Map([['1', [hours(1, 2)]]]) },
      ['reservations (no-host-available): CHI@Test has not enough that is free for all of the reservations in this time.'],
    ],
    ['where nobody can know what is free', { reservations: [nodes({ min: 3, max: 3 })] }, { taken: null }, []],
    [
      'right after another',
      { start: inHours(1), end: inHours(2) },
      { hosts: hosts(1, 1), taken: new Map([['1', [hours(0, 1)]]]) },
      ['reservations.0.count (no-host-available): Free for all of this time at CHI@Test: 0 of 1 that would do; asked for: 1.'],
    ],
    [
      'a minute after another',
      { start: inHours(1) + MINUTE, end: inHours(2) },
      { hosts: hosts(1, 1), taken: new Map([['1', [hours(0, 1)]]]) },
      [],
    ],
    [
      'of a VLAN when none is free',
      { reservations: [{ kind: 'network', name: 'a' }] },
      { segments: [host('s', '')], takenSegments: new Map([['s', [hours(0, 9)]]]) },
      ['reservations.0 (no-host-available): Free for all of this time at CHI@Test: 0 of 1 that would do; asked for: 1.'],
    ],
  ])('%s', (_name, plan, site, problems) => {
    expect(told(lint(plan, site))).toEqual(problems);
  });

  it('needs a credential that can make leases', () => {
    const by = (kind: 'applicationCredential' | 'password', mayLease: 'yes' | 'no' | 'unknown') =>
      lint({}, {}, { credential: { kind, mayLease } });
    expect(by('applicationCredential', 'no')[0]).toMatchObject({
      field: 'credential',
      code: 'upstream-refused',
      remedy: expect.stringContaining('OpenID Connect'),
    });
    expect(by('password', 'no')[0]).toMatchObject({ field: 'credential', remedy: expect.stringContaining('role member') });
    expect([...by('applicationCredential', 'unknown'), ...by('password', 'yes')]).toEqual([]);
  });

  it('is of known kinds, which are named', () => {
    const kinds = (of: LeaseSite['kinds']) => lintReservations([nodes()], leaseSite({ kinds: of }))[0]?.remedy;
    expect(kinds(['flavor:instance', 'network'])).toBe('It leases machines of a flavor, networks.');
    expect(kinds([])).toBe('It leases nothing.');
  });

  it('is linted by its flavors and sizes, too', () => {
    const flavors = [{ id: 'f', name: 'g1.h100', vcpus: 4, ramMiB: 1024, diskGiB: 10, bareMetal: false }];
    const site: Partial<LeaseSite> = {
      kinds: ['flavor:instance', 'virtual:instance'],
      flavors,
      hosts: hosts(1, 1, 'kvm', { vcpus: '8', memory_mb: '8192', local_gb: '80' }),
      taken: new Map([['1', [hours(3, 4)]]]),
      rules: { flavorMaxDays: [{ flavor: 'g1.*', days: 1 }] },
    };
    const machines = { kind: 'flavor:instance', flavor: 'f', count: 2 } as const;
    expect(told(lint({ end: inHours(25), reservations: [machines] }, site))).toEqual([
      'end (upstream-refused): A lease at CHI@Test may last 1 day, and this one would last 1 day 1 hour.',
    ]);
    // the host that others are on may have room, and one that is told to have none has none
    expect(lint({ reservations: [machines] }, site)).toEqual([]);
    const availability = new Map([['f', [{ ...hours(0, 9), available: 1 }]]]);
    expect(told(lint({ reservations: [machines] }, { ...site, availability }))).toEqual([
      'reservations.0.count (no-host-available): Free for all of this time at CHI@Test: 1 of 1 that would do; asked for: 2.',
    ]);
    expect(lint({ end: inHours(2), reservations: [machines] }, site)).toEqual([]);
    expect(told(lint({ reservations: [{ kind: 'virtual:instance', count: 3, vcpus: 4, ramMiB: 1, diskGiB: 0 }] }, site))).toEqual([
      'reservations.0.count: CHI@Test holds 2 machines of this size, and 3 are asked for.',
    ]);
  });
});

describe('what a planned lease costs', () => {
  const prices = { unit: 'SU' };
  const dear = [host('1', 'x', { su_factor: '1' }), host('2', 'x', { su_factor: '5' })];
  const site: Partial<LeaseSite> = { hosts: dear, rules: { prices }, project: { id: 'p', balance: 12 } };

  it('is that of the hosts that it will have; the dearest where that is not known', () => {
    const [cheap] = dear;
    expect(planCost([nodes()], hours(0, 6), leaseSite(site))).toEqual({ unit: 'SU', perHour: 5, total: 30 });
    expect(planCost([nodes()], hours(0, 6), leaseSite(site), new Map([['reservations.0', cheap ? [cheap] : []]]))).toEqual({
      unit: 'SU',
      perHour: 1,
      total: 6,
    });
    expect(planCost([nodes()], hours(0, 6), leaseSite({ hosts: dear }))).toBeNull();
    const machines = leaseSite({
      flavors: [{ id: 'f', name: 'm1', vcpus: 1, ramMiB: 1, diskGiB: 1, bareMetal: false }],
      rules: { prices: { unit: 'SU', flavors: [{ flavor: 'm1', perHour: 0.5 }] } },
    });
    expect(planCost([{ kind: 'flavor:instance', flavor: 'f', count: 3 }], hours(0, 2), machines)?.total).toBe(3);
  });

  it('is not more than the project has', () => {
    const [one, two] = [
      { ...site, taken: new Map([['2', [hours(2, 3)]]]) },
      { ...site, taken: new Map([['1', [hours(2, 3)]]]) },
    ];
    expect(lint({}, one)).toEqual([]);
    expect(lint({}, two)[0]).toMatchObject({
      field: 'end',
      code: 'quota-exceeded',
      detail: 'The lease would cost 30 SU, and the project has 12 SU left.',
      remedy: 'End it at 2026-11-21 14:24 UTC or before, ask for fewer hosts, or ask the site for more.',
    });
    expect(lint({}, { ...two, project: { id: 'p', balance: 30 } })).toEqual([]);
    expect(lint({}, { ...two, project: { id: 'p', balance: -1 } })[0]?.remedy).toBe('Ask for fewer hosts, or ask the site for more.');
    expect(lint({}, { ...two, project: { id: 'p' } })).toEqual([]);
    expect(lint({}, { ...two, rules: {} })).toEqual([]);
  });
});
