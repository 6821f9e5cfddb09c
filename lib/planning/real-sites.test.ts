import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Cloud } from '@/lib/openstack/types';
import type { Difference } from '@/lib/sandbox/testing/rig';
import { closeDoors } from '@/lib/web';
import { lookAt, planAt, said } from './testing/rig-plan';
import type { Placement, Plan } from './types';

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

const subnetOf6 = { id: 'sub-6', cidr: '2001:db8:7::/64', gateway: '2001:db8:7::1' };
/** A site with one more network that leads out, of IPv6 alone. */
const withPool: Difference['has'] = ({ networks }) => {
  const subnet = { ...subnetOf6, pool: ['2001:db8:7::10', '2001:db8:7::20'] as [string, string] };
  return { networks: [{ id: 'pool-6', name: 'a-public', external: true, shared: false, portSecurity: true, subnet }, ...networks] };
};
const shown = (body: unknown): unknown => {
  const { id, cidr, gateway } = subnetOf6;
  const more = { id, name: id, network_id: 'pool-6', cidr, gateway_ip: gateway, ip_version: 6, enable_dhcp: true, dns_nameservers: [] };
  return { subnets: [more, ...(body as { subnets: object[] }).subnets] };
};
/** The outer networks that the plan's router is tried at, in turn. */
const routerIn = ({ resources }: Plan): string[] =>
  resources.flatMap(({ spec }) => (spec.kind === 'router' ? [spec.externalNetworkId, ...(spec.otherPools ?? [])] : []));

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

  test('a pool is known by the addresses of its subnets where those can be seen, and tried where not', async () => {
    const unseen = await lookAt({ has: withPool });
    const pools = unseen.facts.networks.filter(({ external }) => external);
    expect(pools.map(({ subnets }) => subnets)).toEqual([[], []]);
    const [first, ...others] = routerIn(unseen.plan);
    expect([first, ...others].toSorted()).toEqual(pools.map(({ id }) => id).toSorted());
    const seen = await lookAt({ has: withPool, says: (call, body) => (/^GET .*\/subnets$/.test(call) ? shown(body) : body) });
    expect(said(seen.plan)).toEqual([]);
    expect(routerIn(seen.plan)).toEqual(pools.map(({ id }) => id).filter((id) => id !== 'pool-6'));
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
    [{ volumes: 0 }, /needs 1 volumes at Rig; 0 of the project’s 0 are left/],
    [{ gigabytes: 19 }, /needs 20 GiB of volumes at Rig; 19 of the project’s 19 are left/],
  ];
  test.each(rows)('%j', async (quotas, needed) => {
    // volumes are what machines boot from whose flavor has no disk
    const onVolumes = quotas && ('volumes' in quotas || 'gigabytes' in quotas);
    const has: Difference['has'] = ({ flavors }) => ({ flavors: flavors.map((flavor) => ({ ...flavor, diskGiB: 0 })) });
    const { plan } = await lookAt({ quotas, ...(onVolumes && { has }) }, async ({ network }) => {
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
