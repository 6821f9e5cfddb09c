import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Token } from './token';
import { TokenCache } from './token-cache';

const never = () => new Promise<Token>(() => {});

test('a fetch that seems to hang is not joined by those who come later', async () => {
  const clock = new ManualClock(new Date('2026-05-01T10:00:00Z'));
  const cache = new TokenCache(clock);
  let asked = 0;
  const hang = () => {
    asked += 1;
    return never();
  };
  void cache.get('ann', hang);
  clock.advance(2000);
  void cache.get('ann', hang);
  expect(asked).toBe(1);
  clock.advance(3000);
  const token: Token = {
    value: new Secret('t'),
    expiresAt: new Date('2026-05-01T11:00:00Z'),
    user: { id: 'u', name: 'ann' },
    project: null,
    roles: [],
    catalog: [],
  };
  expect(await cache.get('ann', async () => token)).toBe(token);
  clock.advance(60_000);
  expect(await cache.get('ann', never)).toBe(token);
});
