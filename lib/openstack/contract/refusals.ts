import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Cloud } from '../types';
import { lodge } from './lodging';
import { type ContractSubject, runName, signedIn } from './subject';

const tags = { deployment: runName, key: 'refused' };
const name = `${runName}-refused`;

/** What a cloud refuses by a name of its own, and what must not be taken for something that is there already. */
export function refusals(subject: ContractSubject): void {
  let cloud: Cloud;
  const left: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    cloud = await signedIn(subject);
  });
  afterEach(async () => {
    await subject.limit(null);
    for (const remove of left.splice(0).reverse()) await remove();
  });

  async function groupOf(its: string) {
    const group = await cloud.network.createSecurityGroup({ name: its }, tags);
    left.push(() => cloud.network.deleteSecurityGroup(group.id));
    return group;
  }
  async function networkOf(cidr: string) {
    const network = await cloud.network.createNetwork({ name }, tags);
    left.push(() => cloud.network.deleteNetwork(network.id));
    const subnet = await cloud.network.createSubnet({ name, networkId: network.id, cidr, dnsServers: [] }, tags);
    left.push(() => cloud.network.deleteSubnet(subnet.id));
    return { network, subnet };
  }
  async function portOn(networkId: string, securityGroupIds: string[] = []) {
    const port = await cloud.network.createPort({ name, networkId, securityGroupIds }, tags);
    left.push(() => cloud.network.deletePort(port.id));
    return port;
  }
  const rule = (securityGroupId: string, fromPort: number) => ({
    securityGroupId,
    direction: 'ingress' as const,
    protocol: 'tcp',
    fromPort,
    toPort: fromPort,
    cidr: '0.0.0.0/0',
    description: 'refused',
  });

  test('a rule beyond the quota is refused as that, with the numbers of rules', async () => {
    const group = await groupOf(name);
    const used = (await cloud.network.quotas()).securityGroupRules?.used ?? 0;
    await subject.limit({ security_group_rule: used + 1 });
    expect(await cloud.network.createSecurityGroupRule(rule(group.id, 22))).toBe('made');
    await expect(cloud.network.createSecurityGroupRule(rule(group.id, 80))).rejects.toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringContaining(`security group rules: ${used + 1} of ${used + 1} are used`),
      upstream: { status: 409 },
    });
    const found = (await cloud.network.securityGroups()).find(({ id }) => id === group.id);
    expect(found?.rules.filter(({ direction }) => direction === 'ingress')).toHaveLength(1);
  });

  test('a group for whose first rules there is no room is refused with the numbers of rules, not of groups', async () => {
    await cloud.network.securityGroups(); // the project's own is made when it is first looked for
    const used = (await cloud.network.quotas()).securityGroupRules?.used ?? 0;
    await subject.limit({ security_group_rule: used + 1 });
    await expect(groupOf(name)).rejects.toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringContaining(`security group rules: ${used} of ${used + 1} are used`),
    });
  });

  test('a subnet and a port beyond their quotas are refused with their numbers', async () => {
    const { network } = await networkOf('10.91.9.0/24');
    const { subnets, ports } = await cloud.network.quotas();
    // whatever gives out addresses takes its port when it likes
    await subject.limit({ subnet: subnets?.used ?? 0, port: 0 });
    const more = { name, networkId: network.id, cidr: '10.91.10.0/24', dnsServers: [] };
    await expect(cloud.network.createSubnet(more, tags)).rejects.toMatchObject({
      code: 'quota-exceeded',
      detail: expect.stringContaining(`subnets: ${subnets?.used} of ${subnets?.used}`),
    });
    expect(ports.limit).not.toBe(0);
    await expect(portOn(network.id)).rejects.toMatchObject({ code: 'quota-exceeded', detail: expect.stringMatching(/ports: \d+ of 0/) });
  });

  test('a network whose addresses are all given out says so', async () => {
    const { network } = await networkOf('10.91.11.0/30');
    // a gateway's, and one that a port or what gives out addresses has
    const asked = async () => {
      for (let port = 0; port < 3; port++) await portOn(network.id);
    };
    await expect(asked()).rejects.toMatchObject({ code: 'addresses-exhausted', upstream: { service: 'network' } });
  });

  test('a public address for a network without a router is refused as that, and nothing is left of it', async () => {
    const [external] = await cloud.network.networks({ name: subject.externalNetwork });
    const { network } = await networkOf('10.91.12.0/24');
    const port = await portOn(network.id);
    const wanted = { description: name, externalNetworkId: external?.id ?? '', portId: port.id };
    await expect(cloud.network.createFloatingIp(wanted, tags)).rejects.toMatchObject({ code: 'network-unreachable' });
    expect((await cloud.network.floatingIps()).filter(({ description }) => description === name)).toEqual([]);
  });

  test('a network without port security refuses security groups by name, and takes ports without them', async () => {
    const group = await groupOf(name);
    const { network } = await networkOf('10.91.13.0/24');
    await subject.neutron('PUT', `/networks/${network.id}`, { network: { port_security_enabled: false } });
    expect((await cloud.network.networks({ name })).map(({ portSecurity }) => portSecurity)).toEqual([false]);
    await expect(portOn(network.id, [group.id])).rejects.toMatchObject({ code: 'security-groups-refused' });
    expect(await portOn(network.id)).toMatchObject({ networkId: network.id });
  });

  test('a zone that is not there is named as what is missing', async () => {
    const lodging = await lodge(cloud, subject, name);
    left.push(() => lodging.leave());
    const wanted = await lodging.request(name, subject.flavors.plain, { availabilityZone: 'nowhere' });
    await expect(cloud.compute.createServer(wanted)).rejects.toMatchObject({ code: 'zone-not-found' });
  });
}
