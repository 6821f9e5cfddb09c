import { describe, expect, it } from 'vitest';
import { chameleonMachines, chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { host, hosts, hours, lease, leaseSite, NOW } from '../testing/site';
import { told } from '../testing/told';
import type { Condition, Lease, LeaseSite, Reservation } from '../types';
import { lintChange } from './change';
import { numberOf, plannedOf } from './change-counts';

const reservation = (over: Partial<Reservation> = {}): Reservation => ({
  id: 'r1',
  kind: 'physical:host',
  status: 'active',
  min: 2,
  max: 3,
  ...over,
});
// the lease runs until 12 hours from now, on hosts 1 and 2 of five
const lint = (counts: Record<string, number>, of: Partial<Lease> = {}, site: Partial<LeaseSite> = {}) =>
  told(
    lintChange(
      lease({ hosts: ['1', '2'], reservations: [reservation()], ...of }),
      { counts },
      leaseSite({ hosts: [...hosts(1, 4), host('5', 'fpga')], ...site }),
      {
        now: NOW,
      },
    ),
  );
const skylake: Condition = { name: 'node_type', op: '=', value: 'compute_skylake' };
const ips = (count: number): Partial<Lease> => ({ reservations: [reservation({ kind: 'virtual:floatingip', count })] });
const machines = (kind: string, count: number): Partial<Lease> => ({
  reservations: [reservation({ kind, count, flavor: 'f', size: { vcpus: 1, ramMiB: 1, diskGiB: 1 } })],
});
const pending: Partial<Lease> = { status: 'PENDING', ...hours(1, 5) };

describe('the number of what a lease holds', () => {
  it.each<[string, Record<string, number>, Partial<Lease>, Partial<LeaseSite>, string[]]>([
    ['of hosts, one more', { r1: 3 }, {}, {}, []],
    ['of hosts, as many as there are', { r1: 5 }, {}, {}, []],
    [
      'of hosts, more than there are',
      { r1: 6 },
      {},
      {},
      ['counts.r1 (no-host-available): Free at CHI@Test until the lease ends: 3 more; asked for: 4.'],
    ],
    [
      'of hosts of a type, more than there are',
      { r1: 5 },
      { reservations: [reservation({ where: [skylake] })] },
      {},
      ['counts.r1 (no-host-available): Free at CHI@Test until the lease ends: 2 more; asked for: 3.'],
    ],
    [
      'of hosts that were chosen by leaving others out',
      { r1: 3 },
      { reservations: [reservation({ where: [skylake, { name: 'uid', op: '!=', value: 'uid-3' }] })] },
      { hosts: hosts(1, 3) },
      [],
    ],
    [
      'of hosts, when others have them before it ends',
      { r1: 3 },
      {},
      { hosts: hosts(1, 3), taken: new Map([['3', [hours(5, 6)]]]) },
      ['counts.r1 (no-host-available): Free at CHI@Test until the lease ends: 0 more; asked for: 1.'],
    ],
    ['of hosts, when others have them after it', { r1: 3 }, {}, { hosts: hosts(1, 3), taken: new Map([['3', [hours(13, 14)]]]) }, []],
    ['of hosts, fewer', { r1: 1 }, {}, {}, ['counts.r1 (upstream-refused): The lease runs with 2 hosts, and keeps them until its end.']],
    ['of hosts, fewer than at most, but all that it has', { r1: 2 }, {}, {}, []],
    ['of hosts, fewer before it began', { r1: 1 }, pending, {}, []],
    ['of hosts, more before it began', { r1: 4 }, pending, {}, []],
    [
      'of hosts, too many before it began',
      { r1: 6 },
      pending,
      {},
      ['counts.r1 (no-host-available): Free for all of this time at CHI@Test: 5 of 5 that would do; asked for: 6.'],
    ],
    ['of hosts that nobody can count', { r1: 9 }, {}, { hosts: null }, []],
    ['of none', { r1: 0 }, {}, {}, ['counts.r1: The number of hosts must be a whole number, 1 or more.']],
    ['of one and a half', { r1: 1.5 }, {}, {}, ['counts.r1: The number of hosts must be a whole number, 1 or more.']],
    ['of what is not in it', { r9: 2 }, {}, {}, ['counts.r9: The lease holds no reservation r9.']],
    ['of what every object has', { constructor: 2 }, {}, {}, ['counts.constructor: The lease holds no reservation constructor.']],
    [
      'of a network',
      { r1: 2 },
      { reservations: [reservation({ kind: 'network' })] },
      {},
      ['counts.r1: A reservation of a network is of one.'],
    ],
    ['of floating IPs, more', { r1: 3 }, ips(2), {}, []],
    [
      'of floating IPs, fewer',
      { r1: 1 },
      ips(2),
      {},
      ['counts.r1 (upstream-refused): CHI@Test breaks leases when they are to hold fewer floating IPs.'],
    ],
    ['of floating IPs, none', { r1: 0 }, ips(2), {}, ['counts.r1: The number of floating IPs must be a whole number, 1 or more.']],
    ['of floating IPs, fewer at Chameleon', { r1: 1 }, ips(2), { rules: chameleonMetal }, []],
    ['of floating IPs, none at Chameleon', { r1: 0 }, ips(2), { rules: chameleonMetal }, []],
    [
      'of machines of a size of one’s own',
      { r1: 3 },
      machines('virtual:instance', 2),
      {},
      ['counts.r1 (upstream-refused): CHI@Test may break a running lease when its number of machines is changed.'],
    ],
    ['… the same number', { r1: 2 }, machines('virtual:instance', 2), {}, []],
    [
      '… where that is mended',
      { r1: 3 },
      machines('virtual:instance', 2),
      { rules: { changeableInstances: true }, hosts: hosts(1, 1, 'x', { vcpus: '9', memory_mb: '9', local_gb: '9' }) },
      [],
    ],
    [
      '… and none is free',
      { r1: 3 },
      machines('virtual:instance', 2),
      { rules: { changeableInstances: true } },
      ['counts.r1 (no-host-available): Free at CHI@Test until the lease ends: 0 more; asked for: 1.'],
    ],
    ['… before it began', { r1: 3 }, { ...machines('virtual:instance', 2), ...pending }, { hosts: null }, []],
    [
      'of machines of a flavor',
      { r1: 3 },
      machines('flavor:instance', 2),
      { rules: chameleonMachines },
      ['counts.r1 (upstream-refused): CHI@Test extends leases of flavors, and does not change how many machines they hold.'],
    ],
    ['… the same number', { r1: 2 }, machines('flavor:instance', 2), { rules: chameleonMachines }, []],
  ])('%s', (_name, counts, of, site, problems) => {
    expect(lint(counts, of, site)).toEqual(problems);
  });

  it('comes with how many would do', () => {
    const remedy = (site: Partial<LeaseSite>) =>
      lintChange(lease({ hosts: ['1'], reservations: [reservation()] }), { counts: { r1: 9 } }, leaseSite(site), { now: NOW })[0]?.remedy;
    expect(remedy({ hosts: hosts(1, 3) })).toBe('Ask for 3 in all, or make another lease.');
    expect(remedy({ hosts: hosts(1, 1) })).toBe('Make another lease for a later time.');
  });

  it('names the field that is to blame before the lease began', () => {
    const two: Partial<Lease> = {
      ...pending,
      hosts: ['1', '5'],
      reservations: [reservation({ where: [skylake] }), reservation({ id: 'r2', where: [{ ...skylake, value: 'fpga' }], min: 1, max: 1 })],
    };
    expect(lint({ r2: 2 }, two)[0]).toMatch(/^counts.r2 /);
    expect(lint({ r1: 9 }, two)[0]).toMatch(/^counts.r1 /);
    // r1 has not enough any more, whatever r2 is to be
    expect(lint({ r2: 1 }, two, { taken: new Map(['1', '2', '3'].map((id) => [id, [hours(0, 9)]])) })[0]).toMatch(/^counts.r2 /);
  });
});

it.each<[Partial<Reservation>, Partial<Lease>, number | undefined]>([
  [{}, { hosts: ['1', '2'] }, 2],
  [{}, { hosts: [] }, 3],
  [{}, { hosts: undefined }, 3],
  [{ kind: 'virtual:floatingip', count: 4 }, { hosts: ['1'] }, 4],
])('a reservation %j of %j is of %s', (over, of, number) => {
  expect(numberOf(reservation(over), lease({ reservations: [reservation(over)], ...of }))).toBe(number);
});

it('hosts of two reservations are not told apart', () => {
  expect(numberOf(reservation(), lease({ hosts: ['1', '2', '3', '4'], reservations: [reservation(), reservation({ id: 'r2' })] }))).toBe(3);
});

it.each<[Partial<Reservation>, number | undefined, object | undefined]>([
  [{}, undefined, { kind: 'physical:host', min: 2, max: 3, properties: [] }],
  [{}, 5, { kind: 'physical:host', min: 5, max: 5, properties: [] }],
  [{ min: undefined, max: undefined }, undefined, { kind: 'physical:host', min: 1, max: 1, properties: [] }],
  [
    { where: [{ name: 'vcpus', op: '=', value: '4' }, skylake] },
    undefined,
    { kind: 'physical:host', min: 2, max: 3, nodeType: 'compute_skylake', properties: [{ name: 'vcpus', op: '=', value: '4' }] },
  ],
  [
    {
      where: [
        { ...skylake, op: '!=' },
        { name: 'uid', op: '=', value: 'u' },
      ],
    },
    undefined,
    {
      kind: 'physical:host',
      min: 2,
      max: 3,
      properties: [
        { ...skylake, op: '!=' },
        { name: 'uid', op: '=', value: 'u' },
      ],
    },
  ],
  [
    { where: ['uid', 'node_name', 'hypervisor_hostname'].map((name) => ({ name, op: '!=', value: 'x' })) },
    undefined,
    { kind: 'physical:host', min: 2, max: 3, properties: [] },
  ],
  [{ kind: 'flavor:instance', flavor: 'f', count: 2 }, undefined, { kind: 'flavor:instance', flavor: 'f', count: 2 }],
  [{ kind: 'flavor:instance' }, undefined, undefined],
  [
    { kind: 'virtual:instance', size: { vcpus: 1, ramMiB: 2, diskGiB: 3 } },
    4,
    { kind: 'virtual:instance', count: 4, vcpus: 1, ramMiB: 2, diskGiB: 3 },
  ],
  [{ kind: 'virtual:instance' }, 4, undefined],
  [{ kind: 'virtual:floatingip', network: 'n' }, undefined, { kind: 'virtual:floatingip', network: 'n', count: 1 }],
  [{ kind: 'virtual:floatingip' }, undefined, undefined],
  [{ kind: 'network', name: 'net' }, undefined, { kind: 'network', name: 'net', properties: [] }],
  [{ kind: 'network' }, undefined, { kind: 'network', name: '', properties: [] }],
  [{ kind: 'device' }, undefined, undefined],
])('a reservation %j (%s) is asked for anew as %j', (over, count, planned) => {
  expect(plannedOf(reservation(over), count)).toEqual(planned);
});
