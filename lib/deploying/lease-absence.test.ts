import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { shortId } from '@/lib/core/ids';
import { openStore, type Store } from '@/lib/store/store';
import { startTestPostgres, type TestPostgres } from '@/lib/store/test-postgres';
import { runPass } from './passes/pass';
import { endDue } from './requests/end-due';
import { requestAction } from './requests/request-action';
import { FakeLeases } from './testing/fake-leases';
import { onLease } from './testing/fixture-plan';
import { World } from './testing/world';

// Two processes on one database, each with connections of its own, and a site that goes on while neither runs.
let postgres: TestPostgres;
const stores: Store[] = [];
let world: World;
let other: World;
let leases: FakeLeases;
beforeAll(async () => {
  postgres = await startTestPostgres();
  const { url } = postgres;
  for (let count = 0; url && count < 2; count++) stores.push(await openStore({ dataDir: '', databaseUrl: url }));
}, 60_000);
afterAll(async () => {
  for (const store of stores) await store.close();
  await postgres.stop();
});
beforeEach(async ({ skip }) => {
  const [one, two] = stores;
  if (!one || !two) return skip(postgres.missing);
  await one.db.deleteFrom('deployments').execute();
  world = new World(one);
  other = new World(two);
  leases = new FakeLeases(world.clock);
  world.cloud.leases = leases;
  other.ports.openCloud = async () => world.cloud.cloud();
  other.ports.clock = world.clock;
});

const hour = 3_600_000;
const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
const booted = (id: string) => world.cloud.calls.get(`made ${shortId(id)}-server-worker-1`);

/** Both look at the same moment, again and again. */
async function together(id: string, passes = 40): Promise<string> {
  for (let count = 0; count < passes; count++) {
    await Promise.all(
      [world, other].map(async ({ ports }) => endDue(ports, id).then(() => runPass(ports, id, { complete: count % 5 === 0 }))),
    );
    world.clock.advance(5000);
    await world.nodesSpeak(id);
    if (['ready', 'deleted'].includes(await world.state(id))) break;
  }
  return world.state(id);
}

describe('while Transat is away', () => {
  test('a lease begins, and what waits for it is booted once as soon as a worker is there again', async () => {
    const id = await world.deploy(onLease(inMs(hour), inMs(9 * hour)));
    expect(await world.settle(id)).toBe('waiting-for-lease');
    world.clock.advance(3 * hour);
    expect(await together(id)).toBe('ready');
    expect([booted(id), leases.all().length, world.cloud.calls.get('createLease')]).toEqual([1, 1, 1]);
  });

  test.each([
    ['with what stands on it', 0],
    ['before what waited for it was begun with', hour],
  ])('a lease begins and ends, %s: what is left is taken down, and nothing is booted after', async (_what, starts) => {
    const id = await world.deploy(onLease(starts === 0 ? 'now' : inMs(starts), inMs(3 * hour)));
    await world.settle(id);
    const before = booted(id);
    world.clock.advance(20 * hour);
    expect(await together(id, 80)).toBe('deleted');
    expect(booted(id)).toBe(before);
    expect([leases.all(), world.cloud.ours(shortId(id))]).toEqual([[], []]);
    expect((await world.ledger(id)).deployment.ended_by).toBe('lease');
  });

  test('a lease is extended: what stands on it goes on', async () => {
    const id = await world.deploy(onLease('now', inMs(3 * hour)));
    expect(await world.settle(id)).toBe('ready');
    for (const lease of leases.leases.values()) lease.end = inMs(30 * hour);
    world.clock.advance(3 * hour - 400_000);
    await world.pass(id, true);
    await endDue(world.ports, id);
    world.clock.advance(hour);
    await Promise.all([endDue(world.ports, id), endDue(other.ports, id)]);
    expect(await world.state(id)).toBe('ready');
  });
});

describe('two workers that look at the same moment', () => {
  test('make one lease, and boot one server on its place', async () => {
    const id = await world.deploy(onLease('now', inMs(9 * hour)));
    expect(await together(id)).toBe('ready');
    expect([booted(id), leases.all().length]).toEqual([1, 1]);
  });

  test('end a deployment once when its lease ends', async () => {
    const id = await world.deploy(onLease('now', inMs(3 * hour)));
    expect(await together(id)).toBe('ready');
    world.clock.advance(3 * hour - 300_000);
    expect(await together(id)).toBe('deleted');
    const told = (await world.events(id)).filter((message) => message.includes('is wound down before'));
    expect(told).toHaveLength(1);
    expect(leases.all()).toEqual([]);
  });

  test('give the one place of a lease to one of two deployments', async () => {
    leases.make({ name: 'ours', start: inMs(hour), end: inMs(9 * hour), reservations: [{ kind: 'physical:host', min: 1, max: 1 }] });
    const plan = onLease(inMs(hour), inMs(9 * hour), { held: { id: 'lease-1', reservation: leases.reservationOf('lease-1') } });
    const ids = [await world.deploy(plan), await world.deploy(plan, 'Second')];
    for (const id of ids) await world.settle(id);
    world.clock.advance(hour);
    for (let count = 0; count < 10; count++) {
      await Promise.all(ids.map((id, index) => runPass([world, other][index]?.ports ?? world.ports, id)));
      world.clock.advance(5000);
    }
    expect(ids.map((id) => booted(id) ?? 0).sort()).toEqual([0, 1]);
    for (const id of ids) await requestAction(world.ports, id, { action: 'delete' });
    for (const id of ids) expect(await together(id)).toBe('deleted');
    expect(leases.all()).toMatchObject([{ name: 'ours' }]);
  });
});
