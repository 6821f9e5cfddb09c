import { expect, test } from 'vitest';
import { browserOf, networkOf } from './surroundings';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Safari, macOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/139.0 Mobile Safari/604.1',
    'Chrome, iOS',
  ],
  ['curl/8.14.1', 'curl'],
  ['<script>', null],
  ['', null],
])('%s is shown as %s', (userAgent, expected) => {
  expect(browserOf(userAgent)).toBe(expected);
});

test.each([
  ['127.0.0.1', 'this-machine'],
  ['::ffff:127.0.0.1', 'this-machine'],
  ['::1', 'this-machine'],
  ['10.1.2.3', 'local'],
  ['fd00::1', 'local'],
  ['8.8.8.8', 'internet-ipv4'],
  ['2a00:1450::1', 'internet-ipv6'],
  ['1.2.3.4, 10.0.0.1', 'local'],
  ['unknown', null],
  ['', null],
])('%s is a network of the kind %s', (forwardedFor, expected) => {
  expect(networkOf(forwardedFor)).toBe(expected);
});
