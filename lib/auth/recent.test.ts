import { describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { checkMaySeeSecrets, checkMinting, checkRecentSignIn } from './recent';

const now = new Date('2026-11-27T12:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const ahead = (minutes: number) => ago(-minutes);
const outcome = (check: () => void) => {
  try {
    check();
    return 'goes on';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('a recent proof is asked of', () => {
  test.each<[string, 'session' | 'token' | 'bearer', Date | null, unknown]>([
    ['nobody who has just signed in', 'session', ago(1), 'goes on'],
    ['nobody to the last minute', 'session', ago(15), 'goes on'],
    ['who signed in before', 'session', ago(16), 'recent-sign-in-needed'],
    ['who is not known to have', 'session', null, 'recent-sign-in-needed'],
    ['no program', 'token', null, 'goes on'],
    ['no program with a provider’s token', 'bearer', null, 'goes on'],
  ])('%s', (_, via, authenticatedAt, expected) => {
    expect(outcome(() => checkRecentSignIn({ via, authenticatedAt }, { recentSignInMinutes: 15 }, new ManualClock(now), 'see'))).toBe(
      expected,
    );
  });
});

describe('a new token', () => {
  test.each<[string, 'session' | 'token' | 'bearer', 'read' | 'write', 'read' | 'write', Date, unknown]>([
    ['of a browser may live longer than its session', 'session', 'write', 'write', ahead(999), 'goes on'],
    ['of a token ends with it', 'token', 'write', 'write', ahead(60), 'goes on'],
    ['of a token does not outlive it', 'token', 'write', 'read', ahead(61), 'forbidden'],
    ['of an access token does not outlive it', 'bearer', 'write', 'read', ahead(61), 'forbidden'],
    ['of a reading token does not write', 'token', 'read', 'write', ahead(1), 'forbidden'],
  ])('%s', (_, via, scope, wanted, expiresAt, expected) => {
    expect(outcome(() => checkMinting({ via, scope, endsAt: ahead(60) }, { scope: wanted, expiresAt }))).toBe(expected);
  });
});

test('a token that may only read sees no secrets', () => {
  expect(outcome(() => checkMaySeeSecrets({ scope: 'read' }))).toBe('forbidden');
  expect(outcome(() => checkMaySeeSecrets({ scope: 'write' }))).toBe('goes on');
});
