import { describe, expect, test } from 'vitest';
import { isUnclear } from '@/lib/web/unclear';
import { cloudAt } from '../testing/cloud-at';
import { fromBlazar, toBlazar } from './dates';

const lease = {
  id: 'l1',
  name: 'mine',
  project_id: 'p1',
  user_id: 'u',
  trust_id: 'a-key-to-the-project',
  status: 'PENDING',
  degraded: false,
  start_date: '2026-11-21T07:03:00.000000',
  end_date: '2026-11-21T09:03:00.000000',
  created_at: '2026-11-21 06:03:28',
  reservations: [{ id: 'r1', resource_type: 'physical:host', status: 'pending', min: 1, max: '2', resource_properties: '' }],
};
const reservations = [{ kind: 'physical:host' as const, min: 1, max: 2, resourceProperties: '["=","$node_type","compute_skylake"]' }];

describe('dates', () => {
  test.each([
    ['2026-11-21T07:03:00Z', 'up', '2026-11-21 07:03'],
    ['2026-11-21T07:03:00.001Z', 'up', '2026-11-21 07:04'],
    ['2026-11-21T07:03:59Z', 'down', '2026-11-21 07:03'],
    ['2026-12-31T23:59:30Z', 'up', '2027-01-01 00:00'],
    ['2026-11-21T08:03:00+01:00', 'up', '2026-11-21 07:03'],
  ] as const)('%s, rounded %s, is %s', (iso, round, text) => {
    expect(toBlazar(iso, round)).toBe(text);
  });

  test.each([
    ['2026-11-21T06:37:00.000000', '2026-11-21T06:37:00.000Z'],
    ['2026-11-21 06:03:28', '2026-11-21T06:03:28.000Z'],
    ['2026-11-21T06:37:00Z', '2026-11-21T06:37:00.000Z'],
    ['never', undefined],
  ])('Blazar’s %s is %s', (text, iso) => {
    expect(fromBlazar(text)).toBe(iso);
  });
});

describe('leases', () => {
  test('of other projects are not shown, whatever Blazar gives away', async () => {
    const foreign = { ...lease, id: 'l2', project_id: 'p2' };
    const cloud = await cloudAt({
      'GET /reservation/v1/leases': { json: { leases: [lease, foreign] } },
      'GET /reservation/v1/leases/l2': { json: { lease: foreign } },
    });
    expect((await cloud.reservation?.leases())?.map(({ id }) => id)).toEqual(['l1']);
    expect(await cloud.reservation?.lease('l2')).toBeNull();
    expect(await cloud.reservation?.lease('l3')).toBeNull();
  });

  test('are read in UTC and without the key in them', async () => {
    const cloud = await cloudAt({ 'GET /reservation/v1/leases/l1': { json: { lease } } });
    const found = await cloud.reservation?.lease('l1');
    expect(found).toEqual({
      id: 'l1',
      name: 'mine',
      status: 'PENDING',
      start: '2026-11-21T07:03:00.000Z',
      end: '2026-11-21T09:03:00.000Z',
      degraded: false,
      reservations: [{ id: 'r1', kind: 'physical:host', status: 'pending', min: 1, max: 2, resourceProperties: undefined }],
    });
    expect(JSON.stringify(found)).not.toContain('a-key');
  });

  test('are made as Blazar wants them: whole minutes, numbers, and every text there', async () => {
    const cloud = await cloudAt({ 'POST /reservation/v1/leases': { status: 201, json: { lease } } });
    await cloud.reservation?.createLease({ name: 'mine', start: '2026-11-21T07:02:10Z', end: '2026-11-21T09:03:50Z', reservations });
    await cloud.reservation?.createLease({
      name: 'mine',
      start: 'now',
      end: '2026-11-21T09:03:50Z',
      reservations: [{ kind: 'physical:host', min: 1, max: 1 }],
    });
    const [one, two] = cloud.sent('POST /reservation/v1/leases');
    expect(one).toEqual({
      name: 'mine',
      start_date: '2026-11-21 07:03',
      end_date: '2026-11-21 09:03',
      reservations: [
        {
          resource_type: 'physical:host',
          min: 1,
          max: 2,
          hypervisor_properties: '',
          resource_properties: '["=","$node_type","compute_skylake"]',
        },
      ],
      events: [],
    });
    expect(two).toMatchObject({ start_date: 'now', reservations: [{ hypervisor_properties: '', resource_properties: '' }] });
  });

  test('for which no host is free are refused, clearly', async () => {
    const cloud = await cloudAt({
      'POST /reservation/v1/leases': { status: 500, json: { error_code: 500, error_message: 'Not enough hosts available' } },
    });
    const error = await cloud.reservation
      ?.createLease({ name: 'x', start: 'now', end: '2026-11-22T00:00:00Z', reservations })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'no-host-available' });
    expect(isUnclear(error)).toBe(false);
  });

  test('are deleted, in Chameleon’s way too', async () => {
    const cloud = await cloudAt({ 'DELETE /reservation/v1/leases/l1': { status: 200, json: { lease: {} } } });
    await cloud.reservation?.deleteLease('l1');
    await cloud.reservation?.deleteLease('gone');
  });
});

test('hosts come with their properties, and without what is Blazar’s own', async () => {
  const host = {
    id: 3,
    hypervisor_hostname: 'uuid-3',
    node_name: 'c03-14',
    node_type: 'compute_skylake',
    vcpus: 48,
    reservable: true,
    trust_id: 'key',
    cpu_info: '{}',
    status: null,
  };
  const cloud = await cloudAt({ 'GET /reservation/v1/os-hosts': { json: { hosts: [host] } } });
  expect(await cloud.reservation?.hosts()).toEqual([
    {
      id: '3',
      name: 'c03-14',
      nodeType: 'compute_skylake',
      properties: { hypervisor_hostname: 'uuid-3', node_name: 'c03-14', node_type: 'compute_skylake', vcpus: '48', reservable: 'true' },
    },
  ]);
});
