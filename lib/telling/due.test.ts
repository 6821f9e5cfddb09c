import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '@/lib/leases/calendar/moments';
import type { Lease } from '@/lib/leases/types';
import { dueOf } from './due';
import type { KeptLease } from './types';

const noon = Date.parse('2030-01-10T12:00:00Z');
const lease = (change: Partial<Lease> = {}): Lease => ({
  id: 'l1',
  name: 'gpus',
  status: 'ACTIVE',
  degraded: false,
  start: noon - 3 * DAY,
  end: noon + 3 * DAY,
  reservations: [{ id: 'r1', kind: 'physical:host', status: 'active', min: 1, max: 1 }],
  createdAt: noon - 4 * DAY,
  ...change,
});
const kept = (change: Partial<KeptLease> = {}): KeptLease => ({
  userId: 'u1',
  site: { id: 'tacc', name: 'CHI@TACC' },
  rules: {},
  lease: lease(),
  path: '/leases/lease_1',
  since: noon - 4 * DAY,
  shortened: false,
  deployments: ['cluster'],
  used: true,
  others: [],
  nodeType: 'gpu_rtx_6000',
  ...change,
});
const whatAt = (one: KeptLease, now: number, told: string[] = []) => dueOf(one, new Set(told), now).tell.map(({ what }) => what);

describe('the end of a lease', () => {
  const { end } = lease();
  test.each([
    ['nothing three days before', 3 * DAY, []],
    ['of two days', 48 * HOUR, ['ends-48h']],
    ['of a day', 24 * HOUR, ['ends-24h']],
    ['of two hours', 2 * HOUR, ['ends-2h']],
    ['of half an hour', 30 * MINUTE, ['ends-30min']],
    ['nothing when it has passed', -MINUTE, []],
  ] as [string, number, string[]][])('is told: %s', (_when, before, expected) => {
    expect(whatAt(kept(), end - before)).toEqual(expected);
  });

  test('is told once, and again when it was extended', () => {
    const { tell } = dueOf(kept(), new Set(), end - 2 * HOUR);
    const { settled } = dueOf(kept(), new Set(), end - 2 * HOUR);
    const told = [...tell.map(({ key }) => key), ...settled];
    expect(whatAt(kept(), end - HOUR, told)).toEqual([]);
    const longer = kept({ lease: lease({ end: end + DAY }), since: end - HOUR });
    expect(whatAt(longer, end + DAY - 2 * HOUR, told)).toEqual(['ends-2h']);
  });

  test('is told in one message to who was away, and what was missed is settled', () => {
    const { tell, settled } = dueOf(kept(), new Set(), end - HOUR);
    expect(tell.map(({ what }) => what)).toEqual(['ends-2h']);
    expect(settled).toHaveLength(2);
  });

  test('is told of leases of the same id at two sites apart', () => {
    const [{ key = '' } = {}] = dueOf(kept(), new Set(), end - 2 * HOUR).tell;
    expect(whatAt(kept({ site: { id: 'uc', name: 'CHI@UC' } }), end - 2 * HOUR, [key])).toEqual(['ends-2h']);
  });

  test('is told when somebody made it earlier', () => {
    expect(whatAt(kept({ shortened: true }), noon)).toEqual(['shortened']);
  });
});

test.each([
  ['is told when its site warns of it', { used: false }, 6.5 * HOUR, ['idle']],
  ['is not told before', { used: false }, 5 * HOUR, []],
  ['is not told where something was started on it', { used: true }, 7 * HOUR, []],
  ['is not told where its site does not care', { used: false, rules: {} }, 7 * HOUR, []],
] as [string, Partial<KeptLease>, number, string[]][])('that nothing runs on a lease %s', (_what, change, after, expected) => {
  const one = kept({ rules: { idle: { warnHours: 6, endHours: 9 } }, ...change });
  expect(whatAt(one, one.lease.start + after)).toEqual(expected);
});

test('that leases follow each other closely is told with the numbers, where the site objects to that', () => {
  const others = [0, 1, 2].map((week) => lease({ id: `w${week}`, start: noon - (24 - 7 * week) * DAY, end: noon - (17 - 7 * week) * DAY }));
  const rules = { stacking: { days: 21, percent: 90 } };
  expect(dueOf(kept({ rules, others }), new Set(), noon).tell).toMatchObject([
    { what: 'stacking', about: { days: 21, nodeType: 'gpu_rtx_6000', percent: expect.any(Number) } },
  ]);
  expect(whatAt(kept({ rules, others: others.slice(1, 2) }), noon)).toEqual([]);
});

test('that a host is missing is told with the remedy, once for each reservation', () => {
  const broken = kept({ lease: lease({ reservations: [{ id: 'r1', kind: 'physical:host', status: 'active', missing: true }] }) });
  const { tell } = dueOf(broken, new Set(), noon);
  expect(tell).toMatchObject([{ what: 'health', about: { remedy: expect.stringContaining('Grow the lease') } }]);
  expect(whatAt(broken, noon, [tell[0]?.key ?? ''])).toEqual([]);
});
