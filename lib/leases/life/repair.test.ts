import { expect, it } from 'vitest';
import { inHours, lease, NOW } from '../testing/site';
import type { Lease } from '../types';
import { repairOf } from './repair';

const of = (...statuses: string[]): Partial<Lease> => ({
  status: 'ERROR',
  reservations: statuses.map((status, index) => ({ id: String(index), kind: 'physical:host', status })),
});

it.each<[string, Partial<Lease>, number, string]>([
  ['in order', { status: 'ACTIVE' }, 0, 'nothing'],
  ['whose reservation runs', of('active'), 0, 'touch'],
  ['… touched once', of('active'), 1, 'touch'],
  ['… touched twice', of('active'), 2, 'ask'],
  ['whose reservations wait', of('pending', 'pending'), 0, 'touch'],
  ['whose reservations run and wait', of('active', 'pending'), 0, 'touch'],
  ['of which one failed', of('active', 'error'), 0, 'ask'],
  ['that failed to start', of('error'), 0, 'recreate'],
  ['that failed to start, others not yet', of('error', 'pending'), 0, 'recreate'],
  ['whose reservations are gone', of('deleted'), 0, 'recreate'],
  ['of nothing', of(), 0, 'recreate'],
  ['that is over', { ...of('active'), end: NOW }, 0, 'delete'],
  ['that is nearly over', { ...of('active'), end: inHours(0.01) }, 0, 'touch'],
])('a lease %s', (_name, over, tried, what) => {
  const repair = repairOf(lease(over), tried, NOW);
  expect(repair.do).toBe(what);
  expect(repair.why).toMatch(/\.$/);
});
