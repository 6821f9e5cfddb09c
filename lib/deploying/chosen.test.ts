import { afterAll, beforeAll, expect, test, vi } from 'vitest';
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

test('a router that is there already is used, and left without a leg in what goes when the deployment is deleted', async () => {
  const world = await RigWorld.at(store, { quotas: { router: 1 } });
  const [place] = world.plan().resources;
  const { network } = await world.ports.openCloud('owner', place ?? expect.fail());
  const [pool] = (await network.networks()).filter(({ external }) => external);
  const theirs = await network.createRouter({ name: 'the-one', externalNetworkId: pool?.id ?? '' }, { deployment: 'd', key: 'k' });
  const plan = world.plan((text) =>
    text.replace('"kind":"router","externalNetworkId"', `"kind":"router","held":"${theirs.id}","externalNetworkId"`),
  );
  const id = await world.deploy(plan);
  expect(await world.settle(id)).toBe('ready');
  const legs = async () =>
    (await network.ports({ deviceId: theirs.id })).filter(({ deviceOwner }) => deviceOwner !== 'network:router_gateway');
  expect(await legs()).toHaveLength(1);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect(await legs()).toEqual([]);
  expect((await network.routers()).map(({ name }) => name)).toEqual(['the-one']);
  expect((await network.subnets()).filter(({ name }) => name.startsWith(id.slice(0, 3)))).toEqual([]);
  expect(world.faultsSeen).toEqual([]);
});

test('a machine whose flavor has no disk is made with a volume to boot from', async () => {
  const world = await RigWorld.at(store, { has: ({ flavors }) => ({ flavors: flavors.map((flavor) => ({ ...flavor, diskGiB: 0 })) }) });
  const id = await world.deploy(
    world.plan((text) => text.replace('"alternatives"', '"bootVolumeGiB":20,"configDrive":true,"alternatives"')),
  );
  expect(await world.settle(id)).toBe('ready');
  expect(world.faultsSeen).toEqual([]);
});
