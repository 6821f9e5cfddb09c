import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openTestApi, type TestApi } from '../fixtures';
import { perNetwork } from '../http/route';
import { Tries } from '../http/tries';
import { routes } from '../routes';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.store.close());

const end = () => new Date(api.clock.now().getTime() + 3_600_000).toISOString();

describe('what costs much is limited for one person', () => {
  test.each<[path: string, body: unknown, most: number]>([
    ['/credentials/read', { text: 'nothing' }, 60],
    ['/plans', { recipe: 'no-such' }, 120],
    ['/sites/match', { recipe: 'no-such' }, 120],
    ['/deployments', { recipe: 'no-such', name: 'x' }, 60],
    ['/credentials/device', { site: 'lab' }, 60],
    ['/sites', { name: 'x', authUrl: 'http://127.0.0.1:9/v3' }, 30],
  ])('%s', async (path, body, most) => {
    const spec = routes.find((each) => each.spec.method === 'POST' && each.spec.path === path)?.spec;
    expect(spec?.limit?.most).toBe(most);
    const before = Array.from({ length: most }, () => api.clock.now());
    const name = spec?.limit?.name ?? '';
    await api.store.db.insertInto('tries').values({ user_id: 'owner', name, at: before }).execute();
    const refused = await api.call('POST', path, api.as.owner, body);
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate-limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.call('POST', path, api.as.stranger, body)).status, 'another person').not.toBe(429);
    await api.store.db.deleteFrom('tries').execute();
  });

  test('by all processes together, and again when the first has passed out of the window', async () => {
    const limit = { name: 'test', most: 3, seconds: 10 };
    const [one, other] = [new Tries(api.store.db, api.clock), new Tries(api.store.db, api.clock)];
    const take = (count: number) =>
      Promise.allSettled(Array.from({ length: count }, (_, index) => (index % 2 === 0 ? one : other).take('owner', limit)));
    const first = await take(8);
    expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(first.filter((one) => one.status === 'rejected').map(({ reason }) => [reason.code, reason.retryAfter])).toEqual(
      Array.from({ length: 5 }, () => ['rate-limited', 10]),
    );
    api.clock.advance(4000);
    expect((await take(1))[0]).toMatchObject({ status: 'rejected', reason: { retryAfter: 6 } });
    api.clock.advance(6001);
    expect((await take(4)).filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });
});

describe('who has not signed in', () => {
  const from = (address: string, path: string) => api.call('GET', path, { 'x-transat-peer': address });

  test.each(['/leases/windows?count=1&hours=1', '/leases/hosts', '/leases/calendar'])('is counted by network: %s', async (path) => {
    api.clock.advance(61_000); // they are counted together
    const spec = routes.find((each) => each.spec.method === 'GET' && each.spec.path === path.split('?')[0])?.spec;
    const most = spec?.limit?.most ?? 0;
    expect(most).toBeGreaterThan(0);
    expect((await from('2001:db8:7::1', path)).status).toBe(200);
    const others = { name: spec?.limit?.name ?? '', seconds: 60, most: most * perNetwork };
    for (let count = 1; count < others.most; count++) api.services.tries.takeFrom('2001:db8:7:0', others);
    expect(await from('2001:db8:7::2', path)).toMatchObject({ status: 429, json: { code: 'rate-limited' } });
    expect((await from('2001:db8:8::1', path)).status, 'another network').toBe(200);
    api.clock.advance(61_000);
    expect((await from('2001:db8:7::2', path)).status, 'a minute later').toBe(200);
  });

  test('has a hundred answers at most that go on', async () => {
    const left = Array.from({ length: 101 }, () => new AbortController());
    const ask = (address: string, signal?: AbortSignal) =>
      api.raw(
        new Request('http://transat.test/api/v1/leases/windows?count=1&hours=1', {
          headers: { accept: 'application/x-ndjson', 'x-transat-peer': address },
          signal,
        }),
      );
    const statuses: number[] = [];
    for (const { signal } of left) statuses.push((await ask('192.0.2.9', signal)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await ask('192.0.2.10')).status).toBe(200);
    for (const each of left) each.abort();
  });
});

test('a person has a hundred tokens at most that are good', async () => {
  const body = () => ({ name: 'x', scope: 'read', expiresAt: end() });
  const have = await api.call('GET', '/tokens?limit=200', api.as.stranger);
  for (let count = have.json.items.length; count < 100; count++) {
    expect((await api.call('POST', '/tokens', api.as.stranger, body())).status).toBe(201);
  }
  expect(await api.call('POST', '/tokens', api.as.stranger, body())).toMatchObject({ status: 409, json: { code: 'conflict' } });
});

test('a hundred answers that go on are open for a person at most, and one that is left makes room', async () => {
  const left = Array.from({ length: 100 }, () => new AbortController());
  const ask = (as: Record<string, string>, signal?: AbortSignal) =>
    api.raw(new Request('http://transat.test/api/v1/facts', { headers: { ...as, accept: 'application/x-ndjson' }, signal }));
  const endless = await Promise.all(left.map(({ signal }) => ask(api.as.owner, signal)));
  expect(endless.every(({ status }) => status === 200)).toBe(true);
  const refused = await ask(api.as.owner);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect((await ask(api.as.stranger)).status).toBe(200);
  await endless[0]?.body?.cancel();
  expect((await ask(api.as.owner)).status).toBe(200);
  for (const each of left) each.abort();
});

describe('a forged cursor', () => {
  const forged = [
    [-1],
    [1.5],
    [1e300],
    ['1e999'],
    ['NaN'],
    ['\u0000'],
    [['x']],
    [null],
    {},
    'x',
    ['2020-01-01T00:00:00Z', '\u0000'],
    ['-271821-04-20T00:00:00.000Z', 'x'],
    ['+275760-09-13T00:00:00.000Z', 'x'],
    ['\ud800', 'x'],
    ["2020'; drop table users; --", 'x'],
  ];
  const takesOne = ({ query }: (typeof routes)[number]['spec']) => query instanceof z.ZodObject && 'cursor' in query.shape;
  const lists = routes.filter(({ spec }) => spec.method === 'GET' && spec.access !== 'node' && takesOne(spec) && !spec.path.includes('{'));

  test.each(lists.map(({ spec }) => spec.path))('of %s is a problem of the request', async (path) => {
    for (const value of forged) {
      const cursor = Buffer.from(JSON.stringify(value)).toString('base64url');
      const answer = await api.call('GET', `${path}?cursor=${cursor}&wait=0`, api.as.owner);
      expect(answer.status, `${JSON.stringify(value)}: ${answer.text}`).toBe(422);
    }
  });
});
