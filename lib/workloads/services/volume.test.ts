import { expect, test } from 'vitest';
import type { ServiceVolume } from '@/lib/oscar/types';
import { volumeFaults, volumeWords } from './volume';

const volume = (more: Partial<ServiceVolume> = {}): ServiceVolume => ({
  name: 'data',
  mountPath: '/data',
  size: '',
  lifecycle: '',
  ...more,
});
const known = ['data', 'fish'];

test.each<[string, ServiceVolume | null | undefined, string[]]>([
  ['none', null, []],
  ['nothing', undefined, []],
  ['one that is there', volume(), []],
  ['one that is not there', volume({ name: 'other' }), ['volume.name']],
  ['one without a name', volume({ name: '' }), ['volume.name']],
  ['one of an odd name', volume({ name: 'Data' }), ['volume.name']],
  ['a new one', volume({ name: 'new', size: '1Gi', lifecycle: 'retain' }), []],
  ['a new one of a name that is taken', volume({ size: '1Gi' }), ['volume.size']],
  ['a new one that would be called as the service', volume({ name: '', size: '1Gi' }), ['volume.size']],
  ['a new one without a unit that is any', volume({ name: 'new', size: 'much' }), ['volume.size']],
  ['a folder that is none', volume({ mountPath: 'data' }), ['volume.mountPath']],
  ['a way out', volume({ mountPath: '/data/../oscar/bin' }), ['volume.mountPath']],
  ['OSCAR’s own folder', volume({ mountPath: '/oscar/config' }), ['volume.mountPath']],
  ['a folder in OSCAR’s own', volume({ mountPath: '/oscar/bin/x' }), ['volume.mountPath']],
  ['a folder beside OSCAR’s own', volume({ mountPath: '/oscar/binary' }), []],
])('of a new service that mounts %s it is said what would be refused', (_what, given, paths) => {
  expect(volumeFaults('fish', given, known, null).map(({ path }) => path)).toEqual(paths);
});

test('a cluster that keeps no volumes takes none', () => {
  expect(volumeFaults('fish', volume(), null, null)).toMatchObject([
    { path: 'volume.name', message: expect.stringContaining('no volumes') },
  ]);
  expect(volumeFaults('fish', null, null, null)).toEqual([]);
});

test('a service that is there keeps its volume, and what is meant by it counts', () => {
  const made = volume({ name: 'fish', size: '1Gi', lifecycle: 'delete' });
  const faults = (given: ServiceVolume | null | undefined, there: ServiceVolume | null) =>
    volumeFaults('fish', given, [], { volume: there });
  for (const [given, there] of [
    [volume(), volume()],
    [undefined, volume()],
    [null, null],
    [volume({ name: '', size: '1Gi' }), made],
  ] as const)
    expect(faults(given, there)).toEqual([]);
  for (const [given, there] of [
    [null, volume()],
    [volume(), null],
    [volume({ mountPath: '/other' }), volume()],
    [volume({ name: 'fish', size: '1Gi', lifecycle: 'retain' }), made],
  ] as const)
    expect(faults(given, there)).toMatchObject([{ path: 'volume.name' }]);
});

test('a volume is one line in what changes', () => {
  expect([volumeWords('fish', null), volumeWords('fish', volume()), volumeWords('fish', volume({ name: '', size: '1Gi' }))]).toEqual([
    '',
    'data /data',
    'fish /data 1Gi delete',
  ]);
});
