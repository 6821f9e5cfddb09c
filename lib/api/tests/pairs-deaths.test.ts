import { describe, expect, test } from 'vitest';
import type { TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { pairsOnTwoShores } from '../testing/pairs';

const world = pairsOnTwoShores();
const { clock, ids, call, make, look, kindsOf, namesOn, membersOf, unreachable, errandsFor, callsTo } = world;

describe('what a death leaves', () => {
  const failing = (oscar: TestOscar, method: string, status: 'reset' | 'reset-after-commit') =>
    oscar.cluster.world.faults.add({ match: { method, path: '/system/services' }, answer: { status }, times: 1 });

  test.each(['reset', 'reset-after-commit'] as const)(
    'a change whose answer is lost (%s) is looked at, and not made twice',
    async (status) => {
      const id = await make();
      await errandsFor(2);
      unreachable(world.europe, true);
      failing(world.america, 'PUT', status);
      const calls = await callsTo(world.america, () => errandsFor(60));
      expect(calls.filter((one) => one.startsWith('PUT'))).toHaveLength(status === 'reset' ? 2 : 1);
      expect(membersOf()).toEqual([]);
      expect(await look(id)).toMatchObject({ sharing: 'closed', settled: true, problem: null });
    },
  );

  test.each([
    ['before its call', false],
    ['after its call', true],
  ])('of whoever died %s when a worker was taken out, the next knows what to take back', async (_when, called) => {
    const id = await make();
    await errandsFor(2);
    if (called) Object.assign(world.america.cluster.world.service('words') ?? {}, { replicas: [] });
    await world.api.store.db
      .updateTable('pairs')
      .set({ shape: 'closed', settled: false, mend_until: new Date(clock.now().getTime() + 1000) })
      .execute();
    await errandsFor(20);
    expect(membersOf()).toEqual(['europe']);
    expect(await look(id)).toMatchObject({ sharing: 'whole', settled: true });
  });

  test('a worker that somebody else took out stays out', async () => {
    await make();
    Object.assign(world.america.cluster.world.service('words') ?? {}, { replicas: [] });
    await errandsFor(40);
    expect(membersOf()).toEqual([]);
  });

  test('a pair whose maker died is taken back, says so, and can be made again', async () => {
    const id = await make();
    await world.api.store.db
      .updateTable('pairs')
      .set({ state: 'making', alive_until: new Date(clock.now().getTime() - 1) })
      .execute();
    await errandsFor(1);
    expect(await look(id)).toMatchObject({ state: 'undone', problem: { title: 'It was cut off' } });
    expect([namesOn(world.america), namesOn(world.europe)]).toEqual([[], []]);
    await make();
  });

  test('a pair whose maker is at work is left alone', async () => {
    const id = await make();
    await world.api.store.db
      .updateTable('pairs')
      .set({ state: 'making', alive_until: new Date(clock.now().getTime() + 60_000) })
      .execute();
    await errandsFor(2);
    expect([(await look(id)).state, namesOn(world.america)]).toEqual(['making', ['words']]);
  });

  test.each([
    [true, [['words'], ['words']]],
    [false, [[], []]],
  ])('a pair whose remover died is taken out as was wanted (services kept: %s)', async (keeps, left) => {
    await make();
    await world.api.store.db
      .updateTable('pairs')
      .set({ state: 'removing', keeps, alive_until: new Date(clock.now().getTime() - 1) })
      .execute();
    await errandsFor(1);
    expect((await call('GET', '/pairs')).json.items).toEqual([]);
    expect([namesOn(world.america), namesOn(world.europe)]).toEqual(left);
  });
});

describe('a cluster of a pair', () => {
  test('is not removed while the pair stands', async () => {
    await make();
    expect(await call('DELETE', `/clusters/${ids.eu}`)).toMatchObject({ status: 409, json: { cause: 'words' } });
  });

  test.each([
    ['worker_id', () => membersOf(), []],
    [
      'origin_id',
      () => world.europe.cluster.world.service('words')?.output.map(({ storage_provider: provider }) => provider),
      ['minio.default'],
    ],
  ] as const)('that went with its deployment (%s) is let go of by the other, and the pair says so', async (column, seen, expected) => {
    const id = await make();
    await world.api.store.db
      .updateTable('pairs')
      .set({ [column]: null })
      .execute();
    await errandsFor(1);
    expect(await look(id)).toMatchObject({ state: 'broken', problem: { title: expect.stringMatching(/is gone$/) } });
    expect(seen()).toEqual(expected);
    expect(await kindsOf(id)).toEqual(['cluster-gone']);
    expect((await call('DELETE', `/pairs/${id}`)).status).toBe(204);
  });
});

test('a pair that is taken out while its origin is being changed waits for that: no worker is put back afterwards', async () => {
  const id = await make();
  await errandsFor(1);
  await world.api.store.db
    .updateTable('pairs')
    .set({ shape: 'closed', settled: false, mend_until: new Date(clock.now().getTime() + 60_000) })
    .execute();
  const removing = call('DELETE', `/pairs/${id}?keep=true`);
  await expect.poll(async () => (await look(id)).state).toBe('removing');
  expect(membersOf()).toEqual(['europe']);
  await world.api.store.db.updateTable('pairs').set({ mend_until: null }).execute();
  expect((await removing).status).toBe(204);
  expect(membersOf()).toEqual([]);
});
