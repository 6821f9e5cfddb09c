import { expect, test } from 'vitest';
import { askNextAuth } from './next-auth-door';

const post = (body: string, type: string) =>
  askNextAuth(
    {
      request: new Request('http://transat.test/api/auth/callback/x', { method: 'POST', body, headers: { 'content-type': type } }),
      steps: ['callback', 'x'],
      query: {},
      cookies: {},
    },
    { providers: [], secret: 'of-a-test' },
  );

test.each([
  ['more than any form of its pages has', 'a=1&'.repeat(5000), 'application/x-www-form-urlencoded', 'body-too-large'],
  ['as much as JSON', JSON.stringify({ a: 'x'.repeat(17_000) }), 'application/json', 'body-too-large'],
  ['JSON that is none', '{', 'application/json', 'bad-request'],
  ['JSON with a name that libraries trip over', '{"__proto__":{"admin":"yes"}}', 'application/json', 'invalid-input'],
])('a request of signing in with %s is a problem of the request', async (_, body, type, code) => {
  await expect(post(body, type)).rejects.toMatchObject({ code });
});

test.each([
  ['a list', '[1]'],
  ['a number', '7'],
  ['null', 'null'],
  ['values that are no text', '{"csrfToken":["x"],"callbackUrl":{"y":1}}'],
])('%s instead of a form is a form with nothing in it', async (_, body) => {
  const { status } = await post(body, 'application/json');
  expect([302, 400]).toContain(status);
});
