import { describe, expect, it } from 'vitest';
import { host, hosts, leaseSite } from '../testing/site';
import { told } from '../testing/told';
import type { HostReservation, LeaseSite } from '../types';
import { lintCount, lintHosts } from './hosts';

const site = leaseSite({
  hosts: [
    ...hosts(1, 3, 'compute_skylake', { vcpus: '48' }),
    host('4', 'gpu_k80', { 'gpu.gpu_count': '2' }),
    host('5', 'gpu_k80', {}, { reservable: false }),
    host('6', 'gpu_k80', { authorized_projects: 'others' }),
  ],
});
const nodes = (over: Partial<HostReservation> = {}): HostReservation => ({ kind: 'physical:host', min: 1, max: 1, ...over });
const lint = (reservations: HostReservation[], where: LeaseSite = site) =>
  told(
    lintHosts(
      reservations.map((reservation, index) => ({ reservation, path: `r.${index}` })),
      where,
    ),
  );
const whole = 'The number of hosts must be a whole number, 1 or more.';

describe('reservations of hosts', () => {
  it.each<[string, Partial<HostReservation>, string[]]>([
    ['any host', {}, []],
    ['a few of a type', { min: 2, max: 3, nodeType: 'compute_skylake' }, []],
    ['named ones', { min: 2, max: 2, hosts: ['uid-1', 'uid-4'] }, []],
    ['by a property', { properties: [{ name: 'vcpus', op: '>=', value: '48' }] }, []],
    ['none', { min: 0, max: 0 }, [`r.0.count: ${whole}`]],
    ['one and a half', { min: 1.5, max: 1.5 }, [`r.0.count: ${whole}`]],
    ['less than none', { min: -1, max: -1 }, [`r.0.count: ${whole}`]],
    ['no number', { min: Number.NaN, max: Number.NaN }, [`r.0.count: ${whole}`]],
    ['infinitely many', { min: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY }, [`r.0.count: ${whole}`]],
    ['none to one', { min: 0, max: 1 }, [`r.0.min: ${whole}`]],
    ['one to one and a half', { min: 1, max: 1.5 }, [`r.0.max: ${whole}`]],
    ['two to one', { min: 2, max: 1 }, ['r.0.max: At most 1 hosts are less than at least 2.']],
    ['three of two named ones', { min: 3, max: 3, hosts: ['uid-1', 'uid-2'] }, ['r.0.count: 2 hosts are named, and 3 asked for.']],
    ['two of one named', { min: 2, max: 2, hosts: ['uid-1'] }, ['r.0.count: 1 host is named, and 2 asked for.']],
    [
      'some of two named ones',
      { min: 1, max: 2, hosts: ['uid-1', 'uid-2'] },
      ['r.0.count: Hosts that are named are leased all or not at all.'],
    ],
    ['one that is not there', { min: 2, max: 2, hosts: ['uid-1', 'uid-9'] }, ['r.0.hosts.1: CHI@Test has no host uid-9.']],
    ['one by its id instead of its uid', { hosts: ['1'] }, ['r.0.hosts.0: CHI@Test has no host 1.']],
    ['one out of service', { hosts: ['uid-5'] }, ['r.0.hosts.0: The host c01-5 can’t be leased.']],
    ['one that is kept for others', { hosts: ['uid-6'] }, ['r.0.hosts.0: The host c01-6 can’t be leased.']],
    ['one twice', { min: 2, max: 2, hosts: ['uid-1', 'uid-1'] }, ['r.0.hosts.1: The host uid-1 is named twice.']],
    ['a type that is not there', { nodeType: 'gpu_h100' }, ['r.0.nodeType: CHI@Test has no hosts of type gpu_h100.']],
    [
      'a property that is not there',
      {
        properties: [
          { name: 'vcpus', op: '=', value: '48' },
          { name: 'ghost', op: '=', value: '1' },
        ],
      },
      ['r.0.properties.1.name: There is no property ghost of a host of CHI@Test.'],
    ],
    [
      'what every object has',
      { properties: [{ name: 'constructor', op: '!=', value: '1' }] },
      ['r.0.properties.0.name: There is no property constructor of a host of CHI@Test.'],
    ],
    [
      'more than a word',
      { properties: [{ name: 'vcpus', op: '>=', value: 'many' }] },
      ['r.0.properties.0.value: vcpus >= needs a number.'],
    ],
    ['unlike a word', { properties: [{ name: 'node_type', op: '!=', value: 'gpu_k80' }] }, []],
    ['what none has', { properties: [{ name: 'vcpus', op: '>', value: '48' }] }, ['r.0.count: No host at CHI@Test has what is asked for.']],
    [
      'what none of a type has',
      { min: 1, max: 2, nodeType: 'gpu_k80', properties: [{ name: 'vcpus', op: '=', value: '48' }] },
      ['r.0.min: No host of type gpu_k80 at CHI@Test has what is asked for.'],
    ],
    [
      'more than there are',
      { min: 4, max: 4, nodeType: 'compute_skylake' },
      ['r.0.count: CHI@Test has 3 hosts of type compute_skylake that will do, and 4 are asked for.'],
    ],
    [
      'more than are in service',
      { min: 2, max: 3, nodeType: 'gpu_k80' },
      ['r.0.min: CHI@Test has 1 host of type gpu_k80 that will do, and 2 are asked for.'],
    ],
    ['a billion', { min: 1e9, max: 1e9 }, ['r.0.count: CHI@Test has 4 hosts that will do, and 1000000000 are asked for.']],
  ])('%s', (_name, over, problems) => {
    expect(lint([nodes(over)])).toEqual(problems);
  });

  it('say what there is, and why something is not', () => {
    const of = (over: Partial<HostReservation>) => lintHosts([{ reservation: nodes(over), path: 'r' }], site)[0];
    expect(of({ nodeType: 'x' })?.remedy).toBe('Its types are compute_skylake, gpu_k80.');
    expect(of({ hosts: ['uid-5'] })?.cause).toBe('It is out of service.');
    expect(of({ hosts: ['uid-6'] })?.cause).toBe('It is kept for other projects.');
    expect(of({ min: 2, max: 2, nodeType: 'gpu_k80' })).toMatchObject({
      cause: '2 more are out of service, or kept for other projects.',
      remedy: 'Ask for 1 or fewer, or for another kind.',
    });
    expect(of({ min: 4, max: 4, nodeType: 'compute_skylake' })?.cause).toBeUndefined();
    const untyped = leaseSite({ hosts: [host('1', '')] });
    expect(lintHosts([{ reservation: nodes({ nodeType: 'x' }), path: 'r' }], untyped)[0]?.remedy).toBe('Leave the type out.');
  });

  it('are looked at together: a host is leased once', () => {
    const skylake = nodes({ min: 2, max: 2, nodeType: 'compute_skylake' });
    expect(lint([skylake, nodes({ hosts: ['uid-1'] })])).toEqual([]);
    expect(lint([skylake, nodes({ min: 2, max: 2, nodeType: 'compute_skylake' })])).toEqual([
      'reservations: CHI@Test has not so many hosts that all of the reservations could have their own.',
    ]);
    expect(lint([nodes({ hosts: ['uid-1'] }), nodes({ hosts: ['uid-1'] })])).toEqual(['r.1.hosts.0: The host uid-1 is named twice.']);
    expect(lint([nodes({ min: 0, max: 0 }), nodes({ nodeType: 'x' })])).toHaveLength(2);
  });

  it('can only be counted where the site does not show its hosts', () => {
    const blind = leaseSite({ hosts: null });
    expect(lint([nodes({ nodeType: 'x', min: 99, max: 99, properties: [{ name: 'y', op: '=', value: 'z' }] })], blind)).toEqual([]);
    expect(lint([nodes({ min: 0, max: 0 })], blind)).toHaveLength(1);
    expect(lint([nodes({ hosts: ['a', 'a'], min: 2, max: 2 })], blind)).toHaveLength(1);
  });
});

it.each([
  [1, true],
  [Number.MAX_SAFE_INTEGER, true],
  [2 ** 53, false],
  [0, false],
])('%d is a number of something: %s', (count, good) => {
  expect(lintCount(count, 'f', 'x')).toHaveLength(good ? 0 : 1);
});
