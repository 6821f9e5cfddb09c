import { beforeEach, describe, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let id: string;
const MINUTE = 60_000;

beforeEach(async () => {
  api = await openTestApi();
  const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  ({ id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Test', request, plan: clusterPlan(1) }));
  return () => api.store.close();
});

const url = 'http://transat.test/api/v1';
const token = (minutes: number, scope = 'read') => ({
  name: 'n',
  scope,
  expiresAt: new Date(api.clock.now().getTime() + minutes * MINUTE).toISOString(),
});
const browser = () => ({ cookie: api.browser.cookie, 'x-csrf-token': api.browser.csrf });

describe('an open stream ends', () => {
  const streams: [string, string, Record<string, string>][] = [
    ['history', `events`, { accept: 'text/event-stream' }],
    ['log', `log?follow=true`, {}],
  ];
  const open = async (path: string, headers: Record<string, string>) => {
    const reader = new AbortController();
    const response = await api.raw(new Request(`${url}/deployments/${id}/${path}`, { headers, signal: reader.signal }));
    expect(response.status).toBe(200);
    let ended = false;
    // read to its end, which comes only when the server ends it
    const whole = response.text().then(() => {
      ended = true;
    });
    return { whole, hasEnded: () => ended };
  };

  test.each(streams)('when the token that opened it is deleted (%s)', async (_, path, headers) => {
    const made = (await api.call('POST', '/tokens', api.as.owner, token(60))).json;
    const stream = await open(path, { ...headers, authorization: `Bearer ${made.token}` });
    expect(stream.hasEnded()).toBe(false);
    await api.call('DELETE', `/tokens/${made.id}`, api.as.owner);
    await stream.whole;
  });

  test.each(streams)('when its browser is signed out from elsewhere (%s)', async (_, path, headers) => {
    const stream = await open(path, { ...headers, cookie: api.browser.cookie });
    const other = await open(path, { ...headers, ...api.as.owner });
    const [session] = (await api.call('GET', '/sessions', api.as.owner)).json.items;
    expect((await api.call('DELETE', `/sessions/${session.id}`, api.as.owner)).status).toBe(204);
    await stream.whole;
    expect(other.hasEnded()).toBe(false);
    expect((await api.call('GET', '/me', { cookie: api.browser.cookie })).status).toBe(401);
  });
});

describe('sign-ins', () => {
  test('are listed with what helps to know them, and without what opens anything', async () => {
    await api.call('GET', '/me', { ...browser(), 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0', 'x-forwarded-for': '127.0.0.1' });
    const { json, text } = await api.call('GET', '/sessions', browser());
    expect(json.items).toMatchObject([{ current: true, expiresAt: expect.any(String) }]);
    const row = await api.store.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    for (const secret of [row.id, row.csrf, row.grant_id ?? '']) expect(text).not.toContain(secret);
  });

  test('tell from where they were last used', async () => {
    api.clock.advance(2 * MINUTE);
    const seen = { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0', 'x-forwarded-for': '10.0.0.7' };
    await api.call('GET', '/me', { ...browser(), ...seen });
    const { json } = await api.call('GET', '/sessions', browser());
    expect(json.items[0]).toMatchObject({ browser: 'Firefox, Linux', network: 'local', lastUsedAt: api.clock.now().toISOString() });
  });
});

describe('a token', () => {
  test('of scope read reveals no secret', async () => {
    expect(await api.call('GET', `/deployments/${id}/outputs`, api.as.reader)).toMatchObject({ status: 200 });
    expect(await api.call('GET', `/deployments/${id}/outputs?reveal=true`, api.as.reader)).toMatchObject({ status: 403 });
    expect(await api.call('GET', `/deployments/${id}/outputs?reveal=true`, api.as.owner)).toMatchObject({ status: 200 });
  });

  test('makes none that outlives it', async () => {
    expect(await api.call('POST', '/tokens', api.as.owner, token(60 * 24 * 31))).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    });
    expect(await api.call('POST', '/tokens', api.as.owner, token(60, 'write'))).toMatchObject({ status: 201 });
  });
});

describe('a browser', () => {
  test('whose person signed in a while ago is asked to sign in again for what is secret, and for nothing else', async () => {
    expect(await api.call('POST', '/tokens', browser(), token(60 * 24 * 30))).toMatchObject({ status: 201 });
    api.clock.advance(16 * MINUTE);
    const again = { status: 403, json: { code: 'recent-sign-in-needed' } };
    expect(await api.call('POST', '/tokens', browser(), token(60))).toMatchObject(again);
    expect(await api.call('GET', `/deployments/${id}/outputs?reveal=true`, browser())).toMatchObject(again);
    expect(await api.call('GET', `/deployments/${id}/outputs`, browser())).toMatchObject({ status: 200 });
  });
});

describe('the audit', () => {
  const rows = () =>
    api.store.db
      .selectFrom('audit')
      .select(['action', 'user_id', 'subject', 'data'])
      .where('action', 'in', ['denied', 'token-refused'])
      .execute();

  test('tells who asked for what they may not have', async () => {
    await api.call('GET', `/deployments/${id}`, api.as.stranger);
    await api.call('GET', `/deployments/${id}/outputs?reveal=true`, api.as.reader);
    await api.call('GET', '/deployments/dep_nothing', api.as.stranger);
    await api.call('GET', '/me', { authorization: 'Bearer transat_pat_of_nobody' });
    expect(await rows()).toEqual([
      { action: 'denied', user_id: 'stranger', subject: 'GET /deployments/{id}', data: { why: 'not-theirs', via: 'token' } },
      { action: 'denied', user_id: 'owner', subject: 'GET /deployments/{id}/outputs', data: { why: 'forbidden', via: 'token' } },
      {
        action: 'token-refused',
        user_id: null,
        subject: 'personal access token',
        data: { why: 'not-signed-in', browser: null, network: null },
      },
    ]);
  });
});
