import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shortId } from '@/lib/core/ids';
import { agentKnows, preparationStep } from '@/lib/nodes/protocol';
import type { Plan } from '@/lib/planning/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { loadVersion } from './ledger/plans/versions';
import { readConsole } from './nodes/console';
import { handOverDeployments } from './requests/hand-over';
import { requestAction } from './requests/request-action';
import { beginChange } from './requests/update/begin';
import { numbered } from './testing/agent-script';
import { clusterOf, proposalFor } from './testing/changed-plan';
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

const by = { id: 'u1', name: 'Ada' };
const servers = (id: string) =>
  world.cloud
    .ofKind('server')
    .filter(({ name, leavesAt }) => name.startsWith(shortId(id)) && leavesAt === undefined)
    .map(({ name }) => name.slice(name.indexOf('-server-') + '-server-'.length))
    .sort();

async function standing(plan: Plan): Promise<string> {
  const id = await world.deploy(plan);
  expect(await world.settle(id)).toBe('ready');
  return id;
}

async function change(id: string, plan: Plan, about: Parameters<typeof proposalFor>[2] = {}): Promise<void> {
  const { deployment } = await world.ledger(id);
  await beginChange(world.ports, id, proposalFor(deployment.plan, plan, about), { by, revision: deployment.revision });
}

/** Lines of the history that tell of steps, since there were so many. */
const stepsSince = async (id: string, count: number) => (await world.events(id)).slice(count).filter((line) => line.includes(': '));

test('workers come: those that stand keep their servers, and only the steps that depend on who is there run again', async () => {
  const id = await standing(clusterOf(1));
  const before = await world.ledger(id);
  const told = (await world.events(id)).length;
  await change(id, clusterOf(1, 2, 3));
  expect(await world.state(id)).toBe('updating');
  expect(await world.settle(id)).toBe('ready');

  const after = await world.ledger(id);
  expect(servers(id)).toEqual(['front', 'worker-1', 'worker-2', 'worker-3']);
  for (const { key, cloud_id } of before.resources) expect(after.resources.find((each) => each.key === key)?.cloud_id).toBe(cloud_id);
  for (const { key, id: node } of before.nodes) expect(after.nodes.find((each) => each.key === key)?.id).toBe(node);
  const steps = await stepsSince(id, told);
  expect(steps.filter((line) => line.startsWith('front:'))).toEqual(['front: Peers', 'front: Peers is done (1 s)']);
  expect(steps.filter((line) => line.startsWith('worker-1:'))).toEqual([]);
  expect(after.nodes.map(({ run_from, run_only }) => [run_from, run_only])).toEqual(Array(4).fill([null, null]));
  expect(after.deployment).toMatchObject({ revision: 2, updating: null, request: { inputs: { workers: 3 } }, nodes_total: 4 });
});

test('workers go: their work is seen to before anything of them is deleted, and nothing of them is left', async () => {
  const id = await standing(clusterOf(1, 2, 3));
  await change(id, clusterOf(1));
  world.silent.add('front');
  await world.settle(id, 120);
  expect(servers(id)).toEqual(['front', 'worker-1', 'worker-2', 'worker-3']);
  expect((await world.ledger(id)).deployment.updating).toMatchObject({ stage: 'draining', running: ['front'] });

  world.silent.delete('front');
  expect(await world.settle(id)).toBe('ready');
  expect(servers(id)).toEqual(['front', 'worker-1']);
  const { resources, nodes, deployment } = await world.ledger(id);
  expect(nodes.map(({ key }) => key)).toEqual(['front', 'worker-1']);
  expect(resources.filter(({ key }) => /worker-[23]/.test(key))).toEqual([]);
  expect(nodes[0]?.steps.map(({ name }) => name)).toEqual(['set-up', 'peers']);
  expect(deployment).toMatchObject({ state: 'ready', progress_done: deployment.progress_total });
  expect((await world.events(id)).filter((line) => line === 'front: Leave')).toHaveLength(1);
});

test('one in the middle goes, and the number is had again later by another machine', async () => {
  const id = await standing(clusterOf(1, 2, 3));
  const old = (await world.ledger(id)).resources.find(({ key }) => key === 'server-worker-2')?.cloud_id;
  await change(id, clusterOf(1, 3));
  expect(await world.settle(id)).toBe('ready');
  expect(servers(id)).toEqual(['front', 'worker-1', 'worker-3']);
  await change(id, clusterOf(1, 2, 3));
  expect(await world.settle(id)).toBe('ready');
  expect(servers(id)).toEqual(['front', 'worker-1', 'worker-2', 'worker-3']);
  expect((await world.ledger(id)).resources.find(({ key }) => key === 'server-worker-2')?.cloud_id).not.toBe(old);
});

test('a change that is called off while new nodes are made leaves all as it was', async () => {
  const id = await standing(clusterOf(1));
  await change(id, clusterOf(1, 2));
  world.silent.add('worker-2');
  await world.settle(id, 60);
  expect(servers(id)).toContain('worker-2');
  await requestAction(world.ports, id, { action: 'cancel' });
  expect(await world.settle(id)).toBe('ready');
  expect(servers(id)).toEqual(['front', 'worker-1']);
  const { deployment, nodes } = await world.ledger(id);
  expect(deployment).toMatchObject({ revision: 1, updating: null, request: { inputs: {} } });
  expect(deployment.plan.nodes).toEqual(clusterOf(1).nodes);
  expect(nodes).toHaveLength(2);
  expect(await loadVersion(store.db, id, 2)).toMatchObject({ undone: true, plan: null });
});

/** The front-end waits for the work of nodes that go, of which it tells as run 1, and the change is called off. */
async function calledOffAtWork(id: string, run: number | undefined) {
  world.silent.add('front');
  await change(id, clusterOf(1));
  const agent = await world.agentOf(id, 'front');
  const { seq = 0 } = (await world.ledger(id)).nodes.find(({ key }) => key === 'front') ?? {};
  const next = numbered(seq, world.clock.now());
  await agent?.say(next({ type: 'step-started', run, step: 'leave', attempt: 1 }));
  await requestAction(world.ports, id, { action: 'cancel' });
  await world.settle(id, 30);
  const say = async (...said: Parameters<typeof next>) => agent?.say(next(...said));
  return { say };
}

test('a change that is called off while work is waited for ends the waiting, and gives the nodes back; none of them is deleted', async () => {
  const id = await standing(clusterOf(1, 2));
  const before = (await world.ledger(id)).resources.map(({ cloud_id }) => cloud_id);
  const { say } = await calledOffAtWork(id, 1);
  expect(await say()).toEqual({ from: 'leave', only: ['leave'], number: 2, ends: true });

  // the wait was over at that very moment: what is told of it is no answer to what was asked since
  const over = { type: 'step-ended', step: 'leave', attempt: 1, exitCode: 0, seconds: 1, again: false } as const;
  expect(await say({ ...over, run: 1 }, { type: 'finished', run: 1, ok: true })).toMatchObject({ number: 2 });
  await world.settle(id, 30);
  expect((await world.ledger(id)).deployment.updating).toMatchObject({ back: true, running: ['front'] });

  await say({ type: 'step-started', run: 2, step: 'leave', attempt: 1 }, { ...over, run: 2 }, { type: 'finished', run: 2, ok: true });
  expect(await world.settle(id)).toBe('ready');
  const { resources, deployment, nodes } = await world.ledger(id);
  expect(resources.map(({ cloud_id }) => cloud_id)).toEqual(before);
  expect(deployment.plan.nodes).toEqual(clusterOf(1, 2).nodes);
  expect(nodes[0]?.steps.map(({ name }) => name)).toEqual(['set-up', 'peers']);
});

test('where an agent of before can’t end what it waits for, that is said, and it hears afterwards', async () => {
  const id = await standing(clusterOf(1, 2));
  await store.db.updateTable('nodes').set({ facts: '{}' }).where('deployment_id', '=', id).where('key', '=', 'front').execute();
  const { say } = await calledOffAtWork(id, undefined);
  expect((await world.events(id)).at(-1)).toMatch(
    /^front was set up by an earlier version of Transat: it ends the step that it runs before/,
  );
  const over = { type: 'step-ended', step: 'leave', attempt: 1, exitCode: 0, seconds: 1, again: false } as const;
  expect(await say(over, { type: 'finished', ok: true })).toMatchObject({ from: 'leave' });
  await say({ type: 'step-started', step: 'leave', attempt: 1 }, over, { type: 'finished', ok: true });
  expect(await world.settle(id)).toBe('ready');
});

test('a second change is told what is under way, by whom and since when', async () => {
  const id = await standing(clusterOf(1));
  await change(id, clusterOf(1, 2));
  const { since } = (await world.ledger(id)).deployment.updating ?? {};
  await expect(change(id, clusterOf(1, 2, 3))).rejects.toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining(`Ada began a change at ${since}`),
  });
});

test('a change goes on by the credential that took the place of another meanwhile', async () => {
  const id = await standing(clusterOf(1, 2));
  await change(id, clusterOf(1, 3));
  await handOverDeployments(world.ports, 'u1', { site: 'lab', project: 'p', from: 'c', to: 'other' }, id);
  expect(await world.settle(id)).toBe('ready');
  const { resources } = await world.ledger(id);
  expect([...new Set(resources.map(({ credential }) => credential))]).toEqual(['other']);
  expect(servers(id)).toEqual(['front', 'worker-1', 'worker-3']);
});

test('data is lost only where the name was typed', async () => {
  const id = await standing(clusterOf(1, 2));
  const effects = [{ effect: 'data-lost', because: 'worker-2', what: 'leaves' }] as const;
  await expect(change(id, clusterOf(1), { effects: [...effects] })).rejects.toMatchObject({ fields: [{ path: 'confirm' }] });
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 1, updating: null, state: 'ready' });
});

test('a change that is refused gives no other name or end, and the name that is typed is the one that it has', async () => {
  const id = await standing(clusterOf(1, 2));
  const { deployment } = await world.ledger(id);
  const proposal = proposalFor(deployment.plan, clusterOf(1), { effects: [{ effect: 'data-lost', because: 'worker-2', what: 'leaves' }] });
  const also = { name: 'Other', expiresAt: new Date(world.clock.now().getTime() + 3_600_000) };
  const begin = (confirm: string, more: object = {}) => beginChange(world.ports, id, proposal, { by, revision: 1, confirm, also, ...more });
  await expect(begin('Other')).rejects.toMatchObject({ fields: [{ path: 'confirm' }] });
  await expect(begin('Test', { also: { name: 'Other', expiresAt: new Date(0) } })).rejects.toMatchObject({
    fields: [{ path: 'expiresAt' }],
  });
  expect((await world.ledger(id)).deployment).toMatchObject({ name: 'Test', expires_at: null, revision: 1, updating: null });
  await begin('Test');
  expect((await world.ledger(id)).deployment).toMatchObject({ name: 'Other', expires_at: also.expiresAt, revision: 2 });
});

const letIn = () =>
  world.cloud
    .ofKind('securityGroup')
    .flatMap(({ rules }) => (Array.isArray(rules) ? rules : []).map((text) => JSON.parse(String(text))))
    .map(({ fromPort, cidr, remoteGroupId, description }) => `${fromPort} ${remoteGroupId ? 'self' : cidr} ${description}`);
const withSsh = (plan: Plan, cidr: string): Plan => ({
  ...plan,
  resources: plan.resources.map((each) =>
    each.spec.kind === 'securityGroup'
      ? { ...each, spec: { ...each.spec, rules: each.spec.rules.map((rule) => (rule.fromPort === 22 ? { ...rule, cidr } : rule)) } }
      : each,
  ),
});

test('a narrower range is let in before the wide one is shut, and what somebody opens by hand afterwards stays', async () => {
  const id = await standing(clusterOf(1));
  const seen: string[][] = [];
  world.cloud.faults = (call) => {
    if (call === 'deleteSecurityGroupRule') seen.push(letIn());
    return undefined;
  };
  await change(id, withSsh((await world.ledger(id)).deployment.plan, '192.0.2.0/24'));
  expect(await world.settle(id)).toBe('ready');
  expect(seen).toEqual([['22 0.0.0.0/0 SSH', '1 self SSH', '22 192.0.2.0/24 SSH']]);
  expect(letIn()).toEqual(['1 self SSH', '22 192.0.2.0/24 SSH']);

  const [group] = world.cloud.ofKind('securityGroup');
  const hand = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0', description: 'by hand' };
  if (group && Array.isArray(group.rules)) group.rules.push(JSON.stringify(hand));
  await change(id, withSsh((await world.ledger(id)).deployment.plan, '198.51.100.0/24'));
  expect(await world.settle(id)).toBe('ready');
  expect(letIn()).toEqual(['1 self SSH', '22 0.0.0.0/0 by hand', '22 198.51.100.0/24 SSH']);
});

test.each(['retry', 'cancel'] as const)(
  'where a site refuses a rule, the group that stands is kept, and a %s goes on with it',
  async (action) => {
    const id = await standing(clusterOf(1));
    const groups = () => world.cloud.ofKind('securityGroup').map((group) => group.id);
    const [before, rules] = [groups(), letIn()];
    world.cloud.faults = (call) => (call === 'createSecurityGroupRule' ? 'quota' : undefined);
    await change(id, withSsh((await world.ledger(id)).deployment.plan, '192.0.2.0/24'));
    expect(await world.settle(id)).toBe('degraded');
    world.cloud.faults = () => undefined;
    await requestAction(world.ports, id, { action });
    expect(await world.settle(id)).toBe('ready');
    expect([groups(), (await world.ledger(id)).deployment.updating]).toEqual([before, null]);
    expect(letIn()).toEqual(action === 'cancel' ? rules : ['1 self SSH', '22 192.0.2.0/24 SSH']);
  },
);

test('a worker that is killed while a rule is narrowed leaves neither rule twice, nor the wide one', async () => {
  const id = await standing(clusterOf(1));
  for (const [call, cidr] of [
    ['createSecurityGroupRule', '192.0.2.0/24'],
    ['deleteSecurityGroupRule', '198.51.100.0/24'],
  ] as const) {
    let killed = 0;
    world.cloud.faults = (name) => (name === call && killed++ < 2 ? 'kill' : undefined);
    await change(id, withSsh((await world.ledger(id)).deployment.plan, cidr));
    expect(await world.settle(id), call).toBe('ready');
    expect(letIn(), call).toEqual(['1 self SSH', `22 ${cidr} SSH`]);
    expect(killed, call).toBeGreaterThan(0);
  }
});

/** Another firewall for the front-end itself, of which it says nothing yet. */
async function shutFront(id: string): Promise<void> {
  const stands = (await world.ledger(id)).deployment.plan;
  const rule = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '192.0.2.0/24', why: 'SSH' } as const;
  world.silent.add('front');
  await change(id, { ...stands, nodes: stands.nodes.map((node) => (node.key === 'front' ? { ...node, firewall: [rule] } : node)) });
  await world.settle(id, 30);
}

test.each<[string, string, (id: string) => Promise<unknown>]>([
  [
    'failed at that',
    'failed',
    async (id) => {
      const front = (await world.ledger(id)).nodes.find(({ key }) => key === 'front');
      const say = numbered(front?.seq ?? 0, world.clock.now());
      const agent = await world.agentOf(id, 'front');
      await agent?.say(say({ type: 'finished', run: front?.run_number, ok: false, step: preparationStep }));
    },
  ],
  ['fell silent', 'unreachable', (id) => world.settle(id, 1200)],
])('a node with nothing but its firewall to change, which %s, is asked again by a retry', async (_name, state, happens) => {
  const id = await standing(clusterOf(1));
  await shutFront(id);
  await happens(id);
  expect((await world.ledger(id)).nodes.find(({ key }) => key === 'front')).toMatchObject({ state });
  world.silent.delete('front');
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
  expect((await world.ledger(id)).deployment).toMatchObject({ revision: 2, updating: null });
});

test.each([
  ['of today is given the rules', { cores: 2, agent: agentKnows }, []],
  [
    'of before keeps those that it has, which is said',
    { cores: 2 },
    [expect.stringMatching(/^front was set up by an earlier version.*its own firewall stays/)],
  ],
])('where only a node’s own firewall is to be another, an agent %s', async (_name, facts, said) => {
  const id = await standing(clusterOf(1));
  const told = (await world.events(id)).length;
  await store.db
    .updateTable('nodes')
    .set({ facts: JSON.stringify(facts) })
    .where('deployment_id', '=', id)
    .execute();
  await shutFront(id);
  expect(await (await world.agentOf(id, 'front'))?.bundle()).toMatchObject({ firewall: [{ fromPort: 22, cidr: '192.0.2.0/24' }] });
  world.silent.delete('front');
  expect(await world.settle(id)).toBe('ready');
  expect((await world.events(id)).slice(told).filter((line) => line.includes('earlier version'))).toEqual(said);
  expect((await stepsSince(id, told)).filter((line) => line.includes('is done'))).toEqual([]);
});

test('where nodes are made anew, they take turns', async () => {
  const id = await standing(clusterOf(1, 2));
  const stands = (await world.ledger(id)).deployment.plan;
  const plan: Plan = {
    ...stands,
    resources: stands.resources.map((each) =>
      each.spec.kind === 'server' && each.key !== 'server-front' ? { ...each, spec: { ...each.spec, imageId: 'newer' } } : each,
    ),
  };
  const waiting = ['worker-1', 'worker-2'].map((node) => ({ node, steps: [], remake: [`server-${node}`] }));
  await change(id, plan, { waiting, inTurn: true });
  world.silent.add('worker-1');
  await world.settle(id, 200);
  const whole = (await world.ledger(id)).resources.find(({ key }) => key === 'server-worker-2');
  expect(whole).toMatchObject({ phase: 'ready' });
  world.silent.delete('worker-1');
  expect(await world.settle(id)).toBe('ready');
  const after = (await world.ledger(id)).resources.find(({ key }) => key === 'server-worker-2');
  expect(after?.cloud_id).not.toBe(whole?.cloud_id);
});

test('a node that is made anew keeps its name and place, and nobody else is touched', async () => {
  const id = await standing(clusterOf(1, 2));
  const ids = async () => Object.fromEntries((await world.ledger(id)).resources.map(({ key, cloud_id }) => [key, cloud_id]));
  const before = await ids();
  await expect(requestAction(world.ports, id, { action: 'rebuild' })).rejects.toMatchObject({ fields: [{ path: 'nodes' }] });
  await requestAction(world.ports, id, { action: 'rebuild', nodes: ['worker-1'] });
  expect(await world.settle(id)).toBe('ready');
  const { 'server-worker-1': made, ...others } = await ids();
  const { 'server-worker-1': old, ...untouched } = before;
  expect(made).not.toBe(old);
  expect(others).toEqual(untouched);
  expect(await readConsole(world.ports, id, 'worker-1')).toEqual({ text: 'login:', cut: false });
  await expect(readConsole(world.ports, id, 'worker-9')).rejects.toMatchObject({ code: 'not-found' });
});

test('a deployment that is deleted in the middle of a change leaves nothing', async () => {
  const id = await standing(clusterOf(1));
  await change(id, clusterOf(1, 2));
  await world.pass(id);
  await requestAction(world.ports, id, { action: 'delete' });
  expect(await world.settle(id)).toBe('deleted');
  expect(world.cloud.ours(shortId(id))).toEqual([]);
});

test('a worker that is killed at any call of a change leaves nothing undone and nothing twice', async () => {
  const killedAt = ['createPort', 'createServer', 'servers', 'ports', 'deleteServer', 'deletePort'];
  for (const call of killedAt) {
    world = new World(store);
    const id = await standing(clusterOf(1, 2));
    const begun = world.cloud.calls.get(call) ?? 0;
    let killed = 0;
    world.cloud.faults = (name, count) => (name === call && count > begun && killed++ < 2 ? 'kill' : undefined);
    await change(id, clusterOf(1, 3, 4));
    expect(await world.settle(id), call).toBe('ready');
    expect(servers(id), call).toEqual(['front', 'worker-1', 'worker-3', 'worker-4']);
    const ports = world.cloud.ours(`${shortId(id)}-port-`).map(({ name }) => name.slice(name.indexOf('port-')));
    expect(ports.sort(), call).toEqual(['port-front', 'port-worker-1', 'port-worker-3', 'port-worker-4']);
    expect(killed, call).toBeGreaterThan(0);
  }
});
