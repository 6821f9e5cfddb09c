import { expect, test } from 'vitest';
import { bootableOf } from './bootable';
import type { LeaseReservation } from './types';

const reservation = (id: string, kind: string, flavor?: LeaseReservation['flavor']): LeaseReservation => ({
  id,
  kind,
  status: 'pending',
  missingResources: false,
  resourcesChanged: false,
  ...(flavor && { flavor }),
});
const size = (vcpus: number, ramMiB: number, diskGiB: number) => ({ vcpus, ramMiB, diskGiB });
const small = size(1, 2048, 20);

test.each<[string, LeaseReservation[], string[]]>([
  ['named hosts, each of its own', [reservation('a', 'physical:host'), reservation('b', 'physical:host')], ['a', 'b']],
  ['what nothing boots on is passed over', [reservation('ip', 'virtual:floatingip'), reservation('a', 'physical:host')], ['a']],
  ['hosts are no machines', [reservation('a', 'physical:host'), reservation('b', 'flavor:instance', { id: 'f', ...small })], ['a']],
  [
    'machines of another flavor are others',
    [
      reservation('a', 'flavor:instance', { id: 'f', ...small }),
      reservation('b', 'flavor:instance', { id: 'g', ...small }),
      reservation('c', 'flavor:instance', { id: 'f', ...small }),
    ],
    ['a', 'c'],
  ],
  [
    'machines of another size are others, whatever of it differs',
    [
      reservation('a', 'virtual:instance', small),
      reservation('b', 'virtual:instance', size(2, 2048, 20)),
      reservation('c', 'virtual:instance', size(1, 4096, 20)),
      reservation('d', 'virtual:instance', size(1, 2048, 40)),
      reservation('e', 'virtual:instance', { ...small, name: 'reservation:e' }),
    ],
    ['a', 'e'],
  ],
  ['nothing', [], []],
  ['a network alone', [reservation('n', 'network')], []],
])('servers boot on what is alike in a lease: %s', (_, all, ids) => {
  expect(bootableOf(all).map(({ id }) => id)).toEqual(ids);
});
