import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Token } from './token';
import { TokenCache } from './token-cache';

const start = new Date('2026-11-21T12:00:00Z');
const MINUTE = 60_000;

function setUp() {
  const clock = new ManualClock(start);
  const cache = new TokenCache(clock);
  let made = 0;
  const make = async (): Promise<Token> => ({
    value: new Secret(`t${++made}`),
    expiresAt: new Date(clock.now().getTime() + 60 * MINUTE),
    user: { id: 'u', name: 'u' },
    project: null,
    roles: [],
    catalog: [],
  });
  return { clock, cache, make, made: () => made };
}

test('parallel callers share one sign-in', async () => {
  const { cache, make, made } = setUp();
  const tokens = await Promise.all(Array.from({ length: 20 }, () => cache.get('k', make)));
  expect(new Set(tokens).size).toBe(1);
  expect(made()).toBe(1);
});

test('a token is used until two minutes before its end', async () => {
  const { clock, cache, make, made } = setUp();
  await cache.get('k', make);
  clock.advance(58 * MINUTE - 1);
  await cache.get('k', make);
  expect(made()).toBe(1);
  clock.advance(1);
  await Promise.all([cache.get('k', make), cache.get('k', make)]);
  expect(made()).toBe(2);
});

test('a failure is kept for nobody', async () => {
  const { cache, make } = setUp();
  await expect(cache.get('k', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect((await cache.get('k', make)).value.reveal()).toBe('t1');
});

test('dropping a refused token leaves a newer one alone', async () => {
  const { cache, make, made } = setUp();
  const old = await cache.get('k', make);
  cache.drop(old);
  const fresh = await cache.get('k', make);
  cache.drop(old);
  expect(await cache.get('k', make)).toBe(fresh);
  expect(made()).toBe(2);
});

test('it does not grow without end', async () => {
  const { cache, make, made } = setUp();
  for (let i = 0; i <= 2000; i++) await cache.get(`k${i}`, make);
  await cache.get('k2000', make);
  expect(made()).toBe(2001);
  await cache.get('k0', make);
  expect(made()).toBe(2002);
});
