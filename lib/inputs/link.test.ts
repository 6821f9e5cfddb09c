import { expect, test } from 'vitest';
import { webLink } from './link';

test.each([['https://hub.example.org/'], ['http://192.0.2.7:8000/lab?token=x#top'], ['HTTPS://EXAMPLE.ORG'], ['http://[2001:db8::7]/']])(
  '%s may stand behind a link',
  (text) => {
    expect(webLink(text)).toBe(text);
  },
);

test.each([
  ['javascript:alert(1)'],
  ['JavaScript:alert(1)//https://example.org'],
  ['java\nscript:alert(1)'],
  ['\u0001javascript:alert(1)'],
  [' javascript:alert(1)'],
  [' https://example.org'],
  ['data:text/html,<script>alert(1)</script>'],
  ['vbscript:x'],
  ['blob:https://example.org/1'],
  ['file:///etc/passwd'],
  ['https://user:password@example.org/'],
  ['https://transat.example.org@evil.example.org/'],
  ['//example.org'],
  ['/settings'],
  ['example.org'],
  [''],
])('%j may not', (text) => {
  expect(webLink(text)).toBeUndefined();
});
