import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connected, connect, smallNetwork } from '../testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
let cloud: Connected;
beforeEach(async () => {
  sandbox ??= await startTestSandbox();
  sandbox.reset();
  cloud = await connect(sandbox.url, 'europe');
});
afterAll(() => sandbox.end());

const external = async () => (await cloud.network('GET', '/networks?router:external=true')).body.networks[0].id;
const error = (type: string) => ({ NeutronError: { type } });

async function routed() {
  const net = await smallNetwork(cloud);
  const outside = await external();
  const router = (await cloud.network('POST', '/routers', { router: { name: 'r', external_gateway_info: { network_id: outside } } })).body
    .router.id;
  const plug = (verb: 'add' | 'remove') => cloud.network('PUT', `/routers/${router}/${verb}_router_interface`, { subnet_id: net.subnet });
  expect((await plug('add')).status).toBe(200);
  return { ...net, outside, router, plug };
}

describe('networks', () => {
  it('give a port the first free address, and DHCP one of its own a moment later', async () => {
    const { network } = await smallNetwork(cloud);
    await sandbox.pass(1);
    const ports = (await cloud.network('GET', `/ports?network_id=${network}`)).body.ports;
    expect(
      ports.map((one: { device_owner: string; fixed_ips: { ip_address: string }[] }) => [one.device_owner, one.fixed_ips[0]?.ip_address]),
    ).toEqual([
      ['', '10.1.0.2'],
      ['network:dhcp', '10.1.0.3'],
    ]);
  });

  it('have no port of DHCP where others took all addresses before it', async () => {
    const { network } = await smallNetwork(cloud, '10.1.0.0/30');
    await sandbox.pass(1);
    const ports = (await cloud.network('GET', `/ports?network_id=${network}`)).body.ports;
    expect(ports.map((one: { device_owner: string }) => one.device_owner)).toEqual(['']);
  });

  it('refuse overlaps, addresses outside or taken, and unknown parts', async () => {
    const { network, subnet } = await smallNetwork(cloud);
    const subnets = (cidr: string) => cloud.network('POST', '/subnets', { subnet: { network_id: network, ip_version: 4, cidr } });
    const ports = (ip_address: string) =>
      cloud.network('POST', '/ports', { port: { network_id: network, fixed_ips: [{ subnet_id: subnet, ip_address }] } });
    expect((await subnets('10.1.0.0/25')).body.NeutronError.message).toMatch(/overlaps with another subnet\.$/);
    expect((await subnets('bogus')).body.NeutronError.message).toBe('Invalid input for operation: bogus is not in a CIDR format.');
    expect(await ports('10.1.0.2')).toMatchObject({ status: 409, body: error('IpAddressAlreadyAllocated') });
    expect(await ports('10.9.0.2')).toMatchObject({ status: 400, body: error('InvalidIpForSubnet') });
    expect(await cloud.network('POST', '/ports', { port: { network_id: 'nope' } })).toMatchObject({
      status: 404,
      body: error('NetworkNotFound'),
    });
    expect((await cloud.network('POST', '/networks', { network: { bogus: 1 } })).body.NeutronError.message).toBe(
      "Unrecognized attribute(s) 'bogus'",
    );
    expect((await cloud.network('POST', '/networks', {})).body.NeutronError.message).toBe("Unable to find 'network' in request body");
    expect((await cloud.network('POST', '/networks', '{bad')).body.NeutronError.message).toBe('Body contains invalid data');
  });

  it('are found by name, tag and page', async () => {
    const { network } = await smallNetwork(cloud);
    await cloud.network('PUT', `/networks/${network}/tags`, { tags: ['transat:deployment=x', 'transat:key=n'] });
    const ids = async (query: string) =>
      (await cloud.network('GET', `/networks?${query}`)).body.networks.map((one: { id: string }) => one.id);
    expect(await ids('tags=transat:deployment=x,transat:key=n')).toEqual([network]);
    expect(await ids('tags=transat:deployment=x,other')).toEqual([]);
    expect(await ids('name=n')).toEqual([network]);
    const page = (await cloud.network('GET', '/networks?limit=1')).body;
    expect(page.networks).toHaveLength(1);
    expect(page.networks_links[0]).toMatchObject({ rel: 'next', href: expect.stringContaining(`marker=${page.networks[0].id}`) });
    expect((await cloud.network('GET', '/networks?name=n&fields=id')).body.networks).toEqual([{ id: network }]);
  });

  it('stay while anything uses them, and then go', async () => {
    const { network, subnet, port, router, outside, plug } = await routed();
    const group = (await cloud.network('POST', '/security-groups', { security_group: { name: 'g' } })).body.security_group.id;
    await cloud.network('PUT', `/ports/${port}`, { port: { security_groups: [group] } });
    const ip = (await cloud.network('POST', '/floatingips', { floatingip: { floating_network_id: outside, port_id: port } })).body
      .floatingip;
    expect(ip).toMatchObject({ status: 'DOWN', fixed_ip_address: '10.1.0.2', router_id: router });
    await sandbox.pass(1);
    expect((await cloud.network('GET', `/floatingips/${ip.id}`)).body.floatingip.status).toBe('ACTIVE');
    expect((await plug('add')).body).toMatchObject(error('BadRequest'));
    expect(await cloud.network('DELETE', `/networks/${network}`)).toMatchObject({ status: 409, body: error('NetworkInUse') });
    expect(await cloud.network('DELETE', `/subnets/${subnet}`)).toMatchObject({ status: 409, body: error('SubnetInUse') });
    expect(await cloud.network('DELETE', `/routers/${router}`)).toMatchObject({ status: 409, body: error('RouterInUse') });
    expect(await cloud.network('DELETE', `/security-groups/${group}`)).toMatchObject({ status: 409, body: error('SecurityGroupInUse') });
    expect(await plug('remove')).toMatchObject({ status: 409, body: error('RouterInterfaceInUseByFloatingIP') });
    for (const path of [`/floatingips/${ip.id}`, `/ports/${port}`]) expect((await cloud.network('DELETE', path)).status).toBe(204);
    expect((await plug('remove')).status).toBe(200);
    expect(await plug('remove')).toMatchObject({ status: 404, body: error('RouterInterfaceNotFoundForSubnet') });
    for (const path of [`/routers/${router}`, `/networks/${network}`, `/security-groups/${group}`])
      expect((await cloud.network('DELETE', path)).status).toBe(204);
    const left = (await cloud.admin('GET', '/_inventory')).body;
    expect(Object.values(left).flat()).toEqual([]);
  });
});

describe('floating IPs', () => {
  it('need a way out of the port’s subnet, an external network, and a port without one', async () => {
    const { network, port } = await smallNetwork(cloud);
    const outside = await external();
    const add = (body: unknown) => cloud.network('POST', '/floatingips', { floatingip: body });
    expect(await add({ floating_network_id: outside, port_id: port })).toMatchObject({
      status: 404,
      body: error('ExternalGatewayForFloatingIPNotFound'),
    });
    expect(await add({ floating_network_id: network })).toMatchObject({ status: 400, body: error('BadRequest') });
    expect((await cloud.network('GET', '/floatingips')).body.floatingips).toEqual([]);
    const second = await routed();
    await add({ floating_network_id: outside, port_id: second.port });
    expect(await add({ floating_network_id: outside, port_id: second.port })).toMatchObject({
      status: 409,
      body: error('FloatingIPPortAlreadyAssociated'),
    });
  });
});

describe('security groups', () => {
  it('come with a default one and egress rules, and refuse a rule twice', async () => {
    const listed = (await cloud.network('GET', '/security-groups')).body.security_groups;
    expect(listed.map((one: { name: string }) => one.name)).toEqual(['default']);
    const group = (await cloud.network('POST', '/security-groups', { security_group: { name: 'g' } })).body.security_group;
    expect(group.security_group_rules.map((one: { direction: string }) => one.direction)).toEqual(['egress', 'egress']);
    const rule = (more: Record<string, unknown>) =>
      cloud.network('POST', '/security-group-rules', {
        security_group_rule: {
          security_group_id: group.id,
          direction: 'ingress',
          protocol: 'tcp',
          port_range_min: 22,
          port_range_max: 22,
          ...more,
        },
      });
    expect((await rule({ remote_ip_prefix: '0.0.0.0/0' })).status).toBe(201);
    expect(await rule({ remote_ip_prefix: '0.0.0.0/0', description: 'again' })).toMatchObject({
      status: 409,
      body: error('SecurityGroupRuleExists'),
    });
    expect((await rule({ remote_group_id: group.id })).status).toBe(201);
    expect((await rule({ port_range_max: 21 })).body).toMatchObject(error('SecurityGroupInvalidPortRange'));
    expect((await rule({ protocol: null })).body).toMatchObject(error('SecurityGroupProtocolRequiredWithPorts'));
    expect((await rule({ remote_ip_prefix: '10.0.0.0/99' })).body).toMatchObject(error('InvalidCIDR'));
    expect((await rule({ protocol: 'carrier-pigeon' })).status).toBe(400);
  });
});

describe('quotas', () => {
  it('are a 409 of Neutron’s own shape, and told in detail', async () => {
    await cloud.admin('PUT', '/_quotas', { project: 'testbed', limits: { network: 1, floatingip: 0 } });
    await smallNetwork(cloud);
    expect(await cloud.network('POST', '/networks', { network: {} })).toEqual(
      expect.objectContaining({
        status: 409,
        body: { NeutronError: { type: 'OverQuota', message: "Quota exceeded for resources: ['network'].", detail: '' } },
      }),
    );
    const { quota } = (await cloud.network('GET', `/quotas/${cloud.project}/details.json`)).body;
    expect(quota).toMatchObject({ network: { limit: 1, used: 1, reserved: 0 }, floatingip: { limit: 0, used: 0 } });
  });

  it('are a 413 of Cinder’s with Retry-After 0', async () => {
    const answer = await cloud.volume('POST', '/volumes', { volume: { size: 100_000 } });
    expect(answer.status).toBe(413);
    expect(answer.headers.get('retry-after')).toBe('0');
    expect(answer.body.overLimit).toMatchObject({
      code: 413,
      retryAfter: '0',
      message: expect.stringContaining('Requested 100000G, quota is 2000G'),
    });
  });
});

it('shows nothing of one project to another', async () => {
  const { network, port } = await smallNetwork(cloud);
  const other = await connect(sandbox.url, 'america');
  expect((await other.network('GET', `/networks/${network}`)).status).toBe(404);
  expect((await other.network('GET', `/ports/${port}`)).status).toBe(404);
});

it('lets no security group on a network without port security', async () => {
  const america = await connect(sandbox.url, 'america');
  const [sharednet] = (await america.network('GET', '/networks?name=sharednet1')).body.networks;
  const group = (await america.network('POST', '/security-groups', { security_group: { name: 'g' } })).body.security_group.id;
  const port = (more: Record<string, unknown>) => america.network('POST', '/ports', { port: { network_id: sharednet.id, ...more } });
  expect((await port({ security_groups: [group] })).body).toMatchObject(error('PortSecurityAndIPRequiredForSecurityGroups'));
  const made = (await port({})).body.port;
  expect(made).toMatchObject({ security_groups: [], port_security_enabled: false });
  const [outside] = (await america.network('GET', '/networks?name=public')).body.networks;
  const ip = await america.network('POST', '/floatingips', { floatingip: { floating_network_id: outside.id, port_id: made.id } });
  expect(ip.status).toBe(201);
});
