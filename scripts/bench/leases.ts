import { DAY, HOUR } from '@/lib/leases/calendar/moments';
import { findOffers } from '@/lib/leases/find/finder';
import { searchHardware } from '@/lib/leases/find/hardware-search';
import { hosts, leaseSite, NOW } from '@/lib/leases/testing/site';
import type { LeaseSite, TakenSpan } from '@/lib/leases/types';
import { windowsIn } from '@/lib/leasing/find/windows';
import type { Figure } from './figure';
import { timeOf } from './time';

const HOSTS = 2000;
const LEASES_EACH = 5;

/** Finding a time for a lease where many hosts are taken now and then, and finding hosts by a word. */
export async function measureLeases(): Promise<Figure[]> {
  const site = busySite('busy', HOSTS);
  const [many, six] = [Array.from({ length: 6 }, (_, index) => busySite(String(index), 330)), 6 * HOUR];
  const find = (sites: readonly LeaseSite[], count: number, limit?: number) =>
    findOffers(sites, { what: { hosts: {} }, count, duration: six, from: NOW, to: NOW + 90 * DAY }, { now: NOW, limit, limitEach: limit });
  const found = find([site], 1600, 10).offers.length;
  if (found < 2) throw new Error(`1,600 hosts were found free together ${found} times only`);
  const source = { site: site.id, siteName: site.name, source: 'site' as const, project: null, pending: false, problem: null };
  const told = { source, site, entry: null, unknown: new Set<string>() };
  const wish = { q: 'skylake', mixed: false, count: 20, hours: 6, limit: 20 };
  const search = site.hosts?.map((host) => ({ site: 'busy', host })) ?? [];
  const figure = async (name: string, work: () => unknown, limit: number): Promise<Figure> => ({
    about: 'leases',
    name,
    value: await timeOf(work),
    unit: 'ms',
    limit,
  });
  return [
    await figure('windows for 20 of 2,000 hosts, 10,000 times taken', () => find([site], 20), 200),
    await figure('… for 1,600 of them, ten windows', () => find([site], 1600, 10), 400),
    await figure('windows over six sites of 330 hosts', () => find(many, 20), 200),
    await figure('… as the finder tells them, for a word', () => windowsIn([told], wish, { start: NOW, end: NOW + 90 * DAY }, NOW), 300),
    await figure('2,000 hosts searched by words, with their facets', () => searchHardware(search, { text: 'skylake rack3' }), 300),
  ];
}

/** Hosts that are each taken some times in the next ninety days, in a way that looks random and is always the same. */
function busySite(id: string, count: number): LeaseSite {
  let seed = 42;
  const random = (most: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
  const all = hosts(1, count, 'compute_skylake', {
    'architecture.platform_type': 'x86_64',
    'architecture.smt_size': '48',
    'main_memory.ram_size': String(192 * 1024 ** 3),
    'processor.model': 'Intel Xeon Gold 6126',
  }).map((host) => ({ ...host, properties: { ...host.properties, 'placement.rack': String(random(40)) } }));
  const taken = all.map((host): [string, TakenSpan[]] => [
    host.id,
    Array.from({ length: LEASES_EACH }, () => {
      const start = NOW + random(90 * 24 * 60) * 60_000;
      return { start, end: start + (1 + random(168)) * HOUR };
    }),
  ]);
  return leaseSite({
    id,
    hosts: all,
    taken: new Map(taken),
    rules: { maxDays: 7, prices: { unit: 'SU', hosts: [{ nodeType: '*', perHour: 1 }] } },
  });
}
