import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Cloud } from '@/lib/openstack/types';
import type { Difference } from '@/lib/sandbox/testing/rig';
import { closeDoors } from '@/lib/web';
import { lookAt, planAt, said } from './testing/rig-plan';
import type { Placement, Plan, ResourceKind, ResourceSpec } from './types';

vi.setConfig({ testTimeout: 60_000 });
afterAll(() => closeDoors());

const tags = { deployment: 'd', key: 'k' };
const poolOf = async ({ network }: Cloud) => (await network.networks()).find(({ external }) => external)?.id ?? '';
const specOf = <K extends ResourceKind>({ resources }: Plan, kind: K) =>
  resources.find((resource) => resource.kind === kind)?.spec as Extract<ResourceSpec, { kind: K }> | undefined; // by its kind
/** A network of the project’s own with a router, both called `mine`. */
const mine = async ({ network }: Cloud) => {
  const { id } = await network.createNetwork({ name: 'mine' }, tags);
  const subnet = await network.createSubnet({ name: 'mine', networkId: id, cidr: '10.9.0.0/24', dnsServers: [] }, tags);
  const router = await network.createRouter({ name: 'mine', externalNetworkId: await poolOf({ network } as Cloud) }, tags);
  await network.addRouterInterface(router.id, subnet.id);
  return { network: id, router: router.id };
};

describe('what a person chooses at a site is what is planned there', () => {
  test('name servers, for a network that is made', async () => {
    const { plan } = await lookAt({}, async () => ({ nameServers: ['192.0.2.53', '192.0.2.54'] }));
    expect(specOf(plan, 'subnet')?.dnsServers).toEqual(['192.0.2.53', '192.0.2.54']);
  });

  test('a config drive, or none', async () => {
    const { facts, plan } = await lookAt({}, async () => ({ configDrive: true }));
    expect(specOf(plan, 'server')?.configDrive).toBe(true);
    expect(specOf(planAt(facts, {}), 'server')).not.toHaveProperty('configDrive');
  });

  test('one pool of addresses: no other is tried, and one that is not there is refused by its field', async () => {
    const second = { id: 'pool-2', name: 'second', external: true, shared: false, portSecurity: true };
    const subnet = {
      id: 's2',
      cidr: '198.51.100.0/24',
      pool: ['198.51.100.10', '198.51.100.20'] as [string, string],
      gateway: '198.51.100.1',
    };
    const difference: Difference = { has: ({ networks }) => ({ networks: [...networks, { ...second, subnet }] }) };
    const { facts, plan } = await lookAt(difference, async () => ({ pool: 'pool-2' }));
    expect(specOf(plan, 'router')).toMatchObject({ externalNetworkId: 'pool-2' });
    expect(specOf(plan, 'router')).not.toHaveProperty('otherPools');
    expect(specOf(plan, 'floatingIp')).toMatchObject({ externalNetworkId: 'pool-2' });
    expect(specOf(planAt(facts, {}), 'router')?.otherPools).toBeDefined();
    expect(said(planAt(facts, { pool: 'gone' }))).toEqual([
      expect.stringMatching(/^error network-not-found placement\.machine\.pool: .*no pool of public addresses "gone"/),
    ]);
  });

  test('a router that is there: none is made, none is counted, and it is not ours', async () => {
    const { facts, plan } = await lookAt({ quotas: { router: 1 } }, async (cloud) => ({ router: (await mine(cloud)).router }));
    expect(said(plan)).toEqual([]);
    expect(specOf(plan, 'router')).toMatchObject({ held: facts.routers?.[0]?.id });
    expect(plan.totals.routers).toBe(0);
    expect(said(planAt(facts, {}))).toEqual([expect.stringMatching(/^error quota-exceeded .*routers/)]);
    expect(said(planAt(facts, { router: 'gone' }))).toEqual([
      expect.stringMatching(/^error network-not-found placement\.machine\.router/),
      expect.stringMatching(/^error quota-exceeded .*routers/),
    ]);
  });

  test('a network that is there, as several deployments share it: neither network nor router is made', async () => {
    const { plan } = await lookAt({ quotas: { network: 1, router: 1 } }, async (cloud) => ({ network: (await mine(cloud)).network }));
    expect(said(plan)).toEqual([]);
    expect(plan.totals).toMatchObject({ networks: 0, routers: 0, subnets: 0 });
  });

  test('a type of volumes that the site does not have is refused by its field', async () => {
    const { facts } = await lookAt({});
    const ways = (volumeType: string): Partial<Placement> => ({ volumeType });
    expect(facts.volumeTypes).not.toEqual([]);
    expect(said(planAt(facts, ways(facts.volumeTypes[0] ?? '')))).toEqual([]);
    expect(said(planAt(facts, ways('gone')))).toEqual([expect.stringMatching(/^error invalid-input placement\.machine\.volumeType/)]);
  });
});

describe('what a person says of an image is believed', () => {
  const odd: Difference = {
    says: (call, body) => (/^GET .*\/images$/.test(call) ? renamed(body) : body),
  };
  const renamed = (body: unknown): unknown => {
    const { images } = body as { images: Record<string, unknown>[] };
    const first = images.find(({ name }) => String(name).startsWith('Debian 12')) ?? {};
    const bare = Object.entries(first).filter(([name]) => !/^(?:os_|eu\.)/.test(name));
    return { ...(body as object), images: [{ ...Object.fromEntries(bare), name: 'golden-7' }] };
  };

  test('of one that nothing is known of: it is refused with what to do, and taken once it is said what it is', async () => {
    const { facts } = await lookAt(odd);
    const image = facts.images[0]?.id ?? '';
    expect(said(planAt(facts, { image }))).toEqual([
      expect.stringMatching(/^error image-not-found placement\.machine\.image: What the image golden-7 is can’t be read off/),
    ]);
    const imageIs = { image, distro: 'debian', version: '12', loginUser: 'operator' } as const;
    const plan = planAt(facts, { image, imageIs });
    expect(said(plan)).toEqual([]);
    expect(plan.nodes[0]?.loginUser).toBe('operator');
  });

  test('of another image it says nothing; and processors of another kind are refused as ever', async () => {
    const { facts } = await lookAt(odd);
    const image = facts.images[0]?.id ?? '';
    const imageIs = { image, distro: 'debian', version: '12', loginUser: 'operator' } as const;
    expect(said(planAt(facts, { image, imageIs: { ...imageIs, image: 'other' } }))).toHaveLength(1);
    expect(said(planAt(facts, { image, imageIs: { ...imageIs, architecture: 'aarch64' } }))).toHaveLength(1);
  });
});

test('machines without a disk boot from a volume, which is counted, where no other flavor will do', async () => {
  const { facts, plan } = await lookAt({ has: ({ flavors }) => ({ flavors: flavors.map((flavor) => ({ ...flavor, diskGiB: 0 })) }) });
  expect(said(plan)).toEqual([]);
  expect(specOf(plan, 'server')).toMatchObject({ bootVolumeGiB: 20 });
  expect(plan.totals).toMatchObject({ volumes: 1, volumeGiB: 20, diskGiB: 20 });
  const none = { ...facts, quotas: { ...facts.quotas, volumes: { limit: 0, used: 0 } } };
  expect(said(planAt(none, {}))).toEqual([expect.stringMatching(/^error quota-exceeded .*volumes/)]);
});
