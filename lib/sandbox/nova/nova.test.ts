import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connected, connect, request, serverBody, smallNetwork } from '../testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
let cloud: Connected;
beforeEach(async () => {
  sandbox ??= await startTestSandbox();
  sandbox.reset();
  cloud = await connect(sandbox.url, 'europe');
});
afterAll(() => sandbox.end());

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINkxFwKfaC2+T2lhnPhYpAxpbn0BkqfN8m3sYKLEMFgh someone';
const create = async (flavor: string, more: Record<string, unknown> = {}) =>
  cloud.compute('POST', '/servers', await serverBody(cloud, flavor, more));
const show = async (id: string, version = '2.79') =>
  (await cloud.compute('GET', `/servers/${id}`, undefined, { 'openstack-api-version': `compute ${version}` })).body.server;

describe('the life of a server', () => {
  it('is built in a few seconds, with its port, address, volume and zone', async () => {
    const { port } = await smallNetwork(cloud);
    const volume = (await cloud.volume('POST', '/volumes', { volume: { size: 2, name: 'disk' } })).body.volume;
    expect(volume.status).toBe('creating');
    await sandbox.pass(1);
    const mapping = [{ boot_index: -1, uuid: volume.id, source_type: 'volume', destination_type: 'volume' }];
    const made = await create('m1.small', {
      networks: [{ port }],
      block_device_mapping_v2: mapping,
      availability_zone: 'zone-2',
      metadata: { a: 'b' },
    });
    expect(made.status).toBe(202);
    const { id } = made.body.server;
    expect(await show(id)).toMatchObject({ status: 'BUILD', addresses: {}, 'OS-EXT-STS:task_state': 'scheduling', metadata: { a: 'b' } });
    expect((await cloud.volume('GET', `/volumes/${volume.id}`)).body.volume.status).toBe('reserved');
    await sandbox.pass(3);
    const server = await show(id);
    expect(server).toMatchObject({
      status: 'ACTIVE',
      'OS-EXT-AZ:availability_zone': 'zone-2',
      flavor: { original_name: 'm1.small' },
      security_groups: [{ name: 'default' }],
    });
    expect(server.addresses.n).toMatchObject([{ addr: '10.1.0.2', 'OS-EXT-IPS:type': 'fixed' }]);
    expect((await cloud.network('GET', `/ports/${port}`)).body.port).toMatchObject({
      status: 'ACTIVE',
      device_id: id,
      device_owner: 'compute:nova',
    });
    expect((await cloud.volume('GET', `/volumes/${volume.id}`)).body.volume).toMatchObject({
      status: 'in-use',
      attachments: [{ server_id: id, device: '/dev/vdb' }],
    });
    expect((await cloud.volume('DELETE', `/volumes/${volume.id}`)).status).toBe(400);
  });

  it('stops, starts, reboots and goes, leaving the port that was given', async () => {
    const { port } = await smallNetwork(cloud);
    const { id } = (await create('m1.small', { networks: [{ port }] })).body.server;
    const act = (body: unknown) => cloud.compute('POST', `/servers/${id}/action`, body);
    expect(await act({ 'os-stop': null })).toMatchObject({
      status: 409,
      body: { conflictingRequest: { message: `Instance ${id} is not ready` } },
    });
    await sandbox.pass(3);
    expect((await act({ 'os-start': null })).body.conflictingRequest.message).toBe(
      `Cannot 'start' instance ${id} while it is in vm_state active`,
    );
    expect((await act({ 'os-stop': null })).status).toBe(202);
    expect(await show(id)).toMatchObject({ status: 'ACTIVE', 'OS-EXT-STS:task_state': 'powering-off' });
    await sandbox.pass(2);
    expect(await show(id)).toMatchObject({ status: 'SHUTOFF', 'OS-EXT-STS:power_state': 4 });
    await act({ 'os-start': null });
    await sandbox.pass(2);
    await act({ reboot: { type: 'SOFT' } });
    expect(await show(id)).toMatchObject({ status: 'REBOOT' });
    await sandbox.pass(2);
    expect((await act({ 'os-getConsoleOutput': { length: 1 } })).body.output).toContain('login:');
    expect((await cloud.compute('DELETE', `/servers/${id}`)).status).toBe(204);
    expect(await show(id)).toMatchObject({ 'OS-EXT-STS:task_state': 'deleting' });
    await sandbox.pass(1);
    expect((await cloud.compute('GET', `/servers/${id}`)).body).toEqual({
      itemNotFound: { code: 404, message: `Instance ${id} could not be found.` },
    });
    expect((await cloud.network('GET', `/ports/${port}`)).body.port).toMatchObject({ device_id: '', status: 'DOWN' });
  });

  it('ends in ERROR with a fault where it was told to, or its port is gone', async () => {
    const told = (await create('fault.error-state')).body.server.id;
    const { port } = await smallNetwork(cloud);
    const bare = (await create('m1.small', { networks: [{ port }] })).body.server.id;
    await cloud.network('DELETE', `/ports/${port}`);
    await sandbox.pass(3);
    expect(await show(told)).toMatchObject({
      status: 'ERROR',
      fault: { code: 500, message: 'No valid host was found. There are not enough hosts available.' },
    });
    expect((await show(bare)).fault.message).toContain('Failed to allocate the network(s)');
    const { servers } = (await cloud.compute('GET', '/servers/detail')).body;
    const faults = Object.fromEntries(
      servers.map((server: { id: string; fault?: { message: string } }) => [server.id, server.fault?.message]),
    );
    expect(faults[told]).toBeUndefined();
    expect(faults[bare]).toContain('Failed to allocate the network(s)');
  });

  it('survives a restart of the sandbox, and goes on being built', async () => {
    const first = await startTestSandbox();
    const before = await connect(first.url, 'europe');
    const { id } = (await before.compute('POST', '/servers', await serverBody(before, 'm1.small'))).body.server;
    await first.close();
    const second = await startTestSandbox(first.dataDir);
    try {
      const after = await connect(second.url, 'europe');
      expect((await after.compute('GET', `/servers/${id}`)).body.server.status).toBe('BUILD');
      await second.pass(3);
      expect((await after.compute('GET', `/servers/${id}`)).body.server.status).toBe('ACTIVE');
    } finally {
      await second.end();
    }
  });
});

describe('lists of servers', () => {
  it('are cut in pages, newest first, and filtered by a regular expression', async () => {
    for (const name of ['alpha-1', 'alpha-2', 'beta-1']) {
      await create('m1.tiny', { name });
      sandbox.clock.advance(1000);
    }
    const names = (reply: { body: { servers: { name: string }[] } }) => reply.body.servers.map((one) => one.name);
    const first = await cloud.compute('GET', '/servers/detail?limit=2');
    expect(names(first)).toEqual(['beta-1', 'alpha-2']);
    const next = first.body.servers_links[0].href;
    expect(names(await request('GET', next, undefined, { 'x-auth-token': cloud.token }))).toEqual(['alpha-1']);
    expect(names(await cloud.compute('GET', `/servers?name=${encodeURIComponent('^alpha-')}`))).toEqual(['alpha-2', 'alpha-1']);
    expect((await cloud.compute('GET', '/servers?marker=nope')).body.badRequest.message).toBe('marker [nope] not found');
  });

  it('grow by microversion, and end beyond the newest', async () => {
    const { id } = (await create('m1.tiny')).body.server;
    expect(await show(id, '2.1')).not.toHaveProperty('tags');
    expect((await show(id, '2.1')).flavor).toHaveProperty('id');
    expect(await show(id, '2.93')).toMatchObject({ tags: [], 'OS-EXT-SRV-ATTR:hostname': 'server' });
    const beyond = await cloud.compute('GET', '/flavors/detail', undefined, { 'openstack-api-version': 'compute 2.99' });
    expect(beyond).toMatchObject({
      status: 406,
      body: { computeFault: { message: 'Version 2.99 is not supported by the API. Minimum is 2.1 and maximum is 2.93.' } },
    });
    const detail = (version: string) =>
      cloud.compute('GET', '/flavors/detail', undefined, { 'openstack-api-version': `compute ${version}` });
    expect((await detail('2.61')).body.flavors.at(6)).toHaveProperty('extra_specs');
    expect((await detail('2.60')).body.flavors.at(6)).not.toHaveProperty('extra_specs');
  });
});

describe('what Nova refuses', () => {
  const none = '11111111-1111-1111-1111-111111111111';
  it.each([
    [{ flavorRef: 'nope' }, 400, 'Flavor nope could not be found.'],
    [{ imageRef: none }, 400, 'Can not find requested image'],
    [{ key_name: 'nokey' }, 400, 'Invalid key_name provided.'],
    [{ networks: [{ port: none }] }, 400, `Port id ${none} could not be found.`],
    [{ networks: [{ uuid: none }] }, 400, `Network ${none} could not be found.`],
    [{ availability_zone: 'mars' }, 400, 'The requested availability zone is not available'],
    [{ bogus: 1 }, 400, "Additional properties are not allowed ('bogus' was unexpected)"],
    [{ name: '' }, 400, "Invalid input for field/attribute name. Value: . '' is too short"],
    [{ user_data: 'x'.repeat(65_536) }, 400, 'is too long'],
    [{ min_count: 60 }, 403, 'Quota exceeded for instances: Requested 60, but already used 0 of 40 instances'],
    [{ block_device_mapping_v2: [{ boot_index: -1, uuid: none, source_type: 'volume' }] }, 400, `failed to get volume ${none}`],
  ])('a server with %j is a %i', async (more, status, message) => {
    const answer = await create('m1.tiny', more);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(message);
    expect((await cloud.compute('GET', '/servers')).body.servers).toEqual([]);
  });

  it('more cores than the quota, with the numbers', async () => {
    await cloud.admin('PUT', '/_quotas', { project: 'testbed', limits: { cores: 3, ram: 4096 } });
    await create('m1.medium');
    const answer = await create('m1.medium');
    expect(answer.body).toEqual({
      forbidden: { code: 403, message: 'Quota exceeded for cores, ram: Requested 2, 4096, but already used 2, 4096 of 3, 4096 cores, ram' },
    });
    expect((await cloud.compute('GET', '/limits')).body.limits.absolute).toMatchObject({
      maxTotalCores: 3,
      totalCoresUsed: 2,
      totalInstancesUsed: 1,
    });
  });

  it('a port that another server has', async () => {
    const { port } = await smallNetwork(cloud);
    await create('m1.tiny', { networks: [{ port }] });
    expect(await create('m1.tiny', { networks: [{ port }] })).toMatchObject({
      status: 409,
      body: { conflictingRequest: { message: `Port ${port} is still in use.` } },
    });
  });

  it('key pairs that exist, are none, or have a bad name', async () => {
    const add = (name: string, public_key = key) => cloud.compute('POST', '/os-keypairs', { keypair: { name, public_key } });
    expect((await add('mine')).body.keypair.fingerprint).toBe('de:8d:c9:2f:1c:d8:a5:69:3f:5c:1f:11:4a:ab:28:71');
    expect(await add('mine')).toMatchObject({ status: 409, body: { conflictingRequest: { message: "Key pair 'mine' already exists." } } });
    expect((await add('other', 'nonsense')).body.badRequest.message).toBe('Keypair data is invalid: failed to generate fingerprint');
    expect((await add('a/b')).status).toBe(400);
    expect((await cloud.compute('DELETE', '/os-keypairs/mine')).status).toBe(202);
    expect((await cloud.compute('DELETE', '/os-keypairs/mine')).status).toBe(404);
  });
});
