import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Cloud } from '@/lib/openstack/types';
import type { Difference } from '@/lib/sandbox/testing/rig';
import { closeDoors } from '@/lib/web';
import { lookAt, planAt, said } from './testing/rig-plan';
import type { Placement } from './types';

vi.setConfig({ testTimeout: 60_000 });
afterAll(() => closeDoors());

const tags = { deployment: 'd', key: 'k' };
/** A network of the project's own, called `mine`, and where its router leads. */
const ownNetwork =
  (leads: 'out' | 'nowhere' | 'no router') =>
  async ({ network }: Cloud): Promise<Partial<Placement>> => {
    const { id } = await network.createNetwork({ name: 'mine' }, tags);
    const subnet = await network.createSubnet({ name: 'mine', networkId: id, cidr: '10.9.0.0/24', dnsServers: [] }, tags);
    const [pool] = (await network.networks()).filter(({ external }) => external);
    if (leads === 'out') {
      const router = await network.createRouter({ name: 'mine', externalNetworkId: pool?.id ?? '' }, tags);
      await network.addRouterInterface(router.id, subnet.id);
    }
    if (leads === 'nowhere') await network.createRouter({ name: 'mine', externalNetworkId: pool?.id ?? '' }, tags);
    return { network: 'mine' };
  };
const ipv6 = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body).replaceAll('10.9.0.0/24', '2001:db8::/64').replaceAll('10.9.0.1"', '2001:db8::1"'));
const both = (body: unknown): unknown => {
  const { subnets } = body as { subnets: { name: string }[] };
  return {
    subnets: subnets.flatMap((subnet) =>
      subnet.name === 'mine' ? [{ ...subnet, id: 'six', cidr: '2001:db8::/64', ip_version: 6 }, subnet] : [subnet],
    ),
  };
};
const shared = { id: 'net-shared', name: 'shared', external: false, shared: true };
const subnet = {
  id: 'sub-shared',
  cidr: '192.168.7.0/24',
  pool: ['192.168.7.10', '192.168.7.99'] as [string, string],
  gateway: '192.168.7.1',
};
const withShared =
  (portSecurity: boolean): Difference['has'] =>
  ({ networks }) => ({ networks: [...networks, { ...shared, portSecurity, subnet }] });

describe('networks', () => {
  const rows: [site: string, difference: Difference, prepare: Parameters<typeof lookAt>[1], says: RegExp[]][] = [
    ['has one of the project’s with a router out', {}, ownNetwork('out'), []],
    [
      'has one of the project’s without a router',
      {},
      ownNetwork('no router'),
      [/^error network-unreachable placement.machine.network: No router leads out of/],
    ],
    ['has one whose router stands beside it', {}, ownNetwork('nowhere'), [/^error network-unreachable/]],
    [
      'has one of IPv6 only',
      { says: (call, body) => (/^GET .*\/subnets$/.test(call) ? ipv6(body) : body) },
      ownNetwork('out'),
      [/^error network-not-found .* IPv6 addresses only/],
    ],
    ['has one of two stacks', { says: (call, body) => (/^GET .*\/subnets$/.test(call) ? both(body) : body) }, ownNetwork('out'), []],
    [
      'has one without a subnet',
      { says: (call, body) => (/^GET .*\/subnets$/.test(call) ? { subnets: [] } : body) },
      ownNetwork('out'),
      [/^error network-not-found .* has no subnet/],
    ],
    ['shares one', { has: withShared(true) }, async () => ({ network: 'shared' }), []],
    [
      'shares one without port security',
      { has: withShared(false) },
      async () => ({ network: 'shared' }),
      [
        /^error security-groups-refused placement.machine.network: The network shared of Rig takes no security groups, and the image .* runs no firewall/,
      ],
    ],
  ];
  test.each(rows)('a site that %s', async (_site, difference, prepare, says) => {
    const { plan } = await lookAt(difference, prepare);
    expect(said(plan)).toEqual(says.map((words) => expect.stringMatching(words)));
  });

  test.each<[string, Difference, string[]]>([
    ['one stack', {}, ['0.0.0.0/0', '10.9.0.0/24']],
    [
      'two stacks',
      { says: (call, body) => (/^GET .*\/subnets$/.test(call) ? both(body) : body) },
      ['0.0.0.0/0', '10.9.0.0/24', '2001:db8::/64', '::/0'],
    ],
  ])('nodes on a network of %s let in who may come by each family of addresses that they have', async (_stacks, difference, from) => {
    const { plan } = await lookAt(difference, ownNetwork('out'));
    const rules = plan.resources.flatMap(({ spec }) => (spec.kind === 'securityGroup' ? spec.rules : []));
    expect([...new Set(rules.map(({ cidr }) => cidr))].toSorted()).toEqual(from);
  });

  test('the way out that a router of the project has is taken, of whatever name', async () => {
    const { facts, plan } = await lookAt({}, ownNetwork('out'));
    const [pool] = facts.networks.filter(({ external }) => external);
    expect(facts.networks.find(({ name }) => name === 'mine')?.leadsTo).toEqual([pool?.id]);
    const other = { id: 'other', name: 'public-first', external: true, shared: false, subnets: [] };
    const more = planAt({ ...facts, networks: [other, ...facts.networks] }, { network: 'mine' });
    for (const each of [plan, more]) {
      const ip = each.resources.find(({ kind }) => kind === 'floatingIp')?.spec;
      expect(ip).toEqual({ kind: 'floatingIp', externalNetworkId: pool?.id, port: 'port-machine-1' });
    }
  });

  test('no pool of IPv6 is taken for public addresses', async () => {
    const { facts } = await lookAt({});
    const six = { id: 'six', name: 'public6', external: true, shared: false, subnets: [{ id: 's', cidr: '2001:db8::/64' }] };
    const plan = planAt({ ...facts, networks: [six, ...facts.networks] }, {});
    expect(JSON.stringify(plan.resources)).not.toContain('"six"');
  });
});

describe('quotas: all that the site makes by itself counts as well', () => {
  const rows: [quota: Difference['quotas'], needed: RegExp][] = [
    // the project's own group holds four of them, and each new group begins with two
    [
      { security_group_rule: 8 },
      /^error quota-exceeded placement.machine.site: This needs (\d) security group rules at Rig; 4 of the project’s 8 are left \(4 used\)\.$/,
    ],
    [{ port: 2 }, /needs 3 ports at Rig; 2 of the project’s 2 are left/],
    [{ subnet: 0 }, /needs 1 subnets at Rig; 0 of the project’s 0/],
    [{ router: 0 }, /needs 1 routers/],
    [{ network: 0 }, /needs 1 networks/],
    [{ security_group: 1 }, /needs 1 security groups at Rig; 0 of the project’s 1 are left/],
    [{ floatingip: 0 }, /needs 1 floating IPs/],
    [{ key_pairs: 0 }, /needs 1 key pairs/],
    [{ instances: 0 }, /needs 1 servers/],
    [{ cores: 0 }, /needs \d CPUs/],
    [{ ram: 512 }, /of memory at Rig|memory at Rig/],
  ];
  test.each(rows)('%j', async (quotas, needed) => {
    const { plan } = await lookAt({ quotas }, async ({ network }) => {
      await network.securityGroups(); // Neutron makes the project's own when it is first looked for
      return {};
    });
    expect(said(plan)).toEqual([expect.stringMatching(needed)]);
  });

  test('that suffice for exactly this are enough, and the deployment is made with them', async () => {
    const { plan, facts } = await lookAt({});
    const { securityGroupRules = 0, subnets = 0, keyPairs = 0, ports, networks, routers } = plan.totals;
    const [group] = plan.resources.flatMap(({ spec }) => (spec.kind === 'securityGroup' ? [spec] : []));
    expect([securityGroupRules, subnets, keyPairs, ports, networks, routers]).toEqual([(group?.rules.length ?? 0) + 2, 1, 1, 3, 1, 1]);
    const { used } = facts.quotas.securityGroupRules ?? { used: 0 };
    const exact = await lookAt({
      quotas: { security_group_rule: used + securityGroupRules, port: ports, subnet: 1, router: 1, key_pairs: 1 },
    });
    expect(said(exact.plan)).toEqual([]);
  });
});
