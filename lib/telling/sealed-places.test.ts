import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/lib/store/store';
import { openTestStore } from '@/lib/store/test-store';
import { tellingPlaces } from './sealed-places';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const user = { issuer: 'https://op', provider: 'op', name: 'Ada', created_at: new Date(0) };
  for (const id of ['u1', 'u2']) {
    await store.db
      .insertInto('users')
      .values({ id, subject: id, ...user })
      .execute();
    const webhook = id === 'u1' ? { webhook_url: 'https://x', webhook_secret: Buffer.from('sealed') } : {};
    await store.db
      .insertInto('telling')
      .values({ user_id: id, mail: true, ...webhook })
      .execute();
  }
});
afterAll(() => store.close());

test('what webhooks are signed with is found, and replaced only where it is still what was found', async () => {
  const found = [];
  for (const place of tellingPlaces) for await (const value of place(store.db)) found.push(value);
  expect(found).toMatchObject([{ userId: 'u1', record: 'u1', kind: 'webhook-secret' }]);
  expect(await found[0]?.replace(Buffer.from('moved'))).toBe(true);
  expect(await found[0]?.replace(Buffer.from('late'))).toBe(false);
  const kept = await store.db.selectFrom('telling').select('webhook_secret').where('user_id', '=', 'u1').executeTakeFirstOrThrow();
  expect(kept.webhook_secret?.toString()).toBe('moved');
});
