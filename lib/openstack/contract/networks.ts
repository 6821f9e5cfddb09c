import { beforeAll, expect, test } from 'vitest';
import type { Cloud } from '../types';
import { type ContractSubject, runName, signedIn } from './subject';

const tags = { deployment: runName, key: 'net' };
const name = `${runName}-net`;

export function networks(subject: ContractSubject): void {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await signedIn(subject);
  });

  test('a network with all that hangs on it is made, found again, and deleted from the end', async () => {
    const { network } = cloud;
    const [external] = await network.networks({ name: subject.externalNetwork });
    const externalNetworkId = external?.id ?? '';

    const net = await network.createNetwork({ name }, tags);
    const subnet = await network.createSubnet({ name, networkId: net.id, cidr: '10.91.7.0/24', dnsServers: ['192.0.2.53'] }, tags);
    const router = await network.createRouter({ name, externalNetworkId }, tags);
    expect(await network.addRouterInterface(router.id, subnet.id)).toBe('made');
    expect(await network.addRouterInterface(router.id, subnet.id)).toBe('there');
    const group = await network.createSecurityGroup({ name }, tags);
    const ssh = {
      securityGroupId: group.id,
      direction: 'ingress' as const,
      protocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidr: '0.0.0.0/0',
      description: 'SSH',
    };
    expect(await network.createSecurityGroupRule(ssh)).toBe('made');
    expect(await network.createSecurityGroupRule(ssh)).toBe('there');
    await network.createSecurityGroupRule({
      ...ssh,
      fromPort: 1,
      toPort: 65_535,
      cidr: undefined,
      remoteGroupId: group.id,
      description: 'inside',
    });
    const wanted = { name, networkId: net.id, subnetId: subnet.id, fixedIp: '10.91.7.77', securityGroupIds: [group.id] };
    const port = await network.createPort(wanted, tags);
    const ip = await network.createFloatingIp({ description: name, externalNetworkId, portId: port.id }, tags);

    expect(subnet).toMatchObject({ networkId: net.id, cidr: '10.91.7.0/24', gateway: '10.91.7.1' });
    expect(router).toMatchObject({ externalNetworkId });
    expect(port).toMatchObject({ networkId: net.id, fixedIps: [{ subnetId: subnet.id, address: '10.91.7.77' }] });
    expect(ip).toMatchObject({ description: name, portId: port.id });

    const found = await everything(cloud);
    expect(found.networks).toMatchObject([{ id: net.id, subnetIds: [subnet.id], external: false }]);
    expect(found.subnets.map(({ id }) => id)).toEqual([subnet.id]);
    expect(found.routers.map(({ id }) => id)).toEqual([router.id]);
    expect(found.ports.map(({ id }) => id)).toEqual([port.id]);
    expect(found.floatingIps).toMatchObject([{ id: ip.id, address: ip.address, portId: port.id }]);
    const rules = found.groups[0]?.rules.filter(({ direction }) => direction === 'ingress');
    expect(rules).toHaveLength(2);
    expect(rules).toContainEqual(expect.objectContaining({ protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0' }));
    expect(rules).toContainEqual(expect.objectContaining({ remoteGroupId: group.id }));
    const ofRouter = await network.ports({ deviceId: router.id, networkId: net.id });
    expect(ofRouter).toMatchObject([{ deviceId: router.id, fixedIps: [{ address: '10.91.7.1' }] }]);

    await expect(network.createPort({ ...wanted, name: `${name}-2` }, tags)).rejects.toMatchObject({ code: 'port-in-use' });
    await expect(network.deleteNetwork(net.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(network.deleteRouter(router.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(network.deleteSecurityGroup(group.id)).rejects.toMatchObject({ code: 'conflict' });

    for (const again of [1, 2]) {
      await network.deleteFloatingIp(ip.id);
      await network.deletePort(port.id);
      await network.removeRouterInterface(router.id, subnet.id);
      await network.deleteRouter(router.id);
      await network.deleteSubnet(subnet.id);
      await network.deleteNetwork(net.id);
      await network.deleteSecurityGroup(group.id);
      expect(again).toBeLessThan(3); // twice: what is gone stays gone, and is no error
    }
    expect(await everything(cloud)).toEqual({ networks: [], subnets: [], routers: [], ports: [], groups: [], floatingIps: [] });
  });

  test('of ports that are asked for at once each is as it was asked for, and one that can’t be harms no other', async () => {
    const net = await cloud.network.createNetwork({ name }, tags);
    const subnet = await cloud.network.createSubnet({ name, networkId: net.id, cidr: '10.92.7.0/24', dnsServers: [] }, tags);
    const ask = (which: string, fixedIp?: string) =>
      cloud.network.createPort({ name: `${name}-${which}`, networkId: net.id, subnetId: subnet.id, fixedIp, securityGroupIds: [] }, tags);
    const [a, b, c] = await Promise.all([ask('a'), ask('b', '10.92.7.50'), ask('c')]);
    expect([a, b, c].map((port) => [port.name, port.deployment])).toEqual(['a', 'b', 'c'].map((which) => [`${name}-${which}`, runName]));
    expect(b.fixedIps).toEqual([{ subnetId: subnet.id, address: '10.92.7.50' }]);

    const [taken, free] = await Promise.allSettled([ask('d', '10.92.7.50'), ask('e')]);
    expect(taken).toMatchObject({ status: 'rejected', reason: { code: 'port-in-use' } });
    expect(free).toMatchObject({ status: 'fulfilled', value: { name: `${name}-e` } });

    const { ports } = await everything(cloud);
    expect(ports.map((port) => port.name).sort()).toEqual(['a', 'b', 'c', 'e'].map((which) => `${name}-${which}`));
    await Promise.all(ports.map(({ id }) => cloud.network.deletePort(id)));
    await cloud.network.deleteSubnet(subnet.id);
    await cloud.network.deleteNetwork(net.id);
  });

  test('a network that is not there is named as what is missing', async () => {
    const networkId = '11111111-2222-3333-4444-555555555555';
    const port = cloud.network.createPort({ name, networkId, securityGroupIds: [] }, tags);
    await expect(port).rejects.toMatchObject({
      code: 'network-not-found',
      upstream: { status: 404, requestId: expect.stringMatching(/^req-/) },
    });
  });
}

async function everything({ network }: Cloud) {
  const own = (one: { name: string }) => one.name.startsWith(name);
  return {
    networks: (await network.networks()).filter(own),
    subnets: (await network.subnets()).filter(own),
    routers: (await network.routers()).filter(own),
    ports: (await network.ports()).filter(own),
    groups: (await network.securityGroups()).filter(own),
    floatingIps: (await network.floatingIps()).filter(({ description }) => description.startsWith(name)),
  };
}
