import { expect, test } from 'vitest';
import { jsonOf } from './answer';

test('a service’s texts can be stored and shown, however it writes them', () => {
  const body = String.raw`{"output": "boot\u0000ed \u001b[32mOK\u001b[0m\nlogin: \ud800", "k\u0000ey": ["\u202eevil", 1, null, true]}`;
  expect(jsonOf({ body })).toEqual({ output: 'booted OK\nlogin: \ufffd', key: ['evil', 1, null, true] });
});

test('keys that every object has are texts like others, and none of them changes an object’s nature', () => {
  const json = jsonOf({ body: String.raw`{"__proto__": {"admin": true}, "constructor": "x", "a": {"\u005f_proto__": 1}}` });
  expect(json).toEqual({ constructor: 'x', a: {} });
  expect(json).not.toHaveProperty('admin');
});

test.each([
  ['a page', '<html>'],
  ['nothing', ''],
  ['half of it', '{"servers": ['],
  ['what is nested beyond measure', `${'['.repeat(200_000)}"\\u0000"${']'.repeat(200_000)}`],
])('%s is no JSON', (_name, body) => {
  expect(jsonOf({ body })).toBeUndefined();
});

test('what is nested beyond measure and harmless harms nothing', () => {
  expect(() => jsonOf({ body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` })).not.toThrow();
});
