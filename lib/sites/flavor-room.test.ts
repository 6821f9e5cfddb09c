import { expect, test } from 'vitest';
import { flavorRoom } from './flavor-room';
import type { Flavor } from './types';

const flavor = (id: string, vcpus: number, ramMiB: number, diskGiB: number, rest: Partial<Flavor> = {}): Flavor => ({
  id,
  name: id,
  vcpus,
  ramMiB,
  diskGiB,
  bareMetal: false,
  ...rest,
});
const host = (id: string, properties: Record<string, string>) => ({ id, name: id, nodeType: '', properties });
const large = { vcpus: '48', memory_mb: '196608', local_gb: '400', reservable: 'true' };
const now = new Date('2026-11-21T12:00:00Z');
const span = (from: number, to: number) => ({ start: `2026-11-${from}T00:00:00.000Z`, end: `2026-11-${to}T00:00:00.000Z` });

test('a flavor has the room of the hosts that nobody reserved now, by its scarcest part', () => {
  const hosts = [host('1', large), host('2', large), host('3', large)];
  const allocations = [
    { hostId: '1', taken: [span(20, 25)] },
    { hostId: '2', taken: [span(10, 12), span(22, 24)] },
  ];
  const flavors = [flavor('m1.medium', 2, 4096, 40), flavor('m1.huge', 64, 4096, 40), flavor('tiny', 1, 512, 0)];
  expect(flavorRoom(flavors, hosts, allocations, now)).toEqual({
    'm1.medium': { total: 30, free: 20 },
    'm1.huge': { total: 0, free: 0 },
    tiny: { total: 144, free: 96 },
  });
});

test('graphics cards count where a flavor has one; hosts that say nothing, nonsense, or are shut have no room', () => {
  const hosts = [
    host('gpu', { ...large, 'gpu.gpu_count': '4' }),
    host('plain', large),
    host('dumb', {}),
    host('liar', { vcpus: 'many', memory_mb: '-1', local_gb: 'Infinity' }),
    host('shut', { ...large, 'gpu.gpu_count': '4', reservable: 'false' }),
  ];
  expect(flavorRoom([flavor('g1', 8, 1024, 10, { gpus: 1 })], hosts, [], now)).toEqual({ g1: { total: 4, free: 4 } });
});

test('what a lease already gave, and bare metal, are not asked about', () => {
  const flavors = [flavor('reservation:1', 1, 1, 1, { leased: true }), flavor('baremetal', 1, 1, 1, { bareMetal: true })];
  expect(flavorRoom(flavors, [host('1', large)], [], now)).toEqual({});
});
