import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flavor } from '@/lib/sites/types';
import { DAY, HOUR, MINUTE } from '../calendar/moments';
import { lintLease } from '../lint/lint';
import { host, hosts, hours, inHours, leaseSite, NOW } from '../testing/site';
import type { LeaseSite } from '../types';
import { findOffers, type Offer, type Wish } from './finder';

const six = 6 * HOUR;
const wish = (over: Partial<Wish> = {}): Wish => ({ what: { hosts: {} }, count: 1, duration: six, from: NOW, to: inHours(100), ...over });
const find = (sites: LeaseSite[], over: Partial<Wish> = {}, options: object = {}) =>
  findOffers(sites, wish(over), { now: NOW, ...options });
const short = (offers: readonly Offer[]) =>
  offers.map(({ site, start, nodeType, flavor }) => [site, (start - NOW) / HOUR, nodeType ?? flavor]);
const soon = 1 / 60;

const near = leaseSite({
  id: 'near',
  name: 'Near',
  hosts: hosts(1, 4),
  taken: new Map(['1', '2', '3', '4'].map((id) => [id, [hours(0, 5)]])),
  rules: { maxDays: 7 },
});
const far = leaseSite({
  id: 'far',
  name: 'Far',
  hosts: [...hosts(1, 2, 'gpu_k80', { 'gpu.gpu': 'True', 'gpu.gpu_model': 'K80' }), ...hosts(3, 4)],
});

describe('the finder', () => {
  it('tells the earliest time first, over all sites, with what to ask for', () => {
    const { offers, nothing } = find([near, far], { count: 2 });
    expect(short(offers)).toEqual([
      ['far', soon, 'compute_skylake'],
      ['far', soon, 'gpu_k80'],
      ['near', 5 + soon, 'compute_skylake'],
    ]);
    expect(nothing).toEqual([]);
    expect(offers[2]).toEqual({
      site: 'near',
      start: inHours(5) + MINUTE,
      end: inHours(11) + MINUTE,
      count: 2,
      reservation: { kind: 'physical:host', min: 2, max: 2, nodeType: 'compute_skylake', hosts: ['uid-1', 'uid-2'] },
      nodeType: 'compute_skylake',
      hosts: ['uid-1', 'uid-2'],
      free: 4,
      latestStart: inHours(94),
      freeUntil: null,
      slack: null,
      cost: null,
    });
  });

  it('of what begins at one time tells first what can be extended longest, then the cheapest, then by name', () => {
    const at = (id: string, until: number | null, price?: number) =>
      leaseSite({
        id,
        hosts: hosts(1, 1),
        taken: new Map(until === null ? [] : [['1', [hours(until, until + 900)]]]),
        rules: price === undefined ? {} : { prices: { unit: 'SU', hosts: [{ perHour: price }] } },
      });
    const { offers } = find([at('b', null), at('short', 10), at('cheap', null, 1), at('longer', 12), at('dear', null, 2), at('a', null)]);
    expect(offers.map(({ site }) => site)).toEqual(['cheap', 'dear', 'a', 'b', 'longer', 'short']);
    expect(offers.map(({ slack }) => slack)).toEqual([null, null, null, null, 6 * HOUR - 2 * MINUTE, 4 * HOUR - 2 * MINUTE]);
    expect(offers[0]?.cost).toEqual({ unit: 'SU', perHour: 1, total: 6 });
    expect(offers[4]?.freeUntil).toBe(inHours(12) - MINUTE);
  });

  it('finds by hardware, each node type by itself, or mixed where that will do', () => {
    expect(short(find([near, far], { what: { hosts: { gpu: 'k80' } } }).offers)).toEqual([['far', soon, 'gpu_k80']]);
    expect(find([far], { count: 3 }).nothing).toEqual([
      { site: 'far', reason: 'too-few', detail: 'Far has 2 of these at most, and 3 are asked for.' },
    ]);
    const [mixed] = find([far], { count: 3, what: { hosts: {}, mixed: true } }).offers;
    expect(mixed).toMatchObject({ nodeType: '', free: 4, reservation: { min: 3, hosts: ['uid-1', 'uid-2', 'uid-3'] } });
    expect(mixed?.reservation).not.toHaveProperty('nodeType');
    expect(find([near], { what: { hosts: {}, mixed: true } }).offers[0]?.nodeType).toBe('compute_skylake');
    const untyped = find([leaseSite({ hosts: [host('1', '')] })]).offers[0];
    expect(untyped).toMatchObject({ nodeType: '', reservation: { hosts: ['uid-1'] } });
    expect(untyped?.reservation).not.toHaveProperty('nodeType');
  });

  it('leaves out hosts that failed before, where others will do, and those that may not be had', () => {
    expect(
      find([far], { what: { hosts: { nodeType: 'compute_skylake' } } }, { failures: new Map([['uid-3', 1]]) }).offers[0]?.hosts,
    ).toEqual(['uid-4']);
    const shut = leaseSite({ hosts: [host('1', 'x', {}, { reservable: false }), host('2', 'x', { authorized_projects: 'p' })] });
    expect(find([shut]).nothing[0]?.reason).toBe('none-matches');
    expect(find([{ ...shut, project: { id: 'p' } }]).offers[0]?.hosts).toEqual(['uid-2']);
  });

  it('stays within the time that was asked for, and the project’s', () => {
    expect(find([near], { from: inHours(5.5) }).offers[0]?.start).toBe(inHours(5.5));
    expect(find([near], { to: inHours(11) }).nothing[0]?.reason).toBe('all-taken');
    expect(find([near], { to: inHours(11) + MINUTE }).offers).toHaveLength(1);
    expect(find([{ ...near, project: { id: 'p', end: inHours(11) } }]).nothing[0]?.reason).toBe('all-taken');
  });

  it('tells of a site that offers nothing why', () => {
    const why = (site: Partial<LeaseSite>, over: Partial<Wish> = {}) => {
      const { offers, nothing } = find([leaseSite({ hosts: hosts(1, 2), rules: { maxDays: 7 }, ...site })], over);
      expect(offers).toEqual([]);
      return nothing.map(({ reason, detail }) => `${reason}: ${detail}`);
    };
    expect(why({ kinds: ['flavor:instance'] })).toEqual(['not-leased: CHI@Test does not lease hosts.']);
    expect(why({}, { what: { machines: {} } })).toEqual(['not-leased: CHI@Test does not lease machines of a flavor.']);
    expect(why({}, { duration: 8 * DAY, to: inHours(1000) })).toEqual([
      'too-long: A lease at CHI@Test may last 7 days, and 8 days are asked for.',
    ]);
    expect(why({ hosts: null })).toEqual(['hidden: CHI@Test shows only to its operators when its hosts are taken.']);
    expect(why({ taken: null })).toEqual(['hidden: CHI@Test shows only to its operators when its hosts are taken.']);
    expect(why({}, { what: { hosts: { gpu: true } } })).toEqual(['none-matches: CHI@Test has none of what is asked for.']);
    expect(why({ hosts: [...hosts(1, 2), ...hosts(3, 5, 'b')] }, { count: 4 })).toEqual([
      'too-few: CHI@Test has 3 of these at most, and 4 are asked for.',
    ]);
    expect(why({ taken: new Map([['1', [hours(0, 999)]]]) }, { count: 2 })).toEqual([
      'all-taken: At CHI@Test there are not 2 free at once for so long, in the time that is asked for.',
    ]);
  });

  it('tells twenty at most, and three of one kind at one site', () => {
    const busy = Array.from({ length: 20 }, (_, index) => hours(10 * index, 10 * index + 1));
    const sites = Array.from({ length: 9 }, (_, index) =>
      leaseSite({ id: String(index), hosts: hosts(1, 1), taken: new Map([['1', busy]]) }),
    );
    expect(find(sites.slice(0, 1)).offers).toHaveLength(3);
    expect(find(sites.slice(0, 1), {}, { limitEach: 5 }).offers).toHaveLength(5);
    expect(find(sites).offers).toHaveLength(20);
    expect(find(sites, {}, { limit: 4 }).offers).toHaveLength(4);
  });

  it('offers nothing that would be refused', () => {
    const span = fc
      .tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 1, max: 20 }))
      .map(([start, length]) => hours(start, start + length));
    const calendar = fc.array(fc.array(span, { maxLength: 4 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(calendar, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 }), (all, count, length) => {
        const site = leaseSite({
          id: 'x',
          hosts: [...hosts(1, 3), ...hosts(4, 5, 'fpga')],
          taken: new Map(all.map((spans, index) => [String(index + 1), spans])),
          rules: { maxDays: 1 },
        });
        const { offers, nothing } = find([site], { count, duration: length * HOUR });
        for (const { start, end, reservation, freeUntil } of offers) {
          expect(end - start).toBe(length * HOUR);
          expect(lintLease({ name: 'x', start, end, reservations: [reservation] }, site, { now: NOW })).toEqual([]);
          // and it can be as long as is said
          const longest = Math.min(freeUntil ?? Number.POSITIVE_INFINITY, start + DAY);
          expect(lintLease({ name: 'x', start, end: longest, reservations: [reservation] }, site, { now: NOW })).toEqual([]);
        }
        expect(offers.length === 0).toBe(nothing.length === 1);
      }),
    );
  });
});

describe('machines of a flavor', () => {
  const flavor = (id: string, vcpus: number, over: Partial<Flavor> = {}): Flavor => ({
    id,
    name: `m1.${id}`,
    vcpus,
    ramMiB: 1024 * vcpus,
    diskGiB: 10,
    bareMetal: false,
    ...over,
  });
  const kvm = leaseSite({
    id: 'kvm',
    name: 'KVM',
    kinds: ['flavor:instance'],
    hosts: hosts(1, 2, 'kvm', { vcpus: '48', memory_mb: '196608', local_gb: '400', 'gpu.gpu_count': '1' }),
    taken: new Map([['1', [hours(0, 3)]]]),
    flavors: [
      flavor('l', 8),
      flavor('s', 1),
      flavor('m', 4),
      flavor('xl', 16),
      flavor('g', 4, { gpus: 1 }),
      flavor('metal', 1, { bareMetal: true }),
      flavor('given', 1, { leased: true }),
    ],
    rules: {
      maxDays: 7,
      flavorMaxDays: [{ flavor: 'm1.g', days: 1 }],
      prices: { unit: 'SU', flavors: [{ flavor: 'm1.m', perHour: 0.5 }] },
    },
  });

  it('are found by what they have: the smallest that will do, three at most', () => {
    const { offers } = find([kvm], { what: { machines: { vcpus: 4 } }, count: 2 });
    expect(new Set(short(offers).map(([, , name]) => name))).toEqual(new Set(['m1.m', 'm1.l', 'm1.xl']));
    expect(offers[0]).toMatchObject({
      flavor: 'm1.m',
      hosts: [],
      free: 12,
      reservation: { kind: 'flavor:instance', flavor: 'm', count: 2 },
      cost: { perHour: 1, total: 6 },
    });
    expect(offers[0]).not.toHaveProperty('nodeType');
    expect(offers.find((one) => one.flavor === 'm1.l')?.cost).toBeNull();
  });

  it.each([
    [{ flavor: 'm1.s' }, ['m1.s']],
    [{ flavor: 'xl' }, ['m1.xl']],
    [{ gpus: 1 }, ['m1.g']],
    [{ ramMiB: 9000 }, ['m1.xl']],
    [{ diskGiB: 11 }, []],
    [{ flavor: 'metal' }, []],
    [{ flavor: 'given' }, []],
    [{ flavor: 'm1.s', vcpus: 2 }, []],
  ])('by %j are %j', (machines, flavors) => {
    expect([...new Set(find([kvm], { what: { machines } }).offers.map((one) => one.flavor))]).toEqual(flavors);
  });

  it('are free when their hosts are, or as the site tells', () => {
    const many: Partial<Wish> = { what: { machines: { flavor: 'm' } }, count: 20 };
    expect(find([kvm], many).offers[0]?.start).toBe(inHours(3) + MINUTE);
    expect(find([kvm], { ...many, count: 99 }).nothing[0]).toMatchObject({
      reason: 'too-few',
      detail: 'KVM has 24 of these at most, and 99 are asked for.',
    });
    const availability = new Map([
      [
        'm',
        [
          { ...hours(-1, 5), available: 4 },
          { ...hours(5, 50), available: 30 },
        ],
      ],
    ]);
    const told = find([{ ...kvm, hosts: null, availability }], many);
    expect(told.offers[0]).toMatchObject({ start: inHours(5), free: 30, freeUntil: inHours(50), slack: 39 * HOUR });
    expect(find([{ ...kvm, hosts: null }], many).nothing[0]).toMatchObject({
      reason: 'hidden',
      detail: 'KVM shows only to its operators when it is taken.',
    });
  });

  it('are not offered for longer than the flavor may be had', () => {
    const long: Partial<Wish> = { duration: 2 * DAY, to: inHours(200) };
    expect(find([kvm], { ...long, what: { machines: { gpus: 1 } } }).nothing[0]?.detail).toBe(
      'A lease at KVM may last 1 day, and 2 days are asked for.',
    );
    expect(find([kvm], { ...long, what: { machines: { flavor: 'm' } } }).offers).toHaveLength(1);
  });
});
