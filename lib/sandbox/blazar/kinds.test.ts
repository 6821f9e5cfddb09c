import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { serverBody } from '../testing/cloud-client';
import { hosts, type Leasing, leasing, ofType } from '../testing/leases';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox ??= await startTestSandbox();
  sandbox.reset();
});
afterAll(() => sandbox.end());

describe('machines by their flavor', () => {
  let it_: Leasing;
  beforeEach(async () => {
    it_ = await leasing(sandbox, 'america-kvm');
  });
  const flavors = async () => (await it_.cloud.compute('GET', '/flavors/detail')).body.flavors as { id: string; name: string }[];
  const idOf = async (name: string) => (await flavors()).find((one) => one.name === name)?.id;
  const machines = async (more: Record<string, unknown> = {}) => ({
    resource_type: 'flavor:instance',
    flavor_id: await idOf('m1.small'),
    amount: 2,
    affinity: null,
    ...more,
  });
  const boot = async (flavor: string) => {
    const { body } = await it_.cloud.compute('POST', '/servers', await serverBody(it_.cloud, flavor));
    return String(body.server.id);
  };
  const statusOf = async (id: string) => (await it_.cloud.compute('GET', `/servers/${id}`)).body.server?.status;

  it('come with a flavor of the project’s own while the lease runs, for so many servers; none boots without', async () => {
    const lease = (await it_.lease('now', it_.date(1), [await machines()])).body.lease;
    const [reservation] = lease.reservations;
    const name = `reservation:${reservation.id}`;
    expect(JSON.parse(reservation.resource_properties)).toMatchObject({ name: 'm1.small', vcpus: 1, ram: 2048 });
    expect(reservation).toMatchObject({ amount: 2, vcpus: 1, memory_mb: 2048, disk_gb: 20, affinity: null, flavor_id: reservation.id });
    expect((await flavors()).map((one) => one.name)).not.toContain(name);
    await it_.until(lease.id, 'ACTIVE');
    expect((await flavors()).find((one) => one.id === reservation.id)).toMatchObject({
      name,
      'os-flavor-access:is_public': false,
      vcpus: 1,
      ram: 2048,
    });
    const [one, two, three, without] = [await boot(name), await boot(name), await boot(name), await boot('m1.small')];
    await sandbox.pass(6);
    const states = [await statusOf(one), await statusOf(two), await statusOf(three)];
    expect(states.sort()).toEqual(['ACTIVE', 'ACTIVE', 'ERROR']);
    expect(await statusOf(without)).toBe('ERROR');
    await it_.later(1);
    await it_.until(lease.id, 'TERMINATED');
    expect((await flavors()).map((flavor) => flavor.name)).not.toContain(name);
    const left = (await it_.cloud.compute('GET', '/servers')).body.servers;
    expect(left).toHaveLength(2);
  });

  it('are nobody else’s', async () => {
    const lease = (await it_.lease('now', it_.date(1), [await machines()])).body.lease;
    await it_.until(lease.id, 'ACTIVE');
    const elsewhere = await leasing(sandbox, 'america');
    const body = await serverBody(elsewhere.cloud, 'm1.small');
    body.server.flavorRef = lease.reservations[0].id;
    expect(await elsewhere.cloud.compute('POST', '/servers', body)).toMatchObject({ status: 400 });
  });

  it('are extended, and not otherwise changed; upstream does neither, and breaks the lease over it', async () => {
    const lease = (await it_.lease(it_.date(1), it_.date(2), [await machines()])).body.lease;
    const change = (body: unknown) => it_.cloud.reservation('PUT', `/leases/${lease.id}`, body);
    expect((await change({ end_date: it_.date(3) })).status).toBe(200);
    const notYet = {
      status: 409,
      body: { error_message: "Updating leases for 'flavor:instance' type reservations is not yet supported." },
    };
    expect(await change({ reservations: [{ id: lease.reservations[0].id, amount: 3 }] })).toMatchObject(notYet);
    await change({});
    await it_.cloud.admin('PUT', '/_settings', { blazar: 'upstream' });
    expect(await change({ end_date: it_.date(4) })).toMatchObject(notYet);
    expect((await it_.get(lease.id)).status).toBe('ERROR');
    expect((await change({ name: 'renamed' })).status).toBe(200);
    expect(await it_.cloud.reservation('DELETE', `/leases/${lease.id}`)).toMatchObject({ status: 204 });
  });

  it.each([
    [{ flavor_id: 'm1.small' }, 404, /^Flavor m1\.small could not be found\. \(HTTP 404\)/],
    [{ affinity: undefined }, 400, /^Missing parameter affinity$/],
    [{ affinity: true }, 409, /^Affinity not supported yet$/],
    [{ affinity: false }, 409, /^Affinity not supported yet$/],
    [{ affinity: 'no' }, 409, /^Affinity not supported yet$/],
    [{ amount: 0 }, 400, /^amount must be >= 1$/],
    [{ amount: 'x' }, 400, /^amount must be an integer$/],
    [{ amount: 100_000 }, 500, /^Not enough hosts available$/],
  ])('of %j are a %i', async (more, status, message) => {
    const answer = await it_.lease(it_.date(1), it_.date(2), [await machines(more)]);
    expect(answer).toMatchObject({ status, body: { error_message: expect.stringMatching(message) } });
  });

  it('are kept for the command line, too, which says None in a word', async () => {
    expect((await it_.lease(it_.date(1), it_.date(2), [await machines({ affinity: 'None', amount: 1 })])).status).toBe(201);
  });

  it('of a size of one’s own go together, or apart', async () => {
    const size = { resource_type: 'virtual:instance', amount: 3, vcpus: 2, memory_mb: 1024, disk_gb: 10, resource_properties: '' };
    for (const [affinity, hostsHeld] of [
      [true, 1],
      [false, 3],
    ] as const) {
      const lease = (await it_.lease(it_.date(1), it_.date(2), [{ ...size, affinity }])).body.lease;
      const { allocations } = (await it_.cloud.reservation('GET', `/os-hosts/allocations?lease_id=${lease.id}`)).body;
      expect(allocations.filter((one: { reservations: unknown[] }) => one.reservations.length > 0)).toHaveLength(hostsHeld);
    }
    expect((await it_.lease(it_.date(1), it_.date(2), [{ ...size, vcpus: 900, affinity: null }])).body.error_message).toBe(
      'Not enough hosts available',
    );
    expect((await it_.lease(it_.date(1), it_.date(2), [hosts()])).body.error_message).toBe(
      'The physical:host resource type is not supported',
    );
  });
});

describe('floating IPs and networks', () => {
  let it_: Leasing;
  let publicNetwork: string;
  beforeEach(async () => {
    it_ = await leasing(sandbox, 'america');
    publicNetwork = (await it_.cloud.network('GET', '/networks?name=public')).body.networks[0].id;
  });
  const addresses = (more: Record<string, unknown> = {}) => ({
    resource_type: 'virtual:floatingip',
    network_id: publicNetwork,
    amount: 2,
    ...more,
  });

  it('floating IPs are there while the lease runs, and known by their tags', async () => {
    const lease = (await it_.lease('now', it_.date(1), [addresses({ required_floatingips: ['198.51.100.230'] })])).body.lease;
    const [{ id }] = lease.reservations;
    await it_.until(lease.id, 'ACTIVE');
    const tagged = async () => (await it_.cloud.network('GET', `/floatingips?tags=reservation:${id}`)).body.floatingips;
    expect(await tagged()).toHaveLength(2);
    expect((await tagged()).map((one: { floating_ip_address: string }) => one.floating_ip_address)).toContain('198.51.100.230');
    expect((await tagged())[0].tags).toEqual(['blazar', `reservation:${id}`]);
    expect((await it_.cloud.reservation('PUT', `/leases/${lease.id}`, { reservations: [{ id, amount: 3 }] })).status).toBe(200);
    expect(await tagged()).toHaveLength(3);
    expect((await it_.cloud.reservation('PUT', `/leases/${lease.id}`, { reservations: [{ id, amount: 0 }] })).status).toBe(200);
    expect(await tagged()).toEqual([]);
    await it_.cloud.admin('PUT', '/_settings', { blazar: 'upstream' });
    await it_.cloud.reservation('PUT', `/leases/${lease.id}`, { reservations: [{ id, amount: 1 }] });
    expect(await it_.cloud.reservation('PUT', `/leases/${lease.id}`, { reservations: [{ id, amount: 0 }] })).toMatchObject({
      status: 400,
      body: { error_message: expect.stringMatching(/^Floating IP reservation cannot be updated/) },
    });
    expect((await it_.get(lease.id)).status).toBe('ERROR');
    await it_.cloud.reservation('DELETE', `/leases/${lease.id}`);
    expect(await tagged()).toEqual([]);
  });

  it.each([
    [{ amount: 900 }, 400, 'Not enough floating IPs available'],
    [{ network_id: 'nope' }, 400, 'Not enough floating IPs available'],
    [{ required_floatingips: ['1.2.3.4'] }, 400, 'Not enough floating IPs available'],
    [{ required_floatingips: ['x'] }, 400, 'IP address x is invalid form.'],
    [{ amount: 'x' }, 400, 'Malformed parameter amount'],
    [{ amount: undefined }, 400, 'Missing parameter amount'],
  ])('floating IPs of %j are a %i', async (more, status, message) => {
    expect(await it_.lease(it_.date(1), it_.date(2), [addresses(more)])).toMatchObject({ status, body: { error_message: message } });
  });

  it('a network is there while the lease runs, and goes with all that is in it', async () => {
    const wanted = { resource_type: 'network', network_name: 'ours', network_properties: '', resource_properties: '' };
    const lease = (await it_.lease('now', it_.date(1), [wanted, hosts(ofType('compute_arm64'))])).body.lease;
    const named = async () => (await it_.cloud.network('GET', '/networks?name=ours')).body.networks;
    expect(await named()).toEqual([]);
    await it_.until(lease.id, 'ACTIVE');
    const [{ id: network_id }] = await named();
    await it_.cloud.network('POST', '/subnets', { subnet: { network_id, ip_version: 4, cidr: '10.9.0.0/24' } });
    await it_.cloud.network('POST', '/ports', { port: { network_id } });
    await it_.later(1);
    await it_.until(lease.id, 'TERMINATED');
    expect(await named()).toEqual([]);
    expect((await it_.cloud.network('GET', '/ports')).body.ports).toEqual([]);
    const fabric = { ...wanted, resource_properties: '["=","$stitch_provider","fabric"]' };
    expect(
      (
        await it_.lease(
          it_.date(1),
          it_.date(2),
          Array.from({ length: 5 }, () => fabric),
        )
      ).body.error_message,
    ).toBe('Not enough networks available');
  });
});

describe('the clock', () => {
  it('can be moved on: what is due on the way happens on the way', async () => {
    const it_ = await leasing(sandbox, 'america');
    const lease = (await it_.lease(it_.date(24), it_.date(30), [hosts()])).body.lease;
    const moved = await it_.cloud.admin('POST', '/_clock', { advanceSeconds: 31 * 3600 });
    expect(moved).toMatchObject({ status: 200, body: { aheadSeconds: 31 * 3600 } });
    const again = await leasing(sandbox, 'america');
    const ended = await again.get(lease.id);
    expect(ended).toMatchObject({ status: 'TERMINATED', end_date: ended.end_date });
    expect(Date.parse(`${ended.updated_at}Z`) - Date.parse(`${ended.end_date.slice(0, 19)}Z`)).toBeLessThan(60_000);
    for (const body of [{ to: '2020-01-01T00:00:00Z' }, { advanceSeconds: -5 }, { advanceSeconds: 1e9 }, {}]) {
      expect((await it_.cloud.admin('POST', '/_clock', body)).status).toBe(400);
    }
    await it_.cloud.admin('POST', '/_reset', {});
    expect((await it_.cloud.admin('GET', '/_clock')).body).toMatchObject({ aheadSeconds: 0 });
  });
});
