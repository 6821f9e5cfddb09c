import { expect, test } from 'vitest';
import type { CloudFloatingIp, CloudLoadBalancer, CloudPort, CloudVolume } from '@/lib/openstack/types';
import { judge, type Own, type Surroundings } from './cluster-made';

const own: Own = {
  deployment: 'dep_1',
  servers: new Map([
    ['s1', 'server-1'],
    ['s2', 'server-2'],
  ]),
  subnets: new Map([['sub', 'subnet']]),
  networks: new Map([['net', 'network']]),
  ids: new Set(['s1', 's2', 'sub', 'net', 'mine', 'port']),
};
const balancer = (more: Partial<CloudLoadBalancer> = {}): CloudLoadBalancer => ({
  id: 'lb',
  name: 'kube_service_kubernetes_default_web',
  status: 'ACTIVE',
  subnetId: 'sub',
  portId: 'vip',
  address: '10.0.0.9',
  ...more,
});
const words = 'Floating IP for Kubernetes external service default/web from cluster kubernetes';
const ip = (more: Partial<CloudFloatingIp> = {}): CloudFloatingIp => ({
  id: 'ip',
  description: words,
  address: '192.0.2.1',
  status: 'ACTIVE',
  portId: 'vip',
  ...more,
});
const volume = (more: Partial<CloudVolume> = {}): CloudVolume => ({
  id: 'vol',
  name: 'pvc-1',
  status: 'in-use',
  sizeGiB: 2,
  claim: { name: 'shop/data', cluster: 'kubernetes' },
  attachments: [{ serverId: 's1' }],
  ...more,
});
const port = (more: Partial<CloudPort> = {}): CloudPort => ({
  id: 'p1',
  name: 'theirs',
  status: 'ACTIVE',
  networkId: 'net',
  deviceId: 'x',
  deviceOwner: 'compute:nova',
  fixedIps: [],
  ...more,
});
const seeing = (more: Partial<Surroundings>) => {
  const { made, left } = judge(own, { loadBalancers: [], floatingIps: [], volumes: [], ports: [], ...more });
  return { made: made.map(({ id }) => id), left: left.map(({ id, why, at }) => [id, why, at]) };
};

test.each<[string, Partial<Surroundings>, string[]]>([
  ['a load balancer of a service, on a subnet of ours', { loadBalancers: [balancer()] }, ['lb']],
  ['one of an ingress', { loadBalancers: [balancer({ name: 'kube_ingress_k_default_web' })] }, ['lb']],
  ['its floating IP', { loadBalancers: [balancer()], floatingIps: [ip()] }, ['lb', 'ip']],
  ['a volume of a claim on our server', { volumes: [volume()] }, ['vol']],
  ['one on several of ours', { volumes: [volume({ attachments: [{ serverId: 's1' }, { serverId: 's2' }] })] }, ['vol']],
  [
    'one on none, of a cluster that is called as the deployment is',
    { volumes: [volume({ attachments: [], claim: { cluster: 'dep_1' } })] },
    ['vol'],
  ],
])('the cluster has made %s', (_what, seen, made) => {
  expect(seeing(seen)).toEqual({ made, left: [] });
});

test.each<[string, Partial<Surroundings>, unknown[]]>([
  [
    'a load balancer that somebody made by hand on our subnet',
    { loadBalancers: [balancer({ name: 'web' })] },
    [['lb', 'unknown', 'subnet']],
  ],
  ['one whose name says only what it begins like', { loadBalancers: [balancer({ name: 'kube_service_' })] }, [['lb', 'unknown', 'subnet']]],
  ['a volume without a claim on our server', { volumes: [volume({ claim: undefined })] }, [['vol', 'unknown', 'server-1']]],
  [
    'one that a server of others has, too',
    { volumes: [volume({ attachments: [{ serverId: 's1' }, { serverId: 'x' }] })] },
    [['vol', 'shared', 'server-1']],
  ],
  ['a port of others on our network', { ports: [port()] }, [['p1', 'unknown', 'network']]],
])('what stays, and is told: %s', (_what, seen, left) => {
  expect(seeing(seen)).toEqual({ made: [], left });
});

test.each<[string, Partial<Surroundings>]>([
  ['a load balancer of the same name on somebody else’s subnet', { loadBalancers: [balancer({ subnetId: 'other' })] }],
  ['one that the ledger has already', { loadBalancers: [balancer({ id: 'mine' })] }],
  ['a floating IP of no load balancer of the cluster’s', { floatingIps: [ip()] }],
  [
    'a floating IP that goes to no port',
    { loadBalancers: [balancer({ subnetId: 'other', portId: '' })], floatingIps: [ip({ portId: '' })] },
  ],
  ['a volume that the ledger has', { volumes: [volume({ id: 'mine' })] }],
  ['one that is noted to be of another deployment', { volumes: [volume({ deployment: 'dep_2' })] }],
  ['a claim’s on somebody else’s server', { volumes: [volume({ attachments: [{ serverId: 'x' }] })] }],
  ['a claim’s on none, in a project of other clusters', { volumes: [volume({ attachments: [] })] }],
  ['what a server boots from', { volumes: [volume({ claim: undefined, boots: true })] }],
  ['a port of ours', { ports: [port({ id: 'port' })] }],
  ['a port that Nova made for our server', { ports: [port({ deviceId: 's1' })] }],
  ['a port on somebody else’s network', { ports: [port({ networkId: 'other' })] }],
  ['a port of DHCP', { ports: [port({ deviceOwner: 'network:dhcp' })] }],
  ['the ports of Octavia', { ports: [port({ deviceOwner: 'Octavia' }), port({ name: 'octavia-lb-vrrp-1' })] }],
])('of no concern: %s', (_what, seen) => {
  expect(seeing(seen)).toEqual({ made: [], left: [] });
});

test('a floating IP that somebody had the cluster use stays', () => {
  const floatingIps = [ip({ description: 'ours for years' }), ip({ id: 'ip2', deployment: 'dep_2' })];
  expect(seeing({ loadBalancers: [balancer()], floatingIps })).toEqual({
    made: ['lb'],
    left: floatingIps.map(({ id }) => [id, 'unknown', 'kube_service_kubernetes_default_web']),
  });
});

test('of a claim’s volume on no server it is told where the cluster has made others', () => {
  expect(seeing({ volumes: [volume(), volume({ id: 'loose', attachments: [] })] })).toEqual({
    made: ['vol'],
    left: [['loose', 'loose', '']],
  });
});
