import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runErrand } from '@/lib/keeping/errands';
import { dueProjects } from '@/lib/leasing/work/watching';
import { hosts as hostsOf, ofType } from '@/lib/sandbox/testing/leases';
import { lookForNotices } from '@/lib/telling/notices';
import { type LeaseApi, openLeaseApi, site } from '../testing/leases';

let api: LeaseApi;
beforeAll(async () => {
  api = await openLeaseApi();
});
afterAll(() => api.end());
afterEach(async () => {
  await api.blazar.cloud.admin('POST', '/_reset', {});
  for (const table of ['leases', 'notices', 'lease_ends'] as const) await api.store.db.deleteFrom(table).execute();
  api.services.desk.forget('owner');
  await api.blazar.later(0);
});

let names = 0;
async function made(end: number): Promise<{ id: string; cloudId: string }> {
  const reservations = [{ kind: 'physical:host', count: 1, nodeType: 'compute_zen3' }];
  const body = { site, name: `watched-${++names}`, start: 'now', end: api.inHours(end), reservations };
  const answer = await api.call('POST', '/leases', api.as.owner, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
const rows = async () =>
  (await api.store.db.selectFrom('leases').select(['status', 'ends_at', 'seen_at', 'look_at']).orderBy('name').execute()).map((row) => ({
    ...row,
    ends_at: row.ends_at.toISOString(),
  }));
const told = async () => {
  await lookForNotices(api.services.telling);
  const notices = await api.store.db.selectFrom('notices').select('what').where('what', '!=', 'settled').execute();
  return notices.map(({ what }) => what);
};
/** What workers do meanwhile, minute for minute. */
async function pass(hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 0.25) {
    await api.later(Math.min(left, 0.25));
    await watch();
  }
}
async function watch(): Promise<void> {
  for (const { errand, after } of await dueProjects(api.services)) if (after === 0) await runErrand(api.services, errand);
}

test.each<[string, (lease: { id: string; cloudId: string }, end: number) => Promise<unknown>, boolean]>([
  [
    'at its site is told of',
    ({ cloudId }, end) => api.blazar.cloud.reservation('PUT', `/leases/${cloudId}`, { end_date: api.blazar.date(end) }),
    true,
  ],
  [
    'here is not told of to whom did it',
    ({ id }, end) => api.call('PATCH', `/leases/${id}`, api.as.owner, { end: api.inHours(end) }),
    false,
  ],
])('a lease that is shortened %s', async (_where, shorten, news) => {
  const lease = await made(60);
  await watch();
  expect(await told()).toEqual([]);
  const before = (await rows())[0]?.ends_at;
  await shorten(lease, 54);
  await api.later(1);
  await watch();
  expect((await rows())[0]?.ends_at).not.toBe(before);
  expect(await told()).toEqual(news ? ['shortened'] : []);
});

describe('leases that nobody looks at', () => {
  test('are told of as they stand: one that was extended elsewhere ends then, and no reminder comes too early', async () => {
    const { cloudId } = await made(26);
    await pass(0.5);
    const later = api.blazar.date(40);
    await api.blazar.cloud.reservation('PUT', `/leases/${cloudId}`, { end_date: later });
    await api.later(2);
    // its site is to be asked first, and is being asked while it takes its time to answer
    expect(await told()).toEqual([]);
    const match = { service: 'reservation', method: 'GET', path: '/leases$' };
    await api.blazar.cloud.admin('POST', '/_faults', { match, delayMs: 1500, times: 1 });
    api.calls.length = 0;
    const asking = watch();
    await expect.poll(() => api.calls.includes('leases')).toBe(true);
    expect(await told()).toEqual([]);
    await asking;
    expect(await rows()).toMatchObject([{ status: 'ACTIVE', ends_at: `${later.replace(' ', 'T')}:00.000Z` }]);
    expect(await told()).toEqual([]);
    await pass(14);
    expect((await told()).sort()).toEqual(['ends-24h', 'idle']);
  });

  test('are told of when nothing was ever started on them', async () => {
    await made(60);
    await pass(7);
    expect(await told()).toContain('idle');
  });

  test('are gone when they were deleted elsewhere', async () => {
    const { cloudId } = await made(26);
    await pass(0.5);
    await api.blazar.cloud.reservation('DELETE', `/leases/${cloudId}`);
    await pass(2);
    expect(await rows()).toMatchObject([{ status: 'GONE', look_at: null }]);
    expect(await told()).toEqual([]);
  });

  test('are asked for in one list a project, however many they are, and by one of several workers', async () => {
    for (const hours of [20, 30, 40]) await made(hours);
    await api.later(1);
    const due = await dueProjects(api.services);
    expect(due.map(({ after }) => after)).toEqual([0]);
    api.calls.length = 0;
    await Promise.all([1, 2, 3].map(() => runErrand(api.services, due[0]?.errand ?? '')));
    expect(api.calls.filter((call) => call === 'leases')).toHaveLength(1);
    expect(new Set((await rows()).map(({ seen_at }) => seen_at?.getTime()))).toEqual(new Set([api.clock.now().getTime()]));
    expect((await dueProjects(api.services)).filter(({ after }) => after === 0)).toEqual([]);
  });

  test('of others are not asked for', async () => {
    await api.blazar.lease(api.blazar.date(24), api.blazar.date(30), [hostsOf(ofType('compute_zen3'))]);
    await api.call('GET', '/leases', api.as.owner);
    await api.later(20);
    expect(await rows()).toHaveLength(1);
    expect(await dueProjects(api.services)).toEqual([]);
  });

  test('at a site that is silent are asked for ever more rarely, told of by what is known, and not said to be over', async () => {
    const { id } = await made(25);
    await api.later(0.5);
    await watch();
    const match = { service: 'reservation', method: 'GET', path: '/leases$' };
    await api.blazar.cloud.admin('POST', '/_faults', { match, answer: { status: 503, body: {} }, times: 1000 });
    await api.later(1);
    api.calls.length = 0;
    await watch();
    const [row] = await rows();
    expect(row?.look_at?.getTime()).toBeGreaterThan(api.clock.now().getTime() + 20 * 60_000);
    expect(await told()).toEqual(['ends-24h']);
    await watch();
    expect(api.calls.filter((call) => call === 'leases')).toHaveLength(1);
    const { json } = await api.call('GET', `/leases/${id}`, api.as.owner);
    expect(json).toMatchObject({ status: 'ACTIVE', unheard: { code: 'upstream-failed' }, extendableUntil: { rule: 'unknown' } });
    expect(json.seenAt).toBe(row?.seen_at?.toISOString());
  });
});
