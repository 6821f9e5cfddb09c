import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { runErrand, sweep } from '@/lib/keeping/errands';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { followJobs } from '@/lib/workloads/ledger/follow';
import { openTestApi, type TestApi } from '../fixtures';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const person = 'owner';
let api: TestApi;
let europe: TestOscar;
let america: TestOscar;
const ids = { eu: '', us: '', pair: '' };
const word = { image: 'transat/word-count:1', script: '#!/bin/sh\nwc', cpu: '0.5', memory: '256Mi' };

beforeAll(async () => {
  [api, europe, america] = await Promise.all([
    openTestApi({ allowedRanges: ['127.0.0.0/8'] }),
    startTestOscar('3.6', { clock, definition: { id: 'oscar-eu' } }),
    startTestOscar('3.6', { clock, definition: { id: 'oscar-us' } }),
  ]);
  ids.eu = await register('Europe', 'eu', europe);
  ids.us = await register('America', 'us', america);
  ids.pair = await pairUp('words');
});
afterAll(async () => {
  await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]);
});

async function register(name: string, region: string, oscar: TestOscar): Promise<string> {
  const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
  return (await api.call('POST', '/clusters', api.as.owner, { name, region, endpoint: oscar.url, auth })).json.id;
}

async function pairUp(name: string): Promise<string> {
  const service = { name, ...word, input: [{ path: `${name}/in` }], output: [{ path: `${name}/out` }] };
  const made = await api.call('POST', '/pairs', api.as.owner, { origin: ids.eu, worker: ids.us, service, thresholdSeconds: 20 });
  expect(made.status, made.text).toBe(201);
  return made.json.id;
}

const list = async (query = '', as = api.as.owner) => (await api.call('GET', `/jobs${query}`, as)).json.items;
async function put(cluster: string, bucket: string, key: string): Promise<void> {
  const path = `http://transat.test/api/v1/clusters/${cluster}/buckets/${bucket}/objects?key=${key}`;
  const request = new Request(path, { method: 'POST', body: 'one two', headers: { ...api.as.owner, 'content-length': '7' } });
  expect((await api.raw(request)).status).toBe(201);
}
async function fill(oscar: TestOscar, seconds: number): Promise<void> {
  const environment = { variables: { SECONDS: String(seconds) } };
  await oscar.ask('POST', '/system/services', {
    name: 'fill',
    image: 'transat/wait:1',
    script: 'x',
    cpu: '1.9',
    memory: '1Mi',
    environment,
  });
  await oscar.ask('POST', '/job/fill', 'x', { authorization: `Bearer ${oscar.cluster.world.service('fill')?.token}` });
}
const empty = (oscar: TestOscar) => oscar.ask('DELETE', '/system/services/fill');

/** Lets seconds pass in which the clusters are asked as often as is due. */
async function follow(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await pass(clock, 1, europe, america);
    api.clock.advance(clock.now().getTime() - api.clock.now().getTime());
    await followJobs(api.services, person);
  }
}

describe('the way of a job is one row', () => {
  test('that stayed: it ran where it came, and nothing crossed', async () => {
    await put(ids.eu, 'words', 'in/stays.txt');
    await follow(8);
    expect(await list()).toMatchObject([
      {
        service: 'words',
        pair: ids.pair,
        origin: { id: ids.eu, name: 'Europe', region: 'eu' },
        ran: { id: ids.eu },
        state: 'Succeeded',
        crossed: false,
        why: null,
        object: 'words/in/stays.txt',
        bytesOver: 0,
        results: [{ cluster: ids.eu, key: 'out/stays.txt.count.txt' }],
        settled: true,
      },
    ]);
  });

  test('that waited too long: it says so, while it waits, as it crosses, and with both results', async () => {
    await fill(europe, 600);
    await put(ids.eu, 'words', 'in/waits.txt');
    await follow(2);
    expect((await list())[0]).toMatchObject({ state: 'Pending', crossed: false, object: 'words/in/waits.txt', settled: false });
    await follow(45);
    const [row] = await list('?crossed=true');
    const size = row.results[0].bytes;
    expect(row).toMatchObject({
      origin: { id: ids.eu },
      ran: { id: ids.us, name: 'America', region: 'us' },
      state: 'Succeeded',
      why: 'wait',
      object: 'words/in/waits.txt',
      bytesOver: 7 + size,
      results: [{ cluster: ids.us }, { cluster: ids.eu, key: 'out/waits.txt.count.txt' }],
      seen: [{ cluster: ids.eu }, { cluster: ids.us }],
      settled: true,
    });
    expect(row.hops.map(({ hop }: { hop: string }) => hop)).toEqual(['waited', 'began', 'ran']);
    expect(row.hops[0].milliseconds).toBeGreaterThanOrEqual(20_000);
  });

  test('that found no room: it left at once, and its origin never wrote it down', async () => {
    await put(ids.eu, 'words', 'in/full.txt');
    await follow(12);
    expect((await list())[0]).toMatchObject({
      crossed: true,
      why: 'no-room',
      object: 'words/in/full.txt',
      settled: true,
      seen: [{ cluster: ids.us }],
    });
  });

  test('that ended just before its side said nothing more of it: what its log tells is looked up when that is told again, however long it took', async () => {
    const { faults } = america.cluster.world;
    faults.add({ match: { path: '/system/logs/words/.' }, answer: { status: 403 }, times: 10_000 });
    await put(ids.eu, 'words', 'in/cut.txt');
    await follow(50);
    const [row] = await list('?crossed=true');
    expect(row).toMatchObject({ state: 'Succeeded', settled: false });
    faults.clear();
    await follow(2);
    expect((await list('?crossed=true'))[0]).toMatchObject({
      id: row.id,
      object: 'words/in/cut.txt',
      bytesOver: expect.any(Number),
      settled: true,
    });
  });

  test('whose file was put at the other side by a person: nothing crossed', async () => {
    await put(ids.us, 'words', 'in/here.txt');
    await follow(12);
    expect((await list())[0]).toMatchObject({ crossed: false, why: 'person', origin: { id: ids.us }, ran: { id: ids.us }, bytesOver: 0 });
  });

  test('and a burst is followed without one lost or there twice', async () => {
    const before = (await list()).length;
    for (let each = 0; each < 12; each++) await put(ids.eu, 'words', `in/burst-${each}.txt`);
    await follow(40);
    const rows = (await list()).slice(0, -before);
    expect(new Set(rows.map(({ object }: { object: string }) => object)).size).toBe(12);
    expect(rows).toHaveLength(12);
    expect(rows.every(({ state, crossed }: { state: string; crossed: boolean }) => state === 'Succeeded' && crossed)).toBe(true);
    await empty(europe);
  });
});

test('results on both sides are compared object by object', async () => {
  const { json } = await api.call('GET', `/pairs/${ids.pair}/results`, api.as.owner);
  const is = (name: string) => json.places[0].objects.find(({ key }: { key: string }) => key === `out/${name}.txt.count.txt`)?.is;
  expect([json.places[0].bucket, is('waits'), is('stays'), json.places[0].problems]).toEqual(['words', 'same', 'origin-only', []]);
});

describe('where a job would run now, and why', () => {
  const ask = async (as = api.as.owner) => await api.call('POST', '/placements', as, { pair: ids.pair });
  test('at its origin, where there is room', async () => {
    expect((await ask()).json).toMatchObject({
      runs: 'origin',
      why: 'room-here',
      cluster: { id: ids.eu },
      sides: [{ room: true }, { room: true }],
    });
  });
  test('on the other side, where its origin is full', async () => {
    await fill(europe, 600);
    await pass(clock, 20, europe, america);
    expect((await ask()).json).toMatchObject({
      runs: 'worker',
      why: 'full-here',
      cluster: { id: ids.us },
      withinSeconds: 35,
      sides: [{ room: false }, {}],
    });
    await empty(europe);
  });
  test('of somebody else’s pair nothing is told', async () => {
    expect((await ask(api.as.stranger)).status).toBe(404);
    expect((await api.call('GET', `/pairs/${ids.pair}/results`, api.as.stranger)).status).toBe(404);
    expect(await list('', api.as.stranger)).toEqual([]);
  });
});

describe('the list', () => {
  test.each([
    ['?state=Failed', 0],
    ['?crossed=false', 2],
    ['?service=none', 0],
    ['?pair=none', 0],
  ])('filtered by %s', async (query, count) => {
    expect(await list(query)).toHaveLength(count);
  });
  test('filtered by a cluster has what came there and what ran there', async () => {
    const all = await list();
    expect(await list(`?cluster=${ids.us}`)).toHaveLength(all.length - 1);
    expect(await list(`?cluster=${ids.eu}`)).toHaveLength(all.length - 1);
  });
  test('comes in pages, each job once', async () => {
    const all = (await list()).map(({ id }: { id: string }) => id);
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const { json } = await api.call('GET', `/jobs?limit=5${cursor}`, api.as.owner);
      found.push(...json.items.map(({ id }: { id: string }) => id));
      if (json.next === null) break;
      cursor = `&cursor=${encodeURIComponent(json.next)}`;
    }
    expect(found).toEqual(all);
    expect((await api.call('GET', '/jobs?cursor=WyJ4IiwiYSJd', api.as.owner)).status).toBe(422);
  });
});

test('a beat asks each cluster for one list, the services in turns, and none comes before it is due', async () => {
  const second = await pairUp('again');
  const asked: string[] = [];
  const spies = [europe, america].map(({ cluster: { world } }) => {
    const take = world.faults.take.bind(world.faults);
    return vi.spyOn(world.faults, 'take').mockImplementation((service, method, path) => {
      if (/^\/system\/logs\/[^/]+$/.test(path)) asked.push(`${world.definition.id} ${path}`);
      return take(service, method, path);
    });
  });
  api.clock.advance(5000);
  await Promise.all([followJobs(api.services, person), followJobs(api.services, person), followJobs(api.services, person)]);
  expect(asked.map((one) => one.split(' ')[0]).toSorted()).toEqual(['oscar-eu', 'oscar-us']);
  api.clock.advance(1000);
  await followJobs(api.services, person);
  expect(new Set(asked).size).toBe(4);
  for (const spy of spies) spy.mockRestore();
  expect((await api.call('DELETE', `/pairs/${second}`, api.as.owner)).status).toBe(204);
});

test('clusters are followed by an errand, soon while somebody watches; and what is open of a pair that is gone is closed', async () => {
  await sweep(api.services);
  api.clock.advance(2000);
  expect(await runErrand(api.services, `jobs ${person}`)).toBe(30);
  await api.call('GET', '/jobs?watch=true', api.as.owner);
  api.clock.advance(2000);
  await expect.poll(() => runErrand(api.services, `jobs ${person}`)).toBe(2);
  await fill(europe, 600);
  await put(ids.eu, 'words', 'in/left.txt');
  await follow(1);
  expect((await list())[0]).toMatchObject({ settled: false });
  await api.store.db.deleteFrom('pairs').where('id', '=', ids.pair).execute();
  await sweep(api.services);
  expect((await list())[0]).toMatchObject({ state: 'Gone', settled: true });
  expect(await runErrand(api.services, `jobs ${person}`)).toBeNull();
});
