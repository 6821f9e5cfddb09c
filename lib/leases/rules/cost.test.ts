import { describe, expect, it } from 'vitest';
import { chameleonMachines, chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import type { LeasePrices } from '@/lib/sites/types';
import { host, hours } from '../testing/site';
import type { PlannedReservation } from '../types';
import { costOf, flavorPrice, hostPrice, reservationPrice } from './cost';

const metal = chameleonMetal.prices ?? { unit: '?' };
const machines = chameleonMachines.prices ?? { unit: '?' };

describe('an hour of a host', () => {
  it.each([
    ['compute_skylake', {}, 1],
    ['gpu_rtx_6000', { 'gpu.gpu_model': 'RTX 6000' }, 2],
    ['gpu_p100_nvlink', {}, 2],
    ['storage_nvme', {}, 2],
    ['fpga', {}, 2],
    ['gpu_a100_pcie', { 'gpu.gpu_model': 'NVIDIA A100', 'gpu.gpu_count': '4' }, 16],
    ['compute_liqid', { 'gpu.gpu_model': 'A100', 'gpu.gpu_count': '1' }, 4],
    ['gpu_h100', { 'gpu.gpu_model': 'H100' }, null],
    // what the host itself says wins
    ['gpu_h100', { su_factor: '8' }, 8],
    ['compute_skylake', { su_factor: '0' }, 0],
    ['compute_skylake', { su_factor: 'much' }, 1],
    ['compute_skylake', { su_factor: '-1' }, 1],
  ])('of %s %j is %s', (nodeType, properties, price) => {
    expect(hostPrice(host('1', nodeType, properties), metal)).toBe(price);
  });

  it('is not known without a table', () => {
    expect(hostPrice(host('1'), { unit: 'SU' })).toBeNull();
    expect(hostPrice(host('1'), { unit: 'SU', hosts: [{ nodeType: 'other', perHour: 1 }] })).toBeNull();
  });
});

it.each([
  ['m1.tiny', 0.01],
  ['g1.h100.pci.1', 0.5],
  ['m1.huge', null],
])('an hour of a machine %s is %s', (name, price) => {
  expect(flavorPrice(name, machines)).toBe(price);
  expect(flavorPrice(name, metal)).toBeNull();
});

describe('an hour of a reservation', () => {
  const nodes = (min: number, max = min): PlannedReservation => ({ kind: 'physical:host', min, max });
  const [one, two, four] = ['1', '2', '4'].map((factor) => host(factor, 'x', { su_factor: factor }));
  const prices: LeasePrices = { unit: 'SU', network: 1, stitchableNetwork: 2, floatingIp: 0.5 };
  const all = [one, four, two].map((each) => (each ? hostPrice(each, prices) : null));

  it.each<[string, PlannedReservation, Parameters<typeof reservationPrice>[1], number | null]>([
    ['of hosts that are chosen', nodes(3), { hosts: all }, 7],
    ['of as many of them at most', nodes(1, 2), { hosts: all }, 6],
    ['of fewer than there are', nodes(1, 5), { hosts: all }, 7],
    ['of hosts that are not known', nodes(1), {}, null],
    ['of more hosts than are known', nodes(4), { hosts: all }, null],
    ['with one of unknown price', nodes(2), { hosts: [...all, null] }, null],
    ['of machines', { kind: 'flavor:instance', flavor: 'id', count: 3 }, { flavor: 'm1.tiny' }, null],
    ['of machines of an unknown flavor', { kind: 'flavor:instance', flavor: 'id', count: 3 }, {}, null],
    ['of a size that is no flavor', { kind: 'virtual:instance', count: 1, vcpus: 1, ramMiB: 1, diskGiB: 1 }, {}, null],
    ['of floating IPs', { kind: 'virtual:floatingip', network: 'n', count: 3 }, {}, 1.5],
    ['of a network', { kind: 'network', name: 'n' }, {}, 1],
    [
      'of one that is not to be joined',
      { kind: 'network', name: 'n', properties: [{ name: 'stitch_provider', op: '=', value: 'none' }] },
      {},
      1,
    ],
    [
      'of one to be joined to another site’s',
      { kind: 'network', name: 'n', properties: [{ name: 'stitch_provider', op: '=', value: 'fabric' }] },
      {},
      2,
    ],
    [
      'of a network by another property',
      { kind: 'network', name: 'n', properties: [{ name: 'usage_type', op: '=', value: 'storage' }] },
      {},
      1,
    ],
  ])('%s', (_name, reservation, chosen, price) => {
    expect(reservationPrice(reservation, chosen, prices)).toBe(price);
  });

  it('is the flavor’s, for each machine', () => {
    expect(reservationPrice({ kind: 'flavor:instance', flavor: 'id', count: 3 }, { flavor: 'm1.xxlarge' }, machines)).toBeCloseTo(0.9);
  });

  it('is not known where the site tells none', () => {
    expect(reservationPrice({ kind: 'virtual:floatingip', network: 'n', count: 1 }, {}, { unit: 'SU' })).toBeNull();
    expect(reservationPrice({ kind: 'network', name: 'n' }, {}, { unit: 'SU' })).toBeNull();
    expect(reservationPrice({ kind: 'virtual:floatingip', network: 'n', count: 1 }, {}, machines)).toBe(0);
  });
});

it.each([
  [[2, 0.1, 0.2], hours(0, 6), { unit: 'SU', perHour: 2.3, total: 13.8 }],
  [[1], hours(0, 0.5), { unit: 'SU', perHour: 1, total: 0.5 }],
  [[], hours(0, 6), { unit: 'SU', perHour: 0, total: 0 }],
  [[1], hours(6, 0), { unit: 'SU', perHour: 1, total: 0 }],
  [[1, null], hours(0, 6), null],
])('a lease of %j an hour costs its hours', (perHour, span, cost) => {
  expect(costOf(perHour, span, { unit: 'SU' })).toEqual(cost);
});
