import { describe, expect, it } from 'vitest';
import { toIso } from '@/lib/leases/calendar/moments';
import { hosts, hours, inHours, leaseSite, NOW } from '@/lib/leases/testing/site';
import type { PlannedResource } from '@/lib/planning/types';
import { shortagesIn } from './lease-shortage';

const lease = (group: string, count: number, [start, end]: ['now' | number, number], nodeType?: string) => {
  const spec = {
    kind: 'lease' as const,
    start: start === 'now' ? ('now' as const) : toIso(inHours(start)),
    end: toIso(inHours(end)),
    hosts: count,
  };
  const resource: PlannedResource = {
    key: `lease-${group}`,
    kind: 'lease',
    site: 'chi',
    project: 'p',
    credential: 'c',
    group,
    dependsOn: [],
    summary: '',
    spec,
  };
  return { ...resource, spec: { ...spec, ...(nodeType !== undefined && { nodeType }) } };
};
// two hosts of three are taken for the next ten hours
const taken = new Map(['1', '2'].map((id) => [id, [hours(-1, 10)]]));
const site = leaseSite({ hosts: hosts(1, 3), taken });
type Leases = Parameters<typeof shortagesIn>[0];

describe('a lease that a plan makes', () => {
  it.each<[string, Leases, string[]]>([
    ['of what is free then is in order', [lease('workers', 1, ['now', 6])], []],
    ['of what is free later is in order then', [lease('workers', 3, [11, 20])], []],
    ['of more than is free then is not', [lease('workers', 2, ['now', 6])], ['placement.workers.newLease.start']],
    ['… also where it is free for a part of its time', [lease('workers', 3, [9, 20])], ['placement.workers.newLease.start']],
    ['of a kind of which there is none free is not', [lease('workers', 1, ['now', 6], 'gpu')], ['placement.workers.newLease.start']],
    ['that has begun while the form was open begins now', [lease('workers', 1, [-0.01, 6])], []],
    [
      'beside another draws on the same hosts',
      [lease('front', 1, ['now', 6]), lease('workers', 1, ['now', 6])],
      ['placement.front.newLease.start'],
    ],
    ['beside another of another time does not', [lease('front', 1, ['now', 6]), lease('workers', 3, [11, 20])], []],
    ['whose times are none is judged elsewhere', [lease('workers', 9, [20, 6])], []],
  ])('%s', (_name, leases, fields) => {
    expect(shortagesIn(leases, site, NOW).map(({ field }) => field)).toEqual(fields);
  });

  it('is told with what could be had instead', () => {
    const [problem] = shortagesIn([lease('workers', 2, ['now', 6])], site, NOW);
    expect(problem).toMatchObject({ severity: 'error', code: 'no-host-available' });
    expect(problem?.alternatives?.[0]).toMatchObject({ why: 'later', site: 'chi', count: 2 });
    expect(problem?.remarks?.remedy).toMatchObject({ key: 'leaseSaid.toBeHadOfType', params: { number: '2', type: 'compute_skylake' } });
    expect(problem?.remedy).toMatch(/^To be had instead: 2 of compute_skylake from 2026-11-21 22:0\d UTC until/);
  });

  it('is not judged at a site that does not show when its hosts are taken', () => {
    expect(shortagesIn([lease('workers', 9, ['now', 6])], leaseSite({ hosts: hosts(1, 3), taken: null }), NOW)).toEqual([]);
  });
});
