import { expect, test } from 'vitest';
import { isLoopback } from '@/lib/core/loopback';
import { kindOf } from './addresses';

test.each([
  ['8.8.8.8', 'public'],
  ['147.251.10.1', 'public'],
  ['172.15.255.255', 'public'],
  ['2a00:1450:4001::1', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['127.0.0.1', 'private'],
  ['127.9.9.9', 'private'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['::1', 'private'],
  ['fd12:3456::1', 'private'],
  ['::ffff:127.0.0.1', 'private'],
  ['::ffff:7f00:1', 'private'],
  ['::ffff:a00:1', 'private'],
  ['::127.0.0.1', 'private'],
  ['64:ff9b::127.0.0.1', 'private'],
  ['0:0:0:0:0:ffff:0a00:0001', 'private'],
  ['169.254.169.254', 'forbidden'],
  ['169.254.1.1', 'forbidden'],
  ['::ffff:169.254.169.254', 'forbidden'],
  ['64:ff9b::a9fe:a9fe', 'forbidden'],
  ['100.100.100.200', 'forbidden'],
  ['fd00:ec2::254', 'forbidden'],
  ['0.0.0.0', 'forbidden'],
  ['224.0.0.1', 'forbidden'],
  ['255.255.255.255', 'forbidden'],
  ['198.18.0.1', 'forbidden'],
  ['::', 'forbidden'],
  ['fe80::1', 'forbidden'],
  ['fe80::1%eth0', 'forbidden'],
  ['ff02::1', 'forbidden'],
  ['2002:7f00:1::', 'forbidden'],
  // what nobody was given: routed inside some networks only
  ['5f00::1', 'forbidden'],
  ['100:0:0:1::1', 'forbidden'],
  ['4000::1', 'forbidden'],
  ['1::1', 'forbidden'],
  ['::ffff:0:7f00:1', 'forbidden'],
  ['2001:0:7f00:1::', 'forbidden'],
])('%s is %s', (address, kind) => {
  expect(kindOf(address)).toBe(kind);
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['[::1]', true],
  ['127.evil.example', false],
  ['localhost.example.org', false],
  ['10.0.0.1', false],
  ['[::2]', false],
  ['', false],
])('“%s” leads to this machine alone: %s', (host, here) => {
  expect(isLoopback(host)).toBe(here);
});
