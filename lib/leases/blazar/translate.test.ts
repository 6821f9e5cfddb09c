import { describe, expect, it } from 'vitest';
import type * as cloud from '@/lib/openstack/types';
import { plainSite } from '@/lib/sites/testing/site';
import { MINUTE } from '../calendar/moments';
import { hours, inHours, NOW } from '../testing/site';
import type { BlazarReservation } from './requests';
import { cloudChangeOf, leaseOf, leaseSiteOf, newLeaseOf, type Told } from './translate';

const iso = (hour: number) => new Date(inHours(hour)).toISOString();
const reservation = (over: Partial<cloud.LeaseReservation> = {}): cloud.LeaseReservation => ({
  id: 'r1',
  kind: 'physical:host',
  status: 'active',
  missingResources: false,
  resourcesChanged: false,
  ...over,
});
const cloudLease = (over: Partial<cloud.CloudLease> = {}): cloud.CloudLease => ({
  id: 'l1',
  name: 'mine',
  status: 'ACTIVE',
  start: iso(-1),
  end: iso(5),
  degraded: false,
  reservations: [reservation()],
  events: [],
  ...over,
});
const allocation = (hostId: string, leaseId: string, start: number, end: number): cloud.Allocation => ({
  hostId,
  taken: [{ start: iso(start), end: iso(end), leaseId, reservationId: 'r' }],
});
const told = (over: Partial<Told> = {}): Told => ({ hosts: [], allocations: [], leases: [], ...over });
const facts = { flavors: [], networks: [] };
const chameleon = plainSite({
  id: 'chi',
  name: 'CHI',
  features: { leases: true, bareMetal: true, volumes: false, floatingIps: true, securityGroups: false },
});
const siteOf = (over: Partial<Told> = {}, site = chameleon) => leaseSiteOf(site, { id: 'p' }, told(over), facts);

describe('what a site told', () => {
  it('is known with its rules, its project and its outages', () => {
    const rules = { leases: { maxDays: 7 } };
    const downtimes = [{ start: iso(1), end: iso(2), severity: 'outage' as const, description: 'Cooling' }];
    expect(leaseSiteOf({ ...chameleon, rules, downtimes }, { id: 'p', balance: 5 }, told(), facts)).toEqual({
      id: 'chi',
      name: 'CHI',
      rules: { maxDays: 7 },
      kinds: ['physical:host'],
      hosts: [],
      taken: new Map(),
      flavors: [],
      networks: [],
      addresses: null,
      segments: null,
      takenSegments: null,
      leases: [],
      project: { id: 'p', balance: 5 },
      downtimes: [{ ...hours(1, 2), title: 'Cooling' }],
    });
    expect(siteOf().rules).toEqual({});
  });

  it('leases what it tells of', () => {
    const lists = { floatingIps: { items: [], gaps: [] }, segments: { items: [], gaps: [] } };
    const machines = { ...chameleon, features: { ...chameleon.features, bareMetal: false }, rules: { flavorLeases: true } };
    expect(siteOf(lists).kinds).toEqual(['physical:host', 'virtual:floatingip', 'network']);
    expect(siteOf({}, machines).kinds).toEqual(['flavor:instance', 'virtual:instance']);
    expect(siteOf({}, { ...machines, features: chameleon.features }).kinds).toEqual([
      'physical:host',
      'flavor:instance',
      'virtual:instance',
    ]);
    expect(siteOf({}, { ...machines, rules: {} }).kinds).toEqual(['physical:host', 'virtual:instance']);
    expect(siteOf({ floatingIps: null, segments: null }).kinds).toEqual(['physical:host']);
  });

  it.each([
    [{ uid: 'u', node_name: 'n', hypervisor_hostname: 'h', reservable: 'true' }, 'u', true],
    [{ node_name: 'n', hypervisor_hostname: 'h', reservable: 'false' }, 'n', false],
    [{ hypervisor_hostname: 'h' }, 'h', true],
    [{}, 'name', true],
  ])('hosts with %j are known as %s', (properties, uid, reservable) => {
    const host = { id: '1', name: 'name', nodeType: 't', properties };
    expect(siteOf({ hosts: [host] }).hosts).toEqual([{ ...host, uid, reservable }]);
  });

  it('floating IPs and segments are those that can be reserved', () => {
    const floatingIps = {
      items: [true, false].map((reservable, index) => ({ id: String(index), networkId: 'n', address: `192.0.2.${index}`, reservable })),
      gaps: [],
    };
    const segment = (id: string, properties: Record<string, string>) => ({ id, properties });
    const segments = { items: [segment('s', { segment_id: '3501', reservable: 'false' }), segment('t', {})], gaps: [] };
    const site = siteOf({ floatingIps, segments, segmentAllocations: [allocation('s', 'x', 1, 2)] });
    expect(site.addresses).toEqual([{ id: '0', address: '192.0.2.0', network: 'n' }]);
    expect(site.segments).toMatchObject([
      { id: 's', uid: 's', name: '3501', reservable: false },
      { id: 't', name: 't', reservable: true },
    ]);
    expect(site.takenSegments).toEqual(new Map([['s', [{ ...hours(1, 2), lease: 'x' }]]]));
  });

  it('is not known where the site keeps it for its operators', () => {
    expect(siteOf({ hosts: null, allocations: null, segmentAllocations: null, leases: [cloudLease()] })).toMatchObject({
      hosts: null,
      taken: null,
      takenSegments: null,
    });
    expect(siteOf({ allocations: null, leases: [cloudLease()] }).leases[0]).not.toHaveProperty('hosts');
  });

  it('leases have the hosts that are taken for them', () => {
    const site = siteOf({
      leases: [cloudLease(), cloudLease({ id: 'l2' })],
      allocations: [allocation('1', 'l1', -1, 5), allocation('2', 'other', -1, 5), allocation('3', 'l1', -1, 5)],
    });
    expect(site.leases.map(({ hosts }) => hosts)).toEqual([['1', '3'], []]);
    expect(site.taken?.get('2')).toEqual([{ ...hours(-1, 5), lease: 'other' }]);
  });
});

describe('a lease that was read', () => {
  it('has its times as moments', () => {
    expect(leaseOf(cloudLease({ createdAt: iso(-2), degraded: true }), null)).toEqual({
      id: 'l1',
      name: 'mine',
      status: 'ACTIVE',
      ...hours(-1, 5),
      degraded: true,
      createdAt: inHours(-2),
      reservations: [{ id: 'r1', kind: 'physical:host', status: 'active', missing: false, changed: false }],
    });
  });

  it.each<[Partial<cloud.LeaseReservation>, object]>([
    [
      { min: 1, max: 2, where: [{ property: 'node_type', op: '=', value: 'x' }], missingResources: true },
      { min: 1, max: 2, where: [{ name: 'node_type', op: '=', value: 'x' }], missing: true, changed: false },
    ],
    [
      { kind: 'flavor:instance', amount: 3, flavor: { id: 'f', name: 'm1', vcpus: 1, ramMiB: 2, diskGiB: 3 } },
      { count: 3, flavor: 'f', missing: false, changed: false },
    ],
    [
      { kind: 'virtual:instance', amount: 3, flavor: { id: 'r1', vcpus: 1, ramMiB: 2, diskGiB: 3 } },
      { count: 3, size: { vcpus: 1, ramMiB: 2, diskGiB: 3 }, missing: false, changed: false },
    ],
    [
      { kind: 'virtual:floatingip', amount: 2, networkId: 'n', resourcesChanged: true },
      { count: 2, network: 'n', missing: false, changed: true },
    ],
    [
      { kind: 'network', networkName: 'net' },
      { name: 'net', missing: false, changed: false },
    ],
  ])('with the reservation %j', (over, read) => {
    const {
      id: _id,
      kind: _kind,
      status: _status,
      ...rest
    } = leaseOf(cloudLease({ reservations: [reservation(over)] }), null).reservations[0] ?? { id: '', kind: '', status: '' };
    expect(rest).toEqual(read);
  });
});

describe('what Blazar’s client is asked for', () => {
  const where = [{ name: 'uid', op: '!=' as const, value: 'x' }];
  it('is a lease', () => {
    const reservations: BlazarReservation[] = [
      { kind: 'physical:host', min: 1, max: 2, where },
      { kind: 'flavor:instance', flavorId: 'f', amount: 1 },
      { kind: 'virtual:instance', amount: 1, vcpus: 1, ramMiB: 2, diskGiB: 3 },
      { kind: 'virtual:floatingip', networkId: 'n', amount: 1, addresses: ['192.0.2.1'] },
      { kind: 'network', name: 'net', where: [] },
    ];
    expect(newLeaseOf({ name: 'x', start: inHours(1), end: inHours(2), reservations })).toEqual({
      name: 'x',
      start: iso(1),
      end: iso(2),
      reservations: [
        { kind: 'physical:host', min: 1, max: 2, where: [{ property: 'uid', op: '!=', value: 'x' }] },
        { kind: 'flavor:instance', flavorId: 'f', amount: 1 },
        { kind: 'virtual:instance', amount: 1, vcpus: 1, ramMiB: 2, diskGiB: 3 },
        { kind: 'virtual:floatingip', networkId: 'n', amount: 1, addresses: ['192.0.2.1'] },
        { kind: 'network', name: 'net', where: [] },
      ],
    });
    expect(newLeaseOf({ name: 'x', start: 'now', end: inHours(2), reservations: [] }).start).toBe('now');
  });

  it('is a change, of what is to change', () => {
    expect(cloudChangeOf({}, NOW)).toEqual({});
    expect(
      cloudChangeOf(
        {
          name: 'n',
          start: inHours(1),
          end: inHours(2),
          reservations: [
            { id: 'r', amount: 2 },
            { id: 's', min: 1, where },
          ],
        },
        NOW,
      ),
    ).toEqual({
      name: 'n',
      start: iso(1),
      end: iso(2),
      reservations: [
        { id: 'r', amount: 2 },
        { id: 's', min: 1, where: [{ property: 'uid', op: '!=', value: 'x' }] },
      ],
    });
    // Blazar takes no start `now` in a change
    expect(cloudChangeOf({ start: 'now', end: 'now' }, NOW)).toEqual({ start: new Date(NOW + MINUTE).toISOString(), end: 'now' });
  });
});
