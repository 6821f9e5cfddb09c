import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shortId } from '@/lib/core/ids';
import { plainSite } from '@/lib/sites/testing/site';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { readOutputs } from './nodes/outputs';
import { requestAction } from './requests/request-action';
import { clusterPlan } from './testing/fixture-plan';
import { World } from './testing/world';

let store: Store;
let world: World;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => {
  world = new World(store);
});

const nothingLeft = (id: string) => expect(world.cloud.ours(shortId(id))).toEqual([]);

test('a cluster is deployed, all its servers asked for at once, and its outputs are known', async () => {
  const id = await world.deploy(clusterPlan(3));
  expect(await world.state(id)).toBe('planned');
  expect(await world.settle(id)).toBe('ready');
  const { deployment, resources, nodes } = await world.ledger(id);
  expect(resources.every(({ phase, problem }) => phase === 'ready' && problem === null)).toBe(true);
  expect(nodes.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready']);
  expect(deployment).toMatchObject({ progress_done: deployment.progress_total, nodes_ready: 4, nodes_failed: 0, problem: null });
  expect(new Set(world.cloud.ofKind('server').map(({ madeAt }) => madeAt)).size).toBe(1);
  expect([...world.cloud.most.values()].every((most) => most === 1)).toBe(true);
  expect(await readOutputs(world.ports, id, false)).toMatchObject([
    { value: expect.stringMatching(/^192\.0\.2\./) },
    { value: null },
    { value: 'by front' },
  ]);
  const [, password] = await readOutputs(world.ports, id, true);
  expect(password?.value).toMatch(/^\w{24}$/);
  expect(JSON.stringify(await world.events(id))).not.toContain(password?.value);
  expect((await world.events(id)).at(-1)).toBe('Test is ready');
  expect(world.faultsSeen).toEqual([]);
});

test('a deletion ends when the cloud’s own lists show nothing, and takes the secrets with it', async () => {
  const id = await world.deploy(clusterPlan(2));
  await world.settle(id);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.state(id)).toBe('deleting');
  expect(await world.settle(id)).toBe('deleted');
  nothingLeft(id);
  expect(await store.db.selectFrom('deployment_secrets').selectAll().where('deployment_id', '=', id).execute()).toEqual([]);
  expect((await world.events(id)).at(-1)).toBe('Test is deleted: the sites no longer list anything of it');
  await expect(requestAction(world.ports, id, { action: 'delete' })).rejects.toMatchObject({ code: 'conflict' });
});

test('what happens at a site is told by the site’s name', async () => {
  const site = plainSite({ id: 'lab', name: 'Cloud of Toledo' });
  world.ports.findSite = async () => site;
  world.cloud.breaks = () => 'No valid host was found';
  const id = await world.deploy(clusterPlan(0));
  await world.settle(id);
  const events = await world.events(id);
  expect(events).toContain('The network is made at Cloud of Toledo');
  expect(events.join('\n')).not.toMatch(/\blab\b/);
  expect((await world.ledger(id)).deployment.problem?.detail).toContain('Cloud of Toledo');
});

test('a storage service that is down keeps no server from being deleted, and what is stored there goes when it is back', async () => {
  const id = await world.deploy(clusterPlan(1));
  await world.settle(id);
  world.cloud.faults = (call) => (/olume/.test(call) ? 'lost' : undefined);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id, 600)).toBe('deleting');
  expect(world.cloud.ours(shortId(id)).map(({ kind }) => kind)).toEqual(['volume']);
  world.cloud.faults = () => undefined;
  expect(await world.settle(id)).toBe('deleted');
  nothingLeft(id);
});

test('a service that the deployment has nothing from is not asked whether anything is left', async () => {
  const plan = clusterPlan(0);
  const resources = plan.resources
    .filter(({ kind }) => kind !== 'volume')
    .map((resource) => {
      const { spec, dependsOn } = resource;
      return {
        ...resource,
        dependsOn: dependsOn.filter((key) => key !== 'volume'),
        spec: spec.kind === 'server' ? { ...spec, volumes: [] } : spec,
      };
    });
  const id = await world.deploy({ ...plan, resources });
  await world.settle(id);
  world.cloud.faults = (call) => (/olume/.test(call) ? 'lost' : undefined);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
});

test('it can be cancelled at any moment', async () => {
  for (const passes of [0, 1, 2, 3, 5, 8]) {
    const id = await world.deploy(clusterPlan(1));
    for (let count = 0; count < passes; count++) await world.pass(id);
    await requestAction(world.ports, id, { action: 'cancel' });
    expect(await world.settle(id)).toBe('deleted');
    nothingLeft(id);
  }
});

test('what somebody else has in the project is left alone', async () => {
  const compute = world.cloud.cloud().compute;
  const port = { flavorId: 'f', imageId: 'i', portIds: [], keyPair: '', volumeIds: [], userData: undefined as never };
  const id = await world.deploy(clusterPlan(0));
  await compute.createServer({ ...port, name: 'mine', metadata: {} });
  await compute.createServer({ ...port, name: `${shortId(id)}-server-other`, metadata: {} });
  await compute.createServer({ ...port, name: `${shortId(id)}-server-front`, metadata: { 'transat:deployment': 'dep_other' } });
  await world.settle(id);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect(world.cloud.ofKind('server').map(({ metadata }) => metadata)).toEqual([{}, {}, { 'transat:deployment': 'dep_other' }]);
});

test('a quota that is met fails at once, with the site’s words, and a retry goes on from there', async () => {
  world.cloud.faults = (call) => (call === 'createServer' ? 'quota' : undefined);
  const id = await world.deploy(clusterPlan(1));
  const began = world.clock.now().getTime();
  expect(await world.settle(id)).toBe('failed');
  expect(world.clock.now().getTime() - began).toBeLessThan(5000);
  const { deployment } = await world.ledger(id);
  expect(deployment.problem).toMatchObject({ code: 'quota-exceeded', upstream: { status: 403, requestId: 'req-1' } });
  world.cloud.faults = () => undefined;
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
});

test('a server in ERROR is deleted and tried with the plan’s alternatives, up to their number', async () => {
  world.cloud.breaks = (name, tries) => (name.endsWith('worker-1') && tries < 3 ? 'No valid host was found' : undefined);
  const id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('ready');
  world.cloud.breaks = (name) => (name.endsWith('worker-1') ? 'No valid host was found' : undefined);
  const other = await world.deploy(clusterPlan(1));
  expect(await world.settle(other)).toBe('failed');
  const { deployment, nodes } = await world.ledger(other);
  expect(deployment.problem).toMatchObject({
    code: 'server-error-state',
    detail: expect.stringContaining('No valid host'),
    remedy: expect.any(String),
  });
  expect(nodes.map(({ state }) => state)).toEqual(['ready', 'failed']);
  world.cloud.breaks = () => undefined;
  await requestAction(world.ports, other, { action: 'retry' });
  expect(await world.settle(other)).toBe('ready');
});

test('a server that never becomes ACTIVE fails at its deadline', async () => {
  world.cloud.bootSeconds = 100_000;
  const id = await world.deploy(clusterPlan(0));
  const began = world.clock.now().getTime();
  expect(await world.settle(id)).toBe('failed');
  expect((world.clock.now().getTime() - began) / 1000).toBeLessThan(1000);
  expect((await world.ledger(id)).deployment.problem).toMatchObject({ code: 'deadline-passed', detail: expect.stringContaining('BUILD') });
});

test('a node that does not report in is unreachable at its deadline, with its console; a retry builds it anew', async () => {
  world.silent.add('worker-1');
  const id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('failed');
  const node = (await world.ledger(id)).nodes.find(({ key }) => key === 'worker-1');
  expect(node).toMatchObject({
    state: 'unreachable',
    problem: { code: 'node-unreachable', upstream: { service: 'console', message: 'login:' } },
  });
  world.silent.clear();
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
});

test('why a node does not report in is told by its console, of which the end is kept', async () => {
  world.silent.add('front');
  world.cloud.console = `${'a line\n'.repeat(50)}cloud-init[1]: cc_mounts.py[WARNING]: Failed\n${'b\n'.repeat(20)}`;
  const id = await world.deploy(clusterPlan(0));
  expect(await world.settle(id)).toBe('failed');
  const { problem } = (await world.ledger(id)).deployment;
  expect(problem).toMatchObject({ code: 'node-cloud-init-failed', title: 'front does not report in' });
  expect(problem?.upstream?.message.split('\n')).toHaveLength(30);
});

test('a step that failed is tried again from there', async () => {
  world.failing.add('front');
  const id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('failed');
  expect((await world.ledger(id)).deployment.problem).toMatchObject({ code: 'node-step-failed', title: 'front: “Set up” failed' });
  world.failing.clear();
  await requestAction(world.ports, id, { action: 'retry' });
  expect((await world.ledger(id)).nodes[0]).toMatchObject({ state: 'configuring', run_from: 'set-up' });
  expect(await world.settle(id)).toBe('ready');
  expect(world.cloud.calls.get('createServer')).toBe(2);
});

test('it is stopped, started and rebooted', async () => {
  const id = await world.deploy(clusterPlan(1));
  await world.settle(id);
  await requestAction(world.ports, id, { action: 'stop' });
  expect(await world.state(id)).toBe('stopping');
  expect(await world.settle(id)).toBe('stopped');
  expect(world.cloud.ofKind('server').map(({ power }) => power)).toEqual(['stopped', 'stopped']);
  await requestAction(world.ports, id, { action: 'start' });
  expect(await world.state(id)).toBe('starting');
  expect(await world.settle(id)).toBe('ready');
  await requestAction(world.ports, id, { action: 'reboot', nodes: ['worker-1'] });
  expect(await world.settle(id)).toBe('ready');
  expect(world.cloud.calls.get('reboot')).toBe(1);
  const ofPower = (await world.events(id)).filter((message) => /^The .* is (running|stopped)$/.test(message));
  expect(ofPower.every((message) => message.startsWith('The server'))).toBe(true);
  await expect(requestAction(world.ports, id, { action: 'reboot', nodes: ['nobody'] })).rejects.toMatchObject({ code: 'not-found' });
});

test('what vanishes or stops outside makes it degraded, and says so', async () => {
  const id = await world.deploy(clusterPlan(1));
  await world.settle(id);
  world.clock.advance(300_000);
  const [front, worker] = world.cloud.ofKind('server');
  if (front) front.power = 'stopped';
  if (worker) world.cloud.things.delete(worker.id);
  await world.pass(id, true);
  const { deployment, resources } = await world.ledger(id);
  expect(deployment.state).toBe('degraded');
  expect(resources.flatMap(({ problem }) => problem?.title ?? [])).toEqual([
    'The server front is not running',
    'The server worker-1 is gone',
  ]);
  await world.settle(id, 60);
  expect(world.cloud.ofKind('server')[0]?.power).toBe('stopped');
  await requestAction(world.ports, id, { action: 'start', nodes: ['front'] });
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
});
