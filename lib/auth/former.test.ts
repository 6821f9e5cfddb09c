import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { providerWith } from '@/lib/core/config/provider';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { fateOf } from './former';
import { keepPerson } from './people';

const claims = { subject: 'ann-sub', formerSubject: 'ann@egi.eu' };

describe('whose a row from before is', () => {
  test.each<[string, { subject: string; kept: string[] }, boolean, ReturnType<typeof fateOf>]>([
    ['a kept ID token proves it, by whatever name', { subject: 'ann@egi.eu', kept: ['ann-sub'] }, false, { of: 'ann-sub', proven: true }],
    ['a claim that could be chosen proves nothing', { subject: 'ann@egi.eu', kept: [] }, false, 'waits'],
    ['unless the operator vouches for the claim', { subject: 'ann@egi.eu', kept: [] }, true, { of: 'ann-sub', proven: false }],
    ['the very subject is enough where nothing says otherwise', { subject: 'ann-sub', kept: [] }, false, { of: 'ann-sub', proven: false }],
    ['a kept ID token of another person is theirs', { subject: 'ann@egi.eu', kept: ['eve-sub'] }, true, { of: 'eve-sub', proven: true }],
    [
      'also where another chose the subject as their name',
      { subject: 'ann-sub', kept: ['eve-sub'] },
      false,
      { of: 'eve-sub', proven: true },
    ],
    ['two people in one row', { subject: 'ann@egi.eu', kept: ['ann-sub', 'eve-sub'] }, true, 'set-aside'],
  ])('%s', (_, row, vouched, expected) => {
    expect(fateOf(row, claims, vouched)).toEqual(expected);
  });
});

describe('signing in for the first time since', () => {
  const clock = new ManualClock(new Date());
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());
  afterEach(async () => {
    for (const table of ['audit', 'tokens', 'users'] as const) await store.db.deleteFrom(table).execute();
  });

  const issuer = 'https://op.test';
  const world = (kept: Record<string, string[]>, formerSubject?: 'voperson_id') => {
    const { db } = store;
    const parts = { db, clock, credentials: { grants: { subjects: async (id: string) => kept[id] ?? [] } } };
    const row = async (id: string, subject: string, subject_is_sub: boolean) => {
      const common = { issuer, provider: 'op', name: id, email: null, locale: null, created_at: clock.now() };
      await db
        .insertInto('users')
        .values({ id, subject, subject_is_sub, ...common })
        .execute();
      const token = { name: 't', hash: id, scope: 'write' as const, created_at: clock.now(), expires_at: clock.now() };
      await db
        .insertInto('tokens')
        .values({ id: `tok-${id}`, user_id: id, ...token })
        .execute();
    };
    const provider = providerWith({ id: 'op', name: 'OP', issuer, clientId: 'c', formerSubject });
    // the double has of a room what is asked of it here
    const signIn = () => keepPerson(parts as unknown as Parameters<typeof keepPerson>[0], provider, claims, 'sign-in');
    const tokens = async () => (await db.selectFrom('tokens').select('user_id').orderBy('user_id').execute()).map(({ user_id }) => user_id);
    const actions = async () => (await db.selectFrom('audit').select('action').execute()).map(({ action }) => action);
    return { db, row, signIn, tokens, actions };
  };

  test('who is proven keeps the account with all that is in it', async () => {
    const { row, signIn, tokens, actions } = world({ before: ['ann-sub'] });
    await row('before', 'ann@egi.eu', false);
    expect(await signIn()).toMatchObject({ id: 'before', subject: 'ann-sub', subject_is_sub: true });
    expect(await signIn()).toMatchObject({ id: 'before' });
    expect(await tokens()).toEqual(['before']);
    expect(await actions()).toEqual(['person-proven']);
  });

  test('who has the very name keeps the account, but not the ways in that another could have left', async () => {
    const { row, signIn, tokens } = world({});
    await row('before', 'ann-sub', false);
    expect(await signIn()).toMatchObject({ id: 'before' });
    expect(await tokens()).toEqual([]);
  });

  test('who only chose a claim gets an account of their own', async () => {
    const { row, signIn, tokens } = world({});
    await row('victim', 'ann@egi.eu', false);
    expect((await signIn()).id).not.toBe('victim');
    expect(await tokens()).toEqual(['victim']);
  });

  test('an account that several have used is nobody’s any more, and its ways in are shut', async () => {
    const { db, row, signIn, tokens, actions } = world({ shared: ['ann-sub', 'eve-sub'] }, 'voperson_id');
    await row('shared', 'ann@egi.eu', false);
    expect((await signIn()).id).not.toBe('shared');
    expect(await tokens()).toEqual([]);
    expect(await actions()).toEqual(['person-set-aside']);
    const { subject } = await db.selectFrom('users').select('subject').where('id', '=', 'shared').executeTakeFirstOrThrow();
    expect(subject).toBe('set aside: ann@egi.eu (shared)');
  });

  test('nobody takes a second account beside their own', async () => {
    const { row, signIn, tokens } = world({ before: ['ann-sub'] }, 'voperson_id');
    await row('before', 'ann@egi.eu', false);
    await row('own', 'ann-sub', true);
    expect(await signIn()).toMatchObject({ id: 'own' });
    expect(await tokens()).toEqual(['before', 'own']);
  });
});
