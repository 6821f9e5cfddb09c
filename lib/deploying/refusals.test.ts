import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Cloud } from '@/lib/openstack/types';
import { type Difference, neutronRefuses } from '@/lib/sandbox/testing/rig';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { closeDoors } from '@/lib/web';
import { requestAction } from './requests/request-action';
import { RigWorld } from './testing/rig-world';

vi.setConfig({ testTimeout: 60_000 });
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await closeDoors();
  await store.close();
});

const addRule = 'POST /security-group-rules' as const;
const addInterface = 'PUT /add_router_interface' as const;
const novaRefuses = (path: string, status: number, fault: string, message: string, times?: number) => ({
  service: 'compute',
  method: 'POST',
  path: `${path}$`,
  status,
  body: { [fault]: { code: status, message } },
  times,
});
const otherZones =
  'Invalid volume: Instance 186 and volume 9f2 are not in the same availability_zone. Instance is in AZ1. Volume is in AZ3';
const noWay = 'External network e is not reachable from subnet s.  Therefore, cannot associate Port p with a Floating IP.';

/** A site that says one thing differently, and what is said of a deployment there. */
const refusals: [site: string, difference: Difference, code: string, words: RegExp][] = [
  ['has room for one more rule', { quotas: { security_group_rule: 7 } }, 'quota-exceeded', /security group rules: 7 of 7 are used/],
  ['has no room for a group’s first rules', { quotas: { security_group_rule: 5 } }, 'quota-exceeded', /security group rules: 4 of 5 are/],
  ['has no room for groups', { quotas: { security_group: 1 } }, 'quota-exceeded', /security groups: 1 of 1 is used/],
  ['has no room for ports', { quotas: { port: 0 } }, 'quota-exceeded', /ports: \d of 0 are used/],
  ['has no room for networks', { quotas: { network: 0 } }, 'quota-exceeded', /networks: 0 of 0/],
  ['has no room for subnets', { quotas: { subnet: 0 } }, 'quota-exceeded', /subnets: 0 of 0/],
  ['has no room for routers', { quotas: { router: 0 } }, 'quota-exceeded', /routers: 0 of 0/],
  ['has no room for public addresses', { quotas: { floatingip: 0 } }, 'quota-exceeded', /floating IPs: 0 of 0/],
  ['has no room for key pairs', { quotas: { key_pairs: 0 } }, 'quota-exceeded', /key pairs: 0 of 0/],
  ['has no room for volumes', { quotas: { volumes: 0 } }, 'quota-exceeded', /volumes: 0 of 0/],
  [
    'has no port left for a router',
    { refuses: [neutronRefuses(addInterface, 409, 'OverQuota', "Quota exceeded for resources: ['port'].")] },
    'quota-exceeded',
    /ports: \d+ of 200 are used/,
  ],
  [
    'refuses a router’s interface by a 409 that says nothing of one being there',
    { refuses: [neutronRefuses(addInterface, 409, 'Conflict', 'The router is being moved.')] },
    'conflict',
    /being moved/,
  ],
  [
    'refuses rules by a 409 that says nothing of one being there',
    { refuses: [neutronRefuses(addRule, 409, 'Conflict', 'The group is locked.')] },
    'conflict',
    /is locked/,
  ],
  ['has no public address left', poolOf(1), 'addresses-exhausted', /No more IP addresses available/],
  [
    'says of its pool that it is empty as older routers do',
    {
      refuses: [
        neutronRefuses('POST /floatingips', 400, 'ExternalIpAddressExhausted', 'Unable to find any IP address on external network e.'),
      ],
    },
    'addresses-exhausted',
    /Unable to find any/,
  ],
  [
    'has no way from a network to its public addresses',
    { refuses: [neutronRefuses('POST /floatingips', 404, 'ExternalGatewayForFloatingIPNotFound', noWay)] },
    'network-unreachable',
    /not reachable from subnet/,
  ],
  [
    'has given the address away',
    { refuses: [neutronRefuses('POST /ports', 409, 'IpAddressAlreadyAllocated', 'IP address 10.0.0.10 already allocated in subnet s')] },
    'port-in-use',
    /already allocated/,
  ],
  [
    'holds the port',
    { refuses: [novaRefuses('/servers', 409, 'conflictingRequest', 'Port p is still in use.')] },
    'port-in-use',
    /still in use/,
  ],
  [
    'takes no security groups',
    {
      refuses: [
        neutronRefuses(
          'POST /ports',
          400,
          'PortSecurityAndIPRequiredForSecurityGroups',
          'Port security must be enabled and port must have an IP address in order to use security groups.',
        ),
      ],
    },
    'security-groups-refused',
    /have no port security/,
  ],
  ['has its volumes in another zone', { refuses: [novaRefuses('/servers', 400, 'badRequest', otherZones)] }, 'zone-mismatch', /AZ3/],
];

function poolOf(addresses: number): Difference {
  return {
    has: ({ networks: [first, ...rest] }) => ({
      networks: first ? [{ ...first, subnet: { ...first.subnet, pool: ['203.0.113.10', `203.0.113.${9 + addresses}`] } }, ...rest] : [],
    }),
  };
}

describe('what a site refuses is told by what it says, and nothing that was refused counts as there', () => {
  test.each(refusals)('a site that %s', async (_site, difference, code, words) => {
    const world = await RigWorld.at(store, difference);
    const id = await world.deploy(world.plan());
    const began = world.clock.now().getTime();
    expect(await world.settle(id)).toBe('failed');
    expect([...world.states]).not.toContain('ready');
    expect((world.clock.now().getTime() - began) / 1000).toBeLessThan(200);
    const { problem } = (await world.ledger(id)).deployment;
    expect(problem).toMatchObject({ code, remedy: expect.any(String), upstream: { message: expect.any(String) } });
    expect(problem?.detail).toMatch(words);
    await requestAction(world.ports, id, { action: 'delete' });
    expect(await world.settle(id)).toBe('deleted');
    expect(world.faultsSeen).toEqual([]);
  });
});

test('at a site that differs in nothing the same is ready, and deleted without a rest', async () => {
  const world = await RigWorld.at(store);
  const id = await world.deploy(world.plan());
  expect(await world.settle(id)).toBe('ready');
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
});

describe('what is refused for a moment, or otherwise, is ready all the same', () => {
  const rows: [site: string, difference: Difference][] = [
    ['says once that rules are too much', { refuses: [neutronRefuses(addRule, 409, 'Conflict', 'The group is locked.', 1)] }],
    [
      'has no way to public addresses for a moment',
      { refuses: [neutronRefuses('POST /floatingips', 404, 'ExternalGatewayForFloatingIPNotFound', noWay, 1)] },
    ],
    ['attaches volumes in the other zone only', { refuses: [novaRefuses('/servers', 400, 'badRequest', otherZones, 1)] }],
    ['gives ports addresses of two stacks', { says: (call, body) => (call.endsWith('/ports') ? ofTwoStacks(body) : body) }],
    ['shows protocols by their numbers', { says: (call, body) => (call.endsWith('security-groups') ? numbered(body) : body) }],
  ];
  test.each(rows)('a site that %s', async (_site, difference) => {
    const world = await RigWorld.at(store, difference);
    const small = world.site.definition.flavors.find(({ name }) => name === 'm1.small')?.id;
    const id = await world.deploy(
      world.plan((text) => text.replaceAll('"flavorId":"other"', `"flavorId":"${small}"`).replaceAll('"two"', '"zone-2"')),
    );
    expect(await world.settle(id)).toBe('ready');
    const [group] = world.site.world.state.securityGroups.filter(({ name }) => name !== 'default');
    expect(group?.rules).toHaveLength(4);
    expect((await world.ledger(id)).nodes.map((node) => node.private_address)).toEqual(['10.0.0.10']);
  });
});

const ofTwoStacks = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body).replaceAll('"fixed_ips":[{', '"fixed_ips":[{"subnet_id":"six","ip_address":"2001:db8::5"},{'));

const numbered = (body: unknown): unknown => JSON.parse(JSON.stringify(body).replaceAll('"protocol":"tcp"', '"protocol":"6"'));

test('a site that takes a router’s interface and does not show it: it is not ready until the site shows it, or says itself that it is there', async () => {
  const hide = (call: string, body: unknown): unknown =>
    /^GET .*\/ports$/.test(call)
      ? {
          ports: (body as { ports: { device_owner: string }[] }).ports.filter(
            ({ device_owner: owner }) => owner !== 'network:router_interface',
          ),
        }
      : body;
  const world = await RigWorld.at(store, { says: hide });
  const id = await world.deploy(world.plan());
  await world.pass(id);
  const router = (await world.ledger(id)).resources.find(({ key }) => key === 'router');
  expect(router).toMatchObject({ phase: 'waiting', problem: null });
  expect(await world.settle(id)).toBe('ready');
  expect(world.site.world.state.ports.filter(({ deviceOwner }) => deviceOwner === 'network:router_interface')).toHaveLength(1);
});

test('a site that made the volume in its second zone: the server boots there at once', async () => {
  const inZone = (body: unknown): unknown =>
    JSON.parse(JSON.stringify(body).replaceAll('"availability_zone":"nova"', '"availability_zone":"zone-2"'));
  const world = await RigWorld.at(store, { says: (call, body) => (/\/volumes/.test(call) ? inZone(body) : body) });
  const id = await world.deploy(world.plan((text) => text.replace('"alternatives"', '"zones":["nova","zone-2"],"alternatives"')));
  expect(await world.settle(id)).toBe('ready');
  expect(world.site.world.state.servers.map(({ wantedZone }) => wantedZone)).toEqual(['zone-2']);
});

test('of two pools of public addresses the one that has some is taken, for the router and what goes through it', async () => {
  const other = (id: string) => ({ id, name: 'second', external: true, shared: false, portSecurity: true });
  const empty = poolOf(0).has;
  const world = await RigWorld.at(store, {
    has: (site) => {
      const [first, ...rest] = empty?.(site).networks ?? [];
      const subnet = {
        id: 'sub-2',
        cidr: '198.51.100.0/24',
        pool: ['198.51.100.10', '198.51.100.20'] as [string, string],
        gateway: '198.51.100.1',
      };
      return { networks: [...(first ? [first] : []), { ...other('pool-2'), subnet }, ...rest] };
    },
  });
  const plan = world.plan((text) =>
    text
      .replace('"kind":"router","externalNetworkId"', '"kind":"router","otherPools":["pool-2"],"externalNetworkId"')
      .replace('"kind":"floatingIp","externalNetworkId"', '"kind":"floatingIp","router":"router","externalNetworkId"'),
  );
  const id = await world.deploy(plan);
  expect(await world.settle(id)).toBe('ready');
  const { routers, floatingIps } = world.site.world.state;
  expect([routers[0]?.externalNetworkId, floatingIps[0]?.networkId]).toEqual(['pool-2', 'pool-2']);
  expect(await world.events(id)).toContain('The router: The network has no address left; trying another way');
});

describe('a fault of Transat’s own', () => {
  const rows: [where: string, break_: (cloud: Cloud) => Cloud][] = [
    ['in making something', (cloud) => ({ ...cloud, network: { ...cloud.network, createPort: async () => fault() } })],
    ['in adding a part', (cloud) => ({ ...cloud, network: { ...cloud.network, addRouterInterface: async () => fault() } })],
    ['in looking', (cloud) => ({ ...cloud, compute: { ...cloud.compute, servers: async () => fault() } })],
  ];
  test.each(rows)('%s fails soon, says that it is ours, and reaches the operator', async (_where, breaks) => {
    const world = await RigWorld.at(store);
    const open = world.ports.openCloud;
    world.ports.openCloud = async (user, place) => breaks(await open(user, place));
    const id = await world.deploy(world.plan());
    const began = world.clock.now().getTime();
    expect(await world.settle(id)).toBe('failed');
    // twice it is looked for as long as a list may lag, whether it was made all the same
    expect((world.clock.now().getTime() - began) / 1000).toBeLessThanOrEqual(30);
    expect((await world.ledger(id)).deployment.problem).toMatchObject({ code: 'internal', detail: expect.stringContaining('Transat') });
    expect(world.faultsSeen[0]).toBeInstanceOf(TypeError);
    expect(world.faultsSeen.length).toBeLessThan(12);
  });
});

function fault(): never {
  throw new TypeError('x is not a function');
}
