import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { shortId } from '@/lib/core/ids';
import { usedPlaces } from '@/lib/proposing/used-places';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { endDue } from './requests/end-due';
import { requestAction } from './requests/request-action';
import { FakeLeases } from './testing/fake-leases';
import { onLease } from './testing/fixture-plan';
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
    expect(workers).toMatchObject([{ reservationId: leases.reservationOf('lease-1') }]);
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
    world.clock.advance(hour - 360_000);
    await endDue(world.ports);
    expect(await world.settle(id)).toBe('deleted');
    expect(world.clock.now().getTime()).toBeLessThan(Date.parse(end));
    expect(world.cloud.ours(shortId(id))).toEqual([]);
    expect(leases.all()).toEqual([]);
    expect((await world.ledger(id)).deployment).toMatchObject({ ended_by: 'lease', lost: ['front', 'worker-1'] });
    expect(await store.db.selectFrom('berths').selectAll().where('deployment_id', '=', id).execute()).toEqual([]);
    const told = await world.events(id);
    expect(told.filter((message) => message.includes(`ends at ${end}`))).toEqual([
      expect.stringContaining('What was stored on front and worker-1 is lost'),
    ]);
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

describe('a lease that changes while a deployment stands or waits on it', () => {
  test('moved to a later time at its site, it is waited for as long as that takes', async () => {
    const id = await world.deploy(onLease(inMs(hour), inMs(8 * hour)));
    expect(await world.settle(id)).toBe('waiting-for-lease');
    for (const lease of leases.leases.values()) lease.start = inMs(3 * hour);
    world.clock.advance(1.5 * hour);
    expect(await world.settle(id)).toBe('waiting-for-lease');
    world.clock.advance(1.6 * hour);
    expect(await world.settle(id)).toBe('ready');
  });

  test('changed before it began, it boots nothing until its reservation runs', async () => {
    const id = await world.deploy(onLease(inMs(2 * hour), inMs(8 * hour)));
    await world.settle(id);
    leases.show('lease-1', 'UPDATING');
    await world.settle(id, 60);
    expect(serversOf(id)).toHaveLength(1);
  });

  test('that does not start in its time fails the deployment, and a retry takes it up once it runs', async () => {
    const id = await world.deploy(onLease('now', inMs(8 * hour)));
    leases.show('lease-1', 'STARTING');
    expect(await world.settle(id)).toBe('failed');
    expect((await world.ledger(id)).deployment.problem).toMatchObject({ code: 'deadline-passed' });
  });

  test('in an error, it is told with the remedy, and nothing is booted on it', async () => {
    const id = await world.deploy(onLease(inMs(hour), inMs(8 * hour)));
    await world.settle(id);
    leases.show('lease-1', 'ERROR');
    await world.pass(id);
    const { problem } = (await world.ledger(id)).deployment;
    expect(problem).toMatchObject({ title: expect.stringContaining('can’t be used'), remedy: expect.stringContaining('repaired') });
    expect(serversOf(id)).toHaveLength(1);
  });

  test('that has lost a host is told with the remedy until it has one again', async () => {
    const id = await world.deploy(onLease('now', inMs(8 * hour)));
    expect(await world.settle(id)).toBe('ready');
    const [reservation] = leases.leases.get('lease-1')?.reservations ?? [];
    if (reservation) reservation.missingResources = true;
    await world.pass(id, true);
    expect((await world.ledger(id)).deployment).toMatchObject({
      state: 'degraded',
      problem: { remedy: expect.stringContaining('Grow the lease') },
    });
    if (reservation) reservation.missingResources = false;
    await world.pass(id, true);
    expect(await world.state(id)).toBe('ready');
  });

  test.each([
    ['shortened', () => void Object.assign(leases.leases.get('lease-1') ?? {}, { end: inMs(240_000) })],
    ['ended', () => leases.show('lease-1', 'TERMINATED')],
    ['deleted', () => leases.end('lease-1')],
  ] as [string, () => void][])('%s at its site, it ends the deployment, and what was lost is said', async (_how, change) => {
    const id = await world.deploy(onLease('now', inMs(8 * hour)));
    expect(await world.settle(id)).toBe('ready');
    change();
    world.clock.advance(20_000);
    await world.pass(id, true);
    await world.settle(id, 60);
    await endDue(world.ports, id);
    expect(await world.settle(id)).toBe('deleted');
    expect((await world.ledger(id)).deployment).toMatchObject({ ended_by: 'lease', lost: ['front', 'worker-1'] });
    expect(world.cloud.ours(shortId(id))).toEqual([]);
  });
});

describe('a deployment on a lease that is there', () => {
  const held = () => {
    leases.make({ name: 'ours', start: inMs(hour), end: inMs(8 * hour), reservations: [{ kind: 'physical:host', min: 1, max: 1 }] });
    return onLease(inMs(hour), inMs(8 * hour), { held: { id: 'lease-1', reservation: leases.reservationOf('lease-1') } });
  };

  test('waits for it, boots on it, and leaves it as it is when it goes', async () => {
    const id = await world.deploy(held());
    expect(await world.settle(id)).toBe('waiting-for-lease');
    world.clock.advance(hour);
    expect(await world.settle(id)).toBe('ready');
    expect(serversOf(id).map(({ reservationId }) => reservationId)).toContain(leases.reservationOf('lease-1'));
    await requestAction(world.ports, id, { action: 'delete' });
    expect(await world.settle(id)).toBe('deleted');
    expect(leases.all()).toMatchObject([{ name: 'ours' }]);
    expect([world.cloud.calls.get('createLease'), world.cloud.calls.get('deleteLease')]).toEqual([undefined, undefined]);
    expect((await world.events(id)).some((message) => message.includes('is left as it is'))).toBe(true);
  });

  test('boots no second server on a place that another deployment has, and does once that is gone', async () => {
    const plan = held();
    world.clock.advance(hour);
    const [first, second] = [await world.deploy(plan), await world.deploy(plan, 'Second')];
    expect(await world.settle(first)).toBe('ready');
    expect(await world.settle(second)).toBe('failed');
    expect((await world.ledger(second)).deployment.problem).toMatchObject({ title: 'The lease has no place left' });
    const booted = [...world.cloud.things.values()].filter(({ reservationId }) => reservationId !== undefined);
    expect(booted).toHaveLength(1);
    await requestAction(world.ports, first, { action: 'delete' });
    await world.settle(first);
    await requestAction(world.ports, second, { action: 'retry' });
    expect(await world.settle(second)).toBe('ready');
  });

  test('of named hosts, which have a reservation each, is filled host by host, and one server is booted on each', async () => {
    const each = { kind: 'physical:host' as const, min: 1, max: 1 };
    leases.make({ name: 'ours', start: 'now', end: inMs(8 * hour), reservations: [each, each] });
    const plan = onLease('now', inMs(8 * hour), { held: { id: 'lease-1', reservation: leases.reservationOf('lease-1') } });
    const ids = [await world.deploy(plan), await world.deploy(plan, 'Second'), await world.deploy(plan, 'Third')];
    const states: string[] = [];
    for (const id of ids) states.push(await world.settle(id));
    expect(states).toEqual(['ready', 'ready', 'failed']);
    const booted = [...world.cloud.things.values()].flatMap(({ reservationId }) =>
      reservationId === undefined ? [] : [String(reservationId)],
    );
    expect(booted.sort()).toEqual(
      leases.leases
        .get('lease-1')
        ?.reservations.map(({ id }) => id)
        .sort(),
    );
    const [, , third] = await Promise.all(ids.map((id) => world.ledger(id)));
    expect(third?.deployment.problem).toMatchObject({ detail: expect.stringContaining('2 places') });
    const used = await usedPlaces(store.db, 'lab', booted);
    expect([...used.values()].sort()).toEqual([1, 2]); // the third waits for a place
  });

  test('boots a server once where the answer to its making was lost', async () => {
    const plan = held();
    world.clock.advance(hour);
    world.cloud.faults = (call, count) => (call === 'createServer' && count <= 2 ? 'cut' : undefined);
    const id = await world.deploy(plan);
    expect(await world.settle(id)).toBe('ready');
    expect(Math.max(...world.cloud.most.values())).toBe(1);
  });

  test('says so where it is not there any more', async () => {
    const plan = held();
    leases.end('lease-1');
    const id = await world.deploy(plan);
    expect(await world.settle(id)).toBe('failed');
    expect((await world.ledger(id)).deployment.problem).toMatchObject({ title: 'The lease is not there any more' });
  });
});

test('machines of a leased flavor boot with the flavor of their reservation, and with no hint', async () => {
  const id = await world.deploy(onLease('now', inMs(8 * hour), { flavorId: 'm1.small' }));
  expect(await world.settle(id)).toBe('ready');
  const worker = serversOf(id).find(({ name }) => name.endsWith('worker-1'));
  expect(worker).toMatchObject({ flavorId: leases.reservationOf('lease-1'), reservationId: undefined });
});
