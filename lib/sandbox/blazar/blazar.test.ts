import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { request, serverBody } from '../testing/cloud-client';
import { hosts, type Leasing, leasing, ofType, onHost } from '../testing/leases';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
let it_: Leasing;
beforeEach(async () => {
  sandbox ??= await startTestSandbox();
  sandbox.reset();
  it_ = await leasing(sandbox, 'america');
});
afterAll(() => sandbox.end());

interface Host {
  id: string;
  uid: string;
  node_type: string;
}
/** A host of a kind that nobody else has for so many hours from now. */
async function freeHost(type: string, hours: number): Promise<Host> {
  const all: Host[] = (await it_.cloud.reservation('GET', '/os-hosts')).body.hosts;
  const { allocations } = (await it_.cloud.reservation('GET', '/os-hosts/allocations')).body;
  const until = `${it_.date(hours).replace(' ', 'T')}:00.000000`;
  const free = all.find(
    ({ id, node_type }) =>
      node_type === type &&
      allocations
        .find((one: { resource_id: string }) => one.resource_id === id)
        .reservations.every(({ start_date }: { start_date: string }) => start_date > until),
  );
  if (!free) throw new Error(`No ${type} is free for ${hours} h`);
  return free;
}
const change = (id: string, body: unknown) => it_.cloud.reservation('PUT', `/leases/${id}`, body);

describe('leases', () => {
  it('go from PENDING over STARTING to ACTIVE, and at their end over TERMINATING to TERMINATED', async () => {
    const made = await it_.lease('now', it_.date(2), [hosts(ofType('compute_skylake'))]);
    expect(made.status).toBe(201);
    const { lease: first } = made.body;
    expect(first).toMatchObject({
      status: 'PENDING',
      start_date: '2026-11-21T12:00:00.000000',
      reservations: [{ status: 'pending', before_end: 'default', missing_resources: false }],
    });
    expect(first.created_at).toMatch(/^2026-11-21 12:0\d:\d\d$/);
    await it_.until(first.id, 'STARTING');
    expect(await it_.cloud.reservation('DELETE', `/leases/${first.id}`)).toMatchObject({
      status: 500,
      body: { error_code: 500, error_message: 'Invalid lease status.', error_name: 500 },
    });
    await it_.until(first.id, 'ACTIVE');
    const zones = (await it_.cloud.compute('GET', '/os-availability-zone')).body.availabilityZoneInfo;
    expect(zones[0].zoneName).toBe(`blazar_${first.reservations[0].id}`);
    await it_.later(2);
    await it_.until(first.id, 'TERMINATING');
    await it_.until(first.id, 'TERMINATED');
    const ended = await it_.get(first.id);
    expect(ended.reservations[0].status).toBe('deleted');
    expect(ended.events.map(({ status }: { status: string }) => status)).toEqual(['DONE', 'DONE', 'DONE']);
    await sandbox.pass(60);
    await it_.later(1);
    expect(await change(first.id, { end_date: it_.date(1) })).toMatchObject({
      status: 400,
      body: { error_message: 'Terminated leases can only be renamed' },
    });
  });

  it('end now, and keep their record; a delete takes that too', async () => {
    const lease = (await it_.lease('now', it_.date(5), [hosts()])).body.lease;
    await it_.until(lease.id, 'ACTIVE');
    expect((await change(lease.id, { end_date: 'now' })).status).toBe(200);
    await it_.until(lease.id, 'TERMINATED');
    expect(await it_.cloud.reservation('DELETE', `/leases/${lease.id}`)).toMatchObject({ status: 200, body: {} });
    expect(await it_.cloud.reservation('GET', `/leases/${lease.id}`)).toMatchObject({
      status: 404,
      body: { error_code: 404, error_message: `Object with {'lease_id': '${lease.id}'} not found`, error_name: 404 },
    });
  });

  it('hold their hosts: a shortage is a 500, also for somebody who comes between; who comes right after gets them', async () => {
    const { uid } = await freeHost('gpu_rtx_6000', 8);
    const on = hosts(onHost(uid));
    await it_.lease(it_.date(1), it_.date(3), [on]);
    expect(await it_.lease(it_.date(2), it_.date(4), [on])).toMatchObject({
      status: 500,
      body: { error_code: 500, error_message: 'Not enough hosts available', error_name: 500 },
    });
    expect((await it_.lease(it_.date(3), it_.date(4), [on])).status).toBe(201);
  });

  it('that follow each other on a host end before they begin', async () => {
    const { uid } = await freeHost('gpu_rtx_6000', 8);
    const first = (await it_.lease('now', it_.date(1), [hosts(onHost(uid))])).body.lease;
    const second = (await it_.lease(it_.date(1), it_.date(2), [hosts(onHost(uid))])).body.lease;
    await it_.until(first.id, 'ACTIVE');
    await it_.later(1);
    await it_.until(first.id, 'TERMINATED');
    await it_.until(second.id, 'ACTIVE');
  });

  it('extend only in the last 48 hours, only onto the same hosts, by at most a week', async () => {
    const { uid } = await freeHost('compute_arm64', 100);
    const long = (await it_.lease('now', it_.date(72), [hosts(onHost(uid))])).body.lease;
    await it_.until(long.id, 'ACTIVE');
    expect((await change(long.id, { end_date: it_.date(80) })).body.error_message).toBe(
      'Lease can only be extended within 172800 seconds of the leases current end time.',
    );
    await it_.later(30);
    expect((await it_.lease(it_.date(60), it_.date(65), [hosts(onHost(uid))])).status).toBe(201);
    expect((await change(long.id, { end_date: it_.date(62) })).body.error_message).toBe('Not enough hosts available');
    expect((await change(long.id, { end_date: it_.date(300) })).body.error_message).toMatch(/^Lease duration of \d+ seconds must be less/);
    expect((await it_.get(long.id)).status).toBe('ACTIVE');
    expect(await change(long.id, { end_date: it_.date(50) })).toMatchObject({ status: 200, body: { lease: { status: 'UPDATING' } } });
    expect((await it_.get(long.id)).status).toBe('ACTIVE');
    expect((await change(long.id, { start_date: it_.date(40) })).body.error_message).toBe(
      'Cannot modify the start date of already started leases',
    );
  });

  it('grow while they run, and do not shrink', async () => {
    const lease = (await it_.lease('now', it_.date(3), [hosts({ min: 2, max: 2, ...ofType('compute_cascadelake_r') })])).body.lease;
    const [{ id }] = lease.reservations;
    await it_.until(lease.id, 'ACTIVE');
    expect((await change(lease.id, { reservations: [{ id, min: 3, max: 3 }] })).status).toBe(200);
    const held = (await it_.cloud.reservation('GET', `/leases/${lease.id}/hosts`)).body.hosts;
    expect(held).toHaveLength(3);
    expect((await change(lease.id, { reservations: [{ id, min: 1, max: 1 }] })).body.error_message).toBe('Not enough hosts available');
    const { allocations } = (await it_.cloud.reservation('GET', `/os-hosts/allocations?lease_id=${lease.id}`)).body;
    expect(allocations.filter((one: { reservations: unknown[] }) => one.reservations.length > 0)).toHaveLength(3);
  });

  it('that have not begun move to hosts that fit', async () => {
    const [one, other] = [await freeHost('compute_haswell_ib', 48), await freeHost('compute_zen3', 48)];
    const lease = (await it_.lease(it_.date(1), it_.date(2), [hosts(onHost(one.uid))])).body.lease;
    await it_.lease(it_.date(10), it_.date(12), [hosts(onHost(one.uid))]);
    const move = { start_date: it_.date(10), end_date: it_.date(11) };
    expect((await change(lease.id, move)).body.error_message).toBe('Not enough hosts available');
    const [{ id }] = lease.reservations;
    expect((await change(lease.id, { ...move, reservations: [{ id, ...onHost(other.uid) }] })).status).toBe(200);
    expect((await it_.cloud.reservation('GET', `/leases/${lease.id}/hosts`)).body.hosts).toMatchObject([{ uid: other.uid }]);
  });

  it.each([
    [{ name: 'x'.repeat(81) }, 500, 'Internal Server Error', 'ERROR'],
    [{ before_end_date: '2027-01-01 00:00' }, 403, 'Datetime is out of lease limits', 'ERROR'],
    [{ reservations: [{ min: 1 }] }, 400, 'Missing parameter reservation ID', 'PENDING'],
    [{ reservations: [{ id: 'x' }] }, 400, 'Please enter valid reservation IDs. Invalid reservation IDs are: x', 'PENDING'],
    [{ end_date: '2026-11-21 10:00' }, 400, 'End date must be later than current and start date', 'PENDING'],
    [{ start_date: '2020-01-01 00:00' }, 400, 'Start date must be later than current date', 'PENDING'],
  ])('refuse %j with a %i, and some are broken then until somebody looks anew', async (body, status, message, then) => {
    const lease = (await it_.lease(it_.date(1), it_.date(2), [hosts()])).body.lease;
    expect(await change(lease.id, body)).toMatchObject({ status, body: { error_message: message } });
    expect((await it_.get(lease.id)).status).toBe(then);
    await change(lease.id, {});
    expect((await it_.get(lease.id)).status).toBe('PENDING');
  });

  it.each([
    [{}, 400, 'Missing parameter start_date, name, end_date'],
    [{ name: 'x', start_date: '2020-01-01 00:00', end_date: '2026-12-01 00:00' }, 400, 'Start date must be later than current date'],
    [
      { name: 'x', start_date: 'now', end_date: '2026-13-01 00:00' },
      400,
      '2026-13-01 00:00 is an invalid date. Required format: %Y-%m-%d %H:%M',
    ],
    [{ name: 'x', start_date: 5, end_date: '2026-12-01 00:00' }, 500, 'Internal Server Error'],
    [{ name: 'x', start_date: '2027-01-23 00:00', end_date: '2027-01-22 00:00' }, 400, 'End date must be later than start date.'],
    [
      { name: 'x', start_date: '2027-01-22 00:00', end_date: '2027-01-30 00:00' },
      403,
      'Lease duration of 691200 seconds must be less than or equal to the maximum lease duration of 604800 seconds.',
    ],
    [{ name: 'x'.repeat(81), start_date: '2027-01-21 00:00', end_date: '2027-01-22 00:00' }, 500, 'Internal Server Error'],
    [{ name: null, start_date: '2027-01-21 00:00', end_date: '2027-01-22 00:00' }, 500, 'Internal Server Error'],
  ])('%j is a %i', async (body, status, message) => {
    expect(await it_.cloud.reservation('POST', '/leases', body)).toMatchObject({ status, body: { error_message: message } });
  });

  it.each([
    [{ resource_properties: '["=","$nope","x"]' }, 500, 'BlazarDBNotFound: A database error occurred'],
    [{ resource_properties: '["or",["=","$uid","x"]]' }, 400, "Malformed requirements ['or', ['=', '$uid', 'x']]"],
    [{ resource_properties: '["=","$uid",5]' }, 400, "Malformed requirements ['=', '$uid', 5]"],
    [{ resource_properties: '["and",["=","$uid","x"],["or"]]' }, 400, "Malformed requirements ['or']"],
    [{ resource_properties: '{"a":1}' }, 400, "Malformed requirements {'a': 1}"],
    [{ resource_properties: 'nope' }, 400, 'Malformed requirements nope'],
    [{ resource_properties: '5' }, 500, 'Internal Server Error'],
    [{ resource_properties: ['=', '$uid', 'x'] }, 500, 'Not enough hosts available'],
    [{ resource_properties: '["=","$uid","x"]' }, 500, 'Not enough hosts available'],
    [{ min: 0 }, 400, 'Malformed parameter min and max (must be greater than or equal to 1)'],
    [{ min: 1.5 }, 400, 'Malformed parameter min'],
    [{ min: 'x' }, 400, 'Malformed parameter min'],
    [{ min: null }, 400, 'Missing parameter min'],
    [{ min: 2 }, 400, 'Invalid values for min/max of hosts. Max must be equal to or larger than min.'],
    [{ hypervisor_properties: undefined }, 400, 'Missing parameter hypervisor_properties'],
    [{ before_end: 'nope' }, 400, 'Malformed parameter before_end'],
    [{ resource_type: undefined }, 400, 'Missing parameter resource_type'],
    [{ resource_type: 'bogus' }, 500, 'The bogus resource type is not supported'],
    [{ min: 900, max: 900 }, 500, 'Not enough hosts available'],
  ])('a reservation of %j is a %i', async (more, status, message) => {
    expect(await it_.lease(it_.date(1), it_.date(2), [hosts(more)])).toMatchObject({ status, body: { error_message: message } });
    expect((await it_.cloud.reservation('GET', '/leases')).body.leases).toEqual([]);
  });

  it('that would cost more than the project has are refused in the site’s words', async () => {
    await it_.cloud.admin('PUT', '/_settings', { serviceUnits: 100 });
    expect((await it_.lease(it_.date(1), it_.date(51), [hosts(ofType('compute_skylake'))])).status).toBe(201);
    expect(await it_.lease(it_.date(1), it_.date(61), [hosts(ofType('compute_skylake'))])).toMatchObject({
      status: 400,
      body: { error_message: 'Reservation for project CHI-sandbox would spend 60.00 SUs, only 50.00 left' },
    });
  });

  it('need a trust, which an application credential can’t give since the fixes of 2026; Keystone says so too', async () => {
    const delegated = await leasing(sandbox, 'america', 'credential');
    const refused = { status: 500, body: { error_code: 500, error_message: 'Internal Server Error', error_name: 'INTERNAL_SERVER_ERROR' } };
    expect(await delegated.lease(it_.date(1), it_.date(2), [hosts()])).toMatchObject(refused);
    expect((await delegated.cloud.reservation('GET', '/leases')).status).toBe(200);
    await it_.cloud.admin('PUT', '/_settings', { applicationCredentialTrusts: true });
    expect((await delegated.lease(it_.date(1), it_.date(2), [hosts()])).status).toBe(201);
  });

  it('of others exist and are not shown', async () => {
    const { allocations } = (await it_.cloud.reservation('GET', '/os-hosts/allocations')).body;
    const theirs = allocations.flatMap((one: { reservations: { lease_id: string }[] }) => one.reservations)[0].lease_id;
    for (const [method, verb] of [
      ['GET', 'get'],
      ['PUT', 'put'],
      ['DELETE', 'delete'],
    ] as const) {
      expect(await it_.cloud.reservation(method, `/leases/${theirs}`, method === 'PUT' ? { name: 'mine' } : undefined)).toMatchObject({
        status: 403,
        body: { error_message: `Policy doesn't allow blazar:leases:${verb} to be performed` },
      });
    }
  });
});

describe('bare metal', () => {
  const boot = async (hint?: string) => {
    const body = await serverBody(it_.cloud, 'baremetal');
    const answer = await it_.cloud.compute('POST', '/servers', hint ? { ...body, 'os:scheduler_hints': { reservation: hint } } : body);
    return String(answer.body.server.id);
  };
  const server = async (id: string) => (await it_.cloud.compute('GET', `/servers/${id}`)).body.server;

  it('boots on the hosts of an active reservation, one server each, and ends with the lease', async () => {
    const { uid } = await freeHost('compute_skylake', 8);
    const made = (await it_.lease('now', it_.date(1), [hosts(onHost(uid))])).body.lease;
    await it_.until(made.id, 'ACTIVE');
    const reservation = made.reservations[0].id;
    const [without, wrong, first] = [await boot(), await boot(made.id), await boot(reservation)];
    const second = await boot(reservation);
    await sandbox.pass(12);
    const noHost = { status: 'ERROR', fault: { message: 'No valid host was found. There are not enough hosts available.' } };
    expect(await server(without)).toMatchObject(noHost);
    expect(await server(wrong)).toMatchObject(noHost);
    const states = [(await server(first)).status, (await server(second)).status];
    expect(states.sort()).toEqual(['ACTIVE', 'ERROR']);
    await it_.later(1);
    await it_.until(made.id, 'TERMINATED');
    const left = (await it_.cloud.compute('GET', '/servers')).body.servers.map((one: { id: string }) => one.id);
    expect(left).toHaveLength(3);
    expect(left).toEqual(expect.arrayContaining([without, wrong]));
  });

  it('that fails is replaced where another is free, and its lease is marked for good', async () => {
    const { id, uid, node_type } = await freeHost('compute_skylake', 8);
    const [alone, any] = [
      (await it_.lease('now', it_.date(1), [hosts(onHost(uid))])).body.lease,
      (await it_.lease(it_.date(2), it_.date(3), [hosts(ofType(node_type))])).body.lease,
    ];
    await it_.until(alone.id, 'ACTIVE');
    await it_.cloud.admin('PUT', `/_hosts/${id}`, { down: true });
    expect((await it_.cloud.reservation('GET', `/os-hosts/${id}`)).body.host.reservable).toBe(false);
    await it_.cloud.admin('PUT', `/_hosts/${id}`, { down: false });
    expect(await it_.get(alone.id)).toMatchObject({ degraded: true, reservations: [{ missing_resources: true }] });
    const [held] = (await it_.cloud.reservation('GET', `/leases/${any.id}/hosts`)).body.hosts;
    expect(await it_.get(any.id)).toMatchObject({ reservations: [{ missing_resources: false }] });
    await it_.lease('now', it_.date(1), [hosts(ofType(node_type))]);
    const swapped = await it_.cloud.reservation('PUT', `/os-hosts/${held.id}/allocation`, { lease_id: any.id });
    expect(swapped.status).toBe(200);
    expect((await it_.cloud.reservation('GET', `/leases/${any.id}/hosts`)).body.hosts[0].uid).not.toBe(held.uid);
  });
});

describe('hosts', () => {
  it('tell their capabilities flat and as text', async () => {
    const all = (await it_.cloud.reservation('GET', '/os-hosts')).body.hosts;
    expect(all.length).toBeGreaterThan(200);
    const a100 = all.find((one: { node_type: string }) => one.node_type === 'gpu_a100_pcie');
    expect(a100).toMatchObject({ 'gpu.gpu_count': '4', 'architecture.platform_type': 'x86_64', vcpus: 128, reservable: true });
    expect(all.some((one: Record<string, unknown>) => one['architecture.platform_type'] === 'aarch64')).toBe(true);
    const { resource_properties: properties } = (await it_.cloud.reservation('GET', '/os-hosts/properties?detail=True')).body;
    expect(properties.find((one: { property: string }) => one.property === 'node_type').values).toContain('compute_skylake');
    expect((await it_.cloud.reservation('GET', '/leases', undefined, { 'openstack-api-version': 'reservation 1.1' })).status).toBe(406);
    expect((await request('GET', `${sandbox.url}/europe/reservation/v1/leases`)).status).toBe(404);
  });
});
