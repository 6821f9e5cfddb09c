import { expect, test } from 'vitest';
import { dueForJobs } from '@/lib/workloads/ledger/errands';
import { followJobs } from '@/lib/workloads/ledger/follow';
import { pairsOnTwoShores } from '../testing/pairs';

const world = pairsOnTwoShores();
const { ids, call, make, fill, put, errandsFor, clock } = world;

test('the jobs of a pair that was made elsewhere are followed from when it is seen, until it is no more', async () => {
  const { db } = world.api.store;
  // as somebody makes one elsewhere: nothing here knows of it
  await make();
  await db.deleteFrom('pairs').execute();
  expect(await dueForJobs(world.api.services)).toEqual([]);
  const [found] = (await call('GET', '/pairs')).json.items;
  expect(found).toMatchObject({ id: null, name: 'words', origin: { id: ids.us }, worker: { id: ids.eu }, thresholdSeconds: 30 });
  expect(await dueForJobs(world.api.services)).toEqual([{ errand: 'jobs owner', after: 0 }]);
  await fill();
  await put('f1.txt');
  for (let second = 0; second < 70; second++) {
    await errandsFor(1);
    await followJobs(world.api.services, 'owner');
  }
  const [job] = (await call('GET', '/jobs')).json.items;
  expect(job).toMatchObject({
    service: 'words',
    origin: { id: ids.us },
    ran: { id: ids.eu },
    state: 'Succeeded',
    crossed: true,
    why: 'wait',
    object: 'words/in/f1.txt',
    results: [{ cluster: ids.eu }, { cluster: ids.us }],
    settled: true,
  });
  // it keeps its row however often it is seen
  const before = await db.selectFrom('found_pairs').selectAll().executeTakeFirstOrThrow();
  await call('GET', '/pairs');
  expect((await db.selectFrom('found_pairs').select('id').execute()).map(({ id }) => id)).toEqual([before.id]);
  // an origin that does not answer says nothing of it; one that does says that it is gone
  world.unreachable(world.america, true);
  clock.advance(11 * 60_000);
  await followJobs(world.api.services, 'owner');
  expect(await db.selectFrom('found_pairs').select('id').execute()).toHaveLength(1);
  world.unreachable(world.america, false);
  await world.america.ask('DELETE', '/system/services/words');
  clock.advance(11 * 60_000);
  expect(await followJobs(world.api.services, 'owner')).toBeNull();
  expect(await dueForJobs(world.api.services)).toEqual([]);
}, 60_000);
