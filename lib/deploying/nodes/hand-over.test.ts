import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { AgentMessage } from '@/lib/nodes/protocol';
import { generateKeyPair } from '@/lib/nodes/secrets/ssh-key';
import type { PoolTarget } from '@/lib/nodes/shell/pool';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from '../requests/request-action';
import { FakeAgent } from '../testing/fake-agent';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { readBundle } from './agent';
import { introduce } from './introduce';
import type { ReadNode, Visit } from './node-reader';
import { NodeReaders } from './readers';

let store: Store;
let world: World;
let id: string;

beforeEach(async () => {
  store = await openTestStore();
  world = new World(store);
});
afterEach(() => store.close());

const at = '2030-01-01T00:00:00Z';
/** A deployment of one node whose machine is there and says nothing by itself. */
async function machine(plan = clusterPlan(0)): Promise<FakeAgent> {
  world.silent.add('front');
  id = await world.deploy(plan);
  await world.settle(id, 60);
  const agent = await world.agentOf(id, 'front');
  if (!agent) throw new Error('no machine was made');
  return agent;
}
const front = async () => {
  const node = (await world.ledger(id)).nodes.find(({ key }) => key === 'front');
  if (!node) throw new Error('no node front');
  return node;
};
const done: AgentMessage[] = [
  { seq: 1, at, type: 'facts', facts: {} },
  { seq: 2, at, type: 'step-started', step: 'set-up', attempt: 1 },
  { seq: 3, at, type: 'step-ended', step: 'set-up', attempt: 1, exitCode: 0, seconds: 1, again: false },
  { seq: 4, at, type: 'finished', ok: true },
];
const failed: AgentMessage[] = [
  ...done.slice(0, 2),
  { seq: 3, at, type: 'step-ended', step: 'set-up', attempt: 1, exitCode: 1, seconds: 1, again: false },
  { seq: 4, at, type: 'finished', ok: false, step: 'set-up' },
];

describe('over HTTPS', () => {
  test('the token of the user data lets one agent in, once, and opens nothing else', async () => {
    const agent = await machine();
    const once = new Secret(agent.config.admission ?? '');
    const thief = new FakeAgent(world.ports, new Secret(Buffer.from(await userData())));
    const withOnce = () => readBundle(world.ports, agent.config.nodeId, once);
    await expect(withOnce()).rejects.toMatchObject({ code: 'not-found' });
    await agent.introduce();
    await agent.introduce();
    for (let time = 0; time < 2; time++) await expect(thief.introduce()).rejects.toMatchObject({ code: 'conflict' });
    await expect(thief.bundle()).rejects.toMatchObject({ code: 'not-found' });
    await expect(withOnce()).rejects.toMatchObject({ code: 'not-found' });
    const told = (await world.events(id)).filter((message) => message.includes('one-time token'));
    expect(told).toEqual(['Somebody else came with the one-time token of front, and was refused']);
    expect((await agent.bundle())?.steps[0]?.env.KEY).toMatch(/^\w{24}$/);
  });

  test('only hashes are kept', async () => {
    const agent = await machine();
    await agent.introduce();
    const kept = JSON.stringify([await front(), await store.db.selectFrom('deployment_secrets').selectAll().execute()]);
    expect(kept).not.toContain(agent.config.admission);
    expect(kept).not.toContain(agent.token.reveal());
    expect(kept).toContain(agent.identity.token);
  });

  test('a worker that dies in the exchange loses nothing: the agent comes again', async () => {
    const agent = await machine();
    const { transaction } = store.db;
    store.db.transaction = () => {
      throw new Error('killed');
    };
    await expect(agent.introduce()).rejects.toThrow('killed');
    store.db.transaction = transaction;
    await agent.introduce();
    expect(await agent.bundle()).toMatchObject({ complete: true });
  });

  test('the host key is believed when the agent has put it in place', async () => {
    const agent = await machine();
    await agent.introduce();
    expect((await front()).host_key).toBeNull();
    const stray: AgentMessage = { seq: 1, at, type: 'host-key', key: generateKeyPair().reveal().public };
    await agent.say([stray, { seq: 2, at, type: 'host-key', key: agent.identity.hostKey }]);
    expect((await front()).host_key).toBe(agent.identity.hostKey);
  });

  test('the steps can be fetched until the node is ready, and not after, nor for a reboot', async () => {
    const agent = await machine();
    await agent.introduce();
    expect(await agent.bundle()).toMatchObject({ complete: true });
    await agent.say(done);
    expect((await front()).state).toBe('ready');
    await expect(agent.bundle()).rejects.toMatchObject({ code: 'conflict' });
    await requestAction(world.ports, id, { action: 'reboot' });
    await world.pass(id, true);
    expect((await front()).state).toBe('booting');
    await expect(agent.bundle()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a retry hands over anew what it needs', async () => {
    const agent = await machine();
    await agent.introduce();
    await agent.say(failed);
    await expect(agent.bundle()).rejects.toMatchObject({ code: 'conflict' });
    await requestAction(world.ports, id, { action: 'retry' });
    expect((await agent.bundle())?.steps[0]?.env.KEY).toMatch(/^\w{24}$/);
  });

  test('a node that is ready and is to be set up again gets anew what it needs, from the step that was asked for', async () => {
    const agent = await machine();
    await agent.introduce();
    await agent.say(done);
    await expect(requestAction(world.ports, id, { action: 'configure', from: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    await requestAction(world.ports, id, { action: 'configure', from: 'set-up' });
    expect(await front()).toMatchObject({ state: 'configuring', run_from: 'set-up', steps: [{ state: 'waiting' }] });
    expect(await agent.bundle()).toMatchObject({ complete: true });
    await agent.say(done.slice(1).map((message) => ({ ...message, seq: message.seq + 3 })));
    expect(await front()).toMatchObject({ state: 'ready', run_from: null });
    await expect(agent.bundle()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a server that is made anew gets another token and key, and those of the former open nothing', async () => {
    const former = await machine();
    await world.settle(id, 1200); // it stays silent, and counts as lost
    expect((await front()).state).toBe('unreachable');
    await requestAction(world.ports, id, { action: 'retry' });
    await world.settle(id, 60);
    const next = await world.agentOf(id, 'front');
    expect(next?.config.admission).not.toBe(former.config.admission);
    expect(next?.hostKey).not.toBe(former.hostKey);
    await expect(former.introduce()).rejects.toMatchObject({ code: 'not-found' });
    await next?.introduce();
    expect(await next?.bundle()).toMatchObject({ complete: true });
  });

  test('of two machines that an unclear try has made, the one that stays can come', async () => {
    world.silent.add('front');
    world.cloud.faults = (call, count) => (call === 'createServer' && count === 1 ? 'cut' : undefined);
    id = await world.deploy(clusterPlan(0));
    await world.settle(id, 120);
    const agent = await world.agentOf(id, 'front');
    await agent?.introduce();
    expect(await agent?.bundle()).toMatchObject({ complete: true });
  });

  test('a deleted node lets nobody in', async () => {
    const agent = await machine();
    await requestAction(world.ports, id, { action: 'delete' });
    await world.settle(id);
    await expect(agent.introduce()).rejects.toMatchObject({ code: 'not-found' });
    await expect(introduce(world.ports, 'node_none', new Secret('x'), agent.identity)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('over SSH', () => {
  /** What a visit meets: a machine with an agent that heeds what it is handed. */
  function visited(agent: FakeAgent, seen: { target: PoolTarget; visit: Visit }[], dies: () => boolean = () => false): ReadNode {
    let taken = false;
    let bundle: Visit['bundle'];
    return async (target, visit) => {
      seen.push({ target, visit });
      if (!target.hostKeys.includes(agent.hostKey)) throw new Error('another machine answers');
      await visit.introduce?.(agent.identity, agent.hostKey);
      if (dies()) throw new Error('the worker died');
      taken = true;
      bundle ??= visit.bundle;
      const key: AgentMessage = { seq: 1, at, type: 'host-key', key: agent.identity.hostKey };
      if (!taken || !bundle) return [];
      agent.hostKey = agent.identity.hostKey;
      return [key, ...done.map((message) => ({ ...message, seq: message.seq + 1 }))].filter(({ seq }) => seq > visit.after);
    };
  }

  async function follow(until: () => Promise<boolean>): Promise<void> {
    let looks = 0;
    let rest = () => {};
    const ended = new Promise<void>((resolve) => {
      rest = resolve;
    });
    const readers = new NodeReaders(world.ports, id, async () => {
      if ((await until()) || ++looks > 20) {
        rest();
        await readers.stop();
      }
    });
    await readers.sync();
    await ended;
  }
  const isReady = async () => (await front()).state === 'ready';

  beforeEach(() => {
    world.ports.callbackUrl = () => null;
  });

  test('the first host key lets Transat in, which takes the new one and hands over the steps in the same visit', async () => {
    const agent = await machine();
    expect(agent.config.callback).toBeNull();
    const first = agent.hostKey;
    const seen: { target: PoolTarget; visit: Visit }[] = [];
    world.ports.readNode = visited(agent, seen);
    await follow(isReady);
    expect(await front()).toMatchObject({ state: 'ready', host_key: agent.identity.hostKey, channel: 'ssh' });
    expect(seen[0]?.target.hostKeys).toEqual([first]);
    expect(seen[0]?.visit.bundle?.reveal().steps[0]?.env.KEY).toMatch(/^\w{24}$/);
    // what is read in the user data later is of no use
    await expect(new FakeAgent(world.ports, new Secret(Buffer.from(await userData()))).introduce()).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test.each([
    ['one that tells of a queue is asked what waits there', { QUEUE_GROUP: 'front', QUEUE_TOKEN: { secret: 'password' } }, true],
    ['one whose steps have no token for it is not', { QUEUE_GROUP: 'front' }, false],
  ])('once it is ready, %s', async (_name, env, isAsked) => {
    const plan = clusterPlan(0);
    for (const step of plan.nodes.flatMap(({ steps }) => steps)) Object.assign(step.env, env);
    const ask = vi.spyOn(store.queue.errands, 'ask');
    const agent = await machine(plan);
    world.ports.readNode = visited(agent, []);
    await follow(isReady);
    expect(ask.mock.calls.some(([errand]) => errand === `elastic ${id}`)).toBe(isAsked);
  });

  test('a worker that dies after the agent was told to change its key finds it again by the new one', async () => {
    const agent = await machine();
    const first = agent.hostKey;
    const seen: { target: PoolTarget; visit: Visit }[] = [];
    let deaths = 0;
    world.ports.readNode = visited(agent, seen, () => {
      if (++deaths > 1) return false;
      agent.hostKey = agent.identity.hostKey;
      return true;
    });
    await follow(isReady);
    expect(await front()).toMatchObject({ state: 'ready', host_key: agent.identity.hostKey });
    expect(seen[1]?.target.hostKeys).toEqual([first, agent.identity.hostKey]);
    expect(seen.filter(({ visit }) => visit.bundle)).toHaveLength(2);
  });

  test('steps that become known later are brought when they are, each once', async () => {
    const plan = clusterPlan(0);
    const [node] = plan.nodes;
    const [step] = node?.steps ?? [];
    if (!node || !step) throw new Error('the plan has no step');
    node.steps = [step, { ...step, name: 'late', env: { TOLD: { stepOutput: 'told', node: 'front' } } }];
    world.silent.add('front');
    id = await world.deploy(plan);
    await world.settle(id, 60);
    const agent = await world.agentOf(id, 'front');
    const bundles: string[][] = [];
    world.ports.readNode = async (_target, { bundle, introduce: meet, after }) => {
      if (agent) await meet?.(agent.identity, agent.hostKey);
      if (bundle) bundles.push(bundle.reveal().steps.map(({ name }) => name));
      const told: AgentMessage = { seq: 1, at, type: 'outputs', step: 'set-up', values: { told: 'x' } };
      return after === 0 ? [told] : [];
    };
    await follow(async () => bundles.length === 2);
    expect(bundles).toEqual([['set-up'], ['set-up', 'late']]);
  });
});

async function userData(): Promise<Buffer> {
  const [server] = world.cloud.ofKind('server');
  if (!(server?.userData instanceof Secret)) throw new Error('no user data');
  return server.userData.reveal();
}
