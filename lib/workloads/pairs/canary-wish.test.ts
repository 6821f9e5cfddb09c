import { expect, test } from 'vitest';
import type { PairCall } from '../pair-calls';
import { canaryWish, originCalls } from './canary-wish';

const wish = {
  name: 'fish',
  image: 'transat/fish-detection:1',
  script: 'detect',
  cpu: '1',
  memory: '1Gi',
  input: [{ provider: 'minio.default', path: 'fish/in', suffix: ['.jpg'], prefix: [] }],
  output: [{ provider: 'minio.default', path: 'fish/out', suffix: [], prefix: [] }],
  thresholdSeconds: 600,
};

test('a canary has a name, buckets and a program of its own, and leaves as soon as it can', () => {
  const canary = canaryWish(wish);
  expect(canary).toMatchObject({ name: 'fish-canary', image: wish.image, thresholdSeconds: 1 });
  expect(canary.input).toEqual([{ provider: 'minio.default', path: 'fish-canary/in', suffix: [], prefix: [] }]);
  expect(canary.output).toEqual([{ provider: 'minio.default', path: 'fish-canary/out', suffix: [], prefix: [] }]);
  expect(canary.script).toContain('INPUT_FILE_PATH');
});

test.each(['a'.repeat(39), `${'a'.repeat(31)}-tail`])('of %s it has a name that OSCAR takes', (name) => {
  const made = canaryWish({ ...wish, name }).name;
  expect(made).toMatch(/^[a-z0-9]([-a-z0-9]{0,37}[a-z0-9])?$/);
  expect(made).not.toContain('--');
});

test.each([
  ['a'.repeat(31), `${'a'.repeat(31)}b`],
  [`${'a'.repeat(31)}b`, `${'a'.repeat(31)}c`],
])('%s and %s have canaries of their own', (one, other) => {
  expect(canaryWish({ ...wish, name: one }).name).not.toBe(canaryWish({ ...wish, name: other }).name);
});

test('at the origin it asks for more than any machine has, at the worker for as much as the service', () => {
  const service = { ...canaryWish(wish), clusterId: 'x' };
  const calls: PairCall[] = [
    { side: 'origin', call: { kind: 'create', wish: service }, undo: 'delete' },
    { side: 'worker', call: { kind: 'create', wish: service }, undo: 'delete' },
    { side: 'origin', call: { kind: 'federate', members: [], clusters: {} }, undo: 'unshare' },
  ];
  const sized = originCalls(calls, [{ milliCores: 3500 }, { milliCores: 8000 }]);
  expect(sized.map(({ call }) => (call.kind === 'federate' ? null : call.wish.cpu))).toEqual(['9', '1', null]);
});
