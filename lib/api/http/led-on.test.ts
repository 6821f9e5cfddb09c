import { expect, test } from 'vitest';
import { ledOn } from './led-on';

const page = { accept: 'text/html,application/xhtml+xml' };
const ask = (method: string, headers: Record<string, string>) => new Request('http://transat.test/api/auth/signin/op', { method, headers });
const redirect = (location: string) =>
  new Response(null, {
    status: 302,
    headers: [
      ['location', location],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ],
  });

test('who sends a form in a browser is led on by a page, with all cookies', async () => {
  const answer = ledOn(ask('POST', page), redirect('https://op.test/auth?a=1&b="><script>x</script>'));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  const text = await answer.text();
  expect(text).toContain('content="0;url=https://op.test/auth?a=1&amp;b=');
  expect(text).not.toContain('<script');
});

test.each([
  ['a program', ask('POST', { accept: '*/*' }), redirect('https://op.test/auth')],
  ['who follows a link', ask('GET', page), redirect('https://op.test/auth')],
  ['what is no page of the web', ask('POST', page), redirect('javascript:alert(1)')],
  ['an answer that leads nowhere', ask('POST', page), Response.json({})],
])('%s is answered as it is', (_, request, answer) => {
  expect(ledOn(request, answer)).toBe(answer);
});
