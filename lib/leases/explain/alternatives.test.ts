import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { HOUR, MINUTE } from '../calendar/moments';
import { spanOf } from '../lint/basics';
import { lintLease } from '../lint/lint';
import { isFree } from '../testing/minutes';
import { host, hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import type { HostReservation, LeaseSite, PlannedLease, PlannedReservation } from '../types';
import { alternativesTo } from './alternatives';

const nodes = (over: Partial<HostReservation> = {}): HostReservation => ({
  kind: 'physical:host',
  min: 1,
  max: 1,
  nodeType: 'compute_skylake',
  ...over,
});
const plan = (over: Partial<PlannedLease> = {}): PlannedLease => ({
  name: 'x',
  start: inHours(1),
  end: inHours(7),
  reservations: [nodes()],
  ...over,
});
const busy = (...ids: string[]) => new Map(ids.map((id) => [id, [hours(0, 20)]]));
const short = (of: PlannedLease, site: LeaseSite, others: LeaseSite[] = []) =>
  alternativesTo(of, site, { now: NOW, others }).map(({ why, site: where, start, end, count, nodeType }) => [
    why,
    where,
    (start - NOW) / HOUR,
    (end - start) / HOUR,
    count,
    nodeType,
  ]);
const after = 20 + 1 / 60;

describe('alternatives to a lease', () => {
  it('of machines are where and when so many are surely free: that they may be is no alternative', () => {
    const large = { vcpus: '8', memory_mb: '8192', local_gb: '80' };
    const flavors = [{ id: 'f', name: 'm1', vcpus: 4, ramMiB: 1024, diskGiB: 10, bareMetal: false }];
    const machines = (id: string, taken: LeaseSite['taken']) =>
      leaseSite({ id, kinds: ['flavor:instance'], flavors, hosts: hosts(1, 2, 'kvm', large), taken });
    const asked = plan({ reservations: [{ kind: 'flavor:instance', flavor: 'f', count: 4 }] });
    const [here, full, free] = [machines('here', busy('1', '2')), machines('full', busy('1')), machines('free', new Map())];
    expect(short(asked, here, [full, free])).toEqual([
      ['later', 'here', after, 6, 4, undefined],
      ['other-site', 'free', 1, 6, 4, undefined],
    ]);
    expect(lintLease(asked, here, { now: NOW })).toEqual([]);
  });

  it('are the same later, at another site, with other hosts, for a shorter time, with fewer', () => {
    const site = leaseSite({ hosts: [...hosts(1, 2), ...hosts(3, 4, 'compute_zen3')], taken: busy('1', '2') });
    const other = leaseSite({ id: 'uc', hosts: hosts(1, 1) });
    expect(short(plan(), site, [other])).toEqual([
      ['later', 'chi', after, 6, 1, 'compute_skylake'],
      ['other-site', 'uc', 1, 6, 1, 'compute_skylake'],
      ['other-type', 'chi', 1, 6, 1, 'compute_zen3'],
    ]);
  });

  it('are of hosts of the same type, where certain ones were named', () => {
    const site = leaseSite({ hosts: hosts(1, 3), taken: busy('1') });
    expect(short(plan({ reservations: [nodes({ hosts: ['uid-1'] })] }), site)[0]).toEqual([
      'other-hosts',
      'chi',
      1,
      6,
      1,
      'compute_skylake',
    ]);
    const { nodeType: _none, ...untyped } = nodes({ hosts: ['uid-1'] });
    expect(short(plan({ reservations: [untyped] }), site)[0]).toEqual(['other-hosts', 'chi', 1, 6, 1, 'compute_skylake']);
    const mixed = leaseSite({ hosts: [...hosts(1, 1), host('2', 'fpga')], taken: busy('1') });
    expect(short(plan({ reservations: [{ ...untyped, hosts: ['uid-1', 'uid-2'], min: 2, max: 2 }] }), mixed).map(([why]) => why)).toEqual([
      'later',
    ]);
  });

  it('are as long as it is free, and with as many as are free', () => {
    const site = leaseSite({
      hosts: hosts(1, 3),
      taken: new Map([
        ['1', [hours(4, 99_000)]],
        ['2', [hours(-1, 99_000)]],
      ]),
    });
    expect(short(plan({ reservations: [nodes({ min: 2, max: 2 })] }), site)).toEqual([
      ['shorter', 'chi', 1, 3 - 1 / 60, 2, 'compute_skylake'],
      ['fewer', 'chi', 1, 6, 1, 'compute_skylake'],
    ]);
    const most = alternativesTo(plan({ reservations: [nodes({ min: 2, max: 3 })] }), site, { now: NOW }).at(-1)?.plan.reservations;
    expect(most).toEqual([nodes({ min: 1, max: 1 })]);
  });

  it('are no shorter than an hour', () => {
    const until = (end: number) => leaseSite({ hosts: hosts(1, 1), taken: new Map([['1', [hours(end, 99_000)]]]) });
    expect(short(plan(), until(2 + 1 / 60))).toEqual([['shorter', 'chi', 1, 1, 1, 'compute_skylake']]);
    expect(short(plan(), until(2))).toEqual([]);
  });

  it('are what is asked for itself, where that was not asked for yet', () => {
    const site = leaseSite({ hosts: hosts(1, 1) });
    expect(alternativesTo(plan(), site, { now: NOW, itself: 'new-lease' })[0]).toMatchObject({
      why: 'new-lease',
      plan: plan(),
      ...hours(1, 7),
    });
    expect(alternativesTo(plan(), site, { now: NOW })).toEqual([]);
  });

  it('are not elsewhere what is only here', () => {
    const other = leaseSite({ id: 'uc', hosts: hosts(1, 9), segments: [host('s', '')], takenSegments: new Map() });
    const site = leaseSite({ hosts: hosts(1, 1), taken: busy('1'), segments: [host('s', '')], takenSegments: new Map() });
    const whys = (...more: PlannedReservation[]) => short(plan({ reservations: [nodes(), ...more] }), site, [other]).map(([why]) => why);
    expect(whys()).toEqual(['later', 'other-site']);
    expect(whys({ kind: 'network', name: 'n' })).toEqual(['later']);
    expect(short(plan({ reservations: [nodes({ hosts: ['uid-1'] })] }), site, [other]).map(([why]) => why)).toEqual(['later']);
  });

  it('are of another type only where one type is asked for, with all else that is', () => {
    const site = leaseSite({ hosts: [...hosts(1, 1), ...hosts(2, 3, 'b')], taken: busy('1') });
    const rest = { kind: 'virtual:floatingip', network: 'n', count: 1 } as const;
    const withAddress = {
      ...site,
      networks: [{ id: 'n', name: 'n', external: true, shared: false, subnets: [] }],
      addresses: [{ id: 'a', address: '192.0.2.1', network: 'n' }],
    };
    const found = alternativesTo(plan({ reservations: [rest, nodes()] }), withAddress, { now: NOW });
    expect(found.map(({ why }) => why)).toEqual(['later', 'other-type']);
    expect(found[1]?.plan.reservations).toEqual([rest, { ...nodes({ nodeType: 'b' }), properties: [] }]);
    expect(short(plan({ reservations: [nodes(), nodes({ nodeType: 'b' })] }), site).map(([why]) => why)).toEqual(['later']);
  });

  it('are not told where nobody can know them, or something else is wrong', () => {
    const site = leaseSite({ hosts: hosts(1, 1), taken: busy('1') });
    expect(short(plan(), { ...site, taken: null }, [leaseSite({ id: 'uc', hosts: null })])).toEqual([]);
    expect(short(plan({ name: '' }), site)).toEqual([]);
    expect(short(plan({ end: inHours(0) }), site)).toEqual([]);
    expect(short(plan({ reservations: [] }), site)).toEqual([]);
  });

  it('keep the rules of the site', () => {
    const rules = { maxDays: 0.25 };
    expect(
      short(plan(), leaseSite({ hosts: hosts(1, 1), taken: busy('1'), rules }), [
        leaseSite({ id: 'uc', hosts: hosts(1, 1), rules: { maxDays: 0.1 } }),
      ]).map(([why]) => why),
    ).toEqual(['later']);
    expect(short(plan(), leaseSite({ hosts: hosts(1, 1), taken: busy('1'), project: { id: 'p', end: inHours(21) } }))).toEqual([]);
    expect(short(plan(), leaseSite({ hosts: hosts(1, 1), taken: busy('1'), leases: [lease({ name: 'x' })] }))).toEqual([]);
    // what is only unwise is no reason
    expect(
      short(
        plan(),
        leaseSite({ hosts: [...hosts(1, 9)], taken: busy('1', '2', '3', '4', '5', '6', '7', '8', '9'), rules: chameleonMetal }),
      ),
    ).toHaveLength(1);
  });

  it('of machines are the same', () => {
    const flavors = [{ id: 'f', name: 'm1', vcpus: 1, ramMiB: 1, diskGiB: 1, bareMetal: false }];
    const of = hosts(1, 2, 'kvm', { vcpus: '4', memory_mb: '4', local_gb: '4' });
    const site = leaseSite({ kinds: ['flavor:instance'], flavors, hosts: of, taken: busy('1') });
    const machines: PlannedReservation = { kind: 'flavor:instance', flavor: 'f', count: 6 };
    expect(short(plan({ reservations: [machines] }), site)).toEqual([
      ['later', 'chi', after, 6, 6, undefined],
      ['fewer', 'chi', 1, 6, 4, undefined],
    ]);
  });

  it('can all be had, three at most, whatever is taken', () => {
    const span = fc
      .tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 1, max: 20 }))
      .map(([start, length]) => hours(start, start + length));
    const calendar = fc.array(fc.array(span, { maxLength: 4 }), { minLength: 6, maxLength: 6 });
    const wanted = fc.record({
      min: fc.integer({ min: 1, max: 4 }),
      named: fc.boolean(),
      start: fc.integer({ min: 0, max: 10 }),
      length: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(calendar, wanted, (all, { min, named, start, length }) => {
        const taken = new Map(all.map((spans, index) => [String(index + 1), spans]));
        const [site, other] = [
          leaseSite({ hosts: [...hosts(1, 4), ...hosts(5, 6, 'b')], taken }),
          leaseSite({ id: 'uc', hosts: hosts(1, 4), taken }),
        ];
        const asked = plan({
          start: start === 0 ? 'now' : inHours(start),
          end: inHours(start + length),
          reservations: [named ? nodes({ hosts: ['uid-1'] }) : nodes({ min, max: min })],
        });
        const found = alternativesTo(asked, site, { now: NOW, others: [other] });
        expect(found.length).toBeLessThanOrEqual(3);
        for (const one of found) {
          const where = [site, other].find(({ id }) => id === one.site) ?? site;
          expect(lintLease(one.plan, where, { now: NOW })).toEqual([]);
          expect({ start: one.start, end: one.end }).toEqual(spanOf(one.plan, NOW));
          // looked at directly: so many hosts of the type are free
          const free = (where.hosts ?? []).filter(({ id, uid, nodeType }) => {
            const [first] = one.plan.reservations;
            const fits = first?.kind === 'physical:host' && (first.hosts?.includes(uid) ?? nodeType === one.nodeType);
            return fits && isFree(taken.get(id) ?? [], one, MINUTE);
          });
          expect(free.length).toBeGreaterThanOrEqual(one.count);
        }
      }),
      { numRuns: 200 },
    );
  });
});
