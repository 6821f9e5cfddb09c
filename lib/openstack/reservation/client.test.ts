import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnclear } from '@/lib/web/unclear';
import { cloudAt } from '../testing/cloud-at';
import { readConditions, writeConditions } from './conditions';
import { fromBlazar, toBlazar } from './dates';
import type { NewReservation, PropertyCondition } from './types';

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
const skylake: PropertyCondition = { property: 'node_type', op: '=', value: 'compute_skylake' };
const reservations: NewReservation[] = [{ kind: 'physical:host', min: 1, max: 2, where: [skylake] }];
const body = (one: object) => ({ json: { lease: { ...lease, ...one } } });
const refusal = (status: number, message: string) => ({ status, json: { error_code: status, error_message: message, error_name: status } });

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

describe('conditions', () => {
  const condition = fc.record({
    property: fc.stringMatching(/^[a-z][a-z_.]{0,20}$/),
    op: fc.constantFrom('=', '!=', '>=', '<=', '>', '<') satisfies fc.Arbitrary<PropertyCondition['op']>,
    value: fc.string({ minLength: 1 }),
  });

  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), (where) => {
        expect(readConditions(writeConditions(where))).toEqual(where);
      }),
    );
  });

  test.each([
    ['["==","$uid","u"]', [{ property: 'uid', op: '=', value: 'u' }]],
    ['', undefined],
    ['[]', undefined],
    ['["or",["=","$uid","u"]]', undefined],
    ['["=","uid","u"]', undefined],
    ['{"OS-FLV-EXT-DATA:ephemeral": 0}', undefined],
    ['no JSON', undefined],
  ])('%s is %j', (text, where) => {
    expect(readConditions(text)).toEqual(where);
  });

  test('of two texts are joined, as Blazar does', () => {
    expect(readConditions('[">","$vcpus","8"]', '["=","$uid","u"]')).toHaveLength(2);
  });
});

describe('leases', () => {
  test('of other projects are not shown, whatever Blazar gives away', async () => {
    const foreign = { ...lease, id: 'l2', project_id: 'p2' };
    const cloud = await cloudAt({
      'GET /reservation/v1/leases': { json: { leases: [lease, foreign] } },
      'GET /reservation/v1/leases/l2': { json: { lease: foreign } },
      'GET /reservation/v1/leases/l4': refusal(403, "Policy doesn't allow blazar:leases:get to be performed"),
    });
    expect((await cloud.reservation?.leases())?.items.map(({ id }) => id)).toEqual(['l1']);
    for (const id of ['l2', 'l3', 'l4']) expect(await cloud.reservation?.lease(id)).toBeNull();
    await expect(cloud.reservation?.changeLease('l2', { name: 'mine now' })).rejects.toMatchObject({ code: 'not-found' });
    expect(await cloud.reservation?.deleteLease('l2')).toBe('gone');
    expect(cloud.small.seen.filter(({ method, url }) => method !== 'GET' && url.includes('reservation'))).toEqual([]);
  });

  test('one that can’t be read is a gap, and the others are there', async () => {
    const broken = { ...lease, id: 'l2', start_date: 'soon' };
    const cloud = await cloudAt({ 'GET /reservation/v1/leases': { json: { leases: [broken, 7, lease] } } });
    const listed = await cloud.reservation?.leases();
    expect(listed?.items.map(({ id }) => id)).toEqual(['l1']);
    expect(listed?.gaps).toEqual([
      { id: 'l2', problem: expect.stringMatching(/^start_date: /) },
      { id: undefined, problem: expect.any(String) },
    ]);
  });

  test('are read in UTC and without the key in them', async () => {
    const events = [
      { event_type: 'end_lease', time: '2026-11-21T09:03:00.000000', status: 'UNDONE' },
      { event_type: 'start_lease', time: '2026-11-21T07:03:00.000000', status: 'DONE' },
    ];
    const cloud = await cloudAt({ 'GET /reservation/v1/leases/l1': body({ events }) });
    const found = await cloud.reservation?.lease('l1');
    expect(found).toMatchObject({
      id: 'l1',
      name: 'mine',
      status: 'PENDING',
      start: '2026-11-21T07:03:00.000Z',
      end: '2026-11-21T09:03:00.000Z',
      createdAt: '2026-11-21T06:03:28.000Z',
      degraded: false,
      reservations: [{ id: 'r1', kind: 'physical:host', status: 'pending', min: 1, max: 2, missingResources: false }],
      events: [{ type: 'start_lease' }, { type: 'end_lease', at: '2026-11-21T09:03:00.000Z' }],
    });
    expect(JSON.stringify(found)).not.toContain('a-key');
  });

  test.each([
    [{ resource_type: 'physical:host', resource_properties: '["=","$uid","u"]', hypervisor_properties: '' }, { where: [{ value: 'u' }] }],
    [
      {
        resource_type: 'flavor:instance',
        amount: 2,
        vcpus: 1,
        memory_mb: 2048,
        disk_gb: 20,
        resource_properties: '{"id":"f","name":"m1.small"}',
      },
      { amount: 2, flavor: { id: 'f', name: 'm1.small', vcpus: 1, ramMiB: 2048, diskGiB: 20 }, where: undefined },
    ],
    [
      { resource_type: 'virtual:instance', amount: 1, vcpus: 1, memory_mb: 128, disk_gb: 1, resource_properties: '' },
      { flavor: { vcpus: 1, ramMiB: 128, diskGiB: 1 } },
    ],
    [
      { resource_type: 'virtual:floatingip', network_id: 'n', amount: 3, required_floatingips: [] },
      { networkId: 'n', amount: 3 },
    ],
    [{ resource_type: 'network', network_name: 'ours', network_properties: '["=","$stitch_provider","none"]' }, { networkName: 'ours' }],
  ])('reserve %j', async (raw, read) => {
    const cloud = await cloudAt({ 'GET /reservation/v1/leases/l1': body({ reservations: [{ id: 'r', status: 'active', ...raw }] }) });
    expect((await cloud.reservation?.lease('l1'))?.reservations[0]).toMatchObject(read);
  });

  test('are made as Blazar wants them: whole minutes, numbers, and every text there', async () => {
    const cloud = await cloudAt({ 'POST /reservation/v1/leases': { status: 201, json: { lease } } });
    await cloud.reservation?.createLease({ name: 'mine', start: '2026-11-21T07:02:10Z', end: '2026-11-21T09:03:50Z', reservations });
    await cloud.reservation?.createLease({
      name: 'mine',
      start: 'now',
      end: '2026-11-21T09:03:50Z',
      reservations: [
        { kind: 'physical:host', min: 1, max: 1 },
        { kind: 'flavor:instance', flavorId: 'f', amount: 2 },
        { kind: 'virtual:instance', amount: 1, vcpus: 2, ramMiB: 512, diskGiB: 1, affinity: false, where: [skylake, skylake] },
        { kind: 'virtual:floatingip', networkId: 'n', amount: 1 },
        { kind: 'network', name: 'ours' },
      ],
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
    expect(two).toMatchObject({
      start_date: 'now',
      reservations: [
        { hypervisor_properties: '', resource_properties: '' },
        { flavor_id: 'f', amount: 2, affinity: null },
        { memory_mb: 512, affinity: false, resource_properties: expect.stringMatching(/^\["and",\["=",/) },
        { network_id: 'n', amount: 1 },
        { network_name: 'ours', network_properties: '', resource_properties: '' },
      ],
    });
  });

  test('are changed by what changes, and then looked at', async () => {
    const cloud = await cloudAt({
      'PUT /reservation/v1/leases/l1': body({ status: 'UPDATING' }),
      'GET /reservation/v1/leases/l1': body({ status: 'ACTIVE' }),
    });
    const changed = await cloud.reservation?.changeLease('l1', {
      end: '2026-11-21T10:00:59Z',
      reservations: [{ id: 'r1', min: 2, max: 2 }],
    });
    await cloud.reservation?.changeLease('l1', {});
    await cloud.reservation?.changeLease('l1', { end: 'now' });
    expect(changed?.status).toBe('ACTIVE');
    expect(cloud.sent('PUT /reservation/v1/leases/l1')).toEqual([
      { end_date: '2026-11-21 10:00', reservations: [{ id: 'r1', min: 2, max: 2 }] },
      {},
      { end_date: 'now' },
    ]);
  });

  test('for which no host is free are refused, clearly', async () => {
    const cloud = await cloudAt({ 'POST /reservation/v1/leases': refusal(500, 'Not enough hosts available') });
    const error = await create(cloud);
    expect(error).toMatchObject({ code: 'no-host-available' });
    expect(isUnclear(error)).toBe(false);
  });

  test.each([
    ['a fault', { status: 502, text: '<html>Bad Gateway</html>' }],
    [
      'Blazar’s own time-out',
      { status: 500, json: { error_code: 500, error_message: 'Internal Server Error', error_name: 'INTERNAL_SERVER_ERROR' } },
    ],
    ['an answer of another form', { status: 201, json: {} }],
  ])('whose making ends with %s are found by their name, or the fault is told', async (_what, answer) => {
    const made = { ...lease, name: 'wanted' };
    const found = await cloudAt({
      'POST /reservation/v1/leases': answer,
      'GET /reservation/v1/leases': { json: { leases: [lease, made] } },
    });
    expect(await create(found, 'wanted')).toMatchObject({ name: 'wanted' });
    const lost = await cloudAt({ 'POST /reservation/v1/leases': answer, 'GET /reservation/v1/leases': { json: { leases: [lease] } } });
    const error = await create(lost, 'wanted');
    expect(error).toBeInstanceOf(Error);
    expect(isUnclear(error)).toBe(true);
  });

  test('a refusal is one also where it is told as a success', async () => {
    const hidden = { status: 200, json: { error_code: 500, error_message: 'Not enough hosts available' } };
    const cloud = await cloudAt({ 'POST /reservation/v1/leases': hidden });
    expect(await create(cloud)).toMatchObject({ code: 'no-host-available', upstream: { status: 500 } });
  });

  test('are deleted, in Chameleon’s way too', async () => {
    let deleted = 0;
    const cloud = await cloudAt({
      'GET /reservation/v1/leases/l1': body({}),
      'DELETE /reservation/v1/leases/l1': () => {
        deleted += 1;
        return { status: 200, json: { lease: {} } };
      },
    });
    expect(await cloud.reservation?.deleteLease('l1')).toBe('gone');
    expect(deleted).toBe(1);
    expect(await cloud.reservation?.deleteLease('never-there')).toBe('gone');
  });

  test('whose delete is not answered are looked at: some take minutes', async () => {
    const states = ['ACTIVE', 'DELETING', 'DELETING', 'ACTIVE', 'ACTIVE'];
    let asked = 0;
    const cloud = await cloudAt({
      'GET /reservation/v1/leases/l1': () => body({ status: states.shift() }),
      'DELETE /reservation/v1/leases/l1': () => {
        asked += 1;
        return { status: 504, text: '' };
      },
    });
    expect(await cloud.reservation?.deleteLease('l1')).toBe('going-on');
    // Blazar refuses to begin a second time
    expect(await cloud.reservation?.deleteLease('l1')).toBe('going-on');
    expect(asked).toBe(1);
    await expect(cloud.reservation?.deleteLease('l1')).rejects.toMatchObject({ code: 'upstream-failed' });
  });
});

async function create({ reservation }: Awaited<ReturnType<typeof cloudAt>>, name = 'x') {
  return await reservation?.createLease({ name, start: 'now', end: '2026-11-21T09:03:40Z', reservations }).catch((error: unknown) => error);
}

describe('what there is', () => {
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

  test('hosts come with their properties, and without what is Blazar’s own', async () => {
    const cloud = await cloudAt({ 'GET /reservation/v1/os-hosts': { json: { hosts: [host, { id: 4 }] } } });
    expect(await cloud.reservation?.hosts()).toEqual({
      items: [
        {
          id: '3',
          name: 'c03-14',
          nodeType: 'compute_skylake',
          properties: { hypervisor_hostname: 'uuid-3', node_name: 'c03-14', node_type: 'compute_skylake', vcpus: '48', reservable: 'true' },
        },
      ],
      gaps: [{ id: '4', problem: expect.stringContaining('hypervisor_hostname') }],
    });
  });

  test('what hosts are taken for has no names, and which of them a lease holds is told', async () => {
    const taken = { id: 'r1', lease_id: 'l1', start_date: lease.start_date, end_date: lease.end_date, extras: { user_name: 'somebody' } };
    const allocations = [
      { resource_id: 3, reservations: [taken] },
      { resource_id: '4', reservations: [] },
    ];
    const cloud = await cloudAt({ 'GET /reservation/v1/os-hosts/allocations': { json: { allocations } } });
    const found = await cloud.reservation?.allocations({ leaseId: 'l1' });
    expect(found?.items[0]).toEqual({
      hostId: '3',
      taken: [{ start: '2026-11-21T07:03:00.000Z', end: '2026-11-21T09:03:00.000Z', leaseId: 'l1', reservationId: 'r1' }],
    });
    expect(await cloud.reservation?.hostsOf('l1')).toEqual(['3']);
    expect(cloud.small.seen.at(-1)?.url).toContain('?lease_id=l1');
  });

  test('lists that are the operators’ alone, or are not there, are null; the hosts of a lease are then asked for in Chameleon’s way', async () => {
    const closed = refusal(403, "Policy doesn't allow blazar:oshosts:get_allocations to be performed");
    const cloud = await cloudAt({
      'GET /reservation/v1/os-hosts/allocations': closed,
      'GET /reservation/v1/os-hosts/properties': closed,
      'GET /reservation/v1/leases/l1/hosts': { json: { hosts: [host] } },
    });
    const { reservation } = cloud;
    expect([await reservation?.allocations(), await reservation?.hostProperties(), await reservation?.segments()]).toEqual([
      null,
      null,
      null,
    ]);
    expect(await reservation?.hostsOf('l1')).toEqual(['3']);
    expect(await reservation?.hostsOf('l2')).toBeNull();
  });

  test('properties, floating IPs and segments are read', async () => {
    const cloud = await cloudAt({
      'GET /reservation/v1/os-hosts/properties': { json: { resource_properties: [{ property: 'uid', private: false, values: ['a'] }] } },
      'GET /reservation/v1/floatingips': {
        json: { floatingips: [{ id: 1, floating_network_id: 'n', floating_ip_address: '198.51.100.9', subnet_id: 's' }] },
      },
      'GET /reservation/v1/networks': { json: { networks: [{ id: 's1', network_type: 'vlan', segment_id: 3501 }] } },
    });
    expect((await cloud.reservation?.hostProperties())?.items).toEqual([{ property: 'uid', values: ['a'] }]);
    expect((await cloud.reservation?.floatingIps())?.items).toEqual([
      { id: '1', networkId: 'n', address: '198.51.100.9', reservable: true },
    ]);
    expect((await cloud.reservation?.segments())?.items).toEqual([{ id: 's1', properties: { network_type: 'vlan', segment_id: '3501' } }]);
  });
});

describe('whether leases can be made', () => {
  test.each([
    [404, 'Could not find user: 00000000000000000000000000000000.', 'yes'],
    [403, 'You are not authorized to perform the requested action: Delegated tokens cannot manage trusts..', 'no'],
    [400, 'Expecting to find trustee', 'unknown'],
    [404, 'Not Found', 'unknown'],
  ])('is told by Keystone’s %i “%s”: %s', async (status, message, answer) => {
    const cloud = await cloudAt({ 'POST /v3/OS-TRUST/trusts': { status, json: { error: { code: status, message, title: 'x' } } } });
    expect(await cloud.reservation?.mayLease()).toBe(answer);
  });
});
