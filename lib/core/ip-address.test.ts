import { expect, test } from 'vitest';
import { familyOf, ipAddress } from './ip-address';

test.each([
  ['192.0.2.7', 4],
  ['255.255.255.255', 4],
  ['2001:db8::7', 6],
  ['::ffff:192.0.2.7', 6],
  ['fe80::1%eth0', null],
  ['fe80::1%$(reboot)', null],
  ['node.example.org', null],
  ['localhost', null],
  ['010.0.0.1', null],
  ['127.1', null],
  ['2130706433', null],
  ['0x7f.0.0.1', null],
  ['192.0.2.7:22', null],
  ['192.0.2.0/24', null],
  ['[2001:db8::7]', null],
  [' 192.0.2.7', null],
  ['192.0.2.7\n10.0.0.1 evil', null],
  ['-oProxyCommand=reboot', null],
  ['', null],
])('%j is of family %s', (text, family) => {
  expect(familyOf(text)).toBe(family);
  expect(ipAddress(text)).toBe(family === null ? null : text);
});

test('nothing is no address', () => {
  expect([ipAddress(null), ipAddress(undefined)]).toEqual([null, null]);
});
