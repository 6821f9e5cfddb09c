import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connected, connect, request, serverBody } from '../testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
let cloud: Connected;
beforeEach(async () => {
  sandbox ??= await startTestSandbox();
  sandbox.reset();
  cloud = await connect(sandbox.url, 'america');
});
afterAll(() => sandbox.end());

const HOUR = 3_600_000;
const date = (hours: number) => new Date(sandbox.clock.now().getTime() + hours * HOUR).toISOString().slice(0, 16).replace('T', ' ');
const hosts = (more: Record<string, unknown> = {}) => ({
  resource_type: 'physical:host',
  min: 1,
  max: 1,
  hypervisor_properties: '',
  resource_properties: '',
  ...more,
});
const lease = (start: string, end: string, reservations: unknown[], name = 'lease') =>
  cloud.reservation('POST', '/leases', { name, start_date: start, end_date: end, reservations, events: [] });
const ofType = (type: string) => ({ resource_properties: JSON.stringify(['=', '$node_type', type]) });
const statusOf = async (id: string) => (await cloud.reservation('GET', `/leases/${id}`)).body.lease.status;

describe('leases', () => {
  it('go from PENDING over STARTING to ACTIVE, and at their end over TERMINATING to TERMINATED', async () => {
    const made = await lease('now', date(2), [hosts(ofType('gpu_rtx_6000'))]);
    expect(made.status).toBe(201);
    const { lease: first } = made.body;
    expect(first).toMatchObject({
      status: 'PENDING',
      start_date: '2026-11-21T12:00:00.000000',
      reservations: [{ status: 'pending', before_end: 'default' }],
    });
    expect(first.created_at).toMatch(/^2026-11-21 12:0\d:\d\d$/);
    await sandbox.pass(1.5);
    expect(await statusOf(first.id)).toBe('STARTING');
    expect(await cloud.reservation('DELETE', `/leases/${first.id}`)).toMatchObject({
      status: 500,
      body: { error_message: 'Invalid lease status.' },
    });
    await sandbox.pass(2);
    expect(await statusOf(first.id)).toBe('ACTIVE');
    const zones = (await cloud.compute('GET', '/os-availability-zone')).body.availabilityZoneInfo;
    expect(zones[0].zoneName).toBe(`blazar_${first.reservations[0].id}`);
    sandbox.clock.advance(2 * HOUR);
    cloud = await connect(sandbox.url, 'america');
    expect(await statusOf(first.id)).toBe('TERMINATING');
    await sandbox.pass(2);
    expect(await statusOf(first.id)).toBe('TERMINATED');
    expect(await cloud.reservation('PUT', `/leases/${first.id}`, { end_date: date(1) })).toMatchObject({
      status: 400,
      body: { error_message: 'Terminated leases can only be renamed' },
    });
  });

  it('hold their hosts: a shortage is a 500, also for somebody who comes between', async () => {
    await lease(date(1), date(3), [hosts({ min: 2, max: 2, ...ofType('gpu_rtx_6000') })]);
    expect(await lease(date(2), date(4), [hosts(ofType('gpu_rtx_6000'))])).toMatchObject({
      status: 500,
      body: { error_code: 500, error_message: 'Not enough hosts available', error_name: 500 },
    });
    expect((await lease(date(3), date(4), [hosts(ofType('gpu_rtx_6000'))])).status).toBe(201);
    const { allocations } = (await cloud.reservation('GET', '/os-hosts/allocations')).body;
    expect(allocations).toHaveLength(13);
    expect(allocations.flatMap((one: { reservations: unknown[] }) => one.reservations)).toHaveLength(3);
  });

  it('extend only in the last 48 hours, only onto the same hosts, by at most a week', async () => {
    const long = (await lease('now', date(72), [hosts(ofType('gpu_a100_pcie'))])).body.lease;
    const extend = (end: string) => cloud.reservation('PUT', `/leases/${long.id}`, { end_date: end });
    await sandbox.pass(4);
    expect((await extend(date(80))).body.error_message).toBe(
      'Lease can only be extended within 172800 seconds of the leases current end time.',
    );
    sandbox.clock.advance(30 * HOUR);
    cloud = await connect(sandbox.url, 'america');
    expect((await lease(date(60), date(70), [hosts(ofType('gpu_a100_pcie'))])).status).toBe(201);
    expect((await extend(date(65))).body.error_message).toBe('Not enough hosts available');
    const extended = await extend(date(50));
    expect(extended).toMatchObject({ status: 200, body: { lease: { status: 'UPDATING' } } });
    expect(await statusOf(long.id)).toBe('ACTIVE');
    expect((await cloud.reservation('PUT', `/leases/${long.id}`, { start_date: date(40) })).body.error_message).toBe(
      'Cannot modify the start date of already started leases',
    );
  });

  it.each([
    [{}, 400, 'Missing parameter end_date, name, start_date'],
    [{ name: 'x', start_date: '2020-01-01 00:00', end_date: '2026-12-01 00:00' }, 400, 'Start date must be later than current date'],
    [
      { name: 'x', start_date: 'now', end_date: '2026-13-01 00:00' },
      400,
      '2026-13-01 00:00 is an invalid date. Required format: %Y-%m-%d %H:%M',
    ],
    [{ name: 'x', start_date: '2027-01-23 00:00', end_date: '2027-01-22 00:00' }, 400, 'End date must be later than start date.'],
    [
      { name: 'x', start_date: '2027-01-22 00:00', end_date: '2027-01-30 00:00' },
      403,
      'Lease duration of 691200 seconds must be less than or equal to the maximum lease duration of 604800 seconds.',
    ],
    [{ name: 'x'.repeat(81), start_date: 'now', end_date: '2027-01-22 00:00' }, 500, 'Internal Server Error'],
  ])('%j is a %i', async (body, status, message) => {
    expect(await cloud.reservation('POST', '/leases', body)).toMatchObject({ status, body: { error_message: message } });
  });

  it.each([
    [{ resource_properties: '["=","$nope","x"]' }, 500, 'BlazarDBNotFound: A database error occurred'],
    [{ resource_properties: '["or","$nope","x"]' }, 400, "Malformed requirements ['or', '$nope', 'x']"],
    [{ min: '1', max: '1' }, 500, 'Internal Server Error'],
    [{ min: 0 }, 400, 'Malformed parameter min and max (must be greater than or equal to 1)'],
    [{ min: 2 }, 400, 'Invalid values for min/max of hosts. Max must be equal to or larger than min.'],
    [{ hypervisor_properties: undefined }, 400, 'Missing parameter hypervisor_properties'],
    [{ resource_type: 'bogus' }, 500, 'The bogus resource type is not supported'],
    [{ resource_properties: '[">=","$gpu.gpu_count","10"]', min: 14, max: 14 }, 500, 'Not enough hosts available'],
  ])('a reservation of %j is a %i', async (more, status, message) => {
    expect(await lease(date(1), date(2), [hosts(more)])).toMatchObject({ status, body: { error_message: message } });
  });

  it('need a right to trusts that application credentials may lack', async () => {
    await cloud.admin('PUT', '/_settings', { applicationCredentialTrusts: false });
    expect(await lease(date(1), date(2), [hosts()])).toMatchObject({
      status: 500,
      body: { error_message: 'Internal Server Error', error_name: 'INTERNAL_SERVER_ERROR' },
    });
  });
});

describe('bare metal', () => {
  const boot = async (hint?: string) => {
    const body = await serverBody(cloud, 'baremetal');
    const answer = await cloud.compute('POST', '/servers', hint ? { ...body, 'os:scheduler_hints': { reservation: hint } } : body);
    return String(answer.body.server.id);
  };
  const server = async (id: string) => (await cloud.compute('GET', `/servers/${id}`)).body.server;

  it('boots on the hosts of an active reservation, one server each, and ends with the lease', async () => {
    const made = (await lease('now', date(1), [hosts(ofType('gpu_a100_pcie'))])).body.lease;
    await sandbox.pass(4);
    const reservation = made.reservations[0].id;
    const [without, wrong, first] = [await boot(), await boot(made.id), await boot(reservation)];
    const second = await boot(reservation);
    await sandbox.pass(12);
    const noHost = { status: 'ERROR', fault: { message: 'No valid host was found. There are not enough hosts available.' } };
    expect(await server(without)).toMatchObject(noHost);
    expect(await server(wrong)).toMatchObject(noHost);
    const states = [(await server(first)).status, (await server(second)).status];
    expect(states.sort()).toEqual(['ACTIVE', 'ERROR']);
    expect(await cloud.reservation('DELETE', `/leases/${made.id}`)).toMatchObject({ status: 200 });
    const left = (await cloud.compute('GET', '/servers')).body.servers.map((one: { id: string }) => one.id);
    expect(left.sort()).toEqual([without, wrong].sort());
  });
});

describe('hosts', () => {
  it('tell their capabilities flat and as text', async () => {
    const all = (await cloud.reservation('GET', '/os-hosts')).body.hosts;
    expect(all).toHaveLength(13);
    expect(all.find((one: { node_type: string }) => one.node_type === 'gpu_a100_pcie')).toMatchObject({
      'gpu.gpu_count': '4',
      vcpus: 128,
      reservable: true,
    });
    const { resource_properties: properties } = (await cloud.reservation('GET', '/os-hosts/properties?detail=True')).body;
    expect(properties.find((one: { property: string }) => one.property === 'node_type').values).toContain('compute_skylake');
    expect((await cloud.reservation('GET', '/leases', undefined, { 'openstack-api-version': 'reservation 1.1' })).status).toBe(406);
    expect((await request('GET', `${sandbox.url}/europe/reservation/v1/leases`)).status).toBe(404);
  });
});
