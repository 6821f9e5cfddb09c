import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { shortId } from '@/lib/core/ids';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { requestAction } from './requests/request-action';
import { resumeWork } from './requests/resume';
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
beforeEach(async () => {
  await store.db.deleteFrom('deployments').execute();
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
const signIns = (code: 'session-expired' | 'site-unreachable' | undefined) => {
  world.ports.openCloud = async () => {
    if (code) throw new AppError({ code, title: 'The site lets nobody in' });
    return world.cloud.cloud();
  };
};
const berths = () => store.db.selectFrom('berths').select(['key', 'reservation']).execute();

const leaseOf = { 'that it has made': made, 'that it has borrowed': borrowed };
const failures: [string, (id: string) => Promise<void>, () => void][] = [
  [
    'its owner’s sign-in was over while it was waited for',
    async (id) => {
      signIns('session-expired');
      await world.pass(id);
    },
    () => signIns(undefined),
  ],
  [
    'it did not start in its time',
    async (id) => {
      leases.show('lease-1', 'STARTING');
      world.clock.advance(hour + 700_000);
      await world.pass(id);
    },
    () => leases.show('lease-1', 'ACTIVE'),
  ],
  [
    'it was in an error, and was repaired',
    async (id) => {
      leases.show('lease-1', 'ERROR');
      await world.pass(id);
    },
    () => leases.show('lease-1', 'ACTIVE'),
  ],
];
const doors: [string, (id: string) => Promise<void>][] = [
  ['is asked to try again', (id) => requestAction(world.ports, id, { action: 'retry' })],
  ['goes on once its owner has signed in', () => resumeWork(world.ports, 'u1')],
];

describe.each(Object.entries(leaseOf))('a lease %s is kept', (_whose, plan) => {
  const all = failures.flatMap(([why, fails, mends], index) =>
    doors.slice(0, index === 0 ? 2 : 1).map(([how, opens]) => [why, how, fails, mends, opens] as const),
  );
  test.each(all)('where %s and the deployment %s', async (_why, _how, fails, mends, opens) => {
    const id = await world.deploy(plan());
    expect(await world.settle(id)).toBe('waiting-for-lease');
    const [before] = leases.all();
    await fails(id);
    expect(await world.state(id)).toBe('failed');
    mends();
    await opens(id);
    await world.settle(id);
    world.clock.advance(hour);
    expect(await world.settle(id)).toBe('ready');
    expect(leases.all().map((lease) => lease.id)).toEqual([before?.id]);
    expect(world.cloud.calls.get('deleteLease')).toBeUndefined();
    expect(await berths()).toEqual([{ key: 'server-worker-1', reservation: leases.reservationOf('lease-1') }]);
  });

  test('where the server on it is made anew, which takes its place again', async () => {
    const given = plan();
    world.silent.add('worker-1');
    const id = await world.deploy(given);
    await world.settle(id);
    world.clock.advance(hour);
    await world.settle(id);
    expect(await world.state(id)).toBe('failed');
    world.silent.clear();
    await requestAction(world.ports, id, { action: 'retry' });
    expect(await world.settle(id)).toBe('ready');
    expect(world.cloud.calls.get(`made ${shortId(id)}-server-worker-1`)).toBe(2);
    expect(world.cloud.calls.get('deleteLease')).toBeUndefined();
    expect(await berths()).toHaveLength(1);
  });
});

test('a borrowed lease that was being deleted by a version before is kept', async () => {
  const id = await world.deploy(borrowed());
  await world.settle(id);
  await store.db.updateTable('resources').set({ phase: 'deleting' }).where('key', '=', 'lease-workers').execute();
  await world.settle(id);
  world.clock.advance(hour);
  expect(await world.settle(id)).toBe('ready');
  expect(world.cloud.calls.get('deleteLease')).toBeUndefined();
});

test('a server that failed before anything of it was made has its place on the lease no more, and takes it again', async () => {
  const plan = onLease('now', inMs(9 * hour));
  world.cloud.faults = (call) => (call === 'createServer' && (world.cloud.calls.get('createServer') ?? 0) > 1 ? 'quota' : undefined);
  const id = await world.deploy(plan);
  expect(await world.settle(id)).toBe('failed');
  expect(await berths()).toEqual([]);
  world.cloud.faults = () => undefined;
  await requestAction(world.ports, id, { action: 'retry' });
  expect(await world.settle(id)).toBe('ready');
  expect(await berths()).toHaveLength(1);
});

describe('what stands on a borrowed lease can be deleted', () => {
  test.each([
    ['while its site’s leases can’t be listed', { faults: (call: string) => (call === 'leases' ? ('busy' as const) : undefined) }],
    ['while its site has no leases at all', { leases: undefined }],
  ])('%s', async (_when, broken) => {
    const plan = borrowed();
    const id = await world.deploy(plan);
    await world.settle(id);
    world.clock.advance(hour);
    expect(await world.settle(id)).toBe('ready');
    await requestAction(world.ports, id, { action: 'delete' });
    Object.assign(world.cloud, broken);
    expect(await world.settle(id)).toBe('deleted');
    expect(leases.all()).toHaveLength(1);
  });
});

test('a lease that was moved is waited for where its list fails once', async () => {
  const id = await world.deploy(made());
  await world.settle(id);
  for (const lease of leases.leases.values()) lease.start = inMs(3 * hour);
  await world.pass(id);
  world.clock.advance(1.5 * hour);
  signIns('site-unreachable');
  await world.pass(id);
  signIns(undefined);
  expect(await world.settle(id)).toBe('waiting-for-lease');
  world.clock.advance(1.6 * hour);
  expect(await world.settle(id)).toBe('ready');
});
