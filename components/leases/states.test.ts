import { describe, expect, it } from 'vitest';
import type { LeaseSummary } from '@/lib/api/contract/leases';
import { hasBegun, hostsOf, isMoving, isOver, nearness, standingOf } from './states';

const statuses: LeaseSummary['status'][] = [
  'MAKING',
  'CREATING',
  'PENDING',
  'STARTING',
  'ACTIVE',
  'UPDATING',
  'TERMINATING',
  'TERMINATED',
  'DELETING',
  'ERROR',
  'GONE',
];

describe('a lease', () => {
  it('moves by itself while something is done with it or it passes through a state', () => {
    const moving = statuses.filter((status) => isMoving({ status, work: null }));
    expect(moving).toEqual(['MAKING', 'CREATING', 'STARTING', 'UPDATING', 'TERMINATING', 'DELETING']);
    expect(isMoving({ status: 'ACTIVE', work: 'delete' })).toBe(true);
  });

  it('has begun when its site says so, whatever the clock here shows', () => {
    expect(statuses.filter((status) => hasBegun({ status }))).toEqual(['ACTIVE', 'UPDATING', 'TERMINATING', 'TERMINATED', 'GONE']);
    expect(statuses.filter((status) => isOver({ status }))).toEqual(['TERMINATED', 'GONE']);
  });

  it.each([
    [49 * 60, null],
    [48 * 60, 'two-days'],
    [24 * 60 + 1, 'two-days'],
    [24 * 60, 'day'],
    [120, 'hours'],
    [31, 'hours'],
    [30, 'minutes'],
    [1, 'minutes'],
    [0, null],
  ])('that ends in %d minutes is told as near as %s', (minutes, near) => {
    const now = Date.UTC(2026, 10, 28);
    const end = new Date(now + minutes * 60_000).toISOString();
    expect(nearness({ status: 'ACTIVE', end }, now)).toBe(near);
    expect(nearness({ status: 'PENDING', end }, now)).toBeNull();
  });
});

describe('how much is left of a lease', () => {
  const times = { start: '2026-11-28T09:00:00Z', end: '2026-11-28T15:00:00Z' };
  it.each([
    ['PENDING', '2026-11-28T08:00:00Z', 'begins', 1],
    ['PENDING', '2026-11-28T09:00:10Z', 'starting', 0],
    ['ACTIVE', '2026-11-28T13:00:00Z', 'left', 2],
    // a site that begins by its own clock
    ['ACTIVE', '2026-11-28T08:59:00Z', 'left', 6 + 1 / 60],
    ['TERMINATING', '2026-11-28T15:00:10Z', 'ending', 0],
    ['TERMINATED', '2026-11-28T13:00:00Z', 'over', 0],
    ['GONE', '2026-11-28T08:00:00Z', 'over', 0],
    ['ERROR', '2026-11-28T08:00:00Z', 'broken', 0],
  ] as const)('%s at %s: %s', (status, now, is, hours) => {
    expect(standingOf({ ...times, status }, Date.parse(now))).toEqual({ is, ms: hours * 3_600_000 });
  });
});

it.each([
  ['all that it should have', [{ missing: false, changed: false }], null],
  [
    'one host less',
    [
      { missing: false, changed: true },
      { missing: true, changed: true },
    ],
    'missing',
  ],
  ['another host than at first', [{ missing: false, changed: true }], 'exchanged'],
])('a lease that has %s says so, whatever its site says of the time before', (_has, reservations, hosts) => {
  expect(hostsOf({ reservations: reservations as LeaseSummary['reservations'] })).toBe(hosts);
});
