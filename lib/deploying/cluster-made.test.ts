import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { nameOf } from './ledger/names';
import { requestAction } from './requests/request-action';
import type { Fault } from './testing/fake-cloud';
import type { Thing } from './testing/fake-things';
import { clusterPlan } from './testing/fixture-plan';
import { World } from './testing/world';

let store: Store;
let world: World;
let id: string;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  world = new World(store);
  id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('ready');
});

const ofOurs = (kind: string, key: string) => world.cloud.ofKind(kind).find(({ name }) => name === nameOf(id, key))?.id ?? '';
const plant = (thing: Partial<Thing> & { id: string; kind: string }) => world.cloud.things.set(thing.id, { name: '', madeAt: 0, ...thing });
const isThere = (...ids: string[]) => ids.filter((one) => world.cloud.things.has(one));

/** What Kubernetes makes for a service that is balanced, with its floating IP, and for a claim; and what somebody attached by hand. */
function cluster() {
  const subnetId = ofOurs('subnet', 'subnet');
  const server = ofOurs('server', 'server-worker-1');
  plant({ id: 'vip', kind: 'port', deviceId: 'lb-1', owner: 'Octavia', subnetId, networkId: ofOurs('network', 'network') });
  plant({ id: 'lb', kind: 'loadBalancer', name: 'kube_service_kubernetes_default_web', subnetId, portId: 'vip' });
  plant({
    id: 'lbip-9',
    kind: 'floatingIp',
    name: 'Floating IP for Kubernetes external service default/web from cluster kubernetes',
    portId: 'vip',
  });
  plant({ id: 'claimed', kind: 'volume', name: 'pvc-1', on: [server], claim: { name: 'shop/data', cluster: 'kubernetes' } });
  plant({ id: 'theirs', kind: 'volume', name: 'photos', on: [server] });
}
const remove = (confirm?: string) =>
  requestAction(world.ports, id, { action: 'delete', ...(confirm !== undefined && { claims: { confirm } }) });
const noted = async (word: RegExp) => (await world.events(id)).filter((line) => word.test(line));

test('what the cluster made goes first, its claims’ volumes where that was said, and nothing that is not surely its', async () => {
  cluster();
  const order: string[] = [];
  world.cloud.faults = (call) => {
    if (call.startsWith('delete')) order.push(call);
    return undefined;
  };
  await remove('Test');
  expect(await world.settle(id)).toBe('deleted');
  expect(isThere('lb', 'vip', 'lbip-9', 'claimed', 'theirs')).toEqual(['theirs']);
  const first = (call: string) => order.indexOf(call);
  expect(first('deleteLoadBalancer')).toBeLessThan(first('deleteServer'));
  expect(first('deleteServer')).toBeLessThan(first('deleteVolume'));
  expect(await noted(/Found|stays/)).toEqual([
    'Found, and goes first: Load balancer of the cluster: kube_service_kubernetes_default_web',
    'Found, and goes first: Floating IP of a load balancer of the cluster: 192.0.2.9',
    'Found, and goes first: Volume of the claim shop/data: 1 GiB',
    'The volume photos stays at lab: it was attached to server-worker-1 by somebody, and is not of this deployment',
  ]);
  expect(await noted(/is gone from.*/)).toContain('The load balancer kube_service_kubernetes_default_web is gone from lab');
});

test('volumes of claims stay where it was not said that they are to go', async () => {
  cluster();
  await remove();
  expect(await world.settle(id)).toBe('deleted');
  expect(isThere('lb', 'claimed', 'theirs')).toEqual(['claimed', 'theirs']);
  expect(await noted(/claim/)).toEqual(['The volume pvc-1 of the claim shop/data stays at lab: it was not said that it is to go']);
});

test('data goes only where the name was typed', async () => {
  await expect(remove('test')).rejects.toMatchObject({ code: 'invalid-input', fields: [{ path: 'confirm' }] });
  expect(await world.state(id)).toBe('ready');
});

test.each<[string, string, Fault, number]>([
  ['a refusal for a while', 'deleteLoadBalancer', 'busy', 3],
  ['a lost answer', 'deleteLoadBalancer', 'cut', 1],
  ['a request that did not arrive', 'deleteLoadBalancer', 'lost', 1],
  ['a worker that is killed as it asks', 'deleteLoadBalancer', 'kill', 1],
  ['a worker that is killed as it looks', 'loadBalancers', 'kill', 1],
  ['a look that fails', 'loadBalancers', 'lost', 3],
  ['a list of volumes that fails', 'volumes', 'lost', 3],
  ['a lost answer of a volume', 'deleteVolume', 'cut', 1],
  ['a floating IP’s', 'deleteFloatingIp', 'cut', 2],
])('all that the cluster made goes in spite of %s', async (_what, call, fault, times) => {
  cluster();
  const made = world.cloud.calls.get(call) ?? 0;
  world.cloud.faults = (name, count) => (name === call && count > made && count <= made + times ? fault : undefined);
  await remove('Test');
  expect(await world.settle(id)).toBe('deleted');
  expect(isThere('lb', 'vip', 'lbip-9', 'claimed', 'theirs')).toEqual(['theirs']);
  expect(world.cloud.ours(nameOf(id, ''))).toEqual([]);
});

test('a site that does not list load balancers keeps nobody’s machines: it is said, and the network waits for what is on it', async () => {
  cluster();
  world.cloud.faults = (call) => (call === 'loadBalancers' ? 'lost' : undefined);
  await remove('Test');
  expect(await world.settle(id)).toBe('failed');
  expect(world.cloud.ofKind('server')).toEqual([]);
  expect(await noted(/could not be looked for/)).toEqual([
    'What a cluster may have made at lab could not be looked for: what it made stays there',
  ]);
  world.cloud.faults = () => undefined;
  await remove('Test');
  expect(await world.settle(id)).toBe('deleted');
  expect(isThere('lb', 'vip', 'lbip-9')).toEqual([]);
});

test('what comes on the subnet after the look is found when the subnet can’t go', async () => {
  await remove();
  world.cloud.faults = (call, count) => {
    if (call === 'deletePort' && count === 1) cluster();
    return undefined;
  };
  expect(await world.settle(id)).toBe('deleted');
  expect(isThere('lb', 'vip', 'lbip-9')).toEqual([]);
});

test('somebody else’s port on the network is named, and left', async () => {
  plant({ id: 'port-7', kind: 'port', name: 'theirs', deviceId: 'x', owner: 'compute:nova', networkId: ofOurs('network', 'network') });
  await remove();
  expect(await world.settle(id)).toBe('failed');
  expect(isThere('port-7')).toEqual(['port-7']);
  expect(await noted(/theirs/)).toEqual([
    'The port theirs stays at lab, and with it the network that it is on: it is not of this deployment',
  ]);
});
