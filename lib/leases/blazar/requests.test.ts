import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../calendar/moments';
import { holds } from '../resources/match';
import { host, hosts, hours, inHours, leaseSite, NOW } from '../testing/site';
import type { Condition, HostReservation, LeaseSite, PlannedLease, PlannedReservation } from '../types';
import { freeHosts, requestOf } from './requests';

const nodes = (over: Partial<HostReservation> = {}): HostReservation => ({
  kind: 'physical:host',
  min: 1,
  max: 1,
  nodeType: 'compute_skylake',
  ...over,
});
const plan = (...reservations: PlannedReservation[]): PlannedLease => ({ name: 'x', start: inHours(1), end: inHours(7), reservations });
const request = (site: Partial<LeaseSite>, ...reservations: PlannedReservation[]) =>
  requestOf(plan(...reservations), leaseSite({ hosts: hosts(1, 4), ...site }), { now: NOW }).reservations;
const type: Condition = { name: 'node_type', op: '=', value: 'compute_skylake' };
const not = (...ids: string[]): Condition[] => ids.map((id) => ({ name: 'uid', op: '!=', value: `uid-${id}` }));

describe('a lease as Blazar is asked for it', () => {
  it('has its times in whole minutes, and begins now where it would soon', () => {
    const at = (start: 'now' | number, end: number) => {
      const { start: from, end: to } = requestOf({ ...plan(), start, end }, leaseSite(), { now: NOW + 30_000 });
      return [from, to];
    };
    expect(at(inHours(1) + 1, inHours(2) + 59_999)).toEqual([inHours(1) + MINUTE, inHours(2)]);
    expect(at('now', inHours(2))).toEqual(['now', inHours(2)]);
    expect(at(NOW + MINUTE, inHours(2))).toEqual(['now', inHours(2)]);
    expect(at(NOW + 2 * MINUTE, inHours(2))).toEqual([NOW + 2 * MINUTE, inHours(2)]);
  });

  it('leaves out the hosts that are free, and were not chosen', () => {
    const taken = new Map([
      ['1', [hours(2, 3)]],
      ['2', [hours(20, 30)]],
    ]);
    expect(request({ taken }, nodes({ min: 1, max: 2 }))).toEqual([{ kind: 'physical:host', min: 1, max: 2, where: [type, ...not('2')] }]);
    expect(request({ taken }, nodes())).toEqual([{ kind: 'physical:host', min: 1, max: 1, where: [type, ...not('2', '4')] }]);
    // as many as are free
    expect(request({ taken }, nodes({ min: 1, max: 9 }))).toEqual([{ kind: 'physical:host', min: 1, max: 3, where: [type] }]);
  });

  it('leaves out what another reservation of the lease gets', () => {
    expect(request({}, nodes(), nodes())).toEqual([
      { kind: 'physical:host', min: 1, max: 1, where: [type, ...not('2', '3', '4')] },
      { kind: 'physical:host', min: 1, max: 1, where: [type, ...not('1', '3', '4')] },
    ]);
  });

  it('names hosts that are named, each in a reservation of its own', () => {
    const named = nodes({ hosts: ['uid-3', 'uid-1'], min: 2, max: 2 });
    const each = (...ids: string[]) =>
      ids.map((id) => ({ kind: 'physical:host', min: 1, max: 1, where: [{ name: 'uid', op: '=', value: `uid-${id}` }] }));
    expect(request({}, named)).toEqual(each('3', '1'));
    expect(request({ hosts: null }, named)).toEqual(each('3', '1'));
    const byName = { ...host('9'), uid: 'c01-9', properties: { node_name: 'c01-9' } };
    expect(request({ hosts: [byName] }, nodes({ hosts: ['c01-9'] }))).toEqual([
      { kind: 'physical:host', min: 1, max: 1, where: [{ name: 'node_name', op: '=', value: 'c01-9' }] },
    ]);
  });

  it('names the chosen where too many would have to be left out', () => {
    const many = request({ hosts: hosts(1, 63) }, nodes({ min: 2, max: 2 }));
    expect(many.map((one) => 'where' in one && one.where)).toEqual([
      [{ name: 'uid', op: '=', value: 'uid-1' }],
      [{ name: 'uid', op: '=', value: 'uid-2' }],
    ]);
    expect(request({ hosts: hosts(1, 62) }, nodes({ min: 2, max: 2 }))).toHaveLength(1);
  });

  it('has only conditions that Blazar does not get wrong', () => {
    const properties: Condition[] = [
      { name: 'vcpus', op: '>=', value: '48' },
      { name: 'gpu', op: '!=', value: 'x' },
    ];
    const some = [
      host('1', 'a', { vcpus: '64', gpu: 'y' }),
      host('2', 'a', { vcpus: '9', gpu: 'y' }),
      host('3', 'a', { vcpus: '64', gpu: 'x' }),
    ];
    const { nodeType: _any, ...any } = nodes({ properties });
    expect(request({ hosts: some }, any)).toEqual([
      { kind: 'physical:host', min: 1, max: 1, where: [{ name: 'gpu', op: '!=', value: 'x' }, ...not('2')] },
    ]);
  });

  it('is of the usual node type where none is said, and of any where there is none of it', () => {
    const { nodeType: _any, ...any } = nodes();
    const site = (defaultNodeType: string) => ({ hosts: [host('1', 'a'), host('2', 'b')], rules: { defaultNodeType } });
    expect(request(site('b'), any)).toEqual([
      { kind: 'physical:host', min: 1, max: 1, where: [{ name: 'node_type', op: '=', value: 'b' }] },
    ]);
    expect(request(site('c'), any)).toEqual([{ kind: 'physical:host', min: 1, max: 1, where: not('2') }]);
  });

  it('leaves the choice to Blazar where the site does not show its hosts', () => {
    for (const hidden of [{ hosts: null }, { taken: null }])
      expect(request(hidden, nodes({ min: 2, max: 3 }))).toEqual([{ kind: 'physical:host', min: 2, max: 3, where: [type] }]);
  });

  it('prefers hosts that did not fail', () => {
    const { reservations } = requestOf(plan(nodes()), leaseSite({ hosts: hosts(1, 2) }), { now: NOW, failures: new Map([['uid-1', 1]]) });
    expect(reservations).toEqual([{ kind: 'physical:host', min: 1, max: 1, where: [type, ...not('1')] }]);
  });

  it('has all else by its id', () => {
    const networks = [
      { id: 'n', name: 'public', external: true, shared: false, subnets: [] },
      { id: 'i', name: 'public', external: false, shared: false, subnets: [] },
    ];
    const flavors = [{ id: 'f', name: 'm1', vcpus: 1, ramMiB: 1, diskGiB: 1, bareMetal: false }];
    const all = request(
      { networks, flavors },
      { kind: 'flavor:instance', flavor: 'm1', count: 2 },
      { kind: 'virtual:instance', count: 2, vcpus: 1, ramMiB: 2, diskGiB: 3 },
      { kind: 'virtual:floatingip', network: 'public', count: 2, addresses: [] },
      { kind: 'virtual:floatingip', network: 'n', count: 1, addresses: ['192.0.2.1'] },
      { kind: 'network', name: 'net', physicalNetwork: 'p', properties: [{ name: 'stitch_provider', op: '=', value: 'fabric' }] },
      { kind: 'network', name: 'plain' },
      { kind: 'flavor:instance', flavor: 'gone', count: 1 },
      { kind: 'virtual:floatingip', network: 'gone', count: 1 },
    );
    expect(all).toEqual([
      { kind: 'flavor:instance', flavorId: 'f', amount: 2 },
      { kind: 'virtual:instance', amount: 2, vcpus: 1, ramMiB: 2, diskGiB: 3 },
      { kind: 'virtual:floatingip', networkId: 'n', amount: 2 },
      { kind: 'virtual:floatingip', networkId: 'n', amount: 1, addresses: ['192.0.2.1'] },
      {
        kind: 'network',
        name: 'net',
        where: [
          { name: 'physical_network', op: '=', value: 'p' },
          { name: 'stitch_provider', op: '=', value: 'fabric' },
        ],
      },
      { kind: 'network', name: 'plain', where: [] },
      { kind: 'flavor:instance', flavorId: 'gone', amount: 1 },
      { kind: 'virtual:floatingip', networkId: 'gone', amount: 1 },
    ]);
  });

  it('leaves Blazar no other hosts to take than those that were chosen', () => {
    const span = fc
      .tuple(fc.integer({ min: -5, max: 12 }), fc.integer({ min: 1, max: 9 }))
      .map(([start, length]) => hours(start, start + length));
    const calendar = fc.array(fc.array(span, { maxLength: 2 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(calendar, fc.integer({ min: 1, max: 3 }), fc.nat(2), (all, min, more) => {
        const site = leaseSite({
          hosts: [...hosts(1, 4), ...hosts(5, 6, 'b')],
          taken: new Map(all.map((spans, index) => [String(index + 1), spans])),
        });
        const free = freeHosts(site, hours(1, 7));
        const fitting = (site.hosts ?? []).filter(({ id, nodeType }) => free.has(id) && nodeType === 'compute_skylake');
        const [asked] = requestOf(plan(nodes({ min, max: min + more })), site, { now: NOW }).reservations;
        if (asked?.kind !== 'physical:host' || fitting.length < min) return;
        // what Blazar would find that is free
        const found = (site.hosts ?? []).filter(
          ({ id, properties }) => free.has(id) && asked.where.every((condition) => holds(condition, properties[condition.name])),
        );
        expect(found).toHaveLength(Math.min(fitting.length, min + more));
        expect(asked).toMatchObject({ min, max: found.length });
      }),
    );
  });
});
