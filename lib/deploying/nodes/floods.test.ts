import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AgentMessage } from '@/lib/nodes/protocol';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from '../requests/request-action';
import { plainVault } from '../testing/agent-script';
import type { FakeAgent } from '../testing/fake-agent';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { limits } from './limits';

// Each sealing or opening is a call to where secrets are kept, and each opening for a new use a row in the audit.
let store: Store;
let world: World;
let id: string;
let agent: FakeAgent;
let seals: number;
let opened: (string | null)[];
const at = '2030-01-01T00:00:00Z';
const told = (seq: number, value: string): AgentMessage => ({ seq, at, type: 'outputs', step: 'set-up', values: { token: value } });

beforeEach(async () => {
  store = await openTestStore();
  world = new World(store);
  seals = 0;
  opened = [];
  const plan = clusterPlan(0);
  plan.outputs.push({ name: 'token', label: '', kind: 'text', secret: true, value: { stepOutput: 'token', node: 'front' } });
  world.silent.add('front');
  id = await world.deploy(plan);
  await world.settle(id, 60);
  const found = await world.agentOf(id, 'front');
  if (!found) throw new Error('no machine was made');
  agent = found;
  await agent.introduce();
  world.ports.vault = {
    seal: (...given) => {
      seals++;
      return plainVault.seal(...given);
    },
    open: (...given) => {
      opened.push(given[4]);
      return plainVault.open(...given);
    },
  };
});
afterEach(() => store.close());
const front = async () => (await world.ledger(id)).nodes.find(({ key }) => key === 'front');
const kept = async () => Buffer.from((await front())?.outputs.token ?? '', 'base64').toString();

describe('secret results that a node tells', () => {
  test.each<[string, AgentMessage[][], number, string]>([
    ['are sealed', [[told(1, 'a')]], 1, 'a'],
    ['are not sealed when they are stored already', [[told(1, 'a')], [told(1, 'b')], [told(1, 'c'), told(2, 'd')]], 2, 'd'],
    ['are not sealed after a gap', [[told(2, 'a'), told(3, 'b')]], 0, ''],
    ['are sealed once a batch, the last', [[1, 2, 3, 4].flatMap((seq) => told(seq, `v${seq}`))], 1, 'v4'],
  ])('%s', async (_what, batches, count, value) => {
    for (const batch of batches) await agent.say(batch);
    expect([seals, await kept()]).toEqual([count, value]);
  });

  test('are sealed so often and no more, until it is asked to run its steps again', async () => {
    const many = limits.seals + 20;
    for (let seq = 1; seq <= many; seq++) await agent.say([told(seq, `v${seq}`)]);
    expect([seals, await kept()]).toEqual([limits.seals, `v${limits.seals}`]);
    expect((await world.events(id)).at(-1)).toContain('token was left out');
    await agent.say([{ seq: many + 1, at, type: 'finished', ok: false, step: 'set-up' }]);
    await requestAction(world.ports, id, { action: 'retry' });
    await agent.say([told(many + 2, 'new')]);
    expect(await kept()).toBe('new');
  });
});

describe('the hand-over of a node’s steps', () => {
  const noted = () => opened.filter((use) => use !== null);

  test('is in the audit once, however often they are fetched, and again after a retry', async () => {
    for (let time = 0; time < 5; time++) await agent.bundle();
    expect(noted()).toEqual(['configure front']);
    await agent.say([{ seq: 1, at, type: 'finished', ok: false, step: 'set-up' }]);
    await requestAction(world.ports, id, { action: 'retry' });
    for (let time = 0; time < 3; time++) await agent.bundle();
    expect(noted()).toEqual(['configure front', 'configure front']);
  });

  test('is no reason to open secrets without end', async () => {
    const results = [];
    for (let time = 0; time < 30; time++)
      results.push(
        await agent
          .bundle()
          .then(() => 'given')
          .catch((error) => error.code),
      );
    expect(results).toEqual(results.map((_, time) => (time < 10 ? 'given' : 'rate-limited')));
    expect(opened).toHaveLength(10);
    world.clock.advance(60_000);
    expect(await agent.bundle()).toMatchObject({ complete: true });
  });
});
