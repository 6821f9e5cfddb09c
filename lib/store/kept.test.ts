import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepStatements, namer } from './kept';
import { startTestPostgres } from './test-postgres';

describe('the names of statements', () => {
  const third = (text: string, nameOf = namer()) => [nameOf(text), nameOf(text), nameOf(text)].at(-1);

  it('come with the third time, and stay', () => {
    const nameOf = namer();
    expect([nameOf('select 1'), nameOf('select 1')]).toEqual([undefined, undefined]);
    const name = nameOf('select 1');
    expect(name).toMatch(/^[\w-]{43}$/);
    expect(nameOf('select 1')).toBe(name);
  });

  it('are other ones for other statements, and the same in each process', () => {
    expect(third('select 1')).not.toBe(third('select 2'));
    expect(third('select 1')).toBe(third('select 1'));
  });

  it('are not given to what gives all columns', () => {
    const given = ['select * from t', 'select "t".* from t', 'insert into t values (1) returning *'].map((text) => third(text));
    expect(given).toEqual([undefined, undefined, undefined]);
  });

  it('are 256, and those keep theirs', () => {
    const nameOf = namer();
    const texts = Array.from({ length: 300 }, (_, index) => `select ${index}`);
    const named = texts.map((text) => third(text, nameOf));
    expect(named.map((name) => name !== undefined)).toEqual(texts.map((_, index) => index < 256));
    expect(texts.map((text) => nameOf(text))).toEqual(named);
  });

  it('are not counted for without end', () => {
    const nameOf = namer();
    nameOf('select 1');
    nameOf('select 1');
    for (let index = 0; index < 1022; index++) nameOf(`select ${index} once`);
    expect(nameOf('select 1')).toBeDefined();
    nameOf('select 2');
    nameOf('select 2');
    for (let index = 0; index < 1100; index++) nameOf(`select ${index} again`);
    expect(nameOf('select 2')).toBeUndefined();
  });
});

const postgres = await startTestPostgres();
afterAll(() => postgres.stop());

describe('a connection to PostgreSQL', () => {
  beforeEach(({ skip }) => skip(postgres.missing !== undefined, postgres.missing));
  let pool: Pool;
  let client: PoolClient;
  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres.url?.reveal(), max: 1 });
    pool.on('connect', keepStatements);
    if (!postgres.url) return;
    client = await pool.connect();
    await client.query('create table things (id int primary key, made timestamptz, data jsonb)');
  });
  afterAll(async () => {
    client?.release();
    await pool.end();
  });

  const kept = async () => (await client.query<{ statement: string }>('select statement from pg_prepared_statements')).rows;
  const thrice = async (text: string, values: unknown[]) => {
    for (let time = 0; time < 2; time++) await client.query(text, values).catch(() => {});
    return await client.query(text, values);
  };

  it('keeps what comes again, with each value as it is', async () => {
    const insert = 'insert into things (id, made, data) values ($1, $2, $3) on conflict do nothing';
    const made = new Date('2026-05-01T10:00:00Z');
    await thrice(insert, [1, made, JSON.stringify({ a: 'é' })]);
    expect((await client.query(insert, [2, null, null])).rowCount).toBe(1);
    const select = 'select id, made, data from things where id = $1';
    const { rows } = await thrice(select, [1]);
    expect(rows).toEqual([{ id: 1, made, data: { a: 'é' } }]);
    expect((await client.query(select, [2])).rows).toEqual([{ id: 2, made: null, data: null }]);
    expect((await client.query(select, [3])).rows).toEqual([]);
    expect(await kept()).toEqual(expect.arrayContaining([{ statement: insert }, { statement: select }]));
  });

  it('says what is wrong, each time, and goes on', async () => {
    const insert = 'insert into things (id) values ($1)';
    await client.query('delete from things');
    await expect(thrice(insert, [9])).rejects.toMatchObject({ code: '23505' });
    await expect(client.query(insert, ['no number'])).rejects.toMatchObject({ code: '22P02' });
    await expect(thrice('select nothing from things where id = $1', [1])).rejects.toMatchObject({ code: '42703' });
    expect((await client.query(insert, [10])).rowCount).toBe(1);
  });

  it('knows nothing of a statement that was refused, or that a failed transaction kept from being read', async () => {
    const wrong = 'select nothing from things where id = $1 and id > 0';
    for (let time = 0; time < 5; time++) await expect(client.query(wrong, [1])).rejects.toMatchObject({ code: '42703' });
    const right = 'select id from things where id = $1 and id > 0';
    await client.query('insert into things (id) values (30)');
    await client.query(right, [30]);
    await client.query(right, [30]);
    await client.query('begin');
    await client.query('select 1 / 0').catch(() => {});
    await expect(client.query(right, [30])).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
    expect((await client.query(right, [30])).rows).toEqual([{ id: 30 }]);
    expect((await kept()).map(({ statement }) => statement)).toContain(right);
  });

  it('gives what a newer version adds to a table', async () => {
    const [all, some] = ['select * from things where id = $1', 'select id from things where id = $1'];
    await client.query('insert into things (id) values (20)');
    await thrice(all, [20]);
    await thrice(some, [20]);
    await client.query('alter table things add column more text default $$new$$');
    expect((await client.query(all, [20])).rows).toEqual([{ id: 20, made: null, data: null, more: 'new' }]);
    expect((await client.query(some, [20])).rows).toEqual([{ id: 20 }]);
  });
});
