import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import { Secret } from '@/lib/core/secret';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { startTestProvider, type TestProvider, testKey } from '../fixtures';
import { createCredentials } from '../room';
import { readRing } from '../sealing/ring';

const clock = new ManualClock(new Date());
const env = { TRANSAT_KEY: testKey() };
let store: Store;
let op: TestProvider;
let config: Config;

beforeAll(async () => {
  [store, op] = await Promise.all([openTestStore(), startTestProvider()]);
  const provider = providerWith({
    id: 'op',
    name: 'Test OP',
    issuer: op.issuer,
    clientId: 'transat',
    clientSecret: new Secret('s3cret'),
    scopes: 'openid',
  });
  config = { ...readConfig({ TRANSAT_SANDBOX: '0' }, '/nowhere'), providers: [provider] };
  await store.db
    .insertInto('users')
    .values({
      id: 'ann',
      issuer: op.issuer,
      subject: 'ann',
      provider: 'op',
      name: 'Ann',
      email: null,
      locale: null,
      created_at: clock.now(),
    })
    .execute();
});
afterAll(() => op.close());
beforeEach(async () => {
  await store.db.deleteFrom('grants').execute();
  op.refreshes = [];
  op.revocations = [];
  op.asked = {};
  op.bodies = [];
  op.people = new Map();
});

// each stands for a process of its own: they share nothing but the database
const process = () => createCredentials({ db: store.db, clock, config, ring: readRing(config, env), env });
const keep = (expiresIn: number) =>
  process().grants.keep('ann', 'op', {
    accessToken: new Secret('access-1'),
    refreshToken: new Secret('refresh-1'),
    idToken: new Secret('id-1'),
    expiresIn,
  });
const answer = (number: number) => ({ access_token: `access-${number}`, expires_in: 3600, refresh_token: `refresh-${number}` });

test('a fresh token is used as it is', async () => {
  await keep(3600);
  expect((await process().accessTokenFor('ann', 'op')).reveal()).toBe('access-1');
  expect(op.asked['/token']).toBeUndefined();
});

test('many calls in two processes at the end of a token make exactly one refresh', async () => {
  await keep(60);
  op.refreshes = [answer(2), answer(3), answer(4)];
  const [one, two] = [process(), process()];
  const tokens = await Promise.all([one, two, one, two, one].map((each) => each.accessTokenFor('ann', 'op')));
  expect(tokens.map((token) => token.reveal())).toEqual(Array(5).fill('access-2'));
  expect(op.asked['/token']).toBe(1);
  expect(op.bodies.some((body) => body.includes('refresh_token=refresh-1'))).toBe(true);
});

test('the next refresh uses the refresh token that the last one gave', async () => {
  await keep(60);
  op.refreshes = [{ ...answer(2), expires_in: 60 }, answer(3)];
  await process().accessTokenFor('ann', 'op');
  expect((await process().accessTokenFor('ann', 'op')).reveal()).toBe('access-3');
  expect(op.bodies.some((body) => body.includes('refresh_token=refresh-2'))).toBe(true);
});

test('a refresh reads the memberships again', async () => {
  await keep(60);
  op.refreshes = [answer(2)];
  op.people.set('access-2', { sub: 'ann', entitlements: ['urn:mace:egi.eu:group:vo.new.eu:role=member#x'] });
  await process().accessTokenFor('ann', 'op');
  const { groups } = await store.db.selectFrom('users').select('groups').where('id', '=', 'ann').executeTakeFirstOrThrow();
  expect(groups).toEqual([{ vo: 'vo.new.eu', subgroups: [], role: 'member' }]);
});

test('a provider that refuses ends the grant; the person must sign in again', async () => {
  await keep(60);
  op.refreshes = [null, answer(9)];
  await expect(process().accessTokenFor('ann', 'op')).rejects.toMatchObject({ code: 'session-expired' });
  await expect(process().accessTokenFor('ann', 'op')).rejects.toMatchObject({ code: 'session-expired' });
  expect(op.asked['/token']).toBe(1);
  expect(await process().grants.isGood('ann', 'op')).toBe(false);
});

test('a provider that is down ends nothing', async () => {
  await keep(60);
  op.refreshes = ['down', answer(2)];
  await expect(process().accessTokenFor('ann', 'op')).rejects.toMatchObject({ code: 'upstream-failed' });
  expect((await process().accessTokenFor('ann', 'op')).reveal()).toBe('access-2');
});

test('another sign-in of the same person takes over when one has ended', async () => {
  await keep(60);
  await process().grants.keep('ann', 'op', { accessToken: new Secret('other'), refreshToken: new Secret('refresh-b'), expiresIn: 30 });
  op.refreshes = [null, answer(5)];
  expect((await process().accessTokenFor('ann', 'op')).reveal()).toBe('access-5');
});

test('after a site’s 401 the token is renewed once, not again right after', async () => {
  await keep(3600);
  op.refreshes = [answer(2), answer(3)];
  const one = process();
  expect((await one.accessTokenFor('ann', 'op', { renew: true })).reveal()).toBe('access-2');
  expect((await one.accessTokenFor('ann', 'op', { renew: true })).reveal()).toBe('access-2');
  expect(op.asked['/token']).toBe(1);
});

test('the access token of a command line serves until its end, and is not renewed', async () => {
  const { grants } = process();
  await grants.keepBearer('ann', 'op', new Secret('bearer-1'), new Date(clock.now().getTime() + 600_000));
  await grants.keepBearer('ann', 'op', new Secret('bearer-2'), new Date(clock.now().getTime() + 600_000));
  expect((await grants.accessTokenFor('ann', 'op')).reveal()).toBe('bearer-2');
  await grants.keepBearer('ann', 'op', new Secret('bearer-3'), new Date(clock.now().getTime() - 1));
  await expect(grants.accessTokenFor('ann', 'op')).rejects.toMatchObject({ code: 'session-expired' });
});

test('ending a grant revokes both tokens at the provider and forgets them', async () => {
  const id = await keep(3600);
  const ended = await process().grants.end(id);
  expect(ended?.idToken?.reveal()).toBe('id-1');
  expect(op.asked['/revoke']).toBe(2);
  expect(await store.db.selectFrom('grants').selectAll().execute()).toEqual([]);
  expect(await process().grants.end(id)).toBeNull();
});

test('a grant whose provider does not answer is of no use any more, and is revoked there later', async () => {
  const id = await keep(3600);
  op.revocations = [503, 200, 503, 503];
  expect((await process().grants.end(id))?.idToken?.reveal()).toBe('id-1');
  const { grants, accessTokenFor } = process();
  await expect(accessTokenFor('ann', 'op')).rejects.toMatchObject({ code: 'session-expired' });
  expect([await grants.of('ann', 'op'), await grants.isGood('ann', 'op')]).toEqual([[], false]);
  expect(await grants.ending()).toEqual([{ id, ended_at: clock.now() }]);
  clock.advance(3600_000);
  expect(await grants.finish(id)).toBe(3600);
  expect(op.asked['/revoke']).toBe(4);
  expect(await grants.finish(id)).toBe(null);
  expect(await store.db.selectFrom('grants').selectAll().execute()).toEqual([]);
});

test('what the provider refuses to revoke, and what is a month old, is not tried for ever', async () => {
  const [refused, old] = [await keep(3600), await keep(3600)];
  op.revocations = [400, 400];
  await process().grants.end(refused);
  expect(await process().grants.ending()).toEqual([]);
  op.revocations = [503, 503];
  await process().grants.end(old);
  clock.advance(31 * 86_400_000);
  expect(await process().grants.finish(old)).toBe(null);
  expect(op.asked['/revoke']).toBe(4);
});

test('tokens that are renewed while the person signs out are revoked, too', async () => {
  const id = await keep(60);
  op.refreshes = [answer(2)];
  op.meanwhile = () => process().grants.end(id);
  await expect(process().accessTokenFor('ann', 'op')).rejects.toMatchObject({ code: 'session-expired' });
  op.meanwhile = undefined;
  const revoked = op.bodies.filter((body) => body.includes('token_type_hint')).map((body) => new URLSearchParams(body).get('token'));
  expect(revoked.toSorted()).toEqual(['access-1', 'access-2', 'refresh-1', 'refresh-2']);
});

test('of sign-ins whose sessions are over only the newest is kept', async () => {
  const [old, live] = [await keep(3600), await keep(3600)];
  await store.db
    .insertInto('sessions')
    .values({
      id: 's',
      ref: 'ses_1',
      authenticated_at: clock.now(),
      user_id: 'ann',
      grant_id: live,
      csrf: 'c',
      created_at: clock.now(),
      expires_at: new Date(clock.now().getTime() + 1000),
    })
    .execute();
  clock.advance(10);
  const newest = await keep(3600);
  await process().grants.endForgotten('ann', 'op');
  const left = await store.db.selectFrom('grants').select('id').execute();
  expect(left.map(({ id }) => id).sort()).toEqual([live, newest].sort());
  expect(left.map(({ id }) => id)).not.toContain(old);
});

test('no token stands readable in the database', async () => {
  const id = await keep(3600);
  const row = await store.db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect([row.access_token, row.refresh_token, row.id_token].every((sealed) => (sealed?.length ?? 0) > 0)).toBe(true);
  const tables = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(store.db);
  expect(tables.rows.length).toBeGreaterThan(20);
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(store.db);
    const dump = JSON.stringify(rows, (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value));
    for (const token of ['access-1', 'refresh-1', 'id-1']) {
      for (const form of ['utf8', 'base64', 'hex'] as const)
        expect(dump, name).not.toContain(Buffer.from(token).toString(form).replace(/=+$/, ''));
    }
  }
});
