import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytea, int8, numeric } from '../engine';
import { inTurn } from './in-turn';
import { type Database, withPrepared } from './prepared';

let database: Database;

const open = () =>
  PGlite.create({ parsers: { [int8]: Number, [numeric]: Number, [bytea]: (text: string) => Buffer.from(text.slice(2), 'hex') } });

describe.each([
  ['as it is', open as () => Promise<Database>],
  ['with statements that are prepared', async () => withPrepared(await open())],
  ['with others let in between any two', async () => withPrepared(await open(), () => new Promise(setImmediate))],
  ['with those first who are waited for', async () => inTurn(withPrepared(await open()))],
])('PGlite %s', (_, opened) => {
  beforeEach(async () => {
    database = await opened();
    await database.exec('create table things (id bigint primary key, bytes bytea, made timestamptz, data jsonb, price numeric)');
  }, 60_000);
  afterEach(async () => {
    if (!database.closed) await database.close();
  });
  const add = (on: Pick<Database, 'query'>, id: number) => on.query('insert into things (id) values ($1)', [id]);
  const ids = async () => (await database.query<{ id: number }>('select id from things order by id')).rows.map(({ id }) => id);

  it('keeps each kind of value', async () => {
    const row = { id: 7, bytes: Buffer.from([0, 255, 7]), made: new Date('2026-05-01T10:00:00Z'), data: { a: [1, 'é'] }, price: 1.25 };
    const insert = 'insert into things (id, bytes, made, data, price) values ($1, $2, $3, $4, $5)';
    const { affectedRows } = await database.query(insert, [row.id, row.bytes, row.made, JSON.stringify(row.data), row.price]);
    await add(database, 8);
    const { rows, fields } = await database.query<typeof row>('select * from things order by id');
    expect(affectedRows).toBe(1);
    expect(rows).toEqual([row, { id: 8, bytes: null, made: null, data: null, price: null }]);
    expect([Buffer.isBuffer(rows[0]?.bytes), rows[0]?.bytes.toString('hex')]).toEqual([true, '00ff07']);
    expect(fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['id', 20],
      ['bytes', 17],
      ['made', 1184],
      ['data', 3802],
      ['price', 1700],
    ]);
  });

  it('runs several statements, and gives what each gave', async () => {
    const results = await database.exec(`insert into things (id, bytes) values (1, '\\x0a'); select bytes from things; select 1 as one`);
    expect(results.map(({ rows }) => rows)).toEqual([[], [{ bytes: Buffer.from([10]) }], [{ one: 1 }]]);
    expect(Buffer.isBuffer(results[1]?.rows[0]?.bytes)).toBe(true);
  });

  it('says what PostgreSQL says of an error', async () => {
    await add(database, 1);
    await expect(add(database, 1)).rejects.toMatchObject({
      message: expect.stringContaining('duplicate key'),
      code: '23505',
      constraint: 'things_pkey',
      detail: 'Key (id)=(1) already exists.',
    });
    await expect(database.exec('select nothing from nowhere')).rejects.toMatchObject({ code: '42P01' });
    expect(await ids()).toEqual([1]);
  });

  it('keeps all of a transaction, and others out meanwhile', async () => {
    const order: string[] = [];
    let other: Promise<unknown> = Promise.resolve();
    const result = await database.transaction(async (tx) => {
      await add(tx, 1);
      other = add(database, 2).then(() => order.push('other'));
      await sleep(50);
      await tx.exec('insert into things (id) values (3)');
      order.push('transaction');
      return 'done';
    });
    await other;
    expect([result, order, await ids()]).toEqual(['done', ['transaction', 'other'], [1, 2, 3]]);
  });

  it('keeps nothing of one that failed, was taken back, or in which a statement failed', async () => {
    const failed = new Error('on purpose');
    await expect(
      database.transaction(async (tx) => {
        await add(tx, 1);
        throw failed;
      }),
    ).rejects.toBe(failed);
    await database.transaction(async (tx) => {
      await add(tx, 2);
      await tx.rollback();
    });
    await expect(
      database.transaction(async (tx) => {
        await add(tx, 3);
        await add(tx, 3);
      }),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await ids()).toEqual([]);
    await database.transaction((tx) => add(tx, 4));
    expect(await ids()).toEqual([4]);
  });

  it('takes nothing more for a transaction that has ended', async () => {
    let ended: Pick<Database, 'query'> = database;
    await database.transaction(async (tx) => {
      ended = tx;
    });
    await expect(add(ended, 1)).rejects.toThrow();
    expect(await ids()).toEqual([]);
  });

  it('tells each who listens, at the commit, until they stop', async () => {
    const told: string[] = [];
    const hear = () => (payload: string) => told.push(payload);
    const [first, second] = [await database.listen('news', hear()), await database.listen('news', hear())];
    await database.listen('more', (payload) => told.push(`more ${payload}`));
    await database.transaction(async (tx) => {
      await tx.query('select pg_notify($1, $2)', ['news', 'a']);
      await sleep(20);
      expect(told).toEqual([]);
    });
    await expect.poll(() => told).toEqual(['a', 'a']);
    await first();
    await first();
    await database.exec(`notify news, 'b'; notify more, 'c'`);
    await expect.poll(() => told).toEqual(['a', 'a', 'b', 'more c']);
    await second();
    await database.exec(`notify news, 'd'; notify more, 'e'`);
    await expect.poll(() => told).toEqual(['a', 'a', 'b', 'more c', 'more e']);
  });

  it('answers many at once, each with its own', async () => {
    const asked = Array.from({ length: 200 }, (_, index) => index);
    const given = await Promise.all(
      asked.map(async (index) => (await database.query<{ n: number }>('select $1::int as n', [index])).rows[0]?.n),
    );
    expect(given).toEqual(asked);
  });

  it('takes nothing once it is closed', async () => {
    await database.close();
    expect(database.closed).toBe(true);
    await expect(database.query('select 1')).rejects.toThrow();
  });

  it('gives what a table has become', async () => {
    const columns = async (on: Pick<Database, 'query'> = database) =>
      (await on.query('select * from things')).fields.map(({ name }) => name);
    await add(database, 1);
    expect(await columns()).not.toContain('more');
    await database.exec('alter table things add column more text');
    expect(await columns()).toContain('more');
    await database.transaction(async (tx) => {
      await tx.exec('ALTER TABLE things DROP COLUMN more; ALTER TABLE things DROP COLUMN price');
      expect(await columns(tx)).not.toContain('price');
      await tx.rollback();
    });
    expect(await columns()).toContain('price');
  });

  it('knows a statement that it refused for no other', async () => {
    for (let turn = 0; turn < 2; turn++)
      await expect(database.query('select nothing from things')).rejects.toMatchObject({ code: '42703' });
    await expect(database.query('select $1::int', ['no number'])).rejects.toMatchObject({ code: '22P02' });
    expect((await database.query('select $1::int as n', [5])).rows).toEqual([{ n: 5 }]);
  });

  it('runs more statements than are kept, and each again', async () => {
    const texts = Array.from({ length: 600 }, (_, index) => `select ${index} + $1::int as n`);
    const given = async () => {
      const results = await Promise.all(texts.map((text) => database.query<{ n: number }>(text, [1])));
      return results.map(({ rows }) => rows[0]?.n);
    };
    const expected = texts.map((_, index) => index + 1);
    expect(await given()).toEqual(expected);
    expect(await given()).toEqual(expected);
  });

  it('runs what is asked for while others define something, and while a transaction of others has failed', async () => {
    const asked = (from: number) => Array.from({ length: 20 }, (_, index) => database.query<{ n: number }>(`select ${from + index} as n`));
    const failing = database.transaction(async (tx) => {
      await tx.query('select 1 / 0').catch(() => {});
      await sleep(30);
    });
    const define = (name: string) => database.exec(`create table ${name} (n int)`);
    const all = [...asked(0), define('first'), ...asked(20), define('second'), ...asked(40)];
    await failing.catch(() => {});
    await Promise.all(all);
    for (const [index, { rows }] of (await Promise.all(asked(0).concat(asked(20), asked(40)))).entries())
      expect(rows).toEqual([{ n: index }]);
  });

  it('gives nothing of what gives nothing', async () => {
    expect((await database.query('update things set price = 1')).rows).toEqual([]);
    expect((await database.query('')).rows).toEqual([]);
  });
});

it('keeps a statement, and no more of them than it is to', async () => {
  const pglite = await open();
  database = withPrepared(pglite);
  const kept = async () =>
    (await pglite.query<{ statement: string }>('select statement from pg_prepared_statements')).rows.map(({ statement }) => statement);
  for (let turn = 0; turn < 3; turn++) await database.query('select 1');
  expect(await kept()).toEqual(['select 1']);
  for (let index = 2; index < 129; index++) await database.query(`select ${index}`);
  await database.query('select 1');
  await database.query('select 129');
  const now = await kept();
  expect([now.length, now.includes('select 1'), now.includes('select 2'), now.includes('select 129')]).toEqual([128, true, false, true]);
  await database.exec('drop table if exists none');
  expect(await kept()).toEqual([]);
  await database.close();
});
