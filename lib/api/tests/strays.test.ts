import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { shortId } from '@/lib/core/ids';
import { Secret } from '@/lib/core/secret';
import { needLedger } from '@/lib/deploying/ledger/load';
import { commit } from '@/lib/deploying/ledger/write';
import { failed } from '@/lib/deploying/passes/outcome';
import { vanished } from '@/lib/deploying/passes/problems';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import type { Entry } from '@/lib/desk/types';
import { runErrand } from '@/lib/keeping/errands';
import { dueStrayEnds } from '@/lib/keeping/strays/destroy';
import { dueStrayLooks, strayErrand } from '@/lib/keeping/strays/look';
import { connectCloud, listProjects } from '@/lib/openstack';
import type { Cloud } from '@/lib/openstack/types';
import type { Plan } from '@/lib/planning/types';
import { credentials } from '@/lib/sandbox/testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';
import { givePassword } from '../testing/leases';

const site = 'sandbox-europe';
const ann = { id: 'owner', provider: 'op', groups: [] };
let sandbox: TestSandbox;
let api: TestApi;
let cloud: Cloud;
let entry: Entry;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  let opened: Promise<Cloud> | undefined;
  // signed in to once: how long a busy machine takes for that is not what is asked here
  const connect: typeof connectCloud = (endpoint, auth, project) => (opened ??= connectCloud(endpoint, auth, project));
  api = await openTestApi({ sandboxUrl: sandbox.url, clock: sandbox.clock, sites: [], connectCloud: connect, listProjects });
  const credential = await givePassword(api, sandbox, site, 'europe');
  const known = await api.services.sites.find('owner', site);
  const { project } = await credentials(sandbox.url, 'europe');
  if (!known) throw new Error('no site');
  entry = { site: known, project, credential };
  cloud = await api.services.desk.enter(ann, entry, 600_000);
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});
beforeEach(async () => {
  for (const table of ['deployments', 'stray_looks'] as const) await api.store.db.deleteFrom(table).execute();
});

/** A deployment of the owner's at the site, of which nothing was made by itself here. */
async function deployment(change: { deleted?: boolean } = {}): Promise<string> {
  const text = JSON.stringify(clusterPlan(1, site)).replaceAll(/"project":"[^"]*"/g, `"project":"${entry.project.id}"`);
  const plan = JSON.parse(text.replaceAll(/"credential":"[^"]*"/g, `"credential":"${entry.credential}"`)) as Plan; // as it was written a line before
  const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Old', request, plan });
  const { db } = api.store;
  if (change.deleted) {
    await db
      .updateTable('deployments')
      .set({ state: 'deleted', wanted: 'deleted', deleted_at: sandbox.clock.now() })
      .where('id', '=', id)
      .execute();
    await db.updateTable('resources').set({ phase: 'gone', wanted: 'absent' }).where('deployment_id', '=', id).execute();
  }
  return id;
}

/** A server on a network of its own with a volume and a public address, named and tagged as a deployment's. */
async function everything(id: string, of = id) {
  const named = (key: string) => ({ name: `${shortId(of)}-${key}` });
  const tagged = (key: string) => ({ deployment: id, key });
  const { network, compute, blockStorage, image } = cloud;
  const outside = (await network.networks()).find(({ external }) => external)?.id ?? '';
  const group = await network.createSecurityGroup(named('securityGroup'), tagged('securityGroup'));
  const net = await network.createNetwork(named('network'), tagged('network'));
  const subnet = await network.createSubnet(
    { ...named('subnet'), networkId: net.id, cidr: '10.9.0.0/24', dnsServers: [] },
    tagged('subnet'),
  );
  const router = await network.createRouter({ ...named('router'), externalNetworkId: outside }, tagged('router'));
  await network.addRouterInterface(router.id, subnet.id);
  const port = await network.createPort(
    { ...named('port-front'), networkId: net.id, subnetId: subnet.id, securityGroupIds: [group.id] },
    tagged('port-front'),
  );
  const volume = await blockStorage?.createVolume({ ...named('volume'), sizeGiB: 1 }, tagged('volume'));
  await compute.createKeyPair(named('keyPair').name, 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUeDGvkZK7n0ikeqYk1nXxzVHzBLhOzIg6jHfLpQw3E t');
  const address = await network.createFloatingIp(
    { description: named('floatingIp-front').name, externalNetworkId: outside, portId: port.id },
    tagged('floatingIp-front'),
  );
  const { id: server } = await compute.createServer({
    ...named('server-front'),
    flavorId: (await compute.flavors()).find(({ name }) => name.startsWith('m1.small'))?.id ?? '',
    imageId: (await image.images())[0]?.id ?? '',
    portIds: [port.id],
    keyPair: named('keyPair').name,
    userData: new Secret(Buffer.from('#!/bin/sh\n')),
    volumeIds: [],
    metadata: { 'transat:deployment': id },
  });
  return { server, port: port.id, volume: volume?.id ?? '', address: address.id };
}

/** What workers do: all errands that are due. */
async function errands(): Promise<void> {
  for (const { errand } of await dueStrayLooks(api.services)) await runErrand(api.services, errand);
  for (const place of await dueStrayEnds(api.services)) await runErrand(api.services, strayErrand('stray-end', place));
}
const strays = async (who = api.as.owner) => (await api.call('GET', '/strays', who)).json;
const act = (action: string, ids: string[], who = api.as.owner) => api.call('POST', '/strays/actions', who, { action, ids });

test('what a deleted deployment left is found, destroyed in order when that is asked for, and gone by the site’s own lists', async () => {
  const made = await everything(await deployment({ deleted: true }));
  await errands();
  const { items, looks } = await strays();
  expect(looks).toMatchObject([{ site, looking: false, problem: null, at: expect.any(String) }]);
  expect(items.map(({ kind, state }: { kind: string; state: string }) => `${kind} ${state}`).sort()).toEqual(
    ['floatingIp', 'keyPair', 'network', 'port', 'router', 'securityGroup', 'server', 'subnet', 'volume'].map((kind) => `${kind} found`),
  );
  expect((await strays(api.as.stranger)).items).toEqual([]);
  // nothing goes by itself
  await errands();
  expect(await cloud.compute.server(made.server)).not.toBeNull();
  const ids = items.map(({ id }: { id: string }) => id);
  expect((await act('destroy', ids)).status).toBe(202);
  for (let round = 0; round < 12; round++) {
    await errands();
    await sandbox.pass(20);
  }
  expect(new Set((await strays()).items.map(({ state }: { state: string }) => state))).toEqual(new Set(['gone']));
  expect(await cloud.compute.server(made.server)).toBeNull();
  expect((await cloud.network.ports()).some(({ id }) => id === made.port)).toBe(false);
  expect((await cloud.network.floatingIps()).some(({ id }) => id === made.address)).toBe(false);
  expect((await cloud.blockStorage?.volumes())?.some(({ id }) => id === made.volume)).toBe(false);
});

test('what another installation made, what a deployment has, and what is only called like it is not listed', async () => {
  const gone = await deployment({ deleted: true });
  await everything('dep_zzzzzzzz000000000000', gone);
  const living = await deployment();
  const volume = await cloud.blockStorage?.createVolume(
    { name: `${shortId(living)}-volume`, sizeGiB: 1 },
    { deployment: living, key: 'volume' },
  );
  const { db } = api.store;
  await db
    .updateTable('resources')
    .set({ phase: 'ready', cloud_id: volume?.id })
    .where('deployment_id', '=', living)
    .where('key', '=', 'volume')
    .execute();
  await db.updateTable('deployments').set({ state: 'ready' }).where('id', '=', living).execute();
  await cloud.network.createSecurityGroup({ name: `${shortId(gone)}-mine` }, { deployment: '', key: '' });
  await errands();
  // a key pair has nothing beside its name
  expect((await strays()).items.map(({ kind }: { kind: string }) => kind)).toEqual(['keyPair']);
});

test('what a deployment has lost is told of with its name at the site, and since when, whatever is written of it later', async () => {
  const id = await deployment();
  const { ports } = api.services;
  const { db } = api.store;
  const ofVolume = () => db.updateTable('resources').where('deployment_id', '=', id).where('key', '=', 'volume');
  await ofVolume().set({ phase: 'ready', cloud_id: 'v-1' }).execute();
  const ledger = await needLedger(db, id);
  const volume = ledger.resources.find(({ key }) => key === 'volume');
  if (!volume) throw new Error('no volume');
  const since = sandbox.clock.now().toISOString();
  expect(await commit(ports, ledger, [failed(ledger, volume, vanished(volume), true)])).toBe(true);
  const later = new Date(Date.parse(since) + 3_600_000);
  await ofVolume().set({ updated_at: later }).execute();
  expect((await strays()).lost).toEqual([{ deployment: { id, name: 'Old' }, key: 'volume', kind: 'volume', site, cloudId: 'v-1', since }]);
  expect((await strays(api.as.stranger)).lost).toEqual([]);
});

test('what came late is taken up by its deployment, which goes on with it', async () => {
  const id = await deployment();
  const { db } = api.store;
  await db
    .updateTable('resources')
    .set({ phase: 'failed', problem: JSON.stringify({ code: 'deadline-passed', title: 'x' }) })
    .where('deployment_id', '=', id)
    .where('key', '=', 'volume')
    .execute();
  await db.updateTable('deployments').set({ state: 'failed' }).where('id', '=', id).execute();
  const volume = await cloud.blockStorage?.createVolume({ name: `${shortId(id)}-volume`, sizeGiB: 1 }, { deployment: id, key: 'volume' });
  await errands();
  const [stray] = (await strays()).items;
  expect(stray).toMatchObject({ kind: 'volume', adoptable: true, deployment: { id, deletedAt: null } });
  expect((await act('adopt', [stray.id])).status).toBe(202);
  expect((await strays()).items).toEqual([]);
  const row = await db
    .selectFrom('resources')
    .select(['phase', 'cloud_id', 'problem'])
    .where('deployment_id', '=', id)
    .where('key', '=', 'volume')
    .executeTakeFirst();
  expect(row).toEqual({ phase: 'waiting', cloud_id: volume?.id, problem: null });
});

test('one that is ignored stays so from look to look, until it is heeded; another person can’t do anything to it', async () => {
  await everything(await deployment({ deleted: true }));
  await errands();
  const [{ id }] = (await strays()).items;
  const stateOf = async () => (await strays()).items.find((one: { id: string }) => one.id === id)?.state;
  expect((await act('destroy', [id], api.as.stranger)).status).toBe(404);
  expect((await act('ignore', [id])).status).toBe(202);
  expect((await api.call('POST', '/strays/look', api.as.owner)).status).toBe(202);
  await errands();
  expect(await stateOf()).toBe('ignored');
  await act('heed', [id]);
  expect(await stateOf()).toBe('found');
});

test('a project is looked through once a day, and sooner after one that could not be', async () => {
  await deployment({ deleted: true });
  expect(await dueStrayLooks(api.services)).toHaveLength(1);
  const { enter } = api.services.desk;
  api.services.desk.enter = async () => {
    throw new AppError({ code: 'site-unreachable', title: 'It does not answer' });
  };
  await errands();
  api.services.desk.enter = enter;
  expect((await strays()).looks).toMatchObject([{ at: null, problem: { code: 'site-unreachable' } }]);
  expect(await dueStrayLooks(api.services)).toEqual([]);
  sandbox.clock.advance(3_600_000);
  await errands();
  expect((await strays()).looks).toMatchObject([{ at: expect.any(String), problem: null }]);
  sandbox.clock.advance(23 * 3_600_000);
  expect(await dueStrayLooks(api.services)).toEqual([]);
  sandbox.clock.advance(3_600_000);
  expect(await dueStrayLooks(api.services)).toHaveLength(1);
});
