import { describe, expect, test } from 'vitest';
import type { Reply } from '@/lib/web/testing/http-server';
import { isUnclear } from '@/lib/web/unclear';
import { cloudAt } from '../testing/cloud-at';

const tags = { deployment: 'dep_1', key: 'net' };
const description = 'transat:deployment=dep_1 transat:key=net';
const neutronError = (status: number, type: string, message: string): Reply => ({
  status,
  json: { NeutronError: { type, message, detail: '' } },
});

describe('making', () => {
  test('a network tags it once it is made, for which nobody waits', async () => {
    const cloud = await cloudAt({
      'POST /network/v2.0/networks': { status: 201, json: { network: { id: 'n1', name: 'x', status: 'ACTIVE', subnets: [] } } },
      'PUT /network/v2.0/networks/n1/tags': { json: {} },
    });
    expect(await cloud.network.createNetwork({ name: 'x' }, tags)).toMatchObject({ id: 'n1', external: false });
    await expect
      .poll(() => cloud.sent('PUT /network/v2.0/networks/n1/tags'))
      .toEqual([{ tags: ['transat:deployment=dep_1', 'transat:key=net'] }]);
  });

  test('succeeds where tags fail: what is made must be known', async () => {
    const cloud = await cloudAt({
      'POST /network/v2.0/networks': { status: 201, json: { network: { id: 'n1', name: 'x' } } },
      'PUT /network/v2.0/networks/n1/tags': { status: 500, json: {} },
    });
    expect((await cloud.network.createNetwork({ name: 'x' }, tags)).id).toBe('n1');
  });

  test('what is there already is a success for what has no name', async () => {
    const cloud = await cloudAt({
      'PUT /network/v2.0/routers/r/add_router_interface': neutronError(
        400,
        'BadRequest',
        'Bad router request: Router already has a port on subnet s.',
      ),
      'POST /network/v2.0/security-group-rules': neutronError(
        409,
        'SecurityGroupRuleExists',
        'Security group rule already exists. Rule id is r.',
      ),
    });
    expect(await cloud.network.addRouterInterface('r', 's')).toBe('there');
    const rule = { securityGroupId: 'g', direction: 'ingress' as const, protocol: 'tcp', fromPort: 22, toPort: 22, description: 'SSH' };
    expect(await cloud.network.createSecurityGroupRule({ ...rule, cidr: '0.0.0.0/0' })).toBe('there');
    await cloud.network.createSecurityGroupRule({ ...rule, cidr: '::/0' });
    expect(
      cloud
        .sent('POST /network/v2.0/security-group-rules')
        .map((body) => (body as { security_group_rule: { ethertype: string } }).security_group_rule.ethertype),
    ).toEqual(['IPv4', 'IPv6']);
  });

  test('each family of addresses has an ICMP of its own, and both are read as one', async () => {
    const shown = ['icmp', 'ipv6-icmp', 'icmpv6', '58', '1'].map((protocol) => ({ id: protocol, direction: 'ingress', protocol }));
    const cloud = await cloudAt({
      'POST /network/v2.0/security-group-rules': { status: 201, json: { security_group_rule: { id: 'r' } } },
      'GET /network/v2.0/security-groups': { json: { security_groups: [{ id: 'g', name: 'g', security_group_rules: shown }] } },
    });
    const ping = { securityGroupId: 'g', direction: 'ingress' as const, protocol: 'icmp', description: 'ping' };
    await cloud.network.createSecurityGroupRule({ ...ping, cidr: '10.0.0.0/8' });
    await cloud.network.createSecurityGroupRule({ ...ping, cidr: '2001:db8::/64' });
    expect(
      cloud
        .sent('POST /network/v2.0/security-group-rules')
        .map((body) => (body as { security_group_rule: { protocol: string } }).security_group_rule.protocol),
    ).toEqual(['icmp', 'ipv6-icmp']);
    const [group] = await cloud.network.securityGroups();
    expect(group?.rules.map(({ protocol }) => protocol)).toEqual(['icmp', 'icmp', 'icmp', 'icmp', 'icmp']);
  });

  test.each([
    ['IPv6', null, null, '::/0'],
    ['IPv6', '2001:db8::/64', null, '2001:db8::/64'],
    ['IPv6', null, 'other-group', null],
    ['IPv4', null, null, null],
    [undefined, null, null, null],
  ])('a rule of %s from %j and of the group %j is one from %j', async (ethertype, prefix, group, cidr) => {
    const rule = { id: 'r', direction: 'ingress', protocol: 'tcp', ethertype, remote_ip_prefix: prefix, remote_group_id: group };
    const shown = { id: 'g', name: 'g', security_group_rules: [rule] };
    const cloud = await cloudAt({ 'GET /network/v2.0/security-groups': { json: { security_groups: [shown] } } });
    expect((await cloud.network.securityGroups())[0]?.rules[0]?.cidr).toBe(cidr);
  });

  test('other refusals of the same stay refusals', async () => {
    const cloud = await cloudAt({ 'PUT /network/v2.0/routers/r/add_router_interface': neutronError(400, 'BadRequest', 'Cidr overlaps') });
    await expect(cloud.network.addRouterInterface('r', 's')).rejects.toMatchObject({ code: 'upstream-refused' });
  });

  test('a port asks for an address only where one is given', async () => {
    const port = { id: 'p', network_id: 'n', fixed_ips: [{ subnet_id: 's', ip_address: '10.0.0.5' }], device_id: '', device_owner: '' };
    const cloud = await cloudAt({ 'POST /network/v2.0/ports': { status: 201, json: { port } } });
    const made = await cloud.network.createPort({ name: 'a', networkId: 'n', securityGroupIds: [] }, tags);
    await cloud.network.createPort({ name: 'b', networkId: 'n', subnetId: 's', securityGroupIds: ['g'] }, tags);
    expect(made.fixedIps).toEqual([{ subnetId: 's', address: '10.0.0.5' }]);
    expect(cloud.sent('POST /network/v2.0/ports')).toEqual([
      { port: { name: 'a', description, network_id: 'n', security_groups: [] } },
      { port: { name: 'b', description, network_id: 'n', fixed_ips: [{ subnet_id: 's' }], security_groups: ['g'] } },
    ]);
  });

  test('ports that are asked for at once are made by one request, and are known as ours by what they say of themselves', async () => {
    const shown = (id: string) => ({ id, name: id, description, network_id: 'n', fixed_ips: [], device_id: '', device_owner: '' });
    const cloud = await cloudAt({ 'POST /network/v2.0/ports': { status: 201, json: { ports: [shown('a'), shown('b')] } } });
    const ask = (name: string) => cloud.network.createPort({ name, networkId: 'n', securityGroupIds: [] }, tags);
    expect(await Promise.all([ask('a'), ask('b')])).toMatchObject([
      { id: 'a', deployment: tags.deployment },
      { id: 'b', deployment: tags.deployment },
    ]);
    const wished = (name: string) => ({ name, description, network_id: 'n', security_groups: [] });
    expect(cloud.sent('POST /network/v2.0/ports')).toEqual([{ ports: [wished('a'), wished('b')] }]);
  });

  test.each<[string, string[]]>([
    ['fewer are told of than were asked for', ['a']],
    ['they are told of in another order', ['b', 'a']],
  ])('where %s, it is unclear what became of all, and none takes another’s place', async (_, names) => {
    const ports = names.map((name) => ({ id: name, name, network_id: 'n', fixed_ips: [], device_id: '', device_owner: '' }));
    const cloud = await cloudAt({ 'POST /network/v2.0/ports': { status: 201, json: { ports } } });
    const ask = (name: string) => cloud.network.createPort({ name, networkId: 'n', securityGroupIds: [] }, tags);
    const all = await Promise.allSettled([ask('a'), ask('b')]);
    expect(all.map((each) => each.status === 'rejected' && isUnclear(each.reason))).toEqual([true, true]);
  });
});

describe('quotas', () => {
  const counted = (limit: number, used: number, reserved = 0) => ({ limit, used, reserved });
  const details = {
    'GET /network/v2.0/quotas/p1/details.json': {
      json: {
        quota: {
          network: counted(10, 2, 1),
          router: counted(-1, 1),
          port: counted(50, 9),
          floatingip: counted(3, 3),
          security_group: counted(5, 1),
          security_group_rule: counted(20, 19),
        },
      },
    },
  };

  test('are told with what is used and reserved', async () => {
    const cloud = await cloudAt(details);
    expect(await cloud.network.quotas()).toMatchObject({
      networks: { limit: 10, used: 3 },
      routers: { limit: null, used: 1 },
      floatingIps: { limit: 3, used: 3 },
    });
  });

  test('that are met are told with their numbers, which Neutron leaves out', async () => {
    const cloud = await cloudAt({
      ...details,
      'POST /network/v2.0/floatingips': neutronError(409, 'OverQuota', "Quota exceeded for resources: ['floatingip']."),
    });
    await expect(cloud.network.createFloatingIp({ description: 'd', externalNetworkId: 'n', portId: 'p' }, tags)).rejects.toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringContaining('floating IPs: 3 of 3 are used'),
      upstream: { status: 409 },
    });
  });

  test('that are met are those that Neutron names, of whatever was asked for', async () => {
    const cloud = await cloudAt({
      ...details,
      'POST /network/v2.0/security-groups': neutronError(409, 'OverQuota', "Quota exceeded for resources: ['security_group_rule']."),
      'PUT /network/v2.0/routers/r/add_router_interface': neutronError(409, 'OverQuota', "Quota exceeded for resources: ['port']."),
    });
    const group = cloud.network.createSecurityGroup({ name: 'g' }, tags);
    await expect(group).rejects.toMatchObject({ detail: expect.stringContaining('security group rules: 19 of 20 are used') });
    await expect(cloud.network.addRouterInterface('r', 's')).rejects.toMatchObject({ detail: expect.stringContaining('ports: 9 of 50') });
  });

  test('are counted where the site tells no use', async () => {
    const network = (id: string, rest = {}) => ({ id, name: id, ...rest });
    const cloud = await cloudAt({
      'GET /network/v2.0/quotas/p1.json': {
        json: { quota: { network: 10, subnet: 7, router: 5, port: 50, floatingip: 3, security_group: 5 } },
      },
      'GET /network/v2.0/networks': {
        json: { networks: [network('a'), network('b', { shared: true }), network('c', { 'router:external': true })] },
      },
      'GET /network/v2.0/subnets': {
        json: {
          subnets: [
            { id: 's', network_id: 'a', cidr: '10.0.0.0/24' },
            { id: 't', network_id: 'b', cidr: '10.1.0.0/24' },
          ],
        },
      },
      'GET /network/v2.0/routers': { json: { routers: [] } },
      'GET /network/v2.0/ports': { json: { ports: [{ id: 'p', network_id: 'a' }] } },
      'GET /network/v2.0/floatingips': { json: { floatingips: [] } },
      'GET /network/v2.0/security-groups': { json: { security_groups: [{ id: 'g', name: 'default', security_group_rules: [] }] } },
    });
    expect(await cloud.network.quotas()).toEqual({
      networks: { limit: 10, used: 1 },
      subnets: { limit: 7, used: 1 },
      routers: { limit: 5, used: 0 },
      ports: { limit: 50, used: 1 },
      floatingIps: { limit: 3, used: 0 },
      securityGroups: { limit: 5, used: 1 },
    });
  });
});
