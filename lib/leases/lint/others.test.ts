import { describe, expect, it } from 'vitest';
import type { Flavor } from '@/lib/sites/types';
import { host, hosts, leaseSite } from '../testing/site';
import { told } from '../testing/told';
import type { FlavorReservation, FloatingIpReservation, InstanceReservation, NetworkReservation } from '../types';
import { lintAddresses, lintFlavor, lintInstance, lintNetwork } from './others';

const size = { vcpus: '48', memory_mb: '196608', local_gb: '400' };
const flavor = (id: string, over: Partial<Flavor> = {}): Flavor => ({
  id,
  name: `m1.${id}`,
  vcpus: 4,
  ramMiB: 1024,
  diskGiB: 10,
  bareMetal: false,
  ...over,
});
const external = (id: string, name: string) => ({ id, name, external: true, shared: false, subnets: [] });
const site = leaseSite({
  hosts: [...hosts(1, 2, 'kvm', size), host('3', 'kvm', size, { reservable: false })],
  flavors: [flavor('a'), flavor('metal', { bareMetal: true }), flavor('given', { leased: true }), flavor('huge', { vcpus: 64 })],
  networks: [external('n1', 'public'), external('n2', 'twin'), external('n3', 'twin'), { ...external('n4', 'inner'), external: false }],
  addresses: [
    { id: '1', address: '192.0.2.1', network: 'n1' },
    { id: '2', address: '192.0.2.2', network: 'n1' },
    { id: '3', address: '192.0.2.3', network: 'n2' },
  ],
  segments: [host('s1', '', { physical_network: 'physnet1', usage_type: 'none' }), host('s2', '', { physical_network: 'exogeni' })],
});

describe('reservations of machines', () => {
  const machines = (over: Partial<FlavorReservation> = {}): FlavorReservation => ({
    kind: 'flavor:instance',
    flavor: 'm1.a',
    count: 1,
    ...over,
  });
  it.each<[Partial<FlavorReservation>, string[]]>([
    [{}, []],
    [{ flavor: 'a' }, []],
    [{ count: 24 }, []],
    [{ count: 25 }, ['r.count: CHI@Test holds 24 machines of m1.a, and 25 are asked for.']],
    [{ flavor: 'huge' }, ['r.count: CHI@Test holds 0 machines of m1.huge, and 1 are asked for.']],
    [{ count: 0 }, ['r.count: The number of machines must be a whole number, 1 or more.']],
    [{ flavor: 'm2' }, ['r.flavor (flavor-not-found): CHI@Test has no flavor m2 that can be leased.']],
    [{ flavor: 'given' }, ['r.flavor (flavor-not-found): CHI@Test has no flavor given that can be leased.']],
    [
      { flavor: '', count: 1.5 },
      [
        'r.count: The number of machines must be a whole number, 1 or more.',
        'r.flavor (flavor-not-found): CHI@Test has no flavor  that can be leased.',
      ],
    ],
    [{ flavor: 'metal' }, ['r.flavor: m1.metal is bare metal: hosts are leased, not the flavor.']],
  ])('of a flavor: %j', (over, problems) => {
    expect(told(lintFlavor(machines(over), 'r', site))).toEqual(problems);
  });

  it('say which flavors there are, and how many would do', () => {
    expect(lintFlavor(machines({ flavor: 'm2' }), 'r', site)[0]?.remedy).toBe('It has m1.a, m1.huge.');
    expect(lintFlavor(machines({ flavor: 'm2' }), 'r', leaseSite())[0]?.remedy).toBeUndefined();
    expect(lintFlavor(machines({ count: 25 }), 'r', site)[0]?.remedy).toBe('Ask for 24 or fewer.');
    expect(lintFlavor(machines({ flavor: 'huge' }), 'r', site)[0]?.remedy).toBe('Ask for smaller machines.');
    expect(lintFlavor(machines({ count: 999 }), 'r', { ...site, hosts: null })).toEqual([]);
  });

  const own = (over: Partial<InstanceReservation> = {}): InstanceReservation => ({
    kind: 'virtual:instance',
    count: 1,
    vcpus: 4,
    ramMiB: 1024,
    diskGiB: 0,
    ...over,
  });
  it.each<[Partial<InstanceReservation>, string[]]>([
    [{}, []],
    [{ count: 0 }, ['r.count: The number of machines must be a whole number, 1 or more.']],
    [{ vcpus: 0 }, ['r.vcpus: The number of CPUs must be a whole number, 1 or more.']],
    [{ ramMiB: 0.5 }, ['r.ramMiB: The number of MiB of memory must be a whole number, 1 or more.']],
    [{ diskGiB: -1 }, ['r.diskGiB: The disk must be a whole number of GiB, 0 or more.']],
    [{ diskGiB: 1.5 }, ['r.diskGiB: The disk must be a whole number of GiB, 0 or more.']],
    [{ vcpus: 24, count: 5 }, ['r.count: CHI@Test holds 4 machines of this size, and 5 are asked for.']],
  ])('of a size of one’s own: %j', (over, problems) => {
    expect(told(lintInstance(own(over), 'r', site))).toEqual(problems);
  });
});

describe('reservations of floating IPs', () => {
  const ips = (over: Partial<FloatingIpReservation> = {}): FloatingIpReservation => ({
    kind: 'virtual:floatingip',
    network: 'public',
    count: 1,
    ...over,
  });
  it.each<[Partial<FloatingIpReservation>, string[]]>([
    [{}, []],
    [{ network: 'n1', count: 2, addresses: ['192.0.2.2'] }, []],
    [{ network: 'n2' }, []],
    [{ count: 0 }, ['r.count: The number of floating IPs must be a whole number, 1 or more.']],
    [{ count: 3 }, ['r.count: 2 floating IPs can be reserved in public, and 3 are asked for.']],
    [{ network: 'none' }, ['r.network (network-not-found): CHI@Test has no external network none.']],
    [{ network: 'inner' }, ['r.network (network-not-found): CHI@Test has no external network inner.']],
    [{ network: 'twin' }, ['r.network (network-not-found): CHI@Test has several networks twin.']],
    [
      { network: 'none', count: 0 },
      [
        'r.count: The number of floating IPs must be a whole number, 1 or more.',
        'r.network (network-not-found): CHI@Test has no external network none.',
      ],
    ],
    [{ addresses: ['192.0.2'] }, ['r.addresses.0: 192.0.2 is no IPv4 address.']],
    [{ addresses: ['192.0.2.3'] }, ['r.addresses.0: 192.0.2.3 can’t be reserved in public.']],
    [{ count: 2, addresses: ['192.0.2.1', '192.0.2.1'] }, ['r.addresses.1: 192.0.2.1 is named twice.']],
    [{ count: 1, addresses: ['192.0.2.1', '192.0.2.2'] }, ['r.count: 2 addresses are named, and 1 asked for.']],
  ])('%j', (over, problems) => {
    expect(told(lintAddresses(ips(over), 'r', site))).toEqual(problems);
  });

  it('say which networks there are, and take any number where the pool is not shown', () => {
    expect(lintAddresses(ips({ network: 'x' }), 'r', site)[0]?.remedy).toBe('It has public, twin.');
    expect(lintAddresses(ips({ network: 'x' }), 'r', leaseSite())[0]?.remedy).toBeUndefined();
    expect(lintAddresses(ips({ network: 'twin' }), 'r', site)[0]?.remedy).toBe('Name it by its id.');
    expect(lintAddresses(ips({ count: 99, addresses: ['198.51.100.1'] }), 'r', { ...site, addresses: null })).toEqual([]);
  });
});

describe('reservations of networks', () => {
  const net = (over: Partial<NetworkReservation> = {}): NetworkReservation => ({ kind: 'network', name: 'mine', ...over });
  const needsName = 'r.name: The network needs a name of 1 to 255 signs that can be seen.';
  it.each<[Partial<NetworkReservation>, string[]]>([
    [{}, []],
    [{ name: 'x'.repeat(255) }, []],
    [{ name: 'x'.repeat(256) }, [needsName]],
    [{ name: ' ' }, [needsName]],
    [{ name: 'a\nb' }, [needsName]],
    [{ name: 'a\u200fb' }, [needsName]],
    [{ physicalNetwork: 'exogeni' }, []],
    [{ physicalNetwork: 'physnet9' }, ['r.physicalNetwork: CHI@Test has no physical network physnet9.']],
    [{ properties: [{ name: 'usage_type', op: '=', value: 'storage' }] }, []],
    [
      { properties: [{ name: 'ghost', op: '=', value: 'x' }] },
      ['r.properties.0.name: There is no property ghost of a network of CHI@Test.'],
    ],
  ])('%j', (over, problems) => {
    expect(told(lintNetwork(net(over), 'r', site))).toEqual(problems);
  });

  it('name the physical networks there are, where they are shown', () => {
    expect(lintNetwork(net({ physicalNetwork: 'x' }), 'r', site)[0]?.remedy).toBe('It has exogeni, physnet1.');
    expect(lintNetwork(net({ physicalNetwork: 'x' }), 'r', leaseSite())).toEqual([]);
  });
});
