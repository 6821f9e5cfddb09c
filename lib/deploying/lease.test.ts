import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { shortId } from '@/lib/core/ids';
import type { Plan } from '@/lib/planning/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { endDue } from './requests/end-due';
import { requestAction } from './requests/request-action';
import { FakeLeases } from './testing/fake-leases';
import { clusterPlan } from './testing/fixture-plan';
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

/** One worker on hardware of its own, by a lease that is made on the way. */
function onLease(start: 'now' | string, end: string): Plan {
  const plan = clusterPlan(1);
  const lease = {
    ...plan.resources[0],
    key: 'lease-workers',
    kind: 'lease',
    summary: 'lease',
    spec: { kind: 'lease', start, end, hosts: 1 },
  };
  const resources = plan.resources.map((resource) =>
    resource.key === 'server-worker-1' && resource.spec.kind === 'server'
      ? { ...resource, spec: { ...resource.spec, lease: lease.key, alternatives: [] }, dependsOn: [...resource.dependsOn, lease.key] }
      : resource,
  );
  const nodes = plan.nodes.map((node) => (node.key === 'worker-1' ? { ...node, bareMetal: true } : node));
  return {
    ...plan,
    nodes,
    resources: [lease as Plan['resources'][number], ...resources],
    leases: [{ site: 'lab', lease: lease.key, end }],
  };
}

const serversOf = (id: string) => world.cloud.ours(shortId(id)).filter(({ kind }) => kind === 'server');

describe('a deployment on a lease that is made on the way', () => {
  test('waits for its start, looks again just then, boots on its reservation once, and is ready', async () => {
    const id = await world.deploy(onLease(inMs(2 * hour), inMs(8 * hour)));
    expect(await world.settle(id)).toBe('waiting-for-lease');
    expect(leases.all()).toMatchObject([{ name: `${shortId(id)}-lease-workers`, status: 'PENDING' }]);
    expect(serversOf(id).map(({ name }) => name)).toEqual([`${shortId(id)}-server-front`]);
    const next = await world.pass(id);
    expect(next).toBeGreaterThan(60);
    expect(next).toBeLessThanOrEqual(300);
    world.clock.advance(2 * hour);
    expect(await world.settle(id)).toBe('ready');
    const workers = serversOf(id).filter(({ name }) => name.endsWith('worker-1'));
    expect(workers).toMatchObject([{ reservationId: 'reservation-of-lease-1' }]);
    expect(world.cloud.calls.get('createLease')).toBe(1);
  });

  test('takes over the lease whose making was not answered, and makes no second', async () => {
    world.cloud.faults = (call, count) => (call === 'createLease' && count === 1 ? 'cut' : undefined);
    const id = await world.deploy(onLease(inMs(hour), inMs(8 * hour)));
    expect(await world.settle(id)).toBe('waiting-for-lease');
    expect(leases.all()).toHaveLength(1);
  });

  test('is wound down before the lease ends, says so, and leaves neither servers nor lease', async () => {
    const end = inMs(3 * hour);
    const id = await world.deploy(onLease('now', end));
    expect(await world.settle(id)).toBe('ready');
    world.clock.advance(2 * hour);
    await endDue(world.ports);
    expect(await world.settle(id)).toBe('ready');
    world.clock.advance(hour - 240_000);
    await endDue(world.ports);
    expect(await world.settle(id)).toBe('deleted');
    expect(world.cloud.ours(shortId(id))).toEqual([]);
    expect(leases.all()).toEqual([]);
    expect((await world.ledger(id)).deployment).toMatchObject({ ended_by: 'lease' });
    const told = await world.events(id);
    expect(told.filter((message) => message.includes(`ends at ${end}`))).toHaveLength(1);
    expect(told.at(-1)).toBe('Test was ended by its lease: the sites no longer list anything of it');
  });

  test('goes on when the lease is extended at its site', async () => {
    const id = await world.deploy(onLease('now', inMs(3 * hour)));
    expect(await world.settle(id)).toBe('ready');
    const longer = inMs(9 * hour);
    for (const lease of leases.leases.values()) lease.end = longer;
    await world.pass(id, true);
    expect((await world.ledger(id)).deployment.lease_ends_at?.toISOString()).toBe(longer);
    world.clock.advance(3 * hour);
    await endDue(world.ports);
    expect(await world.settle(id)).toBe('ready');
  });

  test('fails, and says that the site has no leases, where that is so', async () => {
    world.cloud.leases = undefined;
    const id = await world.deploy(onLease('now', inMs(hour)));
    expect(await world.settle(id)).toBe('failed');
    expect((await world.ledger(id)).deployment.problem).toMatchObject({ title: 'This site has no leases' });
  });

  test('goes back when it is deleted while it waits', async () => {
    const id = await world.deploy(onLease(inMs(2 * hour), inMs(8 * hour)));
    await world.settle(id);
    await requestAction(world.ports, id, { action: 'cancel' });
    expect(await world.settle(id)).toBe('deleted');
    expect(leases.all()).toEqual([]);
  });
});
