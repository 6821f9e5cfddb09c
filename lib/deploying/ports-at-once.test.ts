import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Difference } from '@/lib/sandbox/testing/rig';
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

type Refusal = NonNullable<Difference['refuses']>[number];
const made = { afterCommit: true };
const overQuota = { NeutronError: { type: 'OverQuota', message: "Quota exceeded for resources: ['port'].", detail: '' } };

test.each<[string, Pick<Refusal, 'status' | 'body' | 'afterCommit'>]>([
  ['is made, and answered with a fault', { status: 500, ...made }],
  ['is made, and the connection is cut', { status: 'reset-after-commit' }],
  ['is refused', { status: 409, body: overQuota }],
  ['is refused, and made all the same', { status: 409, body: overQuota, ...made }],
  ['is not allowed for a moment', { status: 503 }],
])('where the one request for the ports of many machines %s, each has its own at the end, and none is left over', async (_, answer) => {
  const world = await RigWorld.at(store, { refuses: [{ service: 'network', method: 'POST', path: '/ports$', times: 1, ...answer }] });
  const id = await world.deploy(world.plan(undefined, 3));
  expect(await world.settle(id)).toBe('ready');
  const { ports, servers } = world.site.world.state;
  const ofNodes = ports.filter(({ name }) => name.includes('-port-'));
  expect(ofNodes.map(({ name }) => name.replace(/^\w+-/, '')).sort()).toEqual([
    'port-front',
    'port-worker-1',
    'port-worker-2',
    'port-worker-3',
  ]);
  // each on its own machine
  const names = new Map(servers.map((server) => [server.id, server.name.replace('server', 'port')]));
  expect(ofNodes.map(({ deviceId }) => names.get(deviceId))).toEqual(ofNodes.map(({ name }) => name));
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect(world.site.world.state.ports).toEqual([]);
  expect(world.faultsSeen).toEqual([]);
});
