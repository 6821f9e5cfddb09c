import { expect, test } from 'vitest';
import { hide } from './hide';

const SECRET = 'pa"ss & <zq\\x>';

test.each([
  ['plain', `Value: ${SECRET} is bad`],
  ['as JSON', `Body: ${JSON.stringify({ password: SECRET })}`],
  ['as JSON in JSON', JSON.stringify(JSON.stringify({ password: SECRET }))],
  ['as Go writes JSON', String.raw`{"password":"pa\"ss \u0026 \u003czq\\x\u003e"}`],
  ['as Go’s JSON in JSON', JSON.stringify(String.raw`{"password":"pa\"ss \u0026 \u003czq\\x\u003e"}`)],
  ['in a URL', `GET /?p=${encodeURIComponent(SECRET)}`],
  ['in HTML', '<p>pa&quot;ss &amp; &lt;zq\\x&gt;</p>'],
])('a secret is hidden %s', (_how, text) => {
  const shown = hide(text, [SECRET]);
  expect(shown).toContain('***');
  expect(shown).not.toMatch(/zq/);
});

test('nothing else is changed, and an empty secret hides nothing', () => {
  expect(hide('all is well', ['', 'other'])).toBe('all is well');
});

test('a secret that is part of another leaves nothing of it', () => {
  expect(hide('keys: oscar-long-key and oscar', ['oscar', 'oscar-long-key'])).toBe('keys: *** and ***');
});
