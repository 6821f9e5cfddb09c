import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { startTestProvider, type TestProvider, testKey } from '../fixtures';
import { openIdClient } from '../openid/client';
import { createCredentials } from '../room';
import { readRing } from '../sealing/ring';

const clock = new ManualClock(new Date());
const env = { TRANSAT_KEY: testKey() };
let store: Store;
let op: TestProvider;
beforeAll(async () => {
  [store, op] = await Promise.all([openTestStore(), startTestProvider()]);
  const person = { id: 'ann', issuer: op.issuer, subject: 'ann', provider: 'op', name: 'Ann', email: null, locale: null };
  await store.db
    .insertInto('users')
    .values({ ...person, created_at: clock.now() })
    .execute();
});
afterAll(() => op.close());

// each stands for a process of its own: they share nothing but the database
const process = () => {
  const config = readConfig({ TRANSAT_SANDBOX: '0' }, '/nowhere');
  return createCredentials({ db: store.db, clock, config, ring: readRing(config, env), env }).devices;
};
const client = () => openIdClient(providerWith({ id: 'device x', name: 'OP', issuer: op.issuer, clientId: 'c', scopes: 'openid' }));
const nothing = async () => {};
const asked = () => op.asked['/token'] ?? 0;

test('a provider that says to slow down is asked less often, one that is down even less, and none more often than it wants', async () => {
  const devices = process();
  let login = await devices.begin('ann', 'site', client());
  const steps: [TestProvider['refreshes'][number], number][] = [
    [{ error: 'slow_down' }, 10],
    [{ error: 'authorization_pending' }, 10],
    ['down', 20],
  ];
  for (const [answer, interval] of steps) {
    const before = asked();
    op.refreshes = [answer];
    login = await devices.advance(login, client(), nothing);
    expect(asked(), 'too early').toBe(before);
    clock.advance(login.interval_seconds * 1000);
    login = await devices.advance(login, client(), nothing);
    expect(login).toMatchObject({ state: 'waiting', interval_seconds: interval });
    expect(asked()).toBe(before + 1);
  }
});

test('of many looks in two processes one asks, and what it is given is kept once', async () => {
  const [one, two] = [process(), process()];
  const login = await one.begin('ann', 'site', client());
  clock.advance(5_000);
  op.refreshes = [{ access_token: 'a', expires_in: 60 }];
  const [before, kept] = [asked(), [] as string[]];
  const keep = async ({ accessToken }: { accessToken: { reveal(): string } }) => void kept.push(accessToken.reveal());
  await Promise.all([one, two, one, two].map((each) => each.advance(login, client(), keep)));
  expect(asked()).toBe(before + 1);
  expect(kept).toEqual(['a']);
  expect(await two.find('ann', login.id)).toMatchObject({ state: 'connected' });
  expect(await two.find('bob', login.id)).toBeUndefined();
});

test.each([
  ['access_denied', 'denied'],
  ['expired_token', 'expired'],
  ['unauthorized_client', 'failed'],
])('%s ends it as %s', async (error, state) => {
  const devices = process();
  const login = await devices.begin('ann', 'site', client());
  clock.advance(5_000);
  op.refreshes = [{ error }];
  expect(await devices.advance(login, client(), nothing)).toMatchObject({ state });
});

test('the code that the provider is asked with does not stand readable in the database', async () => {
  const row = await process().begin('ann', 'site', client());
  expect(row.device_code.toString('latin1')).not.toContain('device-code-of-op');
  expect(JSON.stringify({ ...row, device_code: '' })).not.toContain('device-code-of-op');
});
