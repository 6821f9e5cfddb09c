import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CloudLease } from '@/lib/openstack/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { noteListed, noteMade, noteOne } from './noting';
import { findLease, leasesOf } from './rows';

let store: Store;
const userId = 'ada';
const place = { userId, site: 'tacc', project: 'p', credential: 'c' };
const at = (minute: number) => new Date(Date.UTC(2030, 0, 10, 12, minute));
const cloud = (id: string, over: Partial<CloudLease> = {}): CloudLease => ({
  id,
  name: 'mine',
  status: 'PENDING',
  start: at(30).toISOString(),
  end: at(59).toISOString(),
  createdAt: at(1).toISOString(),
  degraded: false,
  reservations: [],
  events: [],
  ...over,
});
const rows = async () => (await leasesOf(store.db, userId, { past: true })).map(({ id, lease_id, status }) => [id, lease_id, status]);
const list = (leases: CloudLease[], minute: number, whole = true) => noteListed(store.db, place, leases, at(minute), whole);

/** A row that waits for its lease. */
async function making(id: string, over: object = {}): Promise<string> {
  await store.db
    .insertInto('leases')
    .values({
      id,
      user_id: userId,
      site: 'tacc',
      project: 'p',
      credential: 'c',
      lease_id: null,
      name: 'mine',
      status: 'MAKING',
      starts_at: at(30),
      ends_at: at(59),
      taken_over: true,
      created_at: at(1),
      ...over,
    })
    .execute();
  return id;
}

beforeAll(async () => {
  store = await openTestStore();
  const user = { id: userId, issuer: 'https://op', subject: userId, provider: 'op', name: 'Ada', created_at: at(0) };
  await store.db.insertInto('users').values(user).execute();
});
afterEach(async () => {
  await store.db.deleteFrom('leases').execute();
});
afterAll(() => store.close());

describe('a list of a project’s leases', () => {
  test('gives a row that waits for its lease the one that was asked for, and keeps a colleague’s beside it', async () => {
    const row = await making('row');
    await list([cloud('older', { createdAt: at(-600).toISOString() }), cloud('other', { end: at(50).toISOString() }), cloud('asked')], 2);
    expect((await findLease(store.db, row))?.lease_id).toBe('asked');
    expect((await rows()).map(([, lease]) => lease).sort()).toEqual(['asked', 'older', 'other']);
  });

  test('gives two rows that wait for leases of one name one each, and never the same', async () => {
    await making('first');
    await making('second', { created_at: at(2) });
    await list([cloud('a', { createdAt: at(3).toISOString() }), cloud('b', { createdAt: at(3).toISOString() })], 4);
    expect(new Set((await rows()).map(([, lease]) => lease))).toEqual(new Set(['a', 'b']));
    expect(await rows()).toHaveLength(2);
  });

  test('that two processes note at once is noted once', async () => {
    await making('row');
    const leases = [cloud('asked'), cloud('another', { name: 'another' })];
    await Promise.all([list(leases, 2), list(leases, 2), list(leases, 3)]);
    expect(await rows()).toHaveLength(2);
  });

  test.each<[string, number, string]>([
    ['that is newer says how they stand', 5, 'ACTIVE'],
    ['that was asked for before what is known stays unsaid', 2, 'PENDING'],
  ])('%s', async (_name, minute, status) => {
    await noteOne(store.db, place, cloud('l'), at(4));
    await list([cloud('l', { status: 'ACTIVE' })], minute);
    expect(await rows()).toMatchObject([[expect.anything(), 'l', status]]);
  });

  test('that was asked for before a lease was made does not make it gone; a later one without it does', async () => {
    await noteOne(store.db, place, cloud('l'), at(4));
    await list([], 3);
    expect(await rows()).toMatchObject([[expect.anything(), 'l', 'PENDING']]);
    await list([], 5, false);
    expect(await rows()).toMatchObject([[expect.anything(), 'l', 'PENDING']]);
    await list([], 6);
    expect(await rows()).toMatchObject([[expect.anything(), 'l', 'GONE']]);
    await list([cloud('l')], 7);
    expect(await rows()).toMatchObject([[expect.anything(), 'l', 'PENDING']]);
  });

  test('tells of which the end has moved, of those that were known', async () => {
    await noteOne(store.db, place, cloud('l'), at(2));
    const moved = await list([cloud('l', { end: at(50).toISOString() }), cloud('new')], 3);
    expect(moved.map(({ id }) => id)).toEqual(['l']);
    expect(await list([cloud('l', { end: at(50).toISOString() }), cloud('new')], 4)).toEqual([]);
  });

  test('of thousands is noted', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => cloud(`l${index}`, { name: `n${index}` }));
    await list(many, 2);
    await list([...many.slice(1), cloud('l0', { name: 'n0', status: 'ACTIVE' })], 3);
    const counts = await store.db
      .selectFrom('leases')
      .select(({ fn }) => ['status', fn.countAll<string>().as('many')])
      .groupBy('status')
      .orderBy('status')
      .execute();
    expect(counts.map(({ status, many: count }) => [status, Number(count)])).toEqual([
      ['ACTIVE', 1],
      ['PENDING', 1199],
    ]);
  });
});

test('the lease that was made of a row is the row’s, also where a list has kept it as one that was made elsewhere', async () => {
  const id = await making('row');
  const row = await findLease(store.db, id);
  if (!row) throw new Error('There is no row');
  await noteOne(store.db, place, cloud('made'), at(2));
  await noteMade(store.db, row, cloud('made'), at(3));
  expect(await rows()).toEqual([['row', 'made', 'PENDING']]);
});
