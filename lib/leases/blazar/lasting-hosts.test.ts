import { describe, expect, it } from 'vitest';
import type { Allocation, LeaseHost } from '@/lib/openstack/types';
import { toIso } from '../calendar/moments';
import { inHours, NOW } from '../testing/site';
import { lastingHosts } from './lasting-hosts';

const type = { property: 'node_type', op: '=', value: 'skylake' };
const not = (id: number) => ({ property: 'uid', op: '!=', value: `u${id}` });
const is = (id: number) => ({ property: 'uid', op: '=', value: `u${id}` });
const host = (id: number, more: Record<string, string> = {}, nodeType = 'skylake'): LeaseHost => ({
  id: String(id),
  name: `n${id}`,
  nodeType,
  properties: { uid: `u${id}`, node_type: nodeType, reservable: 'true', ...more },
});
const taken = (id: number, ...spans: [number, number][]): Allocation => ({
  hostId: String(id),
  taken: spans.map(([start, end]) => ({ start: toIso(inHours(start)), end: toIso(inHours(end)), leaseId: 'l', reservationId: 'r' })),
});
const ask = (count: number, hosts: LeaseHost[], allocations: Allocation[] = [], start: 'now' | number = 'now') =>
  lastingHosts({ nodeType: 'skylake', count, start, end: inHours(6) }, { hosts, allocations }, { now: NOW, projectId: 'p' });
const hosts = (most: number) => Array.from({ length: most }, (_, index) => host(index + 1));
const one = (count: number, ...where: object[]) => [{ kind: 'physical:host', min: count, max: count, where }];

describe('the hosts of a lease that a deployment makes', () => {
  it.each<[string, number, LeaseHost[], Allocation[], object[] | null]>([
    [
      'are those that others have last',
      1,
      hosts(3),
      [taken(1, [7, 8]), taken(2, [50, 51]), taken(3, [9, 10])],
      one(1, type, not(1), not(3)),
    ],
    ['… two of them', 2, hosts(3), [taken(1, [7, 8])], one(2, type, not(1))],
    ['are free for all of its time; those that are not need not be left out', 1, hosts(2), [taken(1, [3, 4])], one(1, type)],
    ['are in service', 1, [host(1, { reservable: 'false' }), host(2)], [], one(1, type, not(1))],
    [
      'are the project’s to have',
      1,
      [host(1, { authorized_projects: 'q' }), host(2, { authorized_projects: 'q,p' })],
      [],
      one(1, type, not(1)),
    ],
    ['are of the type', 1, [host(1, {}, 'fpga'), host(2)], [], one(1, type)],
    ['are not known where not so many are seen to be free', 2, hosts(2), [taken(1, [3, 4])], null],
  ])('%s', (_what, count, all, allocations, asked) => {
    expect(ask(count, all, allocations)).toEqual(asked);
  });

  it('are named one by one where too many would have to be left out', () => {
    expect(ask(1, hosts(70))).toEqual(one(1, is(1)));
  });

  it('are looked for in its own time', () => {
    expect(ask(1, hosts(1), [taken(1, [1, 2])], inHours(3))).toEqual(one(1, type));
    expect(ask(1, hosts(1), [taken(1, [1, 2])])).toBeNull();
  });
});
