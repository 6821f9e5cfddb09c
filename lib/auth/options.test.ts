import { expect, test } from 'vitest';
import { ownAddress } from './options';

test.each([
  ['/deployments', 'https://t.example/deployments'],
  ['https://t.example/x?y=1', 'https://t.example/x?y=1'],
  ['https://evil.test/', 'https://t.example'],
  ['//evil.test/', 'https://t.example'],
  ['/\\evil.test', 'https://t.example'],
  ['https://t.example.evil.test', 'https://t.example'],
  ['javascript:alert(1)', 'https://t.example'],
  ['http://t.example/', 'https://t.example'],
  ['http://', 'https://t.example'],
])('after signing in, %s leads to %s', (given, expected) => {
  expect(ownAddress(given, 'https://t.example')).toBe(expected);
});
