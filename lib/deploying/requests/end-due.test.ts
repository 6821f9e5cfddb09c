import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { wantDeleted } from '../ledger/ending';
import { noteLeaseEnd } from '../ledger/lease-end';
import { commit } from '../ledger/write';
import { FakeLeases } from '../testing/fake-leases';
import { onLease } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { changeDeployment } from './change';
import { endDue } from './end-due';

let store: Store;
let world: World;
let id: string;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const hour = 3_600_000;
const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms);
beforeEach(async () => {
  world = new World(store);
  world.cloud.leases = new FakeLeases(world.clock);
  id = await world.deploy(onLease('now', inMs(3 * hour).toISOString()));
  await world.settle(id);
});
const deployment = async () => (await world.ledger(id)).deployment;
const moveEnd = (end: Date) => noteLeaseEnd(world.ports, { userId: 'u1', site: 'lab', lease: 'lease-1', end: end.toISOString() });

/** Something is written after it was judged that the time has come, and before that is acted upon. */
function afterJudging(write: () => Promise<void>): void {
  const { transaction } = store.db;
  store.db.transaction = () => {
    store.db.transaction = transaction;
    const acts = store.db.transaction();
    const execute = acts.execute.bind(acts);
    return Object.assign(acts, { execute: async (work: Parameters<typeof execute>[0]) => write().then(() => execute(work)) });
  };
}

test.each<[string, () => Promise<void>, () => Promise<void>, string]>([
  ['its lease was extended', async () => {}, () => moveEnd(inMs(9 * hour)), 'running'],
  [
    'its own end was put off',
    async () => {
      await moveEnd(inMs(9 * hour));
      await store.db.updateTable('deployments').set({ expires_at: world.clock.now() }).where('id', '=', id).execute();
    },
    () => changeDeployment(world.ports, id, { expiresAt: inMs(hour) }),
    'running',
  ],
  ['nothing changed', async () => {}, async () => {}, 'deleted'],
])('a deployment whose time has come is judged again as it is ended: %s', async (_what, first, between, wanted) => {
  world.clock.advance(3 * hour - 360_000);
  await first();
  afterJudging(between);
  await endDue(world.ports, id);
  expect((await deployment()).wanted).toBe(wanted);
});

test('screens and passes that know the former end of a lease know that it is another', async () => {
  const before = await world.ledger(id);
  const lease = before.resources.find(({ kind }) => kind === 'lease');
  const end = inMs(9 * hour);
  await moveEnd(end);
  expect(await deployment()).toMatchObject({ lease_ends_at: end, version: before.deployment.version + 1 });
  if (!lease) throw new Error('no lease');
  expect(await commit(world.ports, before, [{ resource: lease, change: { observed: lease.observed } }])).toBe(false);
  expect((await deployment()).lease_ends_at).toEqual(end);
  await moveEnd(end);
  expect((await deployment()).version).toBe(before.deployment.version + 1);
});

test('what ended a deployment, and whose disks are lost with it, is said as it was first, however often its deletion is asked again', async () => {
  const lost = ['worker-1'];
  await store.db.transaction().execute(async (trx) => {
    await wantDeleted(trx, id, world.clock.now(), { ended: { by: 'lease', lost } });
    await wantDeleted(trx, id, world.clock.now(), { ended: { by: 'end', lost: [] } });
    await wantDeleted(trx, id, world.clock.now());
  });
  expect(await deployment()).toMatchObject({ wanted: 'deleted', ended_by: 'lease', lost });
});
