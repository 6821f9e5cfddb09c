import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runPass } from '@/lib/deploying/passes/pass';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { connectCloud, listProjects } from '@/lib/openstack';
import type { Cloud } from '@/lib/openstack/types';
import type { Plan } from '@/lib/planning/types';
import { type Connected, connect } from '@/lib/sandbox/testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';
import { givePassword } from '../testing/leases';

const site = 'sandbox-europe';
let sandbox: TestSandbox;
let api: TestApi;
/** as the deployment's owner sees it, and as the cluster that runs on it */
let cloud: Cloud;
let europe: Connected;
let id: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  let opened: Promise<Cloud> | undefined;
  const once: typeof connectCloud = (endpoint, auth, project) => (opened ??= connectCloud(endpoint, auth, project));
  api = await openTestApi({ sandboxUrl: sandbox.url, clock: sandbox.clock, sites: [], connectCloud: once, listProjects });
  europe = await connect(sandbox.url, 'europe', 'password');
});
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});

/** A deployment whose machines run, and what the cluster on them has made itself. */
beforeEach(async () => {
  await europe.admin('POST', '/_reset', {});
  europe = await connect(sandbox.url, 'europe', 'password');
  const credential = await givePassword(api, sandbox, site, 'europe');
  const known = await api.services.sites.find('owner', site);
  if (!known) throw new Error('no site');
  const entry = { site: known, project: { id: europe.project, name: '' }, credential };
  cloud = await api.services.desk.enter({ id: 'owner', provider: 'op', groups: [] }, entry, 600_000);
  Object.assign(api.services.ports, { openCloud: async () => cloud });
  id = await deployed(credential);
  await passes(() => made('server').then((servers) => servers.length === 2 && servers.every(({ status }) => status === 'ACTIVE')));
});

async function deployed(credential: string): Promise<string> {
  const { network, compute, image } = cloud;
  const known: Record<string, string | undefined> = {
    ext: (await network.networks()).find(({ external }) => external)?.id,
    f: (await compute.flavors()).find(({ name }) => name.startsWith('m1.small'))?.id,
    i: (await image.images())[0]?.id,
  };
  const plan = JSON.stringify(clusterPlan(1, site))
    .replaceAll(
      /"(externalNetworkId|flavorId|imageId)":"(\w+)"/g,
      (_, field: string, value: string) => `"${field}":"${known[value] ?? known.f}"`,
    )
    .replaceAll(/"project":"[^"]*"/g, `"project":"${europe.project}"`)
    .replaceAll(/"credential":"[^"]*"/g, `"credential":"${credential}"`);
  const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  // as it was written a line before
  return (await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Shop', request, plan: JSON.parse(plan) as Plan }))
    .id;
}

async function passes(until: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 60; round++) {
    await runPass(api.services.ports, id);
    if (await until()) return;
    await sandbox.pass(2);
  }
  throw new Error(
    `no end: ${JSON.stringify(await api.store.db.selectFrom('resources').select(['key', 'phase', 'problem']).where('deployment_id', '=', id).execute())}`,
  );
}
const isDeleted = async () =>
  (await api.store.db.selectFrom('deployments').select('state').where('id', '=', id).executeTakeFirst())?.state === 'deleted';
const made = async (kind: 'server') =>
  (await cloud.compute.servers({})).filter(({ metadata }) => kind === 'server' && metadata['transat:deployment'] === id);
const rowOf = async (key: string) =>
  (await api.store.db.selectFrom('resources').select('cloud_id').where('deployment_id', '=', id).where('key', '=', key).executeTakeFirst())
    ?.cloud_id ?? '';

/** As openstack-cloud-controller-manager and the Cinder CSI driver make them. */
async function clusterAtWork() {
  const balancer = await europe.balancing('POST', '/lbaas/loadbalancers', {
    loadbalancer: { name: 'kube_service_kubernetes_default_web', vip_subnet_id: await rowOf('subnet') },
  });
  expect(balancer.status).toBe(201);
  const { id: lb, vip_port_id: port } = balancer.body.loadbalancer;
  const description = 'Floating IP for Kubernetes external service default/web from cluster kubernetes';
  const outside = (await cloud.network.networks()).find(({ external }) => external)?.id;
  const ip = await europe.network('POST', '/floatingips', { floatingip: { floating_network_id: outside, port_id: port, description } });
  expect(ip.status).toBe(201);
  const claim = await volume('pvc-1', {
    'cinder.csi.openstack.org/cluster': 'kubernetes',
    'csi.storage.k8s.io/pvc/name': 'data',
    'csi.storage.k8s.io/pvc/namespace': 'shop',
  });
  const photos = await volume('photos');
  await sandbox.pass(5);
  return { lb, ip: ip.body.floatingip.id, claim, photos };
}
async function volume(name: string, metadata = {}): Promise<string> {
  const { id: volumeId } = (await europe.volume('POST', '/volumes', { volume: { name, size: 1, metadata } })).body.volume;
  await sandbox.pass(2);
  const answer = await europe.compute('POST', `/servers/${await rowOf('server-worker-1')}/os-volume_attachments`, {
    volumeAttachment: { volumeId },
  });
  expect(answer.status).toBe(200);
  return volumeId;
}
const standing = async () => ({
  balancers: (await cloud.loadBalancing?.loadBalancers())?.length,
  addresses: (await cloud.network.floatingIps()).length,
  volumes: (await cloud.blockStorage?.volumes())?.map(({ name }) => name).sort(),
});

test('a deletion says before what the cluster has made and what stays, and takes that along: volumes of claims where the name was typed', async () => {
  const things = await clusterAtWork();
  const { json } = await api.call('GET', `/deployments/${id}/deletion`, api.as.owner);
  expect(json).toEqual({
    made: [
      { site, kind: 'loadBalancer', id: things.lb, name: 'kube_service_kubernetes_default_web' },
      { site, kind: 'floatingIp', id: things.ip, name: expect.any(String) },
      { site, kind: 'volume', id: things.claim, name: 'pvc-1', claim: 'shop/data', sizeGiB: 1 },
    ],
    left: [{ site, kind: 'volume', id: things.photos, name: 'photos', why: 'unknown', at: 'server-worker-1' }],
    unread: [],
  });
  const refused = await api.call('DELETE', `/deployments/${id}?claims=delete&confirm=shop`, api.as.owner);
  expect([refused.status, refused.json.code, refused.json.errors?.[0]?.path ?? refused.json.fields?.[0]?.path]).toEqual([
    422,
    'invalid-input',
    'confirm',
  ]);
  expect((await api.call('DELETE', `/deployments/${id}?claims=delete&confirm=Shop`, api.as.owner)).status).toBe(202);
  await passes(isDeleted);
  expect(await standing()).toEqual({ balancers: 0, addresses: 0, volumes: ['photos'] });
});

test('without that word volumes of claims stay, and the load balancer, which is nobody’s data, goes', async () => {
  await clusterAtWork();
  expect((await api.call('DELETE', `/deployments/${id}`, api.as.owner)).status).toBe(202);
  await passes(isDeleted);
  expect(await standing()).toEqual({ balancers: 0, addresses: 0, volumes: ['photos', 'pvc-1'] });
});

test.each([
  ['refused for a while', { status: 503 }, 2],
  ['carried out and its answer lost', { status: 'reset-after-commit' }, 1],
])('a load balancer’s deletion that is %s', async (_what, answer, times) => {
  await clusterAtWork();
  await europe.admin('POST', '/_faults', { match: { service: 'load-balancer', method: 'DELETE' }, answer, times });
  await api.call('DELETE', `/deployments/${id}`, api.as.owner);
  await passes(isDeleted);
  expect(await standing()).toMatchObject({ balancers: 0, addresses: 0 });
});

test('a site that does not answer is named where a deletion is looked at, and nobody else sees it', async () => {
  await europe.admin('POST', '/_faults', { match: { service: 'block-storage' }, answer: { status: 503 }, times: 50 });
  const { json } = await api.call('GET', `/deployments/${id}/deletion`, api.as.owner);
  expect(json).toMatchObject({ made: [], left: [], unread: [{ site, problem: { code: 'upstream-failed' } }] });
  expect((await api.call('GET', `/deployments/${id}/deletion`, api.as.stranger)).status).toBe(404);
});
