import { describe, expect, it } from 'vitest';
import type { Flavor } from '@/lib/sites/types';
import { MINUTE } from '../calendar/moments';
import { unitsIn } from '../calendar/windows';
import { host, hosts, hours, inHours, leaseSite, NOW } from '../testing/site';
import type { LeaseSite, PlannedReservation } from '../types';
import { demandOf, flavorOf, hostsFor } from './demands';

const ever = Number.POSITIVE_INFINITY;
const view = { from: NOW };
const nodes = (over: object = {}): PlannedReservation & { kind: 'physical:host' } => ({ kind: 'physical:host', min: 1, max: 2, ...over });
const flavor = (id: string, over: Partial<Flavor> = {}): Flavor => ({
  id,
  name: id,
  vcpus: 4,
  ramMiB: 1024,
  diskGiB: 10,
  bareMetal: false,
  ...over,
});
const network = (id: string, name: string) => ({ id, name, external: true, shared: false, subnets: [] });
const idsOf = (site: LeaseSite, reservation: PlannedReservation) => demandOf(site, reservation, view)?.from.map(({ id }) => id);

describe('what a reservation of hosts draws on', () => {
  const all = [...hosts(1, 2), host('3', 'compute_skylake', {}, { reservable: false }), host('4', 'fpga')];
  const taken = new Map([['1', [{ ...hours(1, 2), lease: 'mine' }, hours(4, 5)]]]);
  const site = leaseSite({ hosts: all, taken });

  it('are hosts of its kind in service, each with the times in which it is free, a minute apart from other leases', () => {
    const demand = demandOf(site, nodes({ nodeType: 'compute_skylake' }), view);
    expect(demand).toEqual({
      min: 1,
      max: 2,
      pick: true,
      from: [
        {
          id: '1',
          units: 1,
          runs: [
            { start: NOW, end: inHours(1) - MINUTE },
            { start: inHours(2) + MINUTE, end: inHours(4) - MINUTE },
            { start: inHours(5) + MINUTE, end: ever },
          ],
        },
        { id: '2', units: 1, runs: [{ start: NOW, end: ever }] },
      ],
    });
  });

  it('keep the site’s gap', () => {
    const [first] = demandOf({ ...site, rules: { gapMinutes: 30 } }, nodes(), view)?.from ?? [];
    expect(first?.runs[0]).toEqual({ start: NOW, end: inHours(0.5) });
    const [tight] = demandOf({ ...site, rules: { gapMinutes: 0 } }, nodes(), view)?.from ?? [];
    expect(tight?.runs[0]).toEqual({ start: NOW, end: inHours(1) });
  });

  it('are free for the lease that has them now, when it is to be changed', () => {
    const own = { id: 'mine', hosts: ['1'], ...hours(4, 5) };
    const firstRun = (except: typeof own) => demandOf(site, nodes(), { ...view, except })?.from[0]?.runs.map(({ start }) => start);
    const gap = MINUTE;
    expect(firstRun({ ...own, ...hours(1, 2) })).toEqual([NOW, inHours(5) + gap]);
    // where the site does not tell whose time it is, it is known by the lease's own
    expect(firstRun({ ...own, id: 'other' })).toEqual([NOW, inHours(2) + gap]);
    expect(firstRun({ ...own, id: 'other', hosts: ['2'] })).toEqual([NOW, inHours(2) + gap, inHours(5) + gap]);
    expect(firstRun({ ...own, id: 'other', end: inHours(6) })).toEqual([NOW, inHours(2) + gap, inHours(5) + gap]);
    expect(firstRun({ ...own, id: 'other', start: inHours(3) })).toEqual([NOW, inHours(2) + gap, inHours(5) + gap]);
  });

  it('come in the order of taste', () => {
    const failures = new Map([['uid-1', 2]]);
    expect(demandOf(site, nodes({ nodeType: 'compute_skylake' }), { ...view, failures })?.from.map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('are not known where the site does not show its hosts, or when they are taken', () => {
    expect(demandOf({ ...site, hosts: null }, nodes(), view)).toBeNull();
    expect(demandOf({ ...site, taken: null }, nodes(), view)).toBeNull();
  });

  it('are of the usual node type where nothing is asked for, and any where there is none of it', () => {
    const of = (defaultNodeType?: string) => hostsFor({ ...site, rules: { defaultNodeType } }, nodes()).map(({ id }) => id);
    expect(of('fpga')).toEqual(['4']);
    expect(of('gpu_k80')).toEqual(['1', '2', '4']);
    expect(of()).toEqual(['1', '2', '4']);
    expect(hostsFor({ ...site, hosts: null }, nodes())).toEqual([]);
    expect(hostsFor({ ...site, rules: { defaultNodeType: 'fpga' } }, nodes({ nodeType: 'none' }))).toEqual([]);
  });

  it('are kept from projects that may not have them', () => {
    const kept = [...hosts(1, 1), host('2', 'compute_skylake', { authorized_projects: 'p1' })];
    expect(hostsFor(leaseSite({ hosts: kept, project: { id: 'p1' } }), nodes())).toHaveLength(2);
    expect(hostsFor(leaseSite({ hosts: kept, project: { id: 'p2' } }), nodes())).toHaveLength(1);
  });
});

describe('what a reservation of machines draws on', () => {
  const large = { vcpus: '48', memory_mb: '196608', local_gb: '400' };
  const site = leaseSite({
    hosts: [...hosts(1, 2, 'kvm', large), host('3', 'kvm', large, { reservable: false })],
    taken: new Map([['1', [hours(1, 2)]]]),
    flavors: [
      flavor('f1', { name: 'm1' }),
      flavor('f2', { name: 'twin' }),
      flavor('f3', { name: 'twin' }),
      flavor('f4', { name: 'm4', leased: true }),
    ],
  });
  const machines = (count: number, of = 'm1'): PlannedReservation => ({ kind: 'flavor:instance', flavor: of, count });

  it('is the room of hosts that nobody has at all', () => {
    const demand = demandOf(site, machines(3), view);
    expect(demand).toMatchObject({ min: 3, max: 3 });
    expect(demand?.pick).toBeUndefined();
    expect(demand && [unitsIn(demand, hours(0, 0.5)), unitsIn(demand, hours(1, 2))]).toEqual([24, 12]);
  });

  it('is what the site tells of the flavor, where it does', () => {
    const availability = new Map([
      [
        'f1',
        [
          { ...hours(2, 3), available: 5 },
          { ...hours(0, 1), available: 3 },
          { ...hours(1, 2), available: 0 },
          { ...hours(3, 6), available: 2 },
        ],
      ],
    ]);
    const demand = demandOf({ ...site, hosts: null, availability }, machines(2), view);
    const room = (start: number, end: number) => demand && unitsIn(demand, hours(start, end));
    expect([room(0, 1), room(1, 2), room(0, 2), room(2, 3), room(2, 6), room(3, 6), room(5, 7)]).toEqual([3, 0, 0, 5, 2, 2, 0]);
    expect(demand?.from.map(({ units }) => units)).toEqual([2, 1, 2]);
    expect(demandOf({ ...site, availability }, machines(2, 'f2'), view)?.from).toHaveLength(2);
  });

  it('is not known where the flavor or the hosts are not', () => {
    expect(demandOf(site, machines(1, 'none'), view)).toBeNull();
    expect(demandOf({ ...site, hosts: null }, machines(1), view)).toBeNull();
    expect(demandOf({ ...site, taken: null }, machines(1), view)).toBeNull();
  });

  it('is found by id or name, unless that is the name of two or of what a lease gave', () => {
    const found = ['f1', 'm1', 'f3', 'twin', 'm4', 'none'].map((name) => flavorOf(site, { flavor: name })?.id);
    expect(found).toEqual(['f1', 'f1', 'f3', undefined, undefined, undefined]);
  });

  it('is room for a size that is no flavor, too', () => {
    const demand = demandOf(site, { kind: 'virtual:instance', count: 2, vcpus: 24, ramMiB: 1024, diskGiB: 1 }, view);
    expect(demand && [demand.min, demand.max, unitsIn(demand, hours(0, 0.5))]).toEqual([2, 2, 4]);
  });

  it('is apart from what hosts or machines of another size draw on', () => {
    const [one, other, host1] = [
      idsOf(site, machines(1)),
      idsOf(site, { kind: 'virtual:instance', count: 1, vcpus: 1, ramMiB: 1, diskGiB: 1 }),
      idsOf(site, nodes()),
    ];
    expect(new Set([...(one ?? []), ...(other ?? []), ...(host1 ?? [])]).size).toBe(6);
  });
});

describe('what other reservations draw on', () => {
  const networks = [network('n1', 'public'), network('n2', 'other')];
  const addresses = [
    { id: 'a1', address: '192.0.2.1', network: 'n1' },
    { id: 'a2', address: '192.0.2.2', network: 'n1' },
    { id: 'a3', address: '192.0.2.3', network: 'n2' },
  ];
  it('floating IPs are those of the network, first the ones that are asked for', () => {
    const site = leaseSite({ networks, addresses });
    const ips = (of: string, wanted?: string[]): PlannedReservation => ({
      kind: 'virtual:floatingip',
      network: of,
      count: 2,
      addresses: wanted,
    });
    expect(demandOf(site, ips('public'), view)).toMatchObject({
      min: 2,
      max: 2,
      from: [{ id: 'address/a1', runs: [{ start: NOW, end: ever }] }, { id: 'address/a2' }],
    });
    expect(idsOf(site, ips('n1', ['192.0.2.2']))).toEqual(['address/a2', 'address/a1']);
    expect(idsOf(site, ips('none'))).toEqual([]);
    expect(demandOf(leaseSite({ networks }), ips('public'), view)).toBeNull();
  });

  const segment = (id: string, properties: Record<string, string>) => host(id, '', properties);
  const segments = [
    segment('s1', { physical_network: 'physnet1', stitch_provider: 'none' }),
    segment('s2', { physical_network: 'physnet2' }),
    segment('s3', { physical_network: 'exogeni', stitch_provider: 'fabric' }),
  ];
  it('a network takes a VLAN, one that can be joined to other sites only on request', () => {
    const site = leaseSite({ segments, takenSegments: new Map([['s1', [hours(0, 5)]]]) });
    const net = (over: object = {}): PlannedReservation => ({ kind: 'network', name: 'n', ...over });
    expect(demandOf(site, net(), view)).toMatchObject({
      min: 1,
      max: 1,
      from: [{ id: 'segment/s1', runs: [{ start: inHours(5) + MINUTE }] }, { id: 'segment/s2' }],
    });
    expect(idsOf(site, net({ physicalNetwork: 'physnet2' }))).toEqual(['segment/s2']);
    expect(idsOf(site, net({ properties: [{ name: 'stitch_provider', op: '=', value: 'fabric' }] }))).toEqual(['segment/s3']);
    expect(demandOf({ ...site, segments: null }, net(), view)).toBeNull();
    expect(demandOf({ ...site, takenSegments: null }, net(), view)).toBeNull();
  });
});
