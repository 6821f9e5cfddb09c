import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { providerWith } from '@/lib/core/config/provider';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { Passes } from './passes';
import { beginSession, findSession } from './sessions';
import { makeToken } from './tokens';
import type { Person } from './types';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const common = { issuer: 'i', provider: 'op', name: 'n', email: null, locale: null, created_at: new Date() };
  const groups = JSON.stringify([{ vo: 'vo.lab.eu', subgroups: [] }]);
  for (const id of ['ann', 'bob']) {
    await store.db
      .insertInto('users')
      .values({ id, subject: id, groups, ...common })
      .execute();
  }
});
afterAll(() => store.close());

const provider = providerWith({ id: 'op', name: 'OP', issuer: 'https://op.test', clientId: 'c', requiredGroups: ['vo.lab.eu'] });
const hour = () => new Date(Date.now() + 3600_000);
const open = (person: Pick<Person, 'id' | 'via' | 'pass'> & Partial<Person>, until = new AbortController().signal) => {
  const rest = { name: '', email: null, issuer: 'i', provider: 'op', groups: [], locale: null, scope: 'write' as const };
  const passes = new Passes({ store, clock: systemClock, credentials: { providers: [provider] } });
  return passes.watch({ ...rest, csrf: null, endsAt: hour(), authenticatedAt: null, ...person }, until);
};
const fired = (signal: AbortSignal) =>
  signal.aborted ? true : new Promise<true>((resolve) => signal.addEventListener('abort', () => resolve(true), { once: true }));
const session = async (userId: string) => {
  const sid = await beginSession(store.db, systemClock, userId, await grant(userId));
  const found = await findSession(store.db, systemClock, sid);
  if (!found) throw new Error('the session is not there');
  return found;
};
const grant = async (userId: string) => {
  const id = `grant-${crypto.randomUUID()}`;
  const row = { id, user_id: userId, provider: 'op', kind: 'session' as const, access_token: Buffer.of(1), access_expires_at: hour() };
  await store.db
    .insertInto('grants')
    .values({ ...row, refresh_token: null, id_token: null, created_at: new Date() })
    .execute();
  return id;
};

describe('what stays open for somebody ends', () => {
  test('when their session ends, and another session of theirs goes on', async () => {
    const [one, other] = [await session('ann'), await session('ann')];
    const [first, second] = [
      await open({ id: 'ann', via: 'session', pass: one.ref }),
      await open({ id: 'ann', via: 'session', pass: other.ref }),
    ];
    await store.db.deleteFrom('sessions').where('id', '=', one.id).execute();
    expect(await fired(first)).toBe(true);
    expect(second.aborted).toBe(false);
  });

  test('when their token is deleted', async () => {
    const { row } = await makeToken(store.db, systemClock, 'ann', { name: 't', scope: 'read', expiresAt: hour() });
    const signal = await open({ id: 'ann', via: 'token', pass: row.id });
    expect(signal.aborted).toBe(false);
    await store.db.deleteFrom('tokens').where('id', '=', row.id).execute();
    expect(await fired(signal)).toBe(true);
  });

  test('when they are known to have left the group, also with an access token', async () => {
    const signal = await open({ id: 'bob', via: 'bearer', pass: 'hash' });
    expect(signal.aborted).toBe(false);
    await store.db.updateTable('users').set({ groups: '[]' }).where('id', '=', 'bob').execute();
    expect(await fired(signal)).toBe(true);
  });

  test('when their token’s time is over', async () => {
    const signal = await open({ id: 'ann', via: 'bearer', pass: 'hash', endsAt: new Date(Date.now() + 20) });
    expect(await fired(signal)).toBe(true);
  });

  test('at once, when it was over before anybody watched', async () => {
    expect((await open({ id: 'ann', via: 'session', pass: 'ses_gone' })).aborted).toBe(true);
  });
});
