import { expect, test } from 'vitest';
import { migrate } from './migrate';
import { openTestEngine } from './test-store';

const one = { name: '9001-one', text: 'create table one (id int); insert into one values (1);', sha256: 'a' };
const two = { name: '9002-two', text: 'insert into one values (2);', sha256: 'b' };

test('migrations are applied once, in order, each with its mark or not at all', async () => {
  const engine = await openTestEngine();
  expect(await migrate(engine, [one])).toEqual(['9001-one']);
  expect(await migrate(engine, [one, two])).toEqual(['9002-two']);
  await expect(
    migrate(engine, [one, two, { name: '9003-bad', text: 'insert into one values (3); nonsense;', sha256: 'c' }]),
  ).rejects.toThrow();
  expect(await engine.inTransaction((run) => run('select * from one'))).toEqual([{ id: 1 }, { id: 2 }]);
  await expect(migrate(engine, [{ ...one, sha256: 'z' }])).rejects.toMatchObject({ code: 'not-ready' });
  await engine.close();
});
