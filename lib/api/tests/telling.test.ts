import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookForNotices } from '@/lib/telling/notices';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  const [start, end] = [-1, 2].map((hours) => new Date(api.clock.now().getTime() + hours * 3_600_000));
  if (!start || !end) throw new Error('no times');
  const told = { id: 'l1', name: 'gpus', status: 'ACTIVE', start, end, createdAt: start, degraded: false, reservations: [], events: [] };
  await api.store.db
    .insertInto('leases')
    .values({
      id: 'lease_1',
      user_id: 'owner',
      site: 'lab',
      project: 'p',
      credential: 'c',
      lease_id: 'l1',
      name: 'gpus',
      status: 'ACTIVE',
      starts_at: start,
      ends_at: end,
      taken_over: true,
      told: JSON.stringify(told),
      created_at: start,
    })
    .execute();
});
afterAll(() => api.store.close());

const browser = () => ({ cookie: api.browser.cookie, 'x-csrf-token': api.browser.csrf });

test('what comes is on the screen in the language that is asked for, until it was seen; to nobody else', async () => {
  await lookForNotices(api.services.telling);
  const { json } = await api.call('GET', '/notices', api.as.owner);
  expect(json).toMatchObject({
    unseen: 1,
    items: [{ what: 'ends-2h', title: 'The lease gpus ends in two hours', path: '/leases/lease_1', ways: [] }],
  });
  expect((await api.call('GET', '/notices?language=es', api.as.owner)).json.items[0].title).toBe(
    'La reserva gpus acaba dentro de dos horas',
  );
  expect((await api.call('GET', '/notices', api.as.stranger)).json.items).toEqual([]);
  await api.call('POST', '/notices/seen', api.as.owner, {});
  expect((await api.call('GET', '/notices', api.as.owner)).json).toMatchObject({ unseen: 0, items: [{ seen: true }] });
});

test('the calendar opens with its address only, until that is made anew or ended', async () => {
  const made = async (): Promise<string> => {
    const { json } = await api.call('POST', '/notifications/feed', browser(), {});
    return json.url.slice(json.url.indexOf('/leases.ics'));
  };
  const first = await made();
  const calendar = await api.call('GET', first);
  expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(calendar.text).toContain('SUMMARY:gpus');
  expect(calendar.text).toContain('DESCRIPTION:The lease gpus ends in two hours');
  await api.call('PATCH', '/notifications', api.as.owner, { language: 'es' });
  expect((await api.call('GET', first)).text).toContain('DESCRIPTION:La reserva gpus acaba dentro de dos horas');
  await api.call('PATCH', '/notifications', api.as.owner, { language: 'en' });
  const second = await made();
  expect([(await api.call('GET', first)).status, (await api.call('GET', second)).status]).toEqual([404, 200]);
  const rows = await api.store.db.selectFrom('telling').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(second.split('=')[1]);
  // the token is good for nothing else
  const asBearer = { authorization: `Bearer ${second.split('=')[1]}` };
  expect((await api.call('GET', '/me', asBearer)).status).toBe(401);
  expect((await api.call('DELETE', '/notifications/feed', api.as.owner)).status).toBe(204);
  expect((await api.call('GET', second)).status).toBe(404);
  expect((await api.call('GET', '/notifications', api.as.owner)).json.feedMadeAt).toBeNull();
});

test('the calendar has what its owner has to do with, and nothing of who may not come in any more', async () => {
  const { json } = await api.call('POST', '/notifications/feed', browser(), {});
  const address = json.url.slice(json.url.indexOf('/leases.ics'));
  const leases = () => api.store.db.updateTable('leases').where('id', '=', 'lease_1');
  await leases().set({ taken_over: false }).execute();
  expect((await api.call('GET', address)).text, 'a colleague’s, which is only seen').not.toContain('SUMMARY:gpus');
  await leases().set({ taken_over: true }).execute();
  expect((await api.call('GET', address)).text).toContain('SUMMARY:gpus');
  const provider = (name: string) => api.store.db.updateTable('users').set({ provider: name }).where('id', '=', 'owner').execute();
  const [{ provider: former } = { provider: '' }] = await api.store.db
    .selectFrom('users')
    .select('provider')
    .where('id', '=', 'owner')
    .execute();
  await provider('gone');
  expect((await api.call('GET', address)).status).toBe(404);
  await provider(former);
  expect((await api.call('GET', address)).status).toBe(200);
});

test('the address of a calendar is made by somebody who proves who they are, not by a token that ends', async () => {
  const make = (as: Record<string, string>) => api.call('POST', '/notifications/feed', as, {});
  expect(await make(api.as.owner)).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  api.clock.advance(16 * 60_000);
  expect(await make(browser())).toMatchObject({ status: 403, json: { code: 'recent-sign-in-needed' } });
});

test('how one is told can be changed, and what the operator does not offer can’t be had', async () => {
  const patch = (body: object) => api.call('PATCH', '/notifications', api.as.owner, body);
  expect((await patch({ mail: false, language: 'es' })).json).toMatchObject({ mail: { on: false, possible: false }, language: 'es' });
  expect((await api.call('GET', '/notifications', api.as.owner)).json).toMatchObject({ mail: { on: false }, language: 'es' });
  const refused = await patch({ webhookUrl: 'https://hooks.example.org/x' });
  expect(refused).toMatchObject({ status: 422, json: { fields: [{ path: 'webhookUrl' }] } });
  expect((await patch({ language: 'xx' })).status).toBe(422);
});
