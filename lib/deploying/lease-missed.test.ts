import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { endDue } from './requests/end-due';
import { FakeLeases } from './testing/fake-leases';
import { clusterPlan, onLease } from './testing/fixture-plan';
import { World } from './testing/world';

let store: Store;
let world: World;
let leases: FakeLeases;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => {
  world = new World(store);
  leases = new FakeLeases(world.clock);
  world.cloud.leases = leases;
});

const hour = 3_600_000;
const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
const made = () => onLease(inMs(hour), inMs(9 * hour));
const borrowed = () => {
  leases.make({ name: 'ours', start: inMs(hour), end: inMs(9 * hour), reservations: [{ kind: 'physical:host', min: 1, max: 1 }] });
  return onLease(inMs(hour), inMs(9 * hour), { held: { id: 'lease-1', reservation: leases.reservationOf('lease-1') } });
};

/** For one look; what is back after it was never gone. */
const glitches: [string, () => void, () => void][] = [
  ['a list leaves it out', () => Object.assign(leases, { hides: 'in lists' }), () => Object.assign(leases, { hides: 'nothing' })],
  [
    'neither the list nor the site itself knows it',
    () => Object.assign(leases, { hides: 'everywhere' }),
    () => Object.assign(leases, { hides: 'nothing' }),
  ],
  [
    'the site’s catalogue names no leases',
    () => Object.assign(world.cloud, { leases: undefined }),
    () => Object.assign(world.cloud, { leases }),
  ],
  [
    'it is left out, and can’t be asked for',
    () => {
      leases.hides = 'in lists';
      world.cloud.faults = (call) => (call === 'lease' ? 'busy' : undefined);
    },
    () => {
      leases.hides = 'nothing';
      world.cloud.faults = () => undefined;
    },
  ],
];

describe.each([
  ['that was made', made],
  ['that is borrowed', borrowed],
])('a lease %s', (_whose, plan) => {
  describe.each(glitches)('where %s for a moment', (_what, begins, passes) => {
    test('ends nothing of what stands on it', async () => {
      const id = await world.deploy(plan());
      await world.settle(id);
      world.clock.advance(hour);
      expect(await world.settle(id)).toBe('ready');
      world.clock.advance(600_000);
      begins();
      await world.pass(id, true);
      await endDue(world.ports, id);
      passes();
      world.clock.advance(60_000);
      await world.settle(id, 60);
      await endDue(world.ports, id);
      const { deployment, resources } = await world.ledger(id);
      expect(deployment).toMatchObject({ state: 'ready', wanted: 'running', ended_by: null });
      expect(resources.find(({ kind }) => kind === 'lease')?.observed.missedAt).toBeUndefined();
    });

    test('is waited for as before', async () => {
      const id = await world.deploy(plan());
      expect(await world.settle(id)).toBe('waiting-for-lease');
      world.clock.advance(600_000);
      begins();
      await world.pass(id);
      passes();
      expect(await world.settle(id)).toBe('waiting-for-lease');
      world.clock.advance(hour);
      expect(await world.settle(id)).toBe('ready');
      expect(leases.all()).toHaveLength(1);
    });
  });
});

test('a lease that is gone ends what stands on it when it was missed twice, and not before', async () => {
  const id = await world.deploy(made());
  await world.settle(id);
  world.clock.advance(hour);
  await world.settle(id);
  world.clock.advance(600_000);
  leases.end('lease-1');
  const next = await world.pass(id, true);
  await endDue(world.ports, id);
  expect((await world.ledger(id)).deployment.wanted).toBe('running');
  expect(next).toBeLessThanOrEqual(15);
  world.clock.advance(15_000);
  await world.pass(id);
  await endDue(world.ports, id);
  expect((await world.ledger(id)).deployment).toMatchObject({ wanted: 'deleted', ended_by: 'lease' });
});

test('a lease that is gone while it is waited for fails what waits, when it was missed twice', async () => {
  const id = await world.deploy(made());
  await world.settle(id);
  world.clock.advance(600_000);
  leases.end('lease-1');
  await world.pass(id);
  expect(await world.state(id)).toBe('waiting-for-lease');
  world.clock.advance(15_000);
  await world.pass(id);
  expect((await world.ledger(id)).deployment).toMatchObject({ state: 'failed', problem: { code: 'not-found' } });
});

test('a volume is not gone where its site’s catalogue names no storage for a moment', async () => {
  const id = await world.deploy(clusterPlan(0));
  expect(await world.settle(id)).toBe('ready');
  world.clock.advance(600_000);
  const { openCloud } = world.ports;
  world.ports.openCloud = async () => ({ ...world.cloud.cloud(), blockStorage: null });
  await world.pass(id, true);
  world.ports.openCloud = openCloud;
  await world.pass(id, true);
  expect(await world.state(id)).toBe('ready');
});
