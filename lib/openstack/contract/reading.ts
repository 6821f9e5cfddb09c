import { beforeAll, expect, test } from 'vitest';
import type { Cloud } from '../types';
import { type ContractSubject, signedIn } from './subject';

export function reading(subject: ContractSubject): void {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await signedIn(subject);
  });
  const limit = { limit: expect.toSatisfy((value) => value === null || Number.isInteger(value)), used: expect.any(Number) };

  test('flavors, with their sizes and extra specs', async () => {
    const flavors = await cloud.compute.flavors();
    expect(flavors.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(subject.flavors).flat()));
    for (const flavor of flavors) {
      expect(flavor.vcpus).toBeGreaterThan(0);
      expect(flavor.ramMiB).toBeGreaterThan(0);
      expect(flavor.extraSpecs).toBeTypeOf('object');
    }
  });

  test('images, with what tells their system', async () => {
    const image = (await cloud.image.images()).find(({ properties }) => properties.os_distro === subject.imageDistro);
    expect(image).toMatchObject({ status: 'active', minDiskGiB: expect.any(Number), properties: { os_version: expect.any(String) } });
    expect(Number.isNaN(Date.parse(image?.createdAt ?? ''))).toBe(false);
  });

  test('networks: one leads outside, and has a subnet', async () => {
    const [external] = await cloud.network.networks({ name: subject.externalNetwork });
    expect(external).toMatchObject({ name: subject.externalNetwork, external: true });
    expect(external?.subnetIds).not.toEqual([]);
    expect(await cloud.network.networks({ name: 'no-network-of-this-name' })).toEqual([]);
  });

  test('limits and quotas, with what is used', async () => {
    expect(await cloud.compute.limits()).toEqual({ cores: limit, ramMiB: limit, instances: limit, keyPairs: limit });
    expect(await cloud.network.quotas()).toEqual({
      networks: limit,
      subnets: limit,
      routers: limit,
      ports: limit,
      floatingIps: limit,
      securityGroups: limit,
      securityGroupRules: limit,
    });
    expect(await cloud.blockStorage?.limits()).toEqual({ volumes: limit, volumeGiB: limit });
  });

  test('zones, volume types and extensions', async () => {
    expect(await cloud.compute.availabilityZones()).toContain('nova');
    expect(await cloud.blockStorage?.volumeTypes()).not.toEqual([]);
    expect(await cloud.network.extensions()).toEqual(expect.arrayContaining(['router', 'security-group']));
  });

  test('what is not there is null, or gone already', async () => {
    expect(await cloud.compute.server('11111111-2222-3333-4444-555555555555')).toBeNull();
    const id = '11111111-2222-3333-4444-555555555555';
    await cloud.compute.deleteServer(id);
    await cloud.compute.deleteKeyPair('no-such-key-pair');
    await cloud.network.deletePort(id);
    await cloud.network.deleteFloatingIp(id);
    await cloud.network.deleteRouter(id);
    await cloud.network.deleteSubnet(id);
    await cloud.network.deleteNetwork(id);
    await cloud.network.deleteSecurityGroup(id);
    await cloud.network.removeRouterInterface(id, id);
    await cloud.blockStorage?.deleteVolume(id);
  });
}
