import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { retentionSchema } from '@/lib/core/config/retention';
import { newId } from '@/lib/core/ids';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { forgetNotices } from './retention';
import { TellingWorld } from './testing/world';

let store: Store;
let world: TellingWorld;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.deleteFrom('notices').execute();
  world = new TellingWorld(store, newId('user'));
  await world.person();
});

const day = 86_400_000;
const rules = retentionSchema.parse({ noticeDays: 30, noticesPerPerson: 100 });
async function notice(key: string, daysAgo: number): Promise<void> {
  const id = newId('note');
  const at = new Date(world.clock.now().getTime() - daysAgo * day);
  await store.db.insertInto('notices').values({ id, user_id: world.userId, key, what: 'idle', about: '{}', at }).execute();
  await store.db.insertInto('deliveries').values({ notice_id: id, way: 'mail', state: 'sent', next_at: at }).execute();
}
const keys = async () => (await store.db.selectFrom('notices').select('key').orderBy('key').execute()).map(({ key }) => key);

test('what people were told of is forgotten by its age, with how it was sent', async () => {
  await notice('tacc/a/idle', 31);
  await notice('tacc/b/idle', 29);
  expect(await forgetNotices(store.db, rules, world.clock.now())).toBe(1);
  expect(await keys()).toEqual(['tacc/b/idle']);
  expect(await store.db.selectFrom('deliveries').select('state').execute()).toHaveLength(1);
});

test('and by its number, the oldest first', async () => {
  for (let count = 0; count < 105; count++) await notice(`tacc/l${String(count).padStart(3, '0')}/idle`, count / 10);
  await forgetNotices(store.db, rules, world.clock.now());
  expect(await keys()).toEqual(Array.from({ length: 100 }, (_, count) => `tacc/l${String(count).padStart(3, '0')}/idle`));
});

test.each([
  ['stays where the lease goes on, so that it is told no second time', 'ACTIVE', 24, true],
  ['goes where the lease is over', 'TERMINATED', 24, false],
  ['goes where the lease has ended, though nobody has looked since', 'ACTIVE', -1, false],
])('what is old %s', async (_what, status, hours, stays) => {
  const id = await world.lease(hours);
  await store.db.updateTable('leases').set({ status }).where('lease_id', '=', id).execute();
  await notice(`tacc/${id}/idle`, 200);
  await forgetNotices(store.db, rules, world.clock.now());
  expect(await keys()).toEqual(stays ? [`tacc/${id}/idle`] : []);
});
