import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shortId } from '@/lib/core/ids';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from './requests/request-action';
import type { Fault } from './testing/fake-cloud';
import { clusterPlan } from './testing/fixture-plan';
import { World } from './testing/world';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const verbs = [
  'createNetwork',
  'createSubnet',
  'createRouter',
  'addRouterInterface',
  'createSecurityGroup',
  'createSecurityGroupRule',
  'createPort',
  'createVolume',
  'createFloatingIp',
  'createKeyPair',
  'createServer',
  'servers',
  'ports',
  'networks',
  'volumes',
  'floatingIps',
  'keyPairs',
  'subnets',
  'routers',
  'securityGroups',
  'deleteServer',
  'deletePort',
  'deleteSubnet',
  'deleteSecurityGroup',
  'deleteKeyPair',
  'removeRouterInterface',
  'deleteNetwork',
  'deleteRouter',
  'deleteFloatingIp',
  'deleteVolume',
];
const fault = fc.record({
  call: fc.constantFrom(...verbs),
  count: fc.integer({ min: 1, max: 4 }),
  fault: fc.constantFrom<Fault>('busy', 'lost', 'cut', 'kill'),
});
const schedule = fc.array(fault, { minLength: 1, maxLength: 12 });
const faultsOf = (faults: { call: string; count: number; fault: Fault }[]) => (call: string, count: number) =>
  faults.find((one) => one.call === call && one.count === count)?.fault;

test('under any passing faults a deployment becomes ready, with one of each key, and a deletion leaves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, fc.nat({ max: 6 }), async (faults, errors) => {
      const world = new World(store);
      world.cloud.faults = faultsOf(faults);
      world.cloud.breaks = (name, tries) => (name.endsWith('worker-1') && tries <= errors % 3 ? 'No valid host' : undefined);
      const id = await world.deploy(clusterPlan(1));
      expect(await world.settle(id)).toBe('ready');
      const doubles = [...world.cloud.ours(shortId(id))].map(({ kind, name }) => `${kind} ${name}`);
      expect(new Set(doubles).size).toBe(doubles.length);
      expect([...world.cloud.most].filter(([, most]) => most > 1)).toEqual([]);
      await requestAction(world.ports, id, { action: 'delete' });
      expect(await world.settle(id)).toBe('deleted');
      expect(world.cloud.ours(shortId(id))).toEqual([]);
      expect([...world.cloud.things.values()]).toEqual([]);
    }),
    { numRuns: Number(process.env.FAULT_RUNS ?? 15) },
  );
}, 300_000);

test('cancelled at any moment under any faults, nothing stays', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, fc.integer({ min: 0, max: 8 }), async (faults, passes) => {
      const world = new World(store);
      world.cloud.faults = faultsOf(faults);
      const id = await world.deploy(clusterPlan(1));
      for (let count = 0; count < passes; count++) {
        await world.pass(id);
        world.clock.advance(1000);
      }
      const state = await world.state(id);
      await requestAction(world.ports, id, { action: state === 'ready' || state === 'failed' ? 'delete' : 'cancel' });
      expect(await world.settle(id)).toBe('deleted');
      expect([...world.cloud.things.values()]).toEqual([]);
    }),
    { numRuns: Number(process.env.FAULT_RUNS ?? 15) },
  );
}, 300_000);

test('under faults that last no state does: it fails by its deadlines, says why, and can still be deleted', async () => {
  const lasting: Fault[] = ['lost', 'busy', 'refused', 'quota'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...verbs.filter((verb) => verb.startsWith('create'))),
      fc.constantFrom(...lasting),
      async (verb, kind) => {
        const world = new World(store);
        world.cloud.faults = (call) => (call === verb ? kind : undefined);
        const id = await world.deploy(clusterPlan(1));
        const began = world.clock.now().getTime();
        expect(await world.settle(id, 10_000)).toBe('failed');
        expect((world.clock.now().getTime() - began) / 1000).toBeLessThan(1800);
        expect((await world.ledger(id)).deployment.problem).toMatchObject({
          code: expect.any(String),
          upstream: { message: expect.any(String) },
        });
        await requestAction(world.ports, id, { action: 'delete' });
        expect(await world.settle(id)).toBe('deleted');
        expect([...world.cloud.things.values()]).toEqual([]);
      },
    ),
    { numRuns: Number(process.env.FAULT_RUNS ?? 12) },
  );
}, 300_000);

test('a server that was made though its answer was lost, and could then not be looked for, is taken up by a retry, and its node with it', async () => {
  const world = new World(store);
  world.cloud.faults = (call, count) => (call === 'servers' ? 'unauthorized' : call === 'createServer' && count === 2 ? 'cut' : undefined);
  const id = await world.deploy(clusterPlan(1));
  expect(await world.settle(id)).toBe('failed');
  world.cloud.faults = () => undefined;
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
  expect([...world.cloud.most.values()].every((most) => most === 1)).toBe(true);
});
