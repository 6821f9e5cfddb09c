import { describe, expect, it } from 'vitest';
import type { CloudLease } from '@/lib/openstack/types';
import { adoptable, samePlan } from './same';

const row = { name: 'mine', ends_at: new Date('2030-01-10T18:00:00Z'), created_at: new Date('2030-01-10T12:00:30Z') };
const lease: CloudLease = {
  id: 'l1',
  name: 'mine',
  status: 'PENDING',
  start: '2030-01-10T14:00:00.000Z',
  end: '2030-01-10T18:00:00.000Z',
  createdAt: '2030-01-10T12:00:31.000Z',
  degraded: false,
  reservations: [],
  events: [],
};

describe('a lease that a site lists', () => {
  it.each<[string, Partial<CloudLease>, boolean]>([
    ['is the one that was asked for, by its name and its end', {}, true],
    ['… at a site that does not say when it was made', { createdAt: undefined }, true],
    ['… by a clock that is a minute behind', { createdAt: '2030-01-10T11:59:30.000Z' }, true],
    ['… that runs already', { status: 'ACTIVE' }, true],
    ['is another, by its name', { name: 'theirs' }, false],
    ['is a colleague’s of the same name, by its end', { end: '2030-01-10T19:00:00.000Z' }, false],
    ['is an older one, made before it was asked for', { createdAt: '2030-01-10T11:00:00.000Z' }, false],
    ['is one that has ended', { status: 'TERMINATED' }, false],
    ['is one that is being deleted', { status: 'DELETING' }, false],
  ])('%s', (_name, over, is) => {
    expect(adoptable(row, { ...lease, ...over })).toBe(is);
  });
});

describe('what is asked for', () => {
  const plan = { name: 'a', start: 'now' as const, end: 1000, reservations: [{ kind: 'physical:host' as const, min: 1, max: 2 }] };
  it.each<[string, object, boolean]>([
    [
      'is the same, whatever the order of its keys',
      { reservations: [{ max: 2, min: 1, kind: 'physical:host' }], end: 1000, start: 'now', name: 'a' },
      true,
    ],
    ['is another with another end', { ...plan, end: 1001 }, false],
    ['is another with other hosts', { ...plan, reservations: [{ kind: 'physical:host', min: 2, max: 2 }] }, false],
    ['is another with its reservations in another order', { ...plan, reservations: [...plan.reservations, ...plan.reservations] }, false],
  ])('%s', (_name, asked, same) => {
    expect(samePlan(asked, plan)).toBe(same);
  });
});
