import { expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { readPasted } from './pasted';

const MOST = 65_536;
const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');

// each took seconds of the process that all share, or hundreds of megabytes of it
test.each([
  ['nothing but empty lines', '\n'.repeat(MOST)],
  ['variables that double each other', `A=https://k\n${'A=$A$A\n'.repeat(25)}OS_AUTH_URL=$A\nOS_USERNAME=x\n`],
  ['variables that double each other within quotes', `A=https://k\n${'A="$A$A"\n'.repeat(25)}OS_AUTH_URL=$A\nOS_USERNAME=x\n`],
  ['thousands of keys', lines(9000, (index) => `k${index}:`)],
  ['deep lists', '['.repeat(8000)],
  [
    'aliases of aliases',
    `a: &a [x,x]\n${lines(30, (index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *a]`)}\nclouds: {c: *b29}`,
  ],
])('a file of %s is refused at once', (_, text) => {
  const began = performance.now();
  expect(() => readPasted(text.slice(0, MOST)).entry()).toThrow(AppError);
  expect(performance.now() - began).toBeLessThan(1500);
});

test('of keys that stand twice the last one counts, as it does for openstacksdk', () => {
  const auth = '{auth_url: https://first/v3, auth_url: https://k/v3, username: u, password: p}';
  expect(readPasted(`clouds: {c: {auth: ${auth}}}`).entry().authUrl).toBe('https://k/v3');
});
