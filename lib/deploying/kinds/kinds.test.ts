import { describe, expect, test } from 'vitest';
import type { Cloud } from '@/lib/openstack/types';
import type { ResourceSpec } from '@/lib/planning/types';
import { isBorrowed, isOffered, kindOf, nodeOf } from './index';
import type { KindName } from './types';

const lease: ResourceSpec = { kind: 'lease', start: 'now', end: '2030-01-02T00:00:00Z', hosts: 1 };
const router: ResourceSpec = { kind: 'router', externalNetworkId: 'ext', subnet: 'subnet' };
const server: ResourceSpec = {
  kind: 'server',
  node: 'front',
  flavorId: 'f',
  imageId: 'i',
  ports: [],
  volumes: [],
  keyPair: 'keyPair',
  alternatives: [],
};

describe('whether a site has the service of a kind', () => {
  const cloud = (services: { reservation?: object; blockStorage?: object }) =>
    ({ reservation: null, blockStorage: null, ...services }) as unknown as Cloud;
  test.each<[KindName, string, Cloud, boolean]>([
    ['lease', 'leases', cloud({ reservation: {} }), true],
    ['lease', 'no leases', cloud({ blockStorage: {} }), false],
    ['volume', 'volumes', cloud({ blockStorage: {} }), true],
    ['volume', 'no volumes', cloud({ reservation: {} }), false],
    ['server', 'neither', cloud({}), true],
    ['network', 'neither', cloud({}), true],
  ])('a %s, of a site that has %s', (kind, _has, site, offered) => expect(isOffered(kind, site)).toBe(offered));
});

test.each<[string, ResourceSpec, boolean]>([
  ['a lease that it makes', lease, false],
  ['a lease that was there', { ...lease, held: { id: 'l', reservation: 'r' } }, true],
  ['a router that it makes', router, false],
  ['a router that was there', { ...router, held: 'r' }, true],
  ['a server', server, false],
])('what is there without us stays: %s', (_name, spec, borrowed) => expect(isBorrowed(spec)).toBe(borrowed));

test.each<[ResourceSpec, string | undefined]>([
  [server, 'front'],
  [{ kind: 'volume', sizeGiB: 1 }, undefined],
])('a node runs on a server alone', (spec, node) => expect(nodeOf(spec)).toBe(node));

test.each<[KindName, string]>([
  ['keyPair', 'key pair'],
  ['network', 'network'],
  ['subnet', 'subnet'],
  ['router', 'router'],
  ['securityGroup', 'security group'],
  ['securityRule', 'security group rule'],
  ['port', 'port'],
  ['volume', 'volume'],
  ['floatingIp', 'floating IP'],
  ['lease', 'lease'],
  ['server', 'server'],
])('a %s is called a %s', (name, label) => expect(kindOf(name).label).toBe(label));
