import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import { Secret } from '@/lib/core/secret';
import { type CredentialsRoom, createCredentials, readRing } from '@/lib/credentials';
import { startTestProvider, type TestProvider, testKey } from '@/lib/credentials/fixtures';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { createIdentify } from './identify';
import type { Identify } from './types';

const clock = new ManualClock(new Date());
let store: Store;
let op: TestProvider;
let credentials: CredentialsRoom;
let identify: Identify;

beforeAll(async () => {
  [store, op] = await Promise.all([openTestStore(), startTestProvider()]);
  const provider = providerWith({
    id: 'op',
    name: 'Test OP',
    issuer: op.issuer,
    clientId: 'transat',
    clientSecret: new Secret('s3cret'),
    requiredGroups: ['vo.lab.eu'],
    accessTokensOf: ['cli'],
    scopes: 'openid',
  });
  const env = { TRANSAT_KEY: testKey() };
  const config: Config = { ...readConfig({ TRANSAT_SANDBOX: '0' }, '/nowhere'), providers: [provider] };
  credentials = createCredentials({ db: store.db, clock, config, ring: readRing(config, env), env });
  identify = createIdentify({ db: store.db, clock, config, credentials, cookieSecret: new Secret('x') });
});
afterAll(() => op.close());
beforeEach(() => {
  op.asked = {};
});

const member = ['urn:mace:egi.eu:group:vo.lab.eu:role=member#x'];
const ask = (token: string) => identify({ method: 'GET', headers: new Headers({ authorization: `Bearer ${token}` }) });
const unknown = { code: 'not-signed-in' };

describe('an opaque access token of a provider', () => {
  test('of a named client is accepted: the provider says whose it is, and it is kept to act at sites', async () => {
    op.clients.set('opaque-token-1', 'cli');
    op.people.set('opaque-token-1', {
      sub: 'internal',
      voperson_id: 'ann@egi.eu',
      name: 'Ann',
      email: 'ann@example.org',
      entitlements: member,
    });
    const person = await ask('opaque-token-1');
    expect(person).toMatchObject({ name: 'Ann', provider: 'op', via: 'bearer', scope: 'write', csrf: null, groups: [{ vo: 'vo.lab.eu' }] });
    const row = await store.db
      .selectFrom('users')
      .selectAll()
      .where('id', '=', person?.id ?? '')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ issuer: op.issuer, subject: 'internal' });
    expect((await credentials.accessTokenFor(person?.id ?? '', 'op')).reveal()).toBe('opaque-token-1');
  });

  test('is asked about once in a while, not with every request', async () => {
    await ask('opaque-token-1');
    await ask('opaque-token-1');
    expect(op.asked['/introspect'] ?? 0).toBe(0);
    clock.advance(61_000);
    await ask('opaque-token-1');
    expect(op.asked['/introspect']).toBe(1);
  });

  test('is asked about once by a program that begins with more requests at once than anybody may guess', async () => {
    clock.advance(61_000);
    const people = await Promise.all(Array.from({ length: 80 }, () => ask('opaque-token-1')));
    expect(new Set(people.map((person) => person?.id)).size).toBe(1);
    expect(op.asked['/introspect']).toBe(1);
  });

  test('of another client, or unknown to the provider, is refused', async () => {
    op.clients.set('opaque-token-2', 'another-service');
    op.people.set('opaque-token-2', { sub: 'ann', entitlements: member });
    await expect(ask('opaque-token-2')).rejects.toMatchObject(unknown);
    await expect(ask('opaque-token-3')).rejects.toMatchObject(unknown);
  });

  test('of a person outside of the required groups is refused, and nothing is kept', async () => {
    op.clients.set('opaque-token-4', 'cli');
    op.people.set('opaque-token-4', { sub: 'carol', entitlements: [] });
    await expect(ask('opaque-token-4')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await store.db.selectFrom('users').selectAll().where('subject', '=', 'carol').execute()).toEqual([]);
  });
});

describe('a token in JWT form', () => {
  const signed = async (claims: Record<string, unknown>, by?: 'own' | 'stranger') => {
    const token = await op.sign({ sub: 'bob', jti: crypto.randomUUID(), ...claims }, by);
    op.people.set(token, { sub: 'bob', name: 'Bob', entitlements: member });
    return token;
  };

  test('is accepted by its signature, for a named client', async () => {
    expect(await ask(await signed({ azp: 'cli' }))).toMatchObject({ name: 'Bob', via: 'bearer' });
    expect(op.asked['/introspect'] ?? 0).toBe(0);
  });

  test.each<[string, Record<string, unknown>, 'own' | 'stranger']>([
    ['signed by another key', { azp: 'cli' }, 'stranger'],
    ['of another client', { azp: 'another-service' }, 'own'],
    ['of no client', {}, 'own'],
    ['of another issuer', { azp: 'cli', iss: 'https://evil.test' }, 'own'],
    ['that has ended', { azp: 'cli', exp: 1_000_000_000 }, 'own'],
    ['that is an ID token', { azp: 'cli', nonce: 'n' }, 'own'],
    ['that is a refresh token', { azp: 'cli', typ: 'Refresh' }, 'own'],
    ['of nobody', { azp: 'cli', sub: undefined }, 'own'],
    ['of somebody whom userinfo does not know it of', { azp: 'cli', sub: 'eve' }, 'own'],
  ])('%s is refused', async (_, claims, by) => {
    await expect(ask(await signed(claims, by))).rejects.toMatchObject(unknown);
  });

  test.each<[string, Record<string, unknown>]>([
    ['for a named audience', { azp: 'another-service', aud: ['account', 'cli'] }],
    ['that ends after what 32 bits can count', { azp: 'cli', exp: 2 ** 31 + 1000 }],
    ['that ends in a million years', { azp: 'cli', exp: 32e12 }],
    ['that ends in the middle of a second', { azp: 'cli', exp: Date.now() / 1000 + 3600.5 }],
  ])('%s is accepted', async (_, claims) => {
    expect(await ask(await signed(claims))).toMatchObject({ name: 'Bob', via: 'bearer' });
  });

  test('that tells less than is known leaves the rest as it was', async () => {
    await ask(await signed({ azp: 'cli' }));
    const narrow = await op.sign({ sub: 'bob', azp: 'cli', jti: crypto.randomUUID() });
    op.people.set(narrow, { sub: 'bob', email: null });
    expect(await ask(narrow)).toMatchObject({ name: 'Bob', groups: [{ vo: 'vo.lab.eu' }] });
  });

  test('is refused in the audit, once a minute for the same reason', async () => {
    const refused = () => store.db.selectFrom('audit').select(['action', 'data']).where('action', '=', 'token-refused').execute();
    clock.advance(61_000);
    const before = (await refused()).length;
    for (let count = 0; count < 5; count++) await expect(ask(await signed({}))).rejects.toMatchObject(unknown);
    expect(await refused()).toHaveLength(before + 1);
    clock.advance(61_000);
    await expect(ask(await signed({}))).rejects.toMatchObject(unknown);
    expect((await refused()).at(-1)?.data).toMatchObject({ why: 'not-signed-in', more: 4 });
  });

  test('without a signature is refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ iss: op.issuer, azp: 'cli', sub: 'bob', exp: 9_999_999_999 })}.`;
    op.people.set(token, { sub: 'bob', entitlements: member });
    await expect(ask(token)).rejects.toMatchObject(unknown);
  });

  test('that the provider no longer honours is refused', async () => {
    const token = await signed({ azp: 'cli' });
    op.people.delete(token);
    await expect(ask(token)).rejects.toMatchObject(unknown);
  });
});

describe('somebody who guesses access tokens', () => {
  const from = (address: string, token: string) =>
    identify({ method: 'GET', headers: new Headers({ authorization: `Bearer ${token}`, 'x-transat-peer': address }) });

  test('is not heard for a while after sixty of them, from anywhere in their network; who is known already is, and others are', async () => {
    op.clients.set('opaque-token-9', 'cli');
    op.people.set('opaque-token-9', { sub: 'ivy', voperson_id: 'ivy@egi.eu', name: 'Ivy', entitlements: member });
    await from('2001:db8:1:2::7', 'opaque-token-9');
    for (let count = 0; count < 60; count++) await expect(from('2001:db8:1:2::7', `guess-${count}-x`)).rejects.toMatchObject(unknown);
    op.asked = {};
    await expect(from('2001:db8:1:2::8', 'guess-60-x')).rejects.toMatchObject({ code: 'rate-limited' });
    expect(op.asked).toEqual({});
    expect(await from('2001:db8:1:2::7', 'opaque-token-9')).toMatchObject({ name: 'Ivy' });
    await expect(from('2001:db8:1:3::7', 'guess-61-x')).rejects.toMatchObject(unknown);
    clock.advance(60_001);
    await expect(from('2001:db8:1:2::8', 'guess-62-x')).rejects.toMatchObject(unknown);
  });
});
