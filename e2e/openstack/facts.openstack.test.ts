import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { runName, signedIn } from '@/lib/openstack/contract/subject';
import type { Cloud } from '@/lib/openstack/types';
import { planAt, said } from '@/lib/planning/testing/rig-plan';
import { readSiteFacts } from '@/lib/sites/facts';
import { plainSite } from '@/lib/sites/testing/site';
import { closeDoors } from '@/lib/web';
import { ask, lab } from './lab';

const site = plainSite({ id: 'rig', name: 'Lab' });
const tags = { deployment: runName, key: 'facts' };
const name = `${runName}-facts`;
let cloud: Cloud;
const left: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  cloud = await signedIn(lab);
});
afterEach(async () => {
  for (const remove of left.splice(0).reverse()) await remove();
});
afterAll(closeDoors);

const facts = async () => {
  const told = await readSiteFacts(cloud, site, systemClock, { deadlineMs: 60_000 });
  expect(told.gaps).toEqual([]);
  return told;
};

async function network(...cidrs: string[]) {
  const { id } = await cloud.network.createNetwork({ name }, tags);
  left.push(() => cloud.network.deleteNetwork(id));
  const subnets = [];
  for (const cidr of cidrs) {
    const subnet = await cloud.network.createSubnet({ name, networkId: id, cidr, dnsServers: [] }, tags);
    left.push(() => cloud.network.deleteSubnet(subnet.id));
    subnets.push(subnet.id);
  }
  return { id, subnets };
}

async function router(subnet: string): Promise<void> {
  const [external] = await cloud.network.networks({ name: lab.externalNetwork });
  const { id } = await cloud.network.createRouter({ name, externalNetworkId: external?.id ?? '' }, tags);
  left.push(() => cloud.network.deleteRouter(id));
  await cloud.network.addRouterInterface(id, subnet);
  left.push(() => cloud.network.removeRouterInterface(id, subnet));
}

test('a network of the project’s own is refused without a router, and taken with one, whose way out is known', async () => {
  const { subnets } = await network('10.92.1.0/24');
  expect(said(planAt(await facts(), { network: name }))).toContainEqual(expect.stringMatching(/^error network-unreachable/));
  await router(subnets[0] ?? '');
  const told = await facts();
  const [external] = told.networks.filter((each) => each.name === lab.externalNetwork);
  expect(told.networks.find((each) => each.name === name)?.leadsTo).toEqual([external?.id]);
  expect(said(planAt(told, { network: name }))).not.toContainEqual(expect.stringMatching(/network/));
});

test('a network of IPv6 alone is refused; of two stacks it is taken', async () => {
  const { subnets } = await network('2001:db8:92::/64');
  expect(said(planAt(await facts(), { network: name }))).toContainEqual(
    expect.stringMatching(/^error network-not-found .* IPv6 addresses only/),
  );
  const [own] = (await cloud.network.networks({ name })).map(({ id }) => id);
  const four = await cloud.network.createSubnet({ name, networkId: own ?? '', cidr: '10.92.2.0/24', dnsServers: [] }, tags);
  left.push(() => cloud.network.deleteSubnet(four.id));
  expect(subnets).toHaveLength(1);
  await router(four.id);
  expect(said(planAt(await facts(), { network: name }))).not.toContainEqual(expect.stringMatching(/network/));
});

test('machines without a firewall are put on no network whose port security is off, and no groups are planned there', async () => {
  const { id, subnets } = await network('10.92.3.0/24');
  await router(subnets[0] ?? '');
  await lab.neutron('PUT', `/networks/${id}`, { network: { port_security_enabled: false } });
  const plan = planAt(await facts(), { network: name });
  expect(said(plan)).toContainEqual(expect.stringMatching(/^error security-groups-refused/));
  expect(plan.resources.filter(({ kind }) => kind === 'securityGroup')).toEqual([]);
});

/** An image of a few bytes that says of itself that it is Ubuntu, which recipes prefer. */
async function image(properties: Record<string, string>, by: 'researcher' | 'stranger' = 'researcher'): Promise<string> {
  const body = { name, disk_format: 'raw', container_format: 'bare', os_distro: 'ubuntu', os_version: '24.04', ...properties };
  const { id } = (await (await ask(by, 'image', 'POST', '/v2/images', body)).json()) as { id: string };
  left.push(() => ask(by, 'image', 'DELETE', `/v2/images/${id}`));
  await ask(by, 'image', 'PUT', `/v2/images/${id}/file`, 'x'.repeat(64), 'application/octet-stream');
  return id;
}

test('snapshots, images of other processors and strangers’ images are known as what they are, and none is taken unasked', async () => {
  const before = (await facts()).images.map(({ id }) => id);
  const snapshot = await image({ image_type: 'snapshot' });
  const arm = await image({ name: `${name}-arm`, hw_architecture: 'aarch64' });
  const strange = await image({ name: `${name}-shared`, visibility: 'shared' }, 'stranger');
  const { id: project } = cloud.identity.project;
  await ask('stranger', 'image', 'POST', `/v2/images/${strange}/members`, { member: project });
  await ask('researcher', 'image', 'PUT', `/v2/images/${strange}/members/${project}`, { status: 'accepted' });
  const { images, ...rest } = await facts();
  const of = (id: string) => images.find((each) => each.id === id);
  expect([of(snapshot)?.snapshot, of(arm)?.architecture, of(strange)?.from]).toEqual([true, 'aarch64', 'shared']);
  const plan = planAt({ images, ...rest }, {});
  const taken = plan.resources.flatMap(({ spec }) => (spec.kind === 'server' ? [spec.imageId] : []));
  for (const id of taken) expect(before).toContain(id);
  expect(said(planAt({ images, ...rest }, { image: strange }))).toContainEqual(expect.stringMatching(/belongs to another project/));
});

test('all quotas are told, and what this project has left of rules and subnets is counted', async () => {
  const { quotas } = await facts();
  const told = { limit: expect.toSatisfy((limit) => limit === null || limit > 0), used: expect.any(Number) };
  expect(quotas).toMatchObject({ subnets: told, securityGroupRules: told, keyPairs: told });
  await cloud.network.securityGroups();
  const used = (await cloud.network.quotas()).securityGroupRules?.used ?? 0;
  try {
    await lab.limit({ security_group_rule: used + 2 });
    expect(said(planAt(await facts(), {}))).toContainEqual(
      expect.stringMatching(/^error quota-exceeded .* security group rules at Rig; 2 of/),
    );
  } finally {
    await lab.limit(null);
  }
});
