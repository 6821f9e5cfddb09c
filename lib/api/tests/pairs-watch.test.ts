import { describe, expect, test } from 'vitest';
import type { TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { dueForPairs } from '@/lib/workloads/pairs/watch/errands';
import { pairsOnTwoShores } from '../testing/pairs';

const world = pairsOnTwoShores();
const { clock, ids, call, serviceNamed, make, look, kindsOf, membersOf, unreachable, errandsFor, callsTo, fill, put, outputs } = world;

describe('a worker that falls silent', () => {
  test('is taken out within 30 seconds and put back by itself, each with an event that is kept', async () => {
    const id = await make();
    await errandsFor(20);
    expect(await look(id)).toMatchObject({ watch: { state: 'closed' }, sharing: 'whole', settled: true });
    unreachable(world.europe, true);
    let seconds = 0;
    for (; membersOf()?.length !== 0 && seconds < 60; seconds++) await errandsFor(1);
    expect(seconds).toBeLessThanOrEqual(30);
    expect(await look(id)).toMatchObject({ watch: { state: 'open' }, sharing: 'closed', settled: true, problem: null });
    await errandsFor(40);
    unreachable(world.europe, false);
    await errandsFor(16);
    expect([(await look(id)).watch.state, membersOf()]).toEqual(['half-open', []]);
    await errandsFor(16);
    expect([(await look(id)).watch.state, membersOf()]).toEqual(['closed', ['europe']]);
    expect(await look(id)).toMatchObject({ sharing: 'whole', settled: true, problem: null });
    expect(await kindsOf(id)).toEqual(['silent', 'taken-out', 'answers', 'put-back']);
    // the way to it is as before: its password is still known there
    expect(JSON.stringify(world.america.cluster.world.service('words')?.clusters)).toContain(world.europe.password);
  });

  test('in the middle of 50 jobs loses none of them: each runs once, and the origin’s manager does not end', async () => {
    await make();
    await errandsFor(2);
    await fill();
    world.america.cluster.world.state.settings.upstreamBugs = true;
    for (let job = 0; job < 25; job++) await put(`f${job}.txt`);
    await errandsFor(10);
    const crashes = world.america.cluster.world.state.crashes;
    unreachable(world.europe, true);
    await errandsFor(28);
    expect(membersOf()).toEqual([]);
    const crashed = world.america.cluster.world.state.crashes;
    for (let job = 25; job < 50; job++) await put(`f${job}.txt`);
    await errandsFor(60);
    // while it was still a member the manager may have ended; not once since
    expect(world.america.cluster.world.state.crashes).toBe(crashed);
    expect(crashes).toBe(0);
    unreachable(world.europe, false);
    await errandsFor(32);
    expect(membersOf()).toEqual(['europe']);
    await world.america.ask('DELETE', '/system/services/fill');
    await errandsFor(240);
    const all = Array.from({ length: 50 }, (_none, job) => `out/f${job}.txt.count.txt`).sort();
    expect(outputs(world.america)).toEqual(all);
    const runs = [world.america, world.europe].flatMap(({ cluster }) =>
      cluster.world.state.runs.filter(({ service }) => service === 'words'),
    );
    expect(runs.map(({ status }) => status)).toEqual(Array.from({ length: runs.length }, () => 'Succeeded'));
    expect(runs).toHaveLength(50);
  }, 60_000);

  test('of many pairs costs one call a beat, and one list of the origin when something is to be changed', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await make(name);
    await errandsFor(1);
    const calm = await callsTo(world.europe, () => errandsFor(15));
    expect(calm).toEqual(['GET /health']);
    expect(await callsTo(world.america, () => errandsFor(15))).toEqual([]);
    unreachable(world.europe, true);
    const changes = await callsTo(world.america, () => errandsFor(30));
    expect(changes.filter((one) => one === 'GET /system/services')).toHaveLength(1);
    expect(changes.filter((one) => one.startsWith('PUT'))).toHaveLength(4);
  });
});

test('however many screens look at a service’s jobs, its cluster is asked for one list a moment', async () => {
  await make();
  const path = `/clusters/${ids.us}/services/words/jobs?watch=true`;
  const looks = async () => {
    const answers = await Promise.all([1, 2, 3].map(() => call('GET', path)));
    expect(answers.map(({ json }) => json.items)).toEqual([[], [], []]);
    expect((await call('GET', path)).status).toBe(200);
  };
  expect(await callsTo(world.america, looks)).toEqual(['GET /system/logs/words']);
  clock.advance(900);
  expect(await callsTo(world.america, looks)).toEqual(['GET /system/logs/words']);
  unreachable(world.america, true);
  clock.advance(900);
  expect((await call('GET', path)).status).toBeGreaterThan(499);
  unreachable(world.america, false);
  expect((await call('GET', path)).json.items).toEqual([]);
});

describe('a drain', () => {
  test('of the origin sends what comes to the worker though there is room here, until it is ended', async () => {
    const id = await make();
    await errandsFor(2);
    const drained = await call('POST', `/pairs/${id}/drain`, {});
    expect(drained.json, drained.text).toMatchObject({
      sharing: 'away',
      settled: true,
      drain: { side: 'origin', until: null, drill: false },
    });
    expect((await call('POST', `/pairs/${id}/drain`, { side: 'worker' })).status).toBe(409);
    await put('f1.txt');
    await errandsFor(10);
    const ranAt = (oscar: TestOscar) => oscar.cluster.world.state.runs.filter(({ service }) => service === 'words').length;
    expect([ranAt(world.america), ranAt(world.europe), outputs(world.america)]).toEqual([0, 1, ['out/f1.txt.count.txt']]);
    expect((await call('DELETE', `/pairs/${id}/drain`)).json).toMatchObject({ sharing: 'whole', settled: true, drain: null });
    expect(world.america.cluster.world.service('words')?.cpu).toBe('0.5');
    await put('f2.txt');
    await errandsFor(10);
    expect([ranAt(world.america), ranAt(world.europe)]).toEqual([1, 1]);
    expect(await kindsOf(id)).toEqual(['drain-begun', 'moved-away', 'drain-ended', 'put-back']);
  });

  test('of the worker hands it nothing, and when its cluster falls silent meanwhile nothing is put back too early', async () => {
    const id = await make();
    expect((await call('POST', `/pairs/${id}/drain`, { side: 'worker' })).json).toMatchObject({ sharing: 'closed', settled: true });
    expect(membersOf()).toEqual([]);
    unreachable(world.europe, true);
    await errandsFor(30);
    await call('DELETE', `/pairs/${id}/drain`);
    expect(membersOf()).toEqual([]);
    unreachable(world.europe, false);
    await errandsFor(32);
    expect(membersOf()).toEqual(['europe']);
  });

  test('whose origin’s worker falls silent keeps new work at the origin, and can run there', async () => {
    const id = await make();
    await call('POST', `/pairs/${id}/drain`, {});
    unreachable(world.europe, true);
    await errandsFor(30);
    expect(await look(id)).toMatchObject({ sharing: 'closed', drain: { side: 'origin' } });
    expect([world.america.cluster.world.service('words')?.cpu, membersOf()]).toEqual(['0.5', []]);
  });

  test('of an origin of 4.1 is refused with why', async () => {
    await world.api.store.db.updateTable('clusters').set({ dialect: '4.1' }).where('id', '=', ids.us).execute();
    const { rows } = await seedPair();
    const refused = await call('POST', `/pairs/${rows}/drain`, {});
    expect(refused).toMatchObject({ status: 409, json: { detail: expect.stringContaining('refresh token') } });
    await world.api.store.db.updateTable('clusters').set({ dialect: '3.6' }).where('id', '=', ids.us).execute();
  });
});

/** A pair of which only the row is there. */
async function seedPair(more: object = {}) {
  const wish = JSON.stringify({ ...serviceNamed('words'), input: [], output: [], thresholdSeconds: 30 });
  const row = {
    id: 'pair_seeded',
    user_id: 'owner',
    name: 'words',
    origin_id: ids.us,
    worker_id: ids.eu,
    origin_name: 'america',
    worker_name: 'europe',
  };
  await world.api.store.db
    .insertInto('pairs')
    .values({ ...row, state: 'standing', wish, created_at: clock.now(), ...more })
    .execute();
  return { rows: row.id };
}

describe('a drill', () => {
  test('ends by itself after five minutes, also for whoever begins anew, and tells what crossed', async () => {
    const id = await make();
    const began = await call('POST', `/pairs/${id}/drill`);
    expect(began.json).toMatchObject({ sharing: 'away', drain: { drill: true } });
    for (const name of ['f1.txt', 'f2.txt', 'f3.txt']) await put(name);
    await errandsFor(5);
    clock.advance(290_000);
    await errandsFor(3);
    expect((await look(id)).drain).not.toBeNull();
    // whoever would have ended it is gone: the rows alone tell
    await errandsFor(4);
    const { drain, drill, sharing } = await look(id);
    expect([drain, sharing]).toEqual([null, 'whole']);
    expect(drill).toMatchObject({
      worker: { done: 3, failed: 0, running: 0, waiting: 0 },
      origin: { done: 0, failed: 0, running: 0, waiting: 0 },
      silent: false,
    });
    expect(Date.parse(drill.endedAt) - Date.parse(drill.startedAt)).toBeLessThan(303_000);
    expect(await kindsOf(id)).toEqual(['drill-begun', 'moved-away', 'drill-ended', 'put-back']);
  });
});

describe('the threshold of a pair', () => {
  test('is judged by what was seen, and set after its change was shown', async () => {
    const id = await make();
    await put('f1.txt');
    await errandsFor(10);
    const advice = (await call('GET', `/pairs/${id}/threshold?seconds=5`)).json;
    expect(advice).toMatchObject({
      thresholdSeconds: 5,
      longest: 20,
      about: ['below-beat'],
      recommended: 15,
      nodeBootSeconds: null,
      seen: { origin: { jobs: 1 } },
    });
    const change = [{ field: 'threshold', from: '30', to: '45' }];
    expect((await call('PATCH', `/pairs/${id}?dryRun=true`, { thresholdSeconds: 45 })).json.changes).toEqual(change);
    expect(world.america.cluster.world.service('words')?.rescheduler_threshold).toBe(30);
    expect((await call('PATCH', `/pairs/${id}`, { thresholdSeconds: 45 })).json.changes).toEqual(change);
    expect([world.america.cluster.world.service('words')?.rescheduler_threshold, (await look(id)).thresholdSeconds]).toEqual([45, 45]);
    expect(membersOf()).toEqual(['europe']);
    expect(await kindsOf(id)).toEqual(['threshold']);
  });
});

describe('at night', () => {
  const nights = async () => (await dueForPairs(world.api.services)).filter(({ errand }) => errand.startsWith('night '));

  test('a pair is to be proved, unless a side is drained or its worker does not answer', async () => {
    const id = await make();
    await errandsFor(2);
    expect(await nights()).toEqual([]);
    clock.advance(36 * 3_600_000);
    expect(await nights()).toEqual([{ errand: `night ${id}`, after: 0 }]);
    await call('POST', `/pairs/${id}/drain`, { side: 'worker' });
    expect(await nights()).toEqual([]);
    await call('DELETE', `/pairs/${id}/drain`);
    expect(await nights()).toHaveLength(1);
    await world.api.store.db.updateTable('clusters').set({ dialect: '4.1' }).where('id', '=', ids.us).execute();
    expect(await nights()).toEqual([]);
    await world.api.store.db.updateTable('clusters').set({ dialect: '3.6' }).where('id', '=', ids.us).execute();
    unreachable(world.europe, true);
    await errandsFor(8);
    expect(await nights()).toEqual([]);
  });
});
